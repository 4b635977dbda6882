//! What an address that is signed shows of a login, and what is no secret in it: the id
//! of the key that signed it, and the tokens that are good for nothing without the
//! signature. Whoever has the address has what it gives access to.

use std::ops::Range;

/// The fields of a query, by their names in small letters.
struct Fields<'a> {
    target: &'a [u8],
    query: usize,
}

/// Whether what a detector found in a path and query belongs to the signature of it.
pub(crate) fn explains(target: &[u8], detector: &str, found: &Range<usize>) -> bool {
    let Some(query) = target.iter().position(|b| *b == b'?') else {
        return false;
    };
    let fields = Fields {
        target,
        query: query + 1,
    };
    let Some(name) = fields.around(found) else {
        return false;
    };
    let is = |text: &str| name.eq_ignore_ascii_case(text.as_bytes());
    match detector {
        // Where the scope of the key stands behind its id, the detector leaves it.
        "aws_access_key_id" => {
            is("AWSAccessKeyId") && fields.has("Signature") && fields.has("Expires")
        }
        "generic_secret" => is("X-Amz-Security-Token") && fields.has("X-Amz-Signature"),
        "jwt" => is("jwt") && ["sig", "se", "sp"].iter().all(|name| fields.has(name)),
        _ => false,
    }
}

impl<'a> Fields<'a> {
    fn all(&self) -> impl Iterator<Item = (Range<usize>, &'a [u8], &'a [u8])> {
        let (target, mut at) = (self.target, self.query);
        std::iter::from_fn(move || {
            let rest = target.get(at..).filter(|rest| !rest.is_empty())?;
            let len = rest.iter().position(|b| *b == b'&').unwrap_or(rest.len());
            let (field, range) = (rest.get(..len)?, at..at + len);
            at += len + 1;
            let equals = field.iter().position(|b| *b == b'=').unwrap_or(len);
            let value = field.get(equals + 1..).unwrap_or_default();
            Some((range, field.get(..equals)?, value))
        })
    }

    /// The name of the field that something stands in.
    fn around(&self, found: &Range<usize>) -> Option<&'a [u8]> {
        self.all()
            .find(|(range, ..)| range.start <= found.start && found.end <= range.end)
            .map(|(_, name, _)| name)
    }

    /// Whether there is a field of this name that is not empty.
    fn has(&self, wanted: &str) -> bool {
        self.all().any(|(_, name, value)| {
            name.eq_ignore_ascii_case(wanted.as_bytes()) && !value.is_empty()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIGNED: &str = "/a?X-Amz-Credential=x&X-Amz-Security-Token=Tok&X-Amz-Signature=0f";

    fn explained(target: &str, detector: &str, value: &str) -> bool {
        let start = target.find(value).unwrap();
        explains(target.as_bytes(), detector, &(start..start + value.len()))
    }

    #[test]
    fn the_id_of_the_key_that_signed_is_no_secret() {
        let second = "/a?AWSAccessKeyId=ID&Expires=1&Signature=x%3D";
        assert!(explained(second, "aws_access_key_id", "ID"));
        for target in [
            "/a?AWSAccessKeyId=ID",
            "/a?key=ID&Expires=1&Signature=x",
            "/ID?X-Amz-Signature=0f",
        ] {
            assert!(!explained(target, "aws_access_key_id", "ID"), "{target}");
        }
    }

    #[test]
    fn tokens_belong_to_a_signature_beside_them_alone() {
        assert!(explained(SIGNED, "generic_secret", "Tok"));
        assert!(!explained(SIGNED, "aws_secret_access_key", "Tok"));
        assert!(!explained(
            "/a?X-Amz-Security-Token=Tok",
            "generic_secret",
            "Tok"
        ));
        assert!(explained("/a?sp=r&se=1&sig=x&jwt=Tok", "jwt", "Tok"));
        assert!(!explained("/a?sp=r&se=1&jwt=Tok", "jwt", "Tok"));
        assert!(!explained("/a?sp=r&se=1&sig=x&t=Tok", "jwt", "Tok"));
    }
}
