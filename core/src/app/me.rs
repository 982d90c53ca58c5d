//! Who the owner of this phone is, and the keys that prove it.

use crate::channel::StaticKey;
use crate::identity::SignKey;
use crate::model::codec::{decode, encode};
use crate::model::{Audience, AudienceId, CircleId, DeviceKey, DeviceKeys, MemberId};
use crate::records::{Entropy, NOWHERE};
use crate::store::{Reader, StoreError, Transaction};

const META: &str = "identity";
const FORMER: &str = "former_noise_key";

/// The keys of one device, made for one circle.
pub(super) struct Keys {
    pub sign: SignKey,
    pub noise: StaticKey,
}

impl Keys {
    pub fn generate(entropy: &mut dyn Entropy) -> Self {
        let mut draw = |purpose| entropy.draw(purpose, &NOWHERE, 0);
        Self { sign: SignKey::from_bytes(&draw("sign key")), noise: StaticKey::from_bytes(draw("noise key")) }
    }

    /// The Noise key once more, for a phone that leaves the others behind.
    pub fn noise_again(&self) -> StaticKey {
        StaticKey::from_bytes(*self.noise.as_secret_bytes())
    }

    pub fn public(&self) -> DeviceKeys {
        DeviceKeys { sign_key: self.sign.device(), noise_key: self.noise.public() }
    }
}

/// The owner of this phone, as a member of its circle.
pub(super) struct Me {
    pub circle: CircleId,
    pub member: MemberId,
    pub keys: Keys,
    /// The Noise key that this phone had before it came back as a new device. Phones that haven't heard of that still
    /// announce themselves to it.
    pub former: Option<StaticKey>,
}

impl Me {
    pub fn device(&self) -> DeviceKey {
        self.keys.sign.device()
    }

    pub fn audience(&self, audience: &Audience) -> AudienceId {
        audience.id(&self.circle)
    }

    /// The keys leave memory for the encrypted database and nothing else.
    pub fn save(&self, tx: &Transaction<'_>) -> Result<(), StoreError> {
        let secrets = (*self.keys.sign.to_bytes(), *self.keys.noise.as_secret_bytes());
        tx.set_meta(META, &encode(&(self.circle, self.member, secrets.0, secrets.1)))?;
        self.former.as_ref().map_or(Ok(()), |former| tx.set_meta(FORMER, &encode(former.as_secret_bytes())))
    }

    pub fn load(reader: &Reader<'_>) -> Result<Option<Self>, StoreError> {
        let Some(bytes) = reader.meta(META)? else { return Ok(None) };
        let (circle, member, sign, noise) = decode::<(CircleId, MemberId, [u8; 32], [u8; 32])>(&bytes)
            .ok_or(StoreError::Internal("an identity that can't be read"))?;
        let keys = Keys { sign: SignKey::from_bytes(&sign), noise: StaticKey::from_bytes(noise) };
        let former = reader.meta(FORMER)?.and_then(|bytes| decode::<[u8; 32]>(&bytes)).map(StaticKey::from_bytes);
        Ok(Some(Self { circle, member, keys, former }))
    }
}
