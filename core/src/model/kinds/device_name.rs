//! What a member calls one of their phones.

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

use crate::model::ids::DeviceKey;
use crate::model::kind::{
    AboutRule, FieldSpec, InvalidInput, Kind, KindSpec, Placement, Retention, SubjectRule, YoungRule,
    check_optional_words, check_words,
};
use crate::model::op::Writers;

/// A nickname for a device, seen on the member's own devices only.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct DeviceName {
    /// The device.
    pub device: DeviceKey,
    /// Up to 30 characters.
    pub nickname: String,
    /// Such as *android* or *linux*, up to 20 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub platform: Option<String>,
}

/// How many characters a nickname may have.
const NICKNAME_MAX: usize = 30;

impl DeviceName {
    /// A device by this name, which is cut where it is too long: whoever names a phone while it joins doesn't know yet
    /// that it is a second one, and that a phone's name is shorter than a person's.
    pub fn of(device: DeviceKey, name: &str) -> Self {
        let nickname: String = name.trim().nfc().take(NICKNAME_MAX).collect();
        Self { device, nickname: nickname.trim_end().to_owned(), platform: None }
    }
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
        check_words("nickname", &self.nickname, NICKNAME_MAX)?;
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
