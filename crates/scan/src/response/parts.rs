//! The parts of anchors that are searched for.

/// Bytes of a part.
pub(super) const PART: usize = 6;

/// Parts of ASCII anchors that are rare in text and that no short escape can
/// hold: without quotes, slashes and line breaks. A test holds that every
/// anchor has one, or one of [`SHORT`]. In their order.
pub(super) const PARTS: &[[u8; PART]] = &[
    *b" agent", *b" assis", *b" follo", *b" hagas", *b" off y", *b"## sys", *b"$(env|", *b"$(prin",
    *b".netrc", *b".npmrc", *b"<syste", *b"<tool_", *b"<|im_s", *b"<|syst", *b"[admin", *b"[syste",
    *b"abaika", *b"achte ", *b"act as", *b"age fo", *b"age fr", *b"age to", *b"agent:", *b"ai mod",
    *b"ai mus", *b"al(ato", *b"all ai", *b"answer", *b"anweis", *b"any ai", *b"anyone", *b"api ke",
    *b"art_he", *b"ase64)", *b"ased f", *b"ask ha", *b"asswor", *b"at his", *b"attent", *b"ble al",
    *b"ble yo", *b"bserva", *b"bug mo", *b"call t", *b"caso o", *b"cease ", *b"cess t", *b"config",
    *b"creden", *b"cret s", *b"den pr", *b"der fr", *b"derare", *b"descon", *b"desest", *b"desso ",
    *b"dmin m", *b"drop y", *b"e ai r", *b"e bort", *b"eal ta", *b"ear ai", *b"ecrets", *b"ee fro",
    *b"ell yo", *b"em ale", *b"emprom", *b"en sup", *b"end yo", *b"enez p", *b"engas ", *b"entica",
    *b"env fi", *b"env | ", *b"env|cu", *b"enzion", *b"ergiss", *b"erride", *b"ersati", *b"erwirf",
    *b"esquec", *b"etly s", *b"eval(b", *b"ew dir", *b"ew pri", *b"ew tas", *b"folge ", *b"forget",
    *b"g niet", *b"gebrui", *b"gents:", *b"ger ap", *b"ger bo", *b"gessen", *b"gnorin", *b"gnoruj",
    *b"god mo", *b"he too", *b"he use", *b"hey ai", *b"his to", *b"human:", *b"ial pr", *b"id_ed2",
    *b"id_rsa", *b"ignora", *b"ignore", *b"ilisat", *b"iltrat", *b"insapu", *b"is bas", *b"is str",
    *b"iscard", *b"ive fr", *b"jailbr", *b"l'uten", *b"lupaka", *b"ly ema", *b"ly sen", *b"ly upl",
    *b"mcp.js", *b"n it t", *b"n revo", *b"n tene", *b"n_resu", *b"nao si", *b"nce mo", *b"ndon y",
    *b"negeer", *b"neglec", *b"nes ha", *b"ng abo", *b"ng now", *b"nger i", *b"non di", *b"non in",
    *b"note f", *b"now on", *b"nt var", *b"nts of", *b"nutzer", *b"obeyin", *b"oceedi", *b"of_tur",
    *b"olvida", *b"olvide", *b"ommand", *b"ompt d", *b"ompt y", *b"on tok", *b"on_cal", *b"ool de",
    *b"oper m", *b"oriere", *b"orm yo", *b"ot bou", *b"ote to", *b"ou con", *b"ou now", *b"oublie",
    *b"our ne", *b"passwd", *b"pay no", *b"penggu", *b"pondin", *b"ra ere", *b"ra sei", *b"rascur",
    *b"re an ", *b"re dis", *b"re now", *b"reby r", *b"reby v", *b"reed f", *b"ret ke", *b"retend",
    *b"rridin", *b"s abst", *b"scarta", *b"se64 -", *b"sed yo", *b"seguir", *b"shadow", *b"sregar",
    *b"ssacht", *b"ssh ke", *b"st imm", *b"stant:", *b"stop w", *b"stop y", *b"suario", *b"t asid",
    *b"t obey", *b"te key", *b"ted ta", *b"tell t", *b"tem me", *b"tem no", *b"tem pr", *b"tem-pr",
    *b"tice t", *b"tiens ", *b"tinuin", *b"tly po", *b"tool_r", *b"tructi", *b"tu es ", *b"u are ",
    *b"u bist", *b"u proc", *b"uage m", *b"ual ta", *b"uccion", *b"unrest", *b"ur git", *b"ur onl",
    *b"urning", *b"use th", *b"vergee", *b"xec(ba", *b"y forw", *b"ypass ", *b"ystem:", *b"ystemo",
    *b"zapomn", *b"zed yo", *b"zwraca", *b"{{chat", *b"{{hist", *b"{{syst",
];

/// Parts of the anchors that are too short for the above.
pub(super) const SHORT: &[&str] = &["(env", ".env", ".ssh", "<<sys", "ai:", "llm", "st]"];
/// What is looked for of an anchor, and where in it that begins.
pub(super) fn part_of(anchor: &'static str) -> (&'static [u8], usize) {
    let bytes = anchor.as_bytes();
    let lower = anchor.to_ascii_lowercase();
    let long = bytes.windows(PART).enumerate().find(|(at, _)| {
        let here = lower.as_bytes().get(*at..).and_then(<[u8]>::first_chunk);
        here.is_some_and(|here| PARTS.binary_search(here).is_ok())
    });
    let short = || {
        let found = |part: &&str| lower.find(*part).map(|at| (at, part.len()));
        let (at, len) = SHORT.iter().find_map(found)?;
        Some((at, bytes.get(at..at + len)?))
    };
    // Another script is rare enough in any part.
    let other = || {
        let first = anchor.find(|c: char| !c.is_ascii())?;
        let at = first.min(bytes.len().checked_sub(PART)?);
        Some((at, bytes.get(at..at + PART)?))
    };
    let (at, part) = long
        .or_else(short)
        .or_else(other)
        .expect("a test walks the anchors");
    (part, at)
}
