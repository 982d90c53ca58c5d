//! A kind that only tomorrow's app knows.

use serde::{Deserialize, Serialize};

use crate::model::kind::{
    AboutRule, FieldSpec, InvalidInput, Kind, KindSpec, Placement, Retention, SubjectRule, YoungRule, check_words,
};
use crate::model::op::Writers;
use crate::model::time::Date;

/// A song to sing together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Song {
    /// Up to 80 characters.
    pub title: String,
    /// The day to sing it.
    pub sung_on: Date,
}

impl Kind for Song {
    const SPEC: KindSpec = KindSpec {
        name: "song",
        schema: 1,
        writers: Writers::Audience,
        subject: SubjectRule::None,
        young: YoungRule::Everyone,
        audience: Placement::Everyone,
        retention: Retention::UntilErased,
        about: AboutRule::Never,
        fields: &[FieldSpec::words("title"), FieldSpec::date("sung_on")],
    };

    fn validate(&self) -> Result<(), InvalidInput> {
        check_words("title", &self.title, 80)
    }

    fn example() -> Self {
        Self { title: "Las mañanitas".to_owned(), sung_on: Date::default() }
    }
}
