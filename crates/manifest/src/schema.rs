//! The JSON Schema of `bottle.yaml`, made from the table of keys, so that
//! editors know the same keys as the parser.

use serde_json::{Map, Value, json};

use crate::keys;
use crate::shape::{Key, Need, Section, Shape};

/// The JSON Schema (draft 2020-12) that `bottle schema` prints.
pub fn schema() -> Value {
    let mut root = section(&keys::MANIFEST);
    if let Value::Object(map) = &mut root {
        map.insert(
            "$schema".to_owned(),
            json!("https://json-schema.org/draft/2020-12/schema"),
        );
        map.insert("title".to_owned(), json!("bottle.yaml"));
    }
    root
}

fn section(section: &Section) -> Value {
    let properties: Map<String, Value> = section
        .keys
        .iter()
        .map(|key| (key.name.to_owned(), property(key)))
        .collect();
    let required: Vec<&str> = section
        .keys
        .iter()
        .filter(|key| key.need == Need::Required)
        .map(|key| key.name)
        .collect();
    json!({
        "type": "object",
        "description": section.about,
        "properties": properties,
        "required": required,
        "additionalProperties": false,
    })
}

fn property(key: &Key) -> Value {
    let mut value = shape(&key.shape);
    if let Value::Object(map) = &mut value {
        map.insert("description".to_owned(), json!(key.about));
        if let Need::Default(text) = key.need
            && let Ok(default) = serde_json::from_str::<Value>(text)
        {
            map.insert("default".to_owned(), default);
        }
    }
    value
}

fn shape(of: &Shape) -> Value {
    match of {
        Shape::Bool => json!({ "type": "boolean" }),
        Shape::Dict(value) => json!({ "type": "object", "additionalProperties": shape(value) }),
        Shape::List(item) => json!({ "type": "array", "items": shape(item) }),
        Shape::Map(inner) => section(inner),
        Shape::Number { least, most } if least == most => json!({ "const": least }),
        Shape::Number { least, most } => {
            json!({ "type": "integer", "minimum": least, "maximum": most })
        }
        Shape::Text("") => json!({ "type": "string" }),
        Shape::Text(pattern) => json!({ "type": "string", "pattern": pattern }),
        Shape::WordOrList => json!({
            "anyOf": [
                { "type": "array", "items": { "type": "string" } },
                { "type": "string", "pattern": "^[A-Za-z0-9._/+-]+$" },
            ],
        }),
        Shape::Words(words) => json!({ "enum": words }),
    }
}

#[cfg(test)]
#[path = "schema_tests.rs"]
mod tests;
