//! The short texts of heads that were read before and held nothing: most of a
//! request's headers are those of the request before it.
//!
//! Each is remembered whole, under the terms it was read under, so that what is
//! passed over is byte for byte what was read. Every text is one by itself: no
//! finding goes over from one to the next. Remembers no text that something was
//! seen in, and no more than [`MOST`] under each of [`TERMS`] terms.

use bottle_policy::InspectTerms;

use crate::generations::Generations;

/// Texts in each of the two generations.
const MOST: usize = 1024;
/// Longer ones are seldom the same again.
const LONGEST: usize = 256;
/// Each route may have its own.
const TERMS: usize = 32;

/// What held nothing, by the terms.
#[derive(Default)]
pub(crate) struct Heads(Vec<(InspectTerms, Texts)>);

type Texts = Generations<Box<[u8]>, MOST>;

impl Heads {
    /// The texts that are not known to hold nothing.
    pub(crate) fn unread<'a>(
        &mut self,
        terms: &InspectTerms,
        texts: impl Iterator<Item = &'a [u8]>,
    ) -> Vec<&'a [u8]> {
        let known = self.0.iter_mut().find(|(of, _)| of == terms);
        match known {
            Some((_, known)) => texts.filter(|text| !known.has(*text)).collect(),
            None => texts.collect(),
        }
    }

    /// Remembers texts in which nothing was seen.
    pub(crate) fn learn(&mut self, terms: &InspectTerms, texts: &[&[u8]]) {
        let at = self.0.iter().position(|(of, _)| of == terms);
        let at = at.unwrap_or_else(|| {
            self.0.truncate(TERMS - 1);
            self.0.insert(0, (terms.clone(), Texts::default()));
            0
        });
        if let Some((_, known)) = self.0.get_mut(at) {
            let short = texts.iter().filter(|text| text.len() <= LONGEST);
            short.for_each(|text| known.add((*text).into()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unread(heads: &mut Heads, terms: &InspectTerms, texts: &[&str]) -> usize {
        heads
            .unread(terms, texts.iter().map(|text| text.as_bytes()))
            .len()
    }

    #[test]
    fn only_what_was_learned_under_the_same_terms_is_known() {
        let (terms, mut other) = (InspectTerms::default(), InspectTerms::default());
        other.on_match = bottle_policy::Action::Warn;
        let mut heads = Heads::default();
        heads.learn(&terms, &[b"accept", b"*/*"]);
        assert_eq!(unread(&mut heads, &terms, &["accept", "*/*"]), 0);
        assert_eq!(unread(&mut heads, &terms, &["accept", "*/* ", "ACCEPT"]), 2);
        assert_eq!(unread(&mut heads, &other, &["accept", "*/*"]), 2);
    }

    #[test]
    fn it_forgets_the_old_and_stays_small() {
        let terms = InspectTerms::default();
        let mut heads = Heads::default();
        for at in 0..MOST * 4 {
            heads.learn(&terms, &[b"kept", at.to_string().as_bytes()]);
            assert_eq!(unread(&mut heads, &terms, &["kept"]), 0);
        }
        assert_eq!(unread(&mut heads, &terms, &["7"]), 1);
        heads.learn(&terms, &["x".repeat(LONGEST + 1).as_bytes()]);
        for of in 0..TERMS * 2 {
            let id = format!("detector_{of}").parse().unwrap();
            let mut terms = InspectTerms::default();
            terms.detectors.insert(id, bottle_policy::Action::Off);
            heads.learn(&terms, &[b"kept"]);
        }
        assert_eq!(heads.0.len(), TERMS);
        let texts = heads.0.iter().map(|(_, texts)| texts.iter());
        assert!(
            texts.flatten().all(|text| text.len() <= LONGEST),
            "long texts are not kept"
        );
    }
}
