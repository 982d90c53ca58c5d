//! Where the naloxone is.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::model::ids::MemberId;
use crate::model::kind::{
    AboutRule, FieldSpec, InvalidInput, InvalidReason, Kind, KindSpec, Placement, Retention, SubjectRule, YoungRule,
    check_words,
};
use crate::model::limits::MEMBERS_MAX;
use crate::model::op::Writers;
use crate::model::time::Date;

/// A kit that any adult may write, and every adult can read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct NaloxoneKit {
    /// Where it is, up to 80 characters. Two places written apart are both shown.
    pub place: String,
    /// What it is.
    pub form: KitForm,
    /// The date on the pack. Expired is better than none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub pack_expires_on: Option<Date>,
    /// Who knows how to use it.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub trained: BTreeSet<MemberId>,
}

/// What a kit is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
#[serde(rename_all = "snake_case")]
pub enum KitForm {
    /// A spray for the nose.
    Nasal,
    /// An injection into a muscle.
    Im,
    /// Something else.
    Other,
}

impl Kind for NaloxoneKit {
    const SPEC: KindSpec = KindSpec {
        name: "naloxone_kit",
        schema: 1,
        writers: Writers::Audience,
        subject: SubjectRule::None,
        young: YoungRule::Never,
        audience: Placement::HomeAdults,
        retention: Retention::UntilErased,
        about: AboutRule::Never,
        fields: &[
            FieldSpec::words("place"),
            FieldSpec::register("form"),
            FieldSpec::register("pack_expires_on"),
            FieldSpec::set("trained"),
        ],
    };

    fn validate(&self) -> Result<(), InvalidInput> {
        if self.trained.len() > MEMBERS_MAX {
            return Err(InvalidInput::new("trained", InvalidReason::OutOfRange));
        }
        check_words("place", &self.place, 80)
    }

    fn example() -> Self {
        Self {
            place: "hall cupboard, top shelf".to_owned(),
            form: KitForm::Nasal,
            pack_expires_on: Some(Date::default()),
            trained: [MemberId::from_bytes([7; 32])].into(),
        }
    }
}
