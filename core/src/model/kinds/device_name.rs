//! What a member calls one of their phones.

use serde::{Deserialize, Serialize};

use crate::model::ids::DeviceKey;
use crate::model::kind::{
    AboutRule, FieldSpec, InvalidInput, Kind, KindSpec, Placement, Retention, SubjectRule, YoungRule,
    check_optional_words, check_words,
};
use crate::model::op::Writers;

/// A nickname for a device, seen on the member's own devices only.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeviceName {
    /// The device.
    pub device: DeviceKey,
    /// Up to 30 characters.
    pub nickname: String,
    /// Such as *android* or *linux*, up to 20 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub platform: Option<String>,
}

impl Kind for DeviceName {
    const SPEC: KindSpec = KindSpec {
        name: "device_name",
        schema: 1,
        writers: Writers::Author,
        subject: SubjectRule::Author,
        young: YoungRule::Never,
        audience: Placement::OnlyMe,
        retention: Retention::UntilErased,
        about: AboutRule::Never,
        fields: &[FieldSpec::register("device"), FieldSpec::words("nickname"), FieldSpec::register("platform")],
    };

    fn validate(&self) -> Result<(), InvalidInput> {
        check_words("nickname", &self.nickname, 30)?;
        check_optional_words("platform", self.platform.as_ref(), 20)
    }

    fn example() -> Self {
        Self {
            device: DeviceKey::from_bytes([7; 32]),
            nickname: "the old tablet".to_owned(),
            platform: Some("android".to_owned()),
        }
    }
}
