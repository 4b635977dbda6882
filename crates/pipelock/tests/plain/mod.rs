//! What a reader makes of YAML that knows no schema: values by their form alone.

use bottle_yaml::node::{Kind, Node, Value as Written};
use bottle_yaml::{About, tree};
use serde_json::Value;

/// The value of a text without a fault.
#[track_caller]
pub(crate) fn parsed(text: &str) -> Value {
    let about = About {
        what: "a text",
        empty: None,
    };
    let tree = tree(about, text);
    assert!(tree.faults.is_empty(), "{:?} in {text}", tree.faults);
    tree.root.as_ref().map_or(Value::Null, value)
}

fn value(node: &Node) -> Value {
    match &node.value {
        Written::List(items) => items.iter().map(value).collect(),
        Written::Map(entries) => entries
            .iter()
            .map(|entry| (entry.key.clone(), value(&entry.node)))
            .collect(),
        Written::Refused => Value::Null,
        Written::Scalar(scalar) => match scalar.kind() {
            Kind::Bool(value) | Kind::YesNo(value) => value.into(),
            Kind::Null => Value::Null,
            Kind::Number(value) => value.into(),
            Kind::OddNumber | Kind::Text => scalar.text.clone().into(),
        },
    }
}
