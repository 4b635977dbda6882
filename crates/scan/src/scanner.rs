//! The scanner: everything compiled once, then bytes in, findings out.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use bottle_policy::{Action, DetectorId, InspectTerms};
use parking_lot::Mutex;

use crate::address;
use crate::budget::{Budget, Exhausted};
use crate::detectors::{GENERAL, OPERATOR_SECRET, PLACEHOLDER};
use crate::finding::{Finding, Input, Place, View};
use crate::fingerprint::Fingerprints;
use crate::heads::Heads;
use crate::known::{Kind, Known, KnownError, KnownId};
use crate::matcher::{Compiled, Hit, Matcher, What, compiled};
use crate::memory::{Chunks, Memory};
use crate::merge::merge;
use crate::respelled::{Respelled, Stretch};
use crate::spread::Part;
use crate::views::{self, Chain, Layer, Packed};

/// Finds credentials and the operator's own secrets. Cheap to clone.
#[derive(Clone)]
pub struct Scanner(Arc<Inner>);

struct Inner {
    known: Vec<Known>,
    matcher: Matcher,
    respelled: Respelled,
    fingerprints: Fingerprints,
    /// What held nothing before, and the key of its marks.
    memory: Mutex<Memory>,
    /// The same of the texts of heads.
    heads: Mutex<Heads>,
    key: [u8; 32],
    operator_secret: DetectorId,
    placeholder: DetectorId,
}

/// What a scan saw.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    /// In the input's order.
    pub findings: Vec<Finding>,
    /// Parts of known values, for a [`crate::Spread`]. None of them says
    /// anything alone.
    pub parts: Vec<Part>,
    /// The parts of the input in which packed data stands.
    pub(crate) packed: Vec<Packed>,
}

/// More findings than this in one input are an attack on whoever reads them.
const MAX_FINDINGS: usize = 4096;

impl Scanner {
    /// Compiles the table and the known values. The key, fresh for each run,
    /// makes the fingerprints and the marks of what was read before.
    pub fn new(known: Vec<Known>, fingerprint_key: [u8; 32]) -> Result<Self, KnownError> {
        let id = |text: &str| text.parse().expect("a constant that is a detector's name");
        Ok(Self(Arc::new(Inner {
            matcher: Matcher::new(&known)?,
            respelled: Respelled::new(&known),
            known,
            fingerprints: Fingerprints::new(&fingerprint_key),
            memory: Mutex::default(),
            heads: Mutex::default(),
            key: fingerprint_key,
            operator_secret: id(OPERATOR_SECRET),
            placeholder: id(PLACEHOLDER),
        })))
    }

    /// Looks at the input in every view. The findings come in the input's order.
    /// Of a body, what held nothing before under the same terms is passed over.
    pub fn scan(&self, input: Input<'_>, terms: &InspectTerms) -> Result<Vec<Finding>, Exhausted> {
        self.look(input, terms).map(|seen| seen.findings)
    }

