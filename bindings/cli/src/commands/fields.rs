//! Fields as people type them: `place="Nonna's kitchen"`, `at=2026-02-14T19:00`, `to=Dani,Lena`.

use kinweave_core::model::{Body, Fields, InvalidReason, MemberId};
use serde_json::Value;

use super::find::invalid;
use crate::answer::Failure;

/// Fields that name members, which people type by name.
pub(super) const NAMING: [&str; 2] = ["participants", "to"];

/// Splits `FIELD=VALUE`.
pub(super) fn split(text: &str) -> Result<(&str, &str), Failure> {
    let parts = text.split_once('=').filter(|(field, _)| !field.is_empty());
    parts.ok_or_else(|| Failure::say(1, "field_form", &[("text", text)]))
}

/// A date and hour gets the owner's zone where it names none.
pub(super) fn zoned(text: &str, zone: &str) -> String {
    if text.contains('[') { text.to_owned() } else { format!("{text}[{zone}]") }
}

/// The values that a text can stand for, the likeliest first. Words are words, even "30"; only where a kind can't hold
/// words is it read as JSON.
fn readings(field: &str, text: &str, zone: &str) -> Vec<Value> {
    let words = if field == "at" { zoned(text, zone) } else { text.to_owned() };
    let list = || text.split(',').map(|part| part.trim().into()).collect::<Vec<Value>>().into();
    let mut readings = vec![words.into()];
    readings.extend(serde_json::from_str(text));
    readings.push(list());
    readings
}

/// The body with `field` set to what `text` stands for; an empty text takes the value away.
pub(super) fn set(kind: &str, fields: &Fields, field: &str, text: &str, zone: &str) -> Result<Body, Failure> {
    let body = |value: Option<Value>| {
        let mut fields = fields.clone();
        match value {
            Some(value) => fields.insert(field.to_owned(), value),
            None => fields.remove(field),
        };
        let body = Body::from_fields(kind, fields.clone());
        (!matches!(body, Body::Unknown { .. })).then_some(body)
    };
    // A field that the kind doesn't have would be left out in silence.
    if kinweave_core::model::kinds::spec(kind).is_none_or(|spec| spec.field(field).is_none()) {
        return Err(invalid(field, InvalidReason::Unknown));
    }
    if text.is_empty() {
        return body(None).ok_or_else(|| invalid(field, InvalidReason::Missing));
    }
    let mut readings = readings(field, text, zone).into_iter();
    readings.find_map(|value| body(Some(value))).ok_or_else(|| invalid(field, InvalidReason::Malformed))
}

/// Members as a field holds them.
pub(super) fn naming(members: &[MemberId]) -> String {
    members.iter().map(MemberId::to_string).collect::<Vec<_>>().join(",")
}

#[cfg(test)]
mod tests {
    use super::*;
    use kinweave_core::model::kinds::{Celebration, RecoveryTimeline};

    const ZONE: &str = "America/New_York";

    fn celebration(field: &str, text: &str) -> Result<Celebration, Failure> {
        let fields = Body::from(Celebration::idea("movie_night")).to_fields();
        match set("celebration", &fields, field, text, ZONE)? {
            Body::Celebration(celebration) => Ok(celebration),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn words_stay_words_and_other_fields_are_read_as_their_kind_has_them() {
        assert_eq!(celebration("place", "30").unwrap().place.as_deref(), Some("30"));
        assert_eq!(celebration("place", "").unwrap().place, None);
        assert!(!celebration("alcohol_free", "false").unwrap().alcohol_free);
        let at = celebration("at", "2026-02-14T19:00").unwrap().at.unwrap();
        assert_eq!(at.to_string(), "2026-02-14T19:00-05:00[America/New_York]");
        assert_eq!(celebration("at", "2026-02-14T19:00[UTC]").unwrap().at.unwrap().zone().name(), "UTC");
        let two = [MemberId::from_bytes([1; 32]), MemberId::from_bytes([2; 32])];
        assert_eq!(celebration("participants", &naming(&two)).unwrap().participants.len(), 2);
        let timeline = Body::from(RecoveryTimeline::starting("2026-01-12".parse().unwrap())).to_fields();
        let set = set("recovery_timeline", &timeline, "milestone_set", "10,45", ZONE);
        assert!(set.is_err() || set.is_ok_and(|body| body.to_fields()["milestone_set"] == serde_json::json!([10, 45])));
    }

    #[test]
    fn what_a_kind_cannot_hold_is_refused_by_field() {
        for (field, text) in [("at", "tomorrow"), ("idea", ""), ("colour", "red"), ("alcohol_free", "perhaps")] {
            let failure = celebration(field, text).unwrap_err();
            assert_eq!(failure.error["field"], field, "{failure:?}");
        }
        assert!(split("place").is_err() && split("=x").is_err());
        assert_eq!(split("place=a=b").unwrap(), ("place", "a=b"));
    }
}
