//! The share ledger: what I have shared, and with whom.

use serde::{Deserialize, Serialize};

use crate::model::entry::RecordRef;
use crate::model::ids::AudienceId;
use crate::model::kind::{
    AboutRule, FieldSpec, InvalidInput, Kind, KindSpec, Placement, Retention, SubjectRule, YoungRule,
};
use crate::model::op::Writers;
use crate::model::time::Date;

/// One copy that the author made of a record of theirs. Only own devices hold this: the copy itself names no source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct Share {
    /// What was copied.
    pub source: RecordRef,
    /// The copy.
    pub copy: RecordRef,
    /// With whom the copy is shared.
    pub audience: AudienceId,
    /// Since when.
    pub since: Date,
}

impl Kind for Share {
    const SPEC: KindSpec = KindSpec {
        name: "share",
        schema: 1,
        writers: Writers::Author,
        subject: SubjectRule::Author,
        young: YoungRule::Never,
        audience: Placement::OnlyMe,
        retention: Retention::UntilErased,
        about: AboutRule::Never,
        fields: &[
            FieldSpec::register("source"),
            FieldSpec::register("copy"),
            FieldSpec::register("audience"),
            FieldSpec::date("since"),
        ],
    };

    fn validate(&self) -> Result<(), InvalidInput> {
        Ok(())
    }

    fn example() -> Self {
        use crate::model::entry::Position;
        use crate::model::ids::{DeviceKey, EntryHash};
        let position = Position { device: DeviceKey::from_bytes([1; 32]), number: 2 };
        let [from, to] = [3, 4].map(|byte| AudienceId::from_bytes([byte; 32]));
        let hash = EntryHash::from_bytes([5; 32]);
        Self {
            source: RecordRef::new(from, position, &hash),
            copy: RecordRef::new(to, position, &hash),
            audience: to,
            since: Date::default(),
        }
    }
}
