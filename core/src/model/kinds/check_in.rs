//! How somebody is, in their own words or none.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::feeling::{Association, Feeling};
use crate::model::kind::{
    AboutRule, FieldSpec, InvalidInput, InvalidReason, Kind, KindSpec, Placement, Retention, SubjectRule, YoungRule,
    check_optional_words, check_range, check_step,
};
use crate::model::op::Writers;
use crate::model::time::Date;

/// A check-in. It begins on its author's own devices; [`band_only`](Self::band_only) and [`for_others`](Self::for_others)
/// are what may leave them.
///
/// At least one of `valence`, `labels`, `band` and `note` is there. Nothing in it is computed: the band is chosen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct CheckIn {
    /// The day it is about.
    pub on: Date,
    /// A moment, or the day as a whole.
    #[serde(default)]
    pub check_in_kind: CheckInKind,
    /// From −1, very unpleasant, to +1, very pleasant, in steps of 0.01; HealthKit's scale.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub valence: Option<f64>,
    /// From −1, no energy, to +1, a lot of it, in steps of 0.01.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub energy: Option<f64>,
    /// What it feels like.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub labels: BTreeSet<Feeling>,
    /// What it has to do with.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub associations: BTreeSet<Association>,
    /// From 0 to 10. Never leaves its author's devices unless they say so for this one check-in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub craving: Option<u8>,
    /// From 0 to 10.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub stress: Option<u8>,
    /// From 0 to 24, in quarters of an hour.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub sleep_hours: Option<f64>,
    /// Hungry, angry, lonely, tired: four things worth a look first.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub halt: BTreeSet<Halt>,
    /// The day in one word.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub band: Option<Band>,
    /// What would be good now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub ask: Option<Ask>,
    /// Up to 2,000 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub note: Option<String>,
}

/// A moment, or the day as a whole.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the names say it")]
pub enum CheckInKind {
    Momentary,
    #[default]
    Daily,
}

/// The day in one word, chosen by whoever had it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the names say it")]
pub enum Band {
    Good,
    Okay,
    Hard,
    NeedCompany,
}

/// What would be good now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the names say it")]
pub enum Ask {
    Nothing,
    Call,
    Hug,
    Space,
    Lift,
    Listener,
}

/// Four things worth a look before any other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the names say it")]
pub enum Halt {
    Hungry,
    Angry,
    Lonely,
    Tired,
}

/// A valence in one of HealthKit's seven words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the names say it")]
pub enum ValenceClass {
    VeryUnpleasant,
    Unpleasant,
    SlightlyUnpleasant,
    Neutral,
    SlightlyPleasant,
    Pleasant,
    VeryPleasant,
}

impl CheckIn {
    /// A check-in that says no more than the day in one word.
    pub fn of_band(on: Date, band: Band) -> Self {
        Self {
            on,
            check_in_kind: CheckInKind::default(),
            valence: None,
            energy: None,
            labels: BTreeSet::new(),
            associations: BTreeSet::new(),
            craving: None,
            stress: None,
            sleep_hours: None,
            halt: BTreeSet::new(),
            band: Some(band),
            ask: None,
            note: None,
        }
    }

    /// What one tap shares: the day in one word and what would be good now. None without a band.
    pub fn band_only(&self) -> Option<Self> {
        Some(Self { ask: self.ask, check_in_kind: self.check_in_kind, ..Self::of_band(self.on, self.band?) })
    }

    /// All of it, for others; the craving only if its author says so for this one.
    pub fn for_others(&self, with_craving: bool) -> Self {
        Self { craving: self.craving.filter(|_| with_craving), ..self.clone() }
    }

    /// Whether it says no more than [`band_only`](Self::band_only) would.
    pub fn is_band_only(&self) -> bool {
        self.band_only().as_ref() == Some(self)
    }

    /// The valence in one of seven words; each spans the same part of the scale.
    pub fn valence_class(&self) -> Option<ValenceClass> {
        use ValenceClass::*;
        let valence = self.valence?;
        let classes = [
            (-5.0 / 7.0, VeryUnpleasant),
            (-3.0 / 7.0, Unpleasant),
            (-1.0 / 7.0, SlightlyUnpleasant),
            (1.0 / 7.0, Neutral),
            (3.0 / 7.0, SlightlyPleasant),
            (5.0 / 7.0, Pleasant),
        ];
        Some(classes.into_iter().find(|(below, _)| valence < *below).map_or(VeryPleasant, |(_, class)| class))
    }
}

