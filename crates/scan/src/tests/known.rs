//! The operator's own values.

use bottle_policy::{Action, InspectTerms, Secret};
use proptest::prelude::*;

use super::{ids, scan, scanner, terms, token};
use crate::{Input, Kind, Known, KnownError, KnownId, Place, Scanner};

#[test]
fn each_value_is_told_from_the_others() {
    let scanner = scanner(&[
        ("first-value", Kind::Secret),
        ("second-value", Kind::Placeholder),
    ]);
    let findings = scan(&scanner, b"a second-value, then the first-value").unwrap();
    assert_eq!(ids(&findings), ["placeholder", "operator_secret"]);
    assert_eq!(findings[0].known, Some(KnownId(1)));
    assert_eq!(findings[1].known, Some(KnownId(0)));
    assert_eq!(findings[1].title, "the secret env:SECRET_0");
    assert_eq!((findings[1].start, findings[1].end), (25, 36));
}

#[test]
fn a_placeholder_is_not_also_a_credential() {
    let token = token();
    let scanner = scanner(&[(&token, Kind::Placeholder)]);
    assert_eq!(
        ids(&scan(&scanner, format!("Bearer {token}").as_bytes()).unwrap()),
        ["placeholder"]
    );
    let basic = data_encoding::BASE64.encode(format!("x-access-token:{token}").as_bytes());
    assert_eq!(
        ids(&scan(&scanner, format!("Basic {basic}").as_bytes()).unwrap()),
        ["placeholder"]
    );
}

#[test]
fn a_placeholder_with_more_behind_it_is_a_credential_too() {
    let token = token();
    let scanner = scanner(&[(&token, Kind::Placeholder)]);
    let findings = scan(&scanner, format!("Bearer {token}MORE").as_bytes()).unwrap();
    assert_eq!(ids(&findings), ["placeholder", "github_token"]);
}

/// Where only a whole run can be told as the origin, being in the same run is
/// not being in the same value.
#[test]
fn a_placeholder_hides_no_other_credential_of_its_run() {
    let (placeholder, other) = (token(), token().replace("Km", "Mk").replace("W2", "2W"));
    let scanner = scanner(&[(&placeholder, Kind::Placeholder)]);
    let both = format!("{placeholder}\n{other}\n");
    let base64 = data_encoding::BASE64.encode(both.as_bytes());
    let wrapped: Vec<&str> = base64
        .as_bytes()
        .chunks(20)
        .map(|line| str::from_utf8(line).unwrap())
        .collect();
    let packed = {
        use std::io::Write as _;
        let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        gzip.write_all(both.as_bytes()).unwrap();
        gzip.finish().unwrap()
    };
    let forms = [
        both.into_bytes(),
        base64.clone().into_bytes(),
        wrapped.join("\n").into_bytes(),
        data_encoding::BASE64.encode(&packed).into_bytes(),
        packed,
    ];
    for form in forms {
        let seen = scan(&scanner, &form).unwrap();
        assert_eq!(ids(&seen).len(), 2, "{seen:?} in {form:?}");
        assert!(ids(&seen).contains(&"github_token"));
    }
}

#[test]
fn a_value_that_is_turned_off_hides_nothing() {
    let token = token();
    let scanner = scanner(&[(&token, Kind::Secret)]);
    let terms = InspectTerms {
        detectors: [("operator_secret".parse().unwrap(), Action::Off)].into(),
        ..terms()
    };
    let findings = scanner
        .scan(Input::new(&Place::Body, token.as_bytes()), &terms)
        .unwrap();
    assert_eq!(ids(&findings), ["github_token"]);
}

#[test]
fn a_long_value_is_compared_to_its_end() {
    let key = "0123456789 line of a long key file\n".repeat(40);
    let scanner = scanner(&[(&key, Kind::Secret)]);
    assert_eq!(
        ids(&scan(&scanner, format!("-{key}-").as_bytes()).unwrap()),
        ["operator_secret"]
    );
    assert!(
        scan(&scanner, &key.as_bytes()[..key.len() - 2])
            .unwrap()
            .is_empty()
    );
    let json = key.replace('\n', "\\n");
    assert_eq!(
        ids(&scan(&scanner, json.as_bytes()).unwrap()),
        ["operator_secret"]
    );
}

#[test]
fn the_same_value_has_the_same_fingerprint_in_every_form() {
    let scanner = scanner(&[("value of the operator", Kind::Secret)]);
    let print = |text: String| {
        scan(&scanner, text.as_bytes()).unwrap()[0]
            .fingerprint
            .clone()
    };
    let hex = data_encoding::HEXLOWER.encode(b"value of the operator");
    let base64 = data_encoding::BASE64.encode(b"a value of the operator");
    assert_eq!(print("value of the operator".into()), print(hex));
    assert_eq!(print("value of the operator".into()), print(base64));
}

#[test]
fn short_values_are_refused_by_name() {
    let known = |value: &str| Known {
        label: "env:PIN".into(),
        value: Secret::new(value),
        kind: Kind::Secret,
    };
    let error = Scanner::new(vec![known("12345")], [0; 32]).unwrap_err();
    assert!(matches!(&error, KnownError::TooShort { label } if label == "env:PIN"));
    assert!(!error.to_string().contains("12345"));
    assert!(Scanner::new(vec![known("123456")], [0; 32]).is_ok());
}

#[test]
fn nothing_prints_the_values() {
    let scanner = scanner(&[("first-value", Kind::Secret)]);
    assert!(!format!("{scanner:?}").contains("first-value"));
}

proptest! {
    #[test]
    fn a_value_that_was_not_given_is_not_reported(value in "[a-zA-Z0-9]{10,40}", text in "[a-zA-Z0-9 ]{0,300}") {
        let scanner = scanner(&[(&value, Kind::Secret)]);
        let findings = scan(&scanner, text.as_bytes()).unwrap();
        let reported = findings.iter().any(|f| f.known.is_some());
        prop_assert_eq!(reported, text.contains(&value));
    }

    #[test]
    fn any_value_of_any_bytes_is_found(
        value in prop::collection::vec(any::<u8>(), 8..60), before in prop::collection::vec(any::<u8>(), 0..40)
    ) {
        let known = Known { label: "v".into(), value: Secret::new(value.clone()), kind: Kind::Secret };
        let scanner = Scanner::new(vec![known], [1; 32]).unwrap();
        let mut text = before;
        text.extend_from_slice(&value);
        let forms = [
            text.clone(),
            data_encoding::BASE64.encode(&text).into_bytes(),
            data_encoding::BASE64URL_NOPAD.encode(&text).into_bytes(),
            data_encoding::HEXUPPER.encode(&text).into_bytes(),
        ];
        for form in forms {
            prop_assert!(ids(&scan(&scanner, &form).unwrap()).contains(&"operator_secret"));
        }
    }
}
