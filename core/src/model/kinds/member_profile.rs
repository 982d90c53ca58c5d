//! How a member wants to be known.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::model::kind::{
    AboutRule, FieldSpec, InvalidInput, Kind, KindSpec, Placement, Retention, SubjectRule, YoungRule,
    check_optional_words, check_words,
};
use crate::model::op::Writers;
use crate::model::time::Date;

/// What a member says about themselves to the whole circle. Role and devices are in the roster, not here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct MemberProfile {
    /// Up to 40 characters.
    pub display_name: String,
    /// Such as *mother* or *sponsor*, up to 30 characters each.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub relationship_labels: BTreeSet<String>,
    /// Up to 20 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub pronouns: Option<String>,
    /// What helps and what doesn't, up to 1,500 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub needs: Option<String>,
    /// Their own word for a setback, up to 24 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub word_for_setback: Option<String>,
    /// Their own word for days in recovery, up to 24 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub word_for_days: Option<String>,
    /// Their own word for medication, up to 24 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub word_for_medication: Option<String>,
    /// Their own word for recovery, up to 24 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub word_for_recovery: Option<String>,
    /// Until then they would rather not be prompted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub quiet_until: Option<Date>,
}

impl MemberProfile {
    /// A profile with a name and nothing else.
    pub fn named(display_name: &str) -> Self {
        Self {
            display_name: display_name.to_owned(),
            relationship_labels: BTreeSet::new(),
            pronouns: None,
            needs: None,
            word_for_setback: None,
            word_for_days: None,
            word_for_medication: None,
            word_for_recovery: None,
            quiet_until: None,
        }
    }
}

impl Kind for MemberProfile {
    const SPEC: KindSpec = KindSpec {
        name: "member_profile",
        schema: 1,
        writers: Writers::Author,
        subject: SubjectRule::Author,
        young: YoungRule::Everyone,
        audience: Placement::Home,
        retention: Retention::UntilErased,
        about: AboutRule::Never,
        fields: &[
            FieldSpec::words("display_name"),
            FieldSpec::words_set("relationship_labels"),
            FieldSpec::words("pronouns"),
            FieldSpec::words("needs"),
            FieldSpec::words("word_for_setback"),
            FieldSpec::words("word_for_days"),
            FieldSpec::words("word_for_medication"),
            FieldSpec::words("word_for_recovery"),
            FieldSpec::register("quiet_until"),
        ],
    };

    fn validate(&self) -> Result<(), InvalidInput> {
        check_words("display_name", &self.display_name, 40)?;
        for label in &self.relationship_labels {
            check_words("relationship_labels", label, 30)?;
        }
        check_optional_words("pronouns", self.pronouns.as_ref(), 20)?;
        check_optional_words("needs", self.needs.as_ref(), 1_500)?;
        check_optional_words("word_for_setback", self.word_for_setback.as_ref(), 24)?;
        check_optional_words("word_for_days", self.word_for_days.as_ref(), 24)?;
        check_optional_words("word_for_medication", self.word_for_medication.as_ref(), 24)?;
        check_optional_words("word_for_recovery", self.word_for_recovery.as_ref(), 24)
    }

    fn example() -> Self {
        Self {
            relationship_labels: BTreeSet::from(["mother".to_owned()]),
            pronouns: Some("she/her".to_owned()),
            needs: Some("Ask before you visit.".to_owned()),
            ..Self::named("Marta")
        }
    }
}
