//! A block's mask and that of the block before it, as one: so that what stands a
//! few bytes before a byte is known for the first bytes of a block too.

/// A block's mask, and that of the block before it.
#[derive(Clone, Copy)]
pub(super) struct Pair(pub(super) u64, pub(super) u64);

impl Pair {
    /// The block's own.
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "a part of one loop")]
    pub(super) fn here(self) -> u64 {
        self.1
    }

    /// Where rows begin, and where they have ended.
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "a part of one loop")]
    pub(super) fn changes(self) -> u64 {
        (self ^ self.behind(1)).here()
    }

    /// Each byte's predecessor at a distance. Of the block before, the first
    /// bits are lost: a whole block is never looked back.
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "two shifts and an or")]
    pub(super) fn behind(self, by: u32) -> Self {
        Self(self.0 << by, self.1 << by | self.0 >> (64 - by))
    }

    /// Of rows of so many bytes at least, each byte but the first so many.
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "a part of one loop")]
    pub(super) fn in_a_row(self, by: u32) -> Self {
        self & self.behind(by)
    }
}

impl std::ops::BitAnd for Pair {
    type Output = Self;

    #[inline(always)]
    #[expect(clippy::inline_always, reason = "two instructions")]
    fn bitand(self, other: Self) -> Self {
        Self(self.0 & other.0, self.1 & other.1)
    }
}

impl std::ops::BitOr for Pair {
    type Output = Self;

    #[inline(always)]
    #[expect(clippy::inline_always, reason = "two instructions")]
    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0, self.1 | other.1)
    }
}

impl std::ops::BitXor for Pair {
    type Output = Self;

    #[inline(always)]
    #[expect(clippy::inline_always, reason = "two instructions")]
    fn bitxor(self, other: Self) -> Self {
        Self(self.0 ^ other.0, self.1 ^ other.1)
    }
}

impl std::ops::Not for Pair {
    type Output = Self;

    #[inline(always)]
    #[expect(clippy::inline_always, reason = "two instructions")]
    fn not(self) -> Self {
        Self(!self.0, !self.1)
    }
}
