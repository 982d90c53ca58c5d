//! What the whole circle has in common.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::model::kind::{
    AboutRule, FieldRole, FieldSpec, InvalidInput, InvalidReason, Kind, KindSpec, Merge, Placement, Retention,
    SubjectRule, YoungRule, check_optional_words, check_words,
};
use crate::model::op::Writers;
use crate::model::time::Date;

/// The circle's name and habits. Every member writes it; there is no owner.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct CircleInfo {
    /// Up to 40 characters. A neutral name gives nothing away on a lock screen.
    pub name: String,
    /// A colour for screens, such as `#2f6f5e`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub colour: Option<String>,
    /// The day it was made.
    pub created_on: Date,
    /// When the family usually meets, in its own words, up to 80 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub meeting_default: Option<String>,
    /// ISO 3166 country code; decides which helplines are shown first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub region: Option<String>,
    /// BCP 47 tags.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub languages: BTreeSet<String>,
    /// What everyone agreed about how to talk here, up to 4,000 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub ground_rules: Option<String>,
}

impl Kind for CircleInfo {
    const SPEC: KindSpec = KindSpec {
        name: "circle_info",
        schema: 1,
        writers: Writers::Audience,
        subject: SubjectRule::None,
        young: YoungRule::Everyone,
        audience: Placement::Home,
        retention: Retention::UntilErased,
        about: AboutRule::Never,
        fields: &[
            FieldSpec::words("name"),
            FieldSpec { name: "colour", merge: Merge::Latest, role: FieldRole::Value },
            FieldSpec::register("created_on"),
            FieldSpec::words("meeting_default"),
            FieldSpec::register("region"),
            FieldSpec::set("languages"),
            FieldSpec { name: "ground_rules", merge: Merge::Text, role: FieldRole::Words },
        ],
    };

    fn validate(&self) -> Result<(), InvalidInput> {
        check_words("name", &self.name, 40)?;
        check_optional_words("colour", self.colour.as_ref(), 20)?;
        check_optional_words("meeting_default", self.meeting_default.as_ref(), 80)?;
        check_optional_words("ground_rules", self.ground_rules.as_ref(), 4_000)?;
        for language in &self.languages {
            check_words("languages", language, 35)?;
        }
        let is_country = |code: &String| code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_uppercase());
        match &self.region {
            Some(code) if !is_country(code) => Err(InvalidInput::new("region", InvalidReason::Malformed)),
            _ => Ok(()),
        }
    }

    fn example() -> Self {
        Self {
            name: "Reyes".to_owned(),
            colour: Some("#2f6f5e".to_owned()),
            created_on: Date::default(),
            meeting_default: Some("Sundays after lunch".to_owned()),
            region: Some("US".to_owned()),
            languages: BTreeSet::from(["en".to_owned(), "es".to_owned()]),
            ground_rules: Some("One person speaks at a time.".to_owned()),
        }
    }
}
