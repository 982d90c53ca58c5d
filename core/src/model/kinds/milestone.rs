//! Something reached.

use serde::{Deserialize, Serialize};

use crate::model::kind::{
    AboutRule, FieldSpec, InvalidInput, InvalidReason, Kind, KindSpec, Placement, Retention, SubjectRule, YoungRule,
    check_optional_words,
};
use crate::model::op::Writers;
use crate::model::time::Date;

/// A milestone. It begins on its author's own devices; nothing announces it but they.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct Milestone {
    /// What it counts.
    pub basis: MilestoneBasis,
    /// How many of those; for days and months.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub threshold: Option<u32>,
    /// The day.
    pub reached_on: Date,
    /// The first day of the stretch it belongs to; for days and months. One stretch reaches a threshold once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub run_started_on: Option<Date>,
    /// For a life event, which.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub life_event: Option<LifeEvent>,
    /// In their own words, up to 140 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub words: Option<String>,
}

/// What a milestone counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
#[serde(rename_all = "snake_case")]
pub enum MilestoneBasis {
    /// Days of the current stretch.
    DaysCurrent,
    /// All days together.
    DaysTotal,
    /// Calendar months of the current stretch.
    MonthsCurrent,
    /// A therapy session.
    Session,
    /// Something in life.
    LifeEvent,
    /// Looking after oneself.
    Selfcare,
    /// Whatever its author says it is.
    OwnWords,
}

/// Something in life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the names say it")]
pub enum LifeEvent {
    Employment,
    Housing,
    Education,
    CourtDone,
    Reunion,
    Health,
    Licence,
    Other,
}

impl Kind for Milestone {
    const SPEC: KindSpec = KindSpec {
        name: "milestone",
        schema: 1,
        writers: Writers::Author,
        subject: SubjectRule::Author,
        young: YoungRule::Everyone,
        audience: Placement::MeFirst,
        retention: Retention::UntilErased,
        about: AboutRule::Never,
        fields: &[
            FieldSpec::register("basis"),
            FieldSpec::register("threshold"),
            FieldSpec::date("reached_on"),
            FieldSpec::register("run_started_on"),
            FieldSpec::register("life_event"),
            FieldSpec::words("words"),
        ],
    };

    fn validate(&self) -> Result<(), InvalidInput> {
        use MilestoneBasis::{DaysCurrent, DaysTotal, LifeEvent, MonthsCurrent, OwnWords};
        let missing = |field| Err(InvalidInput::new(field, InvalidReason::Missing));
        check_optional_words("words", self.words.as_ref(), 140)?;
        match self.basis {
            DaysCurrent | DaysTotal | MonthsCurrent if self.threshold.is_none() => missing("threshold"),
            DaysCurrent | DaysTotal | MonthsCurrent if self.threshold == Some(0) => {
                Err(InvalidInput::new("threshold", InvalidReason::OutOfRange))
            }
            LifeEvent if self.life_event.is_none() => missing("life_event"),
            OwnWords if self.words.is_none() => missing("words"),
            _ => Ok(()),
        }
    }

    fn example() -> Self {
        Self {
            basis: MilestoneBasis::DaysCurrent,
            threshold: Some(30),
            reached_on: Date::default(),
            run_started_on: Some(Date::default()),
            life_event: None,
            words: None,
        }
    }
}
