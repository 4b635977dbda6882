//! Values that come back.

use bottle_policy::Secret;
use proptest::prelude::*;

use crate::mask::{MaskError, Masks, forms};

fn masks(pairs: &[(&str, &str)]) -> Masks {
    let pairs = pairs
        .iter()
        .map(|(secret, with)| (Secret::new(*secret), with.as_bytes().to_vec()));
    Masks::new(pairs.collect()).unwrap()
}

fn text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).unwrap()
}

#[test]
fn a_secret_is_replaced_wherever_it_is_cut() {
    let masks = masks(&[("topsecret", "*********")]);
    let body = b"data: topsecret and topsecret.";
    for cut in 0..body.len() {
        let mut masker = masks.masker();
        let mut out = masker.push(&body[..cut]);
        out.extend(masker.push(&body[cut..]));
        out.extend(masker.finish());
        assert_eq!(text(out), "data: ********* and *********.");
    }
}

#[test]
fn an_event_goes_through_at_once() {
    let mut masker = masks(&[("topsecret", "*********")]).masker();
    let event = b"data: {\"text\": \"to\"}\n\n";
    assert_eq!(masker.push(event), event);
}

#[test]
fn only_a_possible_beginning_is_held() {
    let mut masker = masks(&[("topsecret", "*********")]).masker();
    assert_eq!(text(masker.push(b"a tops")), "a ");
    assert_eq!(text(masker.push(b"oil, top")), "topsoil, ");
    assert_eq!(text(masker.finish()), "top");
}

#[test]
fn the_longer_of_two_secrets_is_waited_for() {
    let masks = masks(&[("secret", "******"), ("secret-long", "###########")]);
    let mut masker = masks.masker();
    assert_eq!(text(masker.push(b"a secret")), "a ");
    assert_eq!(text(masker.push(b"-lo")), "");
    assert_eq!(
        text(masker.push(b"ng, secret-lost")),
        "###########, ******-lost"
    );
    let mut masker = masks.masker();
    assert_eq!(text(masker.push(b"secret")), "");
    assert_eq!(text(masker.finish()), "******");
}

#[test]
fn a_replacement_has_the_length_of_its_secret() {
    let masks =
        |secret: &str, with: &str| Masks::new(vec![(Secret::new(secret), with.into())]).map(|_| ());
    assert_eq!(masks("secret", "short"), Err(MaskError::Length));
    assert_eq!(masks("", ""), Err(MaskError::Empty));
}

#[test]
fn with_nothing_to_hide_nothing_is_held() {
    let mut masker = Masks::new(vec![]).unwrap().masker();
    assert_eq!(masker.push(b"all of it"), b"all of it");
    assert_eq!(masker.finish(), b"");
}

proptest! {
    #[test]
    fn any_chunks_give_what_the_whole_gives(
        body in "[ab]{0,80}", sizes in prop::collection::vec(1_usize..9, 1..30)
    ) {
        let masks = masks(&[("aab", "xxx"), ("aabab", "yyyyy"), ("bbb", "zzz")]);
        let mut whole = body.clone().into_bytes();
        masks.apply(&mut whole);
        let mut masker = masks.masker();
        let mut out = Vec::new();
        let mut rest = body.as_bytes();
        for size in sizes.iter().cycle() {
            if rest.is_empty() { break; }
            let (chunk, after) = rest.split_at(rest.len().min(*size));
            out.extend(masker.push(chunk));
            rest = after;
        }
        out.extend(masker.finish());
        prop_assert_eq!(text(out), text(whole));
    }
}

#[test]
fn a_value_is_hidden_in_the_forms_in_which_it_is_echoed() {
    let (secret, shown) = (b"sk-Abc/dEf+0123456789xyz", b"sk-Xyz/qQq+9876543210abc");
    let masks = Masks::new(forms(secret, shown)).unwrap();
    let base64 = |text: &[u8]| data_encoding::BASE64.encode(text);
    let said = |text: String| {
        let mut bytes = text.into_bytes();
        masks.apply(&mut bytes);
        String::from_utf8(bytes).unwrap()
    };
    assert_eq!(
        said("/?k=sk-Abc%2FdEf%2B0123456789xyz".into()),
        "/?k=sk-Xyz%2FqQq%2B9876543210abc"
    );
    assert_eq!(
        said(r"sk-Abc\/dEf+0123456789xyz".into()),
        r"sk-Xyz\/qQq+9876543210abc"
    );
    assert_eq!(
        said("sk-abc/def+0123456789xyz".into()),
        "sk-xyz/qqq+9876543210abc"
    );
    for before in ["", "u:", "user:", "x-access-token:"] {
        let echo = said(base64(&[before.as_bytes(), secret, b"!"].concat()));
        let read = data_encoding::BASE64.decode(echo.as_bytes()).unwrap();
        let inner = &secret[3..21];
        assert!(!read.windows(inner.len()).any(|w| w == inner), "{before}");
    }
}
