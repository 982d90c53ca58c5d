//! Words that nobody else ever reads.

use serde::{Deserialize, Serialize};

use crate::model::kind::{
    AboutRule, FieldSpec, InvalidInput, Kind, KindSpec, Placement, Retention, SubjectRule, YoungRule,
    check_optional_words, check_words,
};
use crate::model::op::Writers;
use crate::model::time::Date;

/// A page of a private journal. Its audience can't be chosen: own devices and nobody, for ever. Lists
/// and searches leave it out unless they ask for this kind by name, so that an app can keep it behind a lock of its own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct Journal {
    /// The day it is about.
    pub on: Date,
    /// Up to 4,000 characters.
    pub text: String,
    /// What it answers, if it answers something; up to 80 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub prompt: Option<String>,
}

impl Kind for Journal {
    const SPEC: KindSpec = KindSpec {
        name: "journal",
        schema: 1,
        writers: Writers::Author,
        subject: SubjectRule::Author,
        young: YoungRule::Never,
        audience: Placement::Journal,
        retention: Retention::UntilErased,
        about: AboutRule::Never,
        fields: &[FieldSpec::date("on"), FieldSpec::words("text"), FieldSpec::words("prompt")],
    };

    fn validate(&self) -> Result<(), InvalidInput> {
        check_words("text", &self.text, 4_000)?;
        check_optional_words("prompt", self.prompt.as_ref(), 80)
    }

    fn example() -> Self {
        Self {
            on: Date::default(),
            text: "I was angrier than I said.".to_owned(),
            prompt: Some("What I didn't say today".to_owned()),
        }
    }
}
