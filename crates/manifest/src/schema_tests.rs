//! The schema and the parser know the same keys, both ways.

use serde_json::{Map, Value, json};

use super::schema;
use crate::manifest::ABOUT;
use crate::node::{Kind, Node, Value as Written};
use crate::shape::{Section, Shape};
use crate::{keys, parse};

/// A manifest's tree as JSON, as an editor sees it.
fn as_json(node: &Node) -> Value {
    match &node.value {
        Written::List(items) => items.iter().map(as_json).collect(),
        Written::Map(entries) => Value::Object(
            entries
                .iter()
                .map(|entry| (entry.key.clone(), as_json(&entry.node)))
                .collect::<Map<_, _>>(),
        ),
        Written::Refused => Value::Null,
        Written::Scalar(scalar) => match scalar.kind() {
            Kind::Bool(value) => json!(value),
            Kind::Number(value) => json!(value),
            Kind::Null => Value::Null,
            Kind::OddNumber | Kind::Text | Kind::YesNo(_) => json!(scalar.text),
        },
    }
}

/// The part of JSON Schema that ours uses, patterns aside.
fn complaints(schema: &Value, value: &Value, path: &str) -> Vec<String> {
    if let Some(options) = schema["anyOf"].as_array() {
        let fits = options
            .iter()
            .any(|s| complaints(s, value, path).is_empty());
        return (!fits)
            .then(|| format!("{path}: none of anyOf"))
            .into_iter()
            .collect();
    }
    let mut found = Vec::new();
    let kind = match value {
        Value::Array(_) => "array",
        Value::Bool(_) => "boolean",
        Value::Null => "null",
        Value::Number(_) => "integer",
        Value::Object(_) => "object",
        Value::String(_) => "string",
    };
    if schema["type"].as_str().is_some_and(|t| t != kind) {
        found.push(format!("{path}: {kind}"));
    }
    if schema.get("const").is_some_and(|c| c != value) {
        found.push(format!("{path}: const"));
    }
    if schema["enum"]
        .as_array()
        .is_some_and(|e| !e.contains(value))
    {
        found.push(format!("{path}: enum"));
    }
    for (at, item) in value.as_array().into_iter().flatten().enumerate() {
        found.extend(complaints(&schema["items"], item, &format!("{path}[{at}]")));
    }
    for (key, inner) in value.as_object().into_iter().flatten() {
        let path = format!("{path}.{key}");
        match (&schema["properties"][key], &schema["additionalProperties"]) {
            (Value::Null, Value::Bool(false)) => found.push(format!("{path}: unknown")),
            (Value::Null, more) => found.extend(complaints(more, inner, &path)),
            (known, _) => found.extend(complaints(known, inner, &path)),
        }
    }
    for key in schema["required"].as_array().into_iter().flatten() {
        if value.is_object() && value.get(key.as_str().unwrap()).is_none() {
            found.push(format!("{path}: {key} missing"));
        }
    }
    found
}

fn check(text: &str) -> Vec<String> {
    complaints(
        &schema(),
        &as_json(&bottle_yaml::tree(ABOUT, text).root.unwrap()),
        "",
    )
}

#[test]
fn the_designs_example_fits_the_schema() {
    assert_eq!(check(include_str!("../tests/design.yaml")), [""; 0]);
}

#[test]
fn the_schema_refuses_what_the_parser_refuses() {
    for text in [
        "version: 2\n",
        "name: x\n",
        "version: 1\nnam: x\n",
        "version: 1\nsupervise: 1\n",
        "version: 1\negress: { routes: [{ port: 1 }] }\n",
        "version: 1\negress: { default: allow }\n",
        "version: 1\nagent: { command: 1 }\n",
    ] {
        assert!(!check(text).is_empty(), "{text}");
        assert!(parse("m", text).is_err(), "{text}");
    }
}

/// Every key in the table, as a manifest in which it has a value of the wrong type.
fn wrong(
    section: &'static Section,
    wrap: &dyn Fn(&str) -> String,
    all: &mut Vec<(String, String)>,
) {
    for key in section.keys {
        let bad = match key.shape {
            Shape::List(_) | Shape::WordOrList | Shape::Dict(_) | Shape::Map(_) => "7",
            Shape::Bool | Shape::Number { .. } | Shape::Text(_) | Shape::Words(_) => "[[]]",
        };
        all.push((key.name.to_owned(), wrap(&format!("{}: {bad}", key.name))));
        let inner = |open: &'static str, close: &'static str| {
            move |text: &str| wrap(&format!("{}: {open}{{ {text} }}{close}", key.name))
        };
        match &key.shape {
            Shape::Map(section) => wrong(section, &inner("", ""), all),
            Shape::List(Shape::Map(section)) => wrong(section, &inner("[", "]"), all),
            Shape::List(_) => all.push((
                key.name.to_owned(),
                wrap(&format!("{}: [7, [7]]", key.name)),
            )),
            Shape::Dict(_) => all.push((
                key.name.to_owned(),
                wrap(&format!("{}: {{ a: [7] }}", key.name)),
            )),
            Shape::Bool
            | Shape::Number { .. }
            | Shape::Text(_)
            | Shape::WordOrList
            | Shape::Words(_) => {}
        }
    }
}

#[test]
fn the_parser_reads_every_key_of_the_schema() {
    let mut all = Vec::new();
    wrong(&keys::MANIFEST, &|text| format!("{{ {text} }}\n"), &mut all);
    assert!(all.len() > 40);
    for (key, text) in all {
        let faults = parse("m", &text).unwrap_err();
        // The value itself was judged: there is a fault at or after its key.
        let at = text.rfind(&format!("{key}: ")).unwrap() + key.len();
        assert!(
            faults.iter().any(|fault| fault.place().start > at),
            "{text}: {faults}"
        );
    }
}

#[test]
fn every_key_is_described_and_closed() {
    fn walk(schema: &Value, path: &str) {
        for (key, property) in schema["properties"].as_object().into_iter().flatten() {
            let path = format!("{path}.{key}");
            assert!(
                property["description"]
                    .as_str()
                    .is_some_and(|d| d.ends_with('.')),
                "{path}"
            );
            for inner in [property, &property["items"]] {
                if inner["properties"].is_object() {
                    assert_eq!(inner["additionalProperties"], json!(false), "{path}");
                    walk(inner, &path);
                }
            }
        }
    }
    walk(&schema(), "");
    assert_eq!(
        schema()["properties"]["egress"]["properties"]["routes"]["items"]["properties"]["port"]["default"],
        443
    );
}

#[test]
fn every_word_that_people_mean_leads_to_a_key() {
    fn walk(section: &Section) {
        for (word, key) in section.meant {
            assert!(
                section.keys.iter().any(|k| k.name == *key),
                "{word} -> {key}"
            );
            assert!(
                section.keys.iter().all(|k| k.name != *word),
                "{word} is a key"
            );
        }
        for key in section.keys {
            if let Shape::Map(inner) | Shape::List(Shape::Map(inner)) = &key.shape {
                walk(inner);
            }
        }
    }
    walk(&keys::MANIFEST);
}
