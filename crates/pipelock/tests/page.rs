//! The page in docs/ is what the code says. `BLESS=1` writes it anew.

use std::path::Path;

#[test]
fn the_page_is_what_the_code_says() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/pipelock.md");
    let page = bottle_pipelock::page();
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(&path, &page).expect("the page can be written");
    }
    let kept = std::fs::read_to_string(&path).expect("the page is there");
    assert!(
        kept == page,
        "docs/pipelock.md is stale: run this test with BLESS=1"
    );
}
