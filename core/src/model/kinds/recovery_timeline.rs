//! When somebody's recovery began, and how they want it counted.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::model::kind::{
    AboutRule, FieldSpec, InvalidInput, Kind, KindSpec, Placement, Retention, SubjectRule, YoungRule,
    check_optional_words, check_words,
};
use crate::model::op::Writers;
use crate::model::time::Date;

/// A recovery timeline, on its author's own devices only. Medication counts as recovery; no field can say otherwise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct RecoveryTimeline {
    /// The first day of all. It never moves because of a setback.
    pub first_start_on: Date,
    /// Up to 40 characters; empty is the default and quite enough.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub substance_label: Option<String>,
    /// Which number comes first.
    #[serde(default)]
    pub counting_style: CountingStyle,
    /// Whether the first day is day 0 or day 1 on screens.
    #[serde(default)]
    pub day_label_convention: DayLabelConvention,
    /// Spans that this person wants to mark besides the usual ones, in days.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub milestone_set: BTreeSet<u32>,
    /// Why, in their own words, up to 2,000 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub why: Option<String>,
}

/// Which number comes first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
#[serde(rename_all = "snake_case")]
pub enum CountingStyle {
    /// All days together, then the current stretch.
    #[default]
    TotalFirst,
    /// The current stretch, then all days together.
    CurrentFirst,
    /// All days together and nothing else.
    TotalOnly,
    /// No numbers.
    None,
}

/// What the first day is called.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
#[serde(rename_all = "snake_case")]
pub enum DayLabelConvention {
    /// A day counts when it is over.
    #[default]
    CompletedDays,
    /// The first day is day one.
    DayOne,
}

impl RecoveryTimeline {
    /// A timeline that begins on this day, with everything else as usual.
    pub fn starting(first_start_on: Date) -> Self {
        Self {
            first_start_on,
            substance_label: None,
            counting_style: CountingStyle::default(),
            day_label_convention: DayLabelConvention::default(),
            milestone_set: BTreeSet::new(),
            why: None,
        }
    }
}

impl Kind for RecoveryTimeline {
    const SPEC: KindSpec = KindSpec {
        name: "recovery_timeline",
        schema: 1,
        writers: Writers::Author,
        subject: SubjectRule::Author,
        young: YoungRule::Never,
        audience: Placement::OnlyMe,
        retention: Retention::UntilErased,
        about: AboutRule::Never,
        fields: &[
            FieldSpec::date("first_start_on"),
            FieldSpec::words("substance_label"),
            FieldSpec::register("counting_style"),
            FieldSpec::register("day_label_convention"),
            FieldSpec::set("milestone_set"),
            FieldSpec::words("why"),
        ],
    };

    fn validate(&self) -> Result<(), InvalidInput> {
        if let Some(label) = &self.substance_label {
            check_words("substance_label", label, 40)?;
        }
        check_optional_words("why", self.why.as_ref(), 2_000)
    }

    fn example() -> Self {
        Self { why: Some("For Sunday mornings.".to_owned()), ..Self::starting(Date::default()) }
    }
}
