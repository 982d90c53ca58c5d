//! The value of any field, as it crosses.

use std::collections::HashMap;

use serde_json::Value;

use super::CivilDate;
use crate::model::{Date, Fields, ZonedTime};

/// The value of one field, whatever its record's kind.
///
/// An app needs it for conflicts and histories, which are about any field. It shows what it is given, and gives back what it
/// was given.
#[derive(Clone, Debug, PartialEq, uniffi::Enum)]
pub enum FieldValue {
    /// No value: the field was left out, or taken away.
    Nothing,
    /// Yes or no.
    Flag {
        /// Which.
        value: bool,
    },
    /// A whole number.
    Whole {
        /// The number.
        value: i64,
    },
    /// A number with a fraction.
    Fraction {
        /// The number.
        value: f64,
    },
    /// Words, or the name of a choice such as `good`.
    Text {
        /// The words.
        value: String,
    },
    /// A date.
    Day {
        /// The date.
        value: CivilDate,
    },
    /// A date-time with its zone.
    Time {
        /// The time.
        value: ZonedTime,
    },
    /// Several values.
    Several {
        /// The values.
        values: Vec<FieldValue>,
    },
    /// Values by name.
    Fields {
        /// The values.
        values: HashMap<String, FieldValue>,
    },
}

impl From<Value> for FieldValue {
    fn from(value: Value) -> Self {
        match value {
            Value::Null => Self::Nothing,
            Value::Bool(value) => Self::Flag { value },
            Value::Number(number) => match number.as_i64() {
                Some(value) => Self::Whole { value },
                // No field of ours is a number beyond these; a newer app's may be, and is then near enough to show.
                None => Self::Fraction { value: number.as_f64().unwrap_or(f64::NAN) },
            },
            Value::String(value) => from_text(value),
            Value::Array(values) => Self::Several { values: values.into_iter().map(Self::from).collect() },
            Value::Object(fields) => Self::Fields { values: by_name(fields) },
        }
    }
}

/// Dates and times travel as text, and no app should have to know how they are written.
fn from_text(value: String) -> FieldValue {
    if let Some(value) = exactly::<ZonedTime>(&value) {
        return FieldValue::Time { value };
    }
    match exactly::<Date>(&value) {
        Some(value) => FieldValue::Day { value },
        None => FieldValue::Text { value },
    }
}

/// The value that this text stands for, if it would be written just so: else what is given back would be another text.
fn exactly<T: std::str::FromStr + ToString>(text: &str) -> Option<T> {
    let value: T = text.parse().ok()?;
    (value.to_string() == text).then_some(value)
}

impl From<FieldValue> for Value {
    fn from(value: FieldValue) -> Self {
        match value {
            FieldValue::Nothing => Self::Null,
            FieldValue::Flag { value } => value.into(),
            FieldValue::Whole { value } => value.into(),
            FieldValue::Fraction { value } => value.into(),
            FieldValue::Text { value } => value.into(),
            FieldValue::Day { value } => value.to_string().into(),
            FieldValue::Time { value } => value.to_string().into(),
            FieldValue::Several { values } => values.into_iter().map(Self::from).collect(),
            FieldValue::Fields { values } => Self::Object(from_names(values)),
        }
    }
}

fn by_name(fields: Fields) -> HashMap<String, FieldValue> {
    fields.into_iter().map(|(name, value)| (name, value.into())).collect()
}

fn from_names(values: HashMap<String, FieldValue>) -> Fields {
    values.into_iter().map(|(name, value)| (name, value.into())).collect()
}

/// The name that the bindings give to any field's value.
pub type AnyValue = Value;
/// The name that the bindings give to the fields of a record of an unknown kind.
pub type UnknownFields = Fields;

uniffi::custom_type!(
    /// The value of one field.
    AnyValue, FieldValue, { remote, lower: |value| value.into(), try_lift: |value| Ok(value.into()) }
);

uniffi::custom_type!(
    /// The fields of a record that a newer app wrote.
    UnknownFields, HashMap<String, FieldValue>, {
        remote,
        lower: |fields| by_name(fields),
        try_lift: |values| Ok(from_names(values)),
    }
);

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::model::Body;

    #[test]
    fn whatever_a_record_says_goes_there_and_back() {
        for body in Body::examples() {
            let fields = Value::Object(body.to_fields());
            assert_eq!(Value::from(FieldValue::from(fields.clone())), fields);
        }
        let odd = json!({"a": [1, 2.5, true, null], "day": "2026-02-30", "text": "2026-2-3", "time": "2026-02-14T19:00[America/New_York]"});
        assert_eq!(Value::from(FieldValue::from(odd.clone())), odd);
    }

    #[test]
    fn no_app_has_to_read_a_date_or_a_time_from_text() {
        assert!(matches!(FieldValue::from(json!("2026-02-14")), FieldValue::Day { .. }));
        assert!(matches!(FieldValue::from(json!("2026-02-14T19:00-05:00[America/New_York]")), FieldValue::Time { .. }));
        assert!(matches!(FieldValue::from(json!("at Nonna's")), FieldValue::Text { .. }));
    }
}
