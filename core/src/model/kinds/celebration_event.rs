//! What became of a celebration.

use serde::{Deserialize, Serialize};

use crate::model::entry::RecordRef;
use crate::model::kind::{
    AboutRule, FieldSpec, InvalidInput, Kind, KindSpec, Placement, Retention, SubjectRule, YoungRule,
    check_optional_words,
};
use crate::model::op::Writers;
use crate::model::time::Date;

/// One step in the life of a celebration. It belongs to the milestone, if that is shared with the same people, so that
/// what was celebrated stays celebrated whatever becomes of the plan; else to the celebration.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct CelebrationEvent {
    /// The celebration.
    pub celebration: RecordRef,
    /// What happened.
    pub event: CelebrationStep,
    /// The day.
    pub happened_on: Date,
    /// Up to 280 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub note: Option<String>,
}

/// A step in the life of a celebration, the stronger one later: of concurrent steps the strongest counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
#[serde(rename_all = "snake_case")]
pub enum CelebrationStep {
    /// Time and place stand.
    Planned,
    /// It will be another time.
    Moved,
    /// It won't be.
    Cancelled,
    /// It was.
    Held,
}

impl Kind for CelebrationEvent {
    const SPEC: KindSpec = KindSpec {
        name: "celebration_event",
        schema: 1,
        writers: Writers::Author,
        subject: SubjectRule::Author,
        young: YoungRule::Everyone,
        audience: Placement::Everyone,
        retention: Retention::UntilErased,
        about: AboutRule::Required,
        fields: &[
            FieldSpec::register("celebration"),
            FieldSpec::register("event"),
            FieldSpec::date("happened_on"),
            FieldSpec::words("note"),
        ],
    };

    fn validate(&self) -> Result<(), InvalidInput> {
        check_optional_words("note", self.note.as_ref(), 280)
    }

    fn example() -> Self {
        use crate::model::entry::Position;
        use crate::model::ids::{AudienceId, DeviceKey, EntryHash};
        let position = Position { device: DeviceKey::from_bytes([1; 32]), number: 3 };
        let celebration = RecordRef::new(AudienceId::from_bytes([3; 32]), position, &EntryHash::from_bytes([5; 32]));
        Self { celebration, event: CelebrationStep::Held, happened_on: Date::default(), note: None }
    }
}
