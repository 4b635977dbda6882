//! What the bits of one word say: rows of them, and one by one.

/// Where eight in a row begin.
#[inline(always)]
#[expect(clippy::inline_always, reason = "a few shifts")]
pub(super) fn eight(mask: u64) -> u64 {
    let two = mask & mask >> 1;
    let four = two & two >> 2;
    four & four >> 4
}

/// The first of each row.
pub(super) fn first_of(mask: u64) -> u64 {
    mask & !(mask << 1)
}

/// The row around a bit.
pub(super) fn row_at(mask: u64, at: usize) -> u64 {
    let above = !mask >> at << at;
    let below = !mask & !(u64::MAX << at);
    let from = u64::MAX << ((64 - below.leading_zeros()) % 64);
    let to = above & above.wrapping_neg();
    (if below == 0 { u64::MAX } else { from }) & to.wrapping_sub(1)
}

/// Where six in a row begin.
pub(super) fn six(mask: u64) -> u64 {
    let two = mask & mask >> 1;
    let four = two & two >> 2;
    four & four >> 2
}

#[inline(always)]
#[expect(clippy::inline_always, reason = "a loop that seldom runs")]
pub(super) fn each(mut mask: u64, mut take: impl FnMut(usize)) {
    while mask != 0 {
        take(mask.trailing_zeros() as usize);
        mask &= mask - 1;
    }
}
