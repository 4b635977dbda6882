//! Tokens that begin with letters of their own, in short form: an id, a title,
//! the beginnings, the whole pattern, and where the facts are from. Their
//! examples are made from the pattern by the test that walks the table.

use super::{Detector, Edge, TOKEN, check};

mod a_to_g;
mod files;
mod h_to_p;
mod later_a_to_e;
mod later_f_to_o;
mod later_p_to_z;
mod latest;
mod newer;
mod own_form;
mod q_to_z;

const fn token(
    id: &'static str,
    title: &'static str,
    keywords: &'static [&'static str],
    pattern: &'static str,
) -> Detector {
    Detector {
        id,
        title,
        keywords,
        pattern,
        before: Edge::Word,
        after: Edge::Word,
        check: check::filled,
        source: "the vendor's documentation: prefix, length and alphabet of its tokens",
        ..TOKEN
    }
}

/// Where the facts of the entries are from whose vendors tell the beginning of
/// their tokens only.
const SEEN: &str =
    "the vendor's beginning; length and alphabet of the tokens that stand in public code";
/// As [`SEEN`], where too few stand there.
const WIDE: &str = "the vendor's beginning; length and alphabet are not told and left wide";

/// Tokens whose beginning is short or common: what follows must be random.
const fn random(
    id: &'static str,
    title: &'static str,
    keywords: &'static [&'static str],
    pattern: &'static str,
) -> Detector {
    Detector {
        check: check::random,
        ..token(id, title, keywords, pattern)
    }
}

impl Detector {
    /// What it is made of stands in base64 too: no sign of that is beside it.
    const fn apart_from_base64(mut self) -> Self {
        self.before = Edge::Token;
        self.after = Edge::Token;
        self
    }

    /// Its beginning is that of names in code, which have no digits.
    const fn of_both_cases(mut self) -> Self {
        self.check = check::mixed;
        self
    }

    /// The match may begin this far before the keyword.
    const fn leading(mut self, lead: usize) -> Self {
        self.lead = lead;
        self
    }

    /// The match ends this far behind the keyword's beginning, at most.
    const fn reaching(mut self, reach: usize) -> Self {
        self.reach = reach;
        self
    }

    /// Where this entry's facts are from, if not all from the vendor's documentation.
    const fn told_by(mut self, source: &'static str) -> Self {
        self.source = source;
        self
    }

    /// Anything may stand beside the match.
    const fn open(mut self) -> Self {
        self.before = Edge::Any;
        self.after = Edge::Any;
        self
    }
}

/// All of them, by name.
pub(super) fn tables() -> impl Iterator<Item = &'static [Detector]> {
    [
        a_to_g::TABLE,
        h_to_p::TABLE,
        q_to_z::TABLE,
        newer::TABLE,
        own_form::TABLE,
        later_a_to_e::TABLE,
        later_f_to_o::TABLE,
        later_p_to_z::TABLE,
        latest::TABLE,
        files::TABLE,
    ]
    .into_iter()
}
