//! JSON values and the scalars that stand for them.

use automerge::ScalarValue;
use serde_json::{Number, Value};

/// The scalar that reads back as `value`.
///
/// Lists and objects become *bytes* of JSON. A string with a mark in front would need an escape for the family that
/// types the mark, and a nested container would hide one side where two devices write it at once.
pub(super) fn to_scalar(value: &Value) -> Option<ScalarValue> {
    match value {
        Value::Null => Some(ScalarValue::Null),
        Value::Bool(value) => Some(ScalarValue::Boolean(*value)),
        Value::Number(number) => {
            let whole = number.as_u64().map(ScalarValue::Uint).or_else(|| number.as_i64().map(ScalarValue::Int));
            whole.or_else(|| number.as_f64().map(ScalarValue::F64))
        }
        Value::String(text) => Some(ScalarValue::Str(text.as_str().into())),
        Value::Array(_) | Value::Object(_) => {
            let bytes = serde_json::to_vec(value).ok()?;
            structure(&bytes).is_some().then_some(ScalarValue::Bytes(bytes))
        }
    }
}

/// The value that a scalar stands for, if it is one of those above.
pub(super) fn from_scalar(scalar: &ScalarValue) -> Option<Value> {
    match scalar {
        ScalarValue::Null => Some(Value::Null),
        ScalarValue::Boolean(value) => Some(Value::Bool(*value)),
        ScalarValue::Uint(value) => Some(Value::from(*value)),
        ScalarValue::Int(value) => Some(Value::from(*value)),
        ScalarValue::F64(value) => Number::from_f64(*value).map(Value::Number),
        ScalarValue::Str(text) => Some(Value::String(text.to_string())),
        ScalarValue::Bytes(bytes) => structure(bytes),
        ScalarValue::Counter(_) | ScalarValue::Timestamp(_) | ScalarValue::Unknown { .. } => None,
    }
}

/// The list or object that these bytes are. serde_json stops at 128 levels.
pub(super) fn structure(bytes: &[u8]) -> Option<Value> {
    serde_json::from_slice(bytes).ok().filter(|value: &Value| value.is_array() || value.is_object())
}

/// An element of a set. Numbers come before words, so that a set of numbers reads in the order of numbers.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Element {
    Negative(i64),
    Number(u64),
    Word(String),
}

impl Element {
    /// The element that is this value; only whole numbers and strings can be one.
    pub(super) fn of(value: &Value) -> Option<Self> {
        match value {
            Value::String(word) => Some(Self::Word(word.clone())),
            Value::Number(number) => number.as_u64().map(Self::Number).or_else(|| number.as_i64().map(Self::Negative)),
            _ => None,
        }
    }

    /// The value that is this element.
    pub(super) fn value(&self) -> Value {
        match self {
            Self::Negative(number) => Value::from(*number),
            Self::Number(number) => Value::from(*number),
            Self::Word(word) => Value::from(word.as_str()),
        }
    }

    /// The root key of this element of the set `field`. No set mixes numbers and words, so 30 and "30" don't meet.
    pub(super) fn key(&self, field: &str) -> String {
        match self {
            Self::Negative(number) => format!("{field}/{number}"),
            Self::Number(number) => format!("{field}/{number}"),
            Self::Word(word) => format!("{field}/{word}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn every_value_reads_back_equal() {
        for value in [
            json!(null),
            json!(true),
            json!(0),
            json!(-5),
            json!(u64::MAX),
            json!(i64::MIN),
            json!(1.5),
            json!(1.0),
            json!("json:[1]"),
            json!(""),
            json!([1, "a", null]),
            json!({"b": {"c": [1]}, "a": 2}),
            json!([]),
        ] {
            assert_eq!(to_scalar(&value).and_then(|scalar| from_scalar(&scalar)), Some(value));
        }
    }

    #[test]
    fn elements_sort_as_sets_of_numbers_and_of_words_do() {
        let values = [json!("b"), json!(30), json!(7), json!("a"), json!(-1)];
        let mut elements: Vec<_> = values.iter().filter_map(Element::of).collect();
        elements.sort();
        let sorted: Vec<_> = elements.iter().map(Element::value).collect();
        assert_eq!(sorted, [json!(-1), json!(7), json!(30), json!("a"), json!("b")]);
        assert_eq!((Element::of(&json!(1.5)), Element::of(&json!([]))), (None, None));
    }
}