    /// Whether several short texts, such as the headers of a request, hold
    /// nothing at all, whatever their places. One pass for all that were not
    /// read before under the same terms; where the answer is no, each is to be
    /// looked at by itself. Addresses have [`Self::smuggled`] besides.
    pub fn hold_nothing<'a>(
        &self,
        texts: impl Iterator<Item = &'a [u8]>,
        terms: &InspectTerms,
    ) -> bool {
        let unread = self.0.heads.lock().unread(terms, texts);
        if unread.is_empty() {
            return true;
        }
        let nothing = self.are_plain(&unread, terms);
        if nothing {
            self.0.heads.lock().learn(terms, &unread);
        }
        nothing
    }

    /// The same, whatever was read before.
    pub fn are_plain(&self, texts: &[&[u8]], terms: &InspectTerms) -> bool {
        self.holds_nothing(views::DEPTH, &Layer::raw_texts(texts), terms)
    }

    fn holds_nothing(&self, depth: usize, layer: &Layer<'_>, terms: &InspectTerms) -> bool {
        let mut budget = Budget::for_input(layer.bytes().len());
        let wanted = |c: &Compiled| c.detector.action(&c.id, terms, &Place::Body) != Action::Off;
        let (mut hits, mut seen) = (Vec::new(), Seen::default());
        let walked = views::walk_to(
            depth,
            layer,
            &mut budget,
            &mut |chain, sweep, undo, budget| {
                let matcher = &self.0.matcher;
                matcher.look(chain, sweep, wanted, undo, budget, &mut hits)?;
                self.respelled(chain, &Place::Body, terms, budget, &mut seen)?;
                let nothing = hits.is_empty() && seen == Seen::default();
                // Any reason to stop will do.
                if nothing {
                    Ok(())
                } else {
                    Err(Exhausted::Findings)
                }
            },
        );
        walked.and_then(|()| budget.all_decoded()).is_ok()
    }

    /// As [`Self::scan`], with the parts of known values that were seen.
    pub fn look(&self, input: Input<'_>, terms: &InspectTerms) -> Result<Seen, Exhausted> {
        let mut budget = Budget::for_input(input.bytes.len());
        self.look_within(input, terms, &mut budget)
    }

    /// The value's fingerprint, as findings carry it.
    pub fn fingerprint(&self, value: &[u8]) -> String {
        self.0.fingerprints.of(value)
    }

    /// A value that was given to the scanner.
    pub fn known(&self, id: KnownId) -> Option<&Known> {
        self.0.known.get(id.0)
    }

    /// Looks at the input as it stands, with no encoding undone: what the pass
    /// itself costs, for measuring. Nothing is let out by this.
    pub fn hold_nothing_plain(&self, text: &[u8], terms: &InspectTerms) -> bool {
        self.holds_nothing(0, &Layer::raw(text), terms)
    }

    #[cfg(test)]
    pub(crate) fn scan_within(
        &self,
        input: Input<'_>,
        terms: &InspectTerms,
        budget: &mut Budget,
    ) -> Result<Vec<Finding>, Exhausted> {
        self.look_within(input, terms, budget)
            .map(|seen| seen.findings)
    }

    fn look_within(
        &self,
        input: Input<'_>,
        terms: &InspectTerms,
        budget: &mut Budget,
    ) -> Result<Seen, Exhausted> {
        let seen = self.look_apart(input, terms, budget)?;
        Ok(self.whole(seen, input, terms))
    }

    /// What each view says by itself, before [`Self::whole`] puts it together.
    pub(crate) fn look_apart(
        &self,
        input: Input<'_>,
        terms: &InspectTerms,
        budget: &mut Budget,
    ) -> Result<Seen, Exhausted> {
        let wanted = |c: &Compiled| c.detector.action(&c.id, terms, input.place) != Action::Off;
        let mut seen = Seen::default();
        let mut chunks = Chunks::of(&self.0.key, input.place, terms, input.bytes);
        if let Some(chunks) = &mut chunks {
            self.0.memory.lock().recall(chunks);
        }
        let raw = match chunks.as_ref().and_then(Chunks::unread) {
            Some(unread) => Layer::raw_parts(input.bytes, &unread),
            None => Layer::raw(input.bytes),
        };
        views::walk(&raw, budget, &mut |chain, sweep, undo, budget| {
            seen.packed.extend(chain.packed());
            let mut hits = Vec::new();
            self.0
                .matcher
                .look(chain, sweep, wanted, undo, budget, &mut hits)?;
            self.tell(hits, chain, input.place, terms, budget, &mut seen)
        })?;
        // What is found stops it anyhow, and says more.
        if !seen.findings.iter().any(|f| f.action == Action::Block) {
            budget.all_decoded()?;
        }
        if let Some(chunks) = &chunks {
            let found = seen.findings.iter().map(|f| f.start..f.end);
            let parts = seen.parts.iter().map(|part| part.start..part.end);
            let told: Vec<_> = found.chain(parts).collect();
            let mut memory = self.0.memory.lock();
            memory.learn_all(chunks, &told, &seen.packed);
        }
        Ok(seen)
    }

    /// Adds what one view's hits say, and what is respelled in it.
    pub(crate) fn tell(
        &self,
        mut hits: Vec<Hit>,
        chain: &Chain<'_>,
        place: &Place,
        terms: &InspectTerms,
        budget: &mut Budget,
        seen: &mut Seen,
    ) -> Result<(), Exhausted> {
        self.drop_explained(&mut hits, terms);
        let found = hits
            .iter()
            .filter_map(|hit| self.finding(hit, chain, place, terms));
        seen.findings.extend(found);
        self.respelled(chain, place, terms, budget, seen)?;
        if seen.findings.len() > MAX_FINDINGS || seen.parts.len() > MAX_FINDINGS {
            return Err(Exhausted::Findings);
        }
        Ok(())
    }

    /// What all views together say.
    pub(crate) fn whole(&self, mut seen: Seen, input: Input<'_>, terms: &InspectTerms) -> Seen {
        if *input.place == Place::Url {
            let signed = |f: &Finding| {
                address::explains(input.bytes, f.detector.as_str(), &(f.start..f.end))
            };
            seen.findings.retain(|f| f.known.is_some() || !signed(f));
        }
        seen.findings.extend(self.smuggled(input, terms));
        // An origin may be wider than the value: the plainest view of it says what it covers.
        seen.findings = specific(merge(seen.findings));
        seen
    }

    /// The values that were given to the scanner.
    #[cfg(any(test, feature = "reference"))]
    pub(crate) fn all_known(&self) -> &[Known] {
        &self.0.known
    }

    /// Data in an address, which is read as it stands.
    pub fn smuggled(&self, input: Input<'_>, terms: &InspectTerms) -> Option<Finding> {
        let (id, range) = match input.place {
            Place::Url => (address::URL, address::in_url(input.bytes)?),
            Place::Host => {
                let range = address::in_host(input.bytes).then_some(0..input.bytes.len())?;
                (address::HOST, range)
            }
            Place::Body
            | Place::DnsName
            | Place::Frame
            | Place::Header(_)
            | Place::Method
            | Place::Response => return None,
        };
        let index = compiled().iter().position(|c| c.detector.id == id)?;
        let hit = Hit {
            what: What::Detector(index),
            range,
            encoded: None,
            spelled: None,
        };
        let raw = Layer::raw(input.bytes);
        self.finding(&hit, &Chain::root(&raw), input.place, terms)
    }

    /// The known values that one view shows respelled or in part.
    fn respelled(
        &self,
        chain: &Chain<'_>,
        place: &Place,
        terms: &InspectTerms,
        budget: &mut Budget,
        Seen {
            findings, parts, ..
        }: &mut Seen,
    ) -> Result<(), Exhausted> {
        if self.0.respelled.is_empty() {
            return Ok(());
        }
        let layer = chain.layer();
        let readings = |(piece, text)| {
            let readings = self.0.respelled.readings(text);
            readings.map(move |escapes| (piece, text, escapes))
        };
        for (piece, text, escapes) in layer.pieces().flat_map(readings) {
            self.0
                .respelled
                .look(text, escapes, budget, &mut |stretch: Stretch| {
                    let here =
                        piece.here.start + stretch.here.start..piece.here.start + stretch.here.end;
                    if stretch.is_whole {
                        let hit = Hit {
                            what: What::Known(stretch.known),
                            range: here,
                            encoded: Some(stretch.view),
                            spelled: None,
                        };
                        findings.extend(self.finding(&hit, chain, place, terms));
                        return;
                    }
                    let again =
                        |part: &Part| part.known == stretch.known && part.shows == stretch.part;
                    if parts.iter().any(again) {
                        return;
                    }
                    let origin = chain.origin(&here);
                    let mut decoding = chain.views();
                    let turned = matches!(stretch.view, View::Reversed | View::Rot13);
                    decoding.extend(turned.then_some(stretch.view));
                    parts.push(Part {
                        known: stretch.known,
                        place: place.clone(),
                        start: origin.start,
                        end: origin.end,
                        decoding,
                        shows: stretch.part,
                    });
                })?;
        }
        Ok(())
    }

    /// The finding for a value that is complete with this part.
    pub(crate) fn in_parts(&self, part: &Part, terms: &InspectTerms) -> Option<Finding> {
        let known = self.known(part.known)?;
        let detector = self.detector_of(known.kind);
        let action = terms.action(detector);
        let mut decoding = part.decoding.clone();
        decoding.push(View::Parts);
        (action != Action::Off).then(|| Finding {
            detector: detector.clone(),
            title: format!("the secret {}, in parts", known.label),
            place: part.place.clone(),
            start: part.start,
            end: part.end,
            decoding,
            action: passing(terms, detector, &part.place).unwrap_or(action),
            fingerprint: self.fingerprint(known.value.expose()),
            known: Some(part.known),
        })
    }

    /// The letters and digits of a known value.
    pub(crate) fn folded_len(&self, id: KnownId) -> Option<usize> {
        let letters = |b: &&u8| b.is_ascii_alphanumeric();
        self.known(id)
            .map(|known| known.value.expose().iter().filter(letters).count())
    }

    /// What a detector sees inside a value that we know is that value, told
    /// once. Inside is decided by the very bytes of one view: an origin may be
    /// a whole encoded run, with more in it than the value.
    fn drop_explained(&self, hits: &mut Vec<Hit>, terms: &InspectTerms) {
        let told = |hit: &&Hit| match hit.what {
            What::Detector(_) => false,
            What::Known(id) => self
                .known(id)
                .is_some_and(|known| terms.action(self.detector_of(known.kind)) != Action::Off),
        };
        let known: Vec<_> = hits.iter().filter(told).map(|h| h.range.clone()).collect();
        let inside = |range: &Range<usize>| {
            known
                .iter()
                .any(|k| k.start <= range.start && range.end <= k.end)
        };
        hits.retain(|hit| matches!(hit.what, What::Known(_)) || !inside(&hit.range));
    }

    fn detector_of(&self, kind: Kind) -> &DetectorId {
        match kind {
            Kind::Placeholder => &self.0.placeholder,
            Kind::Secret => &self.0.operator_secret,
        }
    }

    /// The longest known value, in bytes.
    pub(crate) fn longest_known(&self) -> usize {
        self.0
            .known
            .iter()
            .map(|known| known.value.len())
            .max()
            .unwrap_or(0)
    }

    fn finding(
        &self,
        hit: &Hit,
        chain: &Chain<'_>,
        place: &Place,
        terms: &InspectTerms,
    ) -> Option<Finding> {
        let (detector, title, action, known) = match hit.what {
            What::Detector(index) => {
                let compiled = compiled().get(index)?;
                let action = compiled.detector.action(&compiled.id, terms, place);
                (
                    compiled.id.clone(),
                    compiled.detector.title.to_owned(),
                    action,
                    None,
                )
            }
            What::Known(id) => {
                let known = self.known(id)?;
                let detector = self.detector_of(known.kind);
                let title = match known.kind {
                    Kind::Placeholder => format!("placeholder of {}", known.label),
                    Kind::Secret => format!("the secret {}", known.label),
                };
                (detector.clone(), title, terms.action(detector), Some(id))
            }
        };
        if action == Action::Off {
            return None;
        }
        let action = passing(terms, &detector, place).unwrap_or(action);
        let value = match known.and_then(|id| self.known(id)) {
            Some(known) => known.value.expose(),
            None => match &hit.spelled {
                Some(value) => value,
                None => chain.layer().bytes().get(hit.range.clone())?,
            },
        };
        let origin = chain.origin(&hit.range);
        let mut decoding = chain.views();
        decoding.extend(hit.encoded);
        Some(Finding {
            detector,
            title,
            place: place.clone(),
            start: origin.start,
            end: origin.end,
            decoding,
            action,
            fingerprint: self.fingerprint(value),
            known,
        })
    }
}

/// What is suppressed is told, and passes.
fn passing(terms: &InspectTerms, detector: &DetectorId, place: &Place) -> Option<Action> {
    if terms.suppressions.is_empty() {
        return None;
    }
    let suppression = terms.suppression(detector, &place.to_string());
    suppression.map(|_| Action::Warn)
}

/// A general detector says nothing about what a specific one has named.
fn specific(findings: Vec<Finding>) -> Vec<Finding> {
    let general = |f: &Finding| GENERAL.contains(&f.detector.as_str());
    let named: Vec<(usize, usize)> = findings
        .iter()
        .filter(|f| !general(f) && f.action != Action::Warn)
        .map(|f| (f.start, f.end))
        .collect();
    let again = |f: &Finding| {
        named
            .iter()
            .any(|(start, end)| f.start < *end && *start < f.end)
    };
    findings
        .into_iter()
        .filter(|f| !general(f) || !again(f))
        .collect()
}

/// The values do not print.
impl fmt::Debug for Scanner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Scanner")
            .field("known", &self.0.known.len())
            .finish_non_exhaustive()
    }
}