impl Kind for CheckIn {
    const SPEC: KindSpec = KindSpec {
        name: "check_in",
        schema: 1,
        writers: Writers::Author,
        subject: SubjectRule::Author,
        young: YoungRule::Everyone,
        audience: Placement::MeFirst,
        retention: Retention::Days(90),
        about: AboutRule::Never,
        fields: &[
            FieldSpec::date("on"),
            FieldSpec::register("check_in_kind"),
            FieldSpec::register("valence"),
            FieldSpec::register("energy"),
            FieldSpec::set("labels"),
            FieldSpec::set("associations"),
            FieldSpec::register("craving"),
            FieldSpec::register("stress"),
            FieldSpec::register("sleep_hours"),
            FieldSpec::set("halt"),
            FieldSpec::register("band"),
            FieldSpec::register("ask"),
            FieldSpec::words("note"),
        ],
    };

    fn validate(&self) -> Result<(), InvalidInput> {
        for (field, value) in [("valence", self.valence), ("energy", self.energy)] {
            check_step(field, value, -1.0..=1.0, 100.0)?;
        }
        check_step("sleep_hours", self.sleep_hours, 0.0..=24.0, 4.0)?;
        check_range("craving", self.craving, 0..=10)?;
        check_range("stress", self.stress, 0..=10)?;
        check_optional_words("note", self.note.as_ref(), 2_000)?;
        if self.valence.is_none() && self.labels.is_empty() && self.band.is_none() && self.note.is_none() {
            return Err(InvalidInput::new("band", InvalidReason::Missing));
        }
        Ok(())
    }

    fn example() -> Self {
        Self {
            valence: Some(-0.25),
            energy: Some(0.1),
            labels: [Feeling::Tempted, Feeling::Hopeful].into(),
            associations: [Association::Work].into(),
            craving: Some(4),
            stress: Some(6),
            sleep_hours: Some(6.75),
            halt: [Halt::Tired].into(),
            ask: Some(Ask::Call),
            note: Some("Long shift, and I walked home the other way.".to_owned()),
            ..Self::of_band(Date::default(), Band::Hard)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_leaves_the_phone_is_no_more_than_was_chosen() {
        let whole = CheckIn::example();
        let band = whole.band_only().unwrap();
        assert_eq!((band.band, band.ask), (Some(Band::Hard), Some(Ask::Call)));
        assert!(band.is_band_only() && !whole.is_band_only());
        assert_eq!((band.craving, &band.note, band.labels.len()), (None, &None, 0));
        assert_eq!(whole.for_others(false).craving, None);
        assert_eq!(whole.for_others(true), whole);
        assert_eq!(CheckIn { band: None, ..whole }.band_only(), None);
    }

    #[test]
    fn numbers_keep_to_their_scales_and_something_must_be_said() {
        let with = |change: fn(&mut CheckIn)| {
            let mut check_in = CheckIn::of_band(Date::default(), Band::Good);
            change(&mut check_in);
            check_in.validate().map_err(|invalid| (invalid.field, invalid.reason))
        };
        let out = |field: &str| Err((field.to_owned(), InvalidReason::OutOfRange));
        assert_eq!(with(|it| it.valence = Some(1.01)), out("valence"));
        assert_eq!(with(|it| it.valence = Some(0.005)), out("valence"));
        assert_eq!(with(|it| it.energy = Some(f64::NAN)), out("energy"));
        assert_eq!(with(|it| it.sleep_hours = Some(7.1)), out("sleep_hours"));
        assert_eq!(with(|it| it.craving = Some(11)), out("craving"));
        assert_eq!(with(|it| it.valence = Some(0.29)), Ok(()));
        assert_eq!(with(|it| it.band = None), Err(("band".to_owned(), InvalidReason::Missing)));
    }

    #[test]
    fn the_seven_words_share_the_scale_evenly() {
        let class = |valence| CheckIn { valence: Some(valence), ..CheckIn::example() }.valence_class().unwrap();
        assert_eq!(class(-1.0), ValenceClass::VeryUnpleasant);
        assert_eq!(class(0.0), ValenceClass::Neutral);
        assert_eq!(class(0.2), ValenceClass::SlightlyPleasant);
        assert_eq!(class(1.0), ValenceClass::VeryPleasant);
    }
}
