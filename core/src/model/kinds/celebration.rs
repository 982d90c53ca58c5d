//! Something to celebrate together.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::model::entry::RecordRef;
use crate::model::ids::MemberId;
use crate::model::kind::{
    AboutRule, FieldSpec, InvalidInput, Kind, KindSpec, Placement, Retention, SubjectRule, YoungRule,
    check_optional_words, check_words,
};
use crate::model::op::Writers;
use crate::model::time::ZonedTime;

/// A celebration. Everyone it is shared with plans it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct Celebration {
    /// The milestone it is for, if that one is shared with the same people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub milestone: Option<RecordRef>,
    /// What to do: a preset such as `family_dinner_outing`, `personalised_notes`, `movie_night`, or own words, up to
    /// 80 characters.
    pub idea: String,
    /// Where, up to 80 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub place: Option<String>,
    /// When. Date, hour and zone are one value, so that agreeing on the hour is never a conflict about the zone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub at: Option<ZonedTime>,
    /// Who is coming.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub participants: BTreeSet<MemberId>,
    /// Unless someone says otherwise.
    #[serde(default = "alcohol_free")]
    pub alcohol_free: bool,
    /// Up to 80 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub cost_note: Option<String>,
}

fn alcohol_free() -> bool {
    true
}

impl Celebration {
    /// A celebration with an idea and everything else open.
    pub fn idea(idea: &str) -> Self {
        Self {
            milestone: None,
            idea: idea.to_owned(),
            place: None,
            at: None,
            participants: BTreeSet::new(),
            alcohol_free: alcohol_free(),
            cost_note: None,
        }
    }
}

impl Kind for Celebration {
    const SPEC: KindSpec = KindSpec {
        name: "celebration",
        schema: 1,
        writers: Writers::Audience,
        subject: SubjectRule::None,
        young: YoungRule::Everyone,
        audience: Placement::Everyone,
        retention: Retention::UntilErased,
        about: AboutRule::Never,
        fields: &[
            FieldSpec::register("milestone"),
            FieldSpec::words("idea"),
            FieldSpec::words("place"),
            FieldSpec::date("at"),
            FieldSpec::set("participants"),
            FieldSpec::register("alcohol_free"),
            FieldSpec::words("cost_note"),
        ],
    };

    fn validate(&self) -> Result<(), InvalidInput> {
        check_words("idea", &self.idea, 80)?;
        check_optional_words("place", self.place.as_ref(), 80)?;
        check_optional_words("cost_note", self.cost_note.as_ref(), 80)
    }

    fn example() -> Self {
        Self { place: Some("Luigi's".to_owned()), ..Self::idea("family_dinner_outing") }
    }
}
