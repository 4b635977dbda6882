//! Digests of keys that standards print.

/// RFC 9500: standard public test keys, as printed and in PKCS #8.
pub(super) const RFC_9500: &[u64] = &[
    0x0ca9_66dd_56b1_cb46,
    0x33d1_0461_8632_75be,
    0x59ec_7df0_1f83_8c75,
    0xbdf5_e095_b522_7c99,
    0xef17_e1f3_04bd_53de,
    0xf309_1b90_c7c6_b395,
];
