//! A second copy of this phone: a backup that was restored while the phone went on, or a copy in other hands. From here the
//! two look alike, so this one writes nothing more under keys that the other has too (decisions/0028).

use super::admission::{author, seen};
use super::answers::{CircleView, SecondCopy};
use super::error::Error;
use super::kinweave::Kinweave;
use super::me::{Keys, Me};
use super::owner::Owner;
use crate::identity::Purpose;
use crate::model::Audience;
use crate::model::codec::{decode, encode};
use crate::model::kinds::DeviceName;
use crate::model::op::Op;
use crate::model::roster_event::{DeviceAdd, DeviceRevoke, Fact, RosterEvent, pop_hash};
use crate::records::{Author, Draft, RecordError, trust};
use crate::store::{Reader, StoreError, Transaction};

const META: &str = "second_copy";

impl SecondCopy {
    pub(super) fn load(reader: &Reader<'_>) -> Result<Option<Self>, StoreError> {
        let Some(bytes) = reader.meta(META)? else { return Ok(None) };
        let noticed_on = decode(&bytes).ok_or(StoreError::Internal("a second copy that can't be read"))?;
        Ok(Some(Self { noticed_on }))
    }

    pub(super) fn save(&self, tx: &Transaction<'_>) -> Result<(), StoreError> {
        tx.set_meta(META, &encode(&self.noticed_on))
    }
}

impl Kinweave {
    /// Whether another phone writes with the keys of this one. If so, every call that writes answers [`Error::SecondCopy`];
    /// reading and meeting go on. Tell the owner, and ask which phone they mean to use.
    ///
    /// It is noticed at a meeting, when a peer brings what this phone signed and doesn't hold. Survives a crash.
    ///
    /// # Errors
    /// [`Error::NoCircle`].
    pub fn second_copy(&self) -> Result<Option<SecondCopy>, Error> {
        self.call(|owner| {
            owner.me()?;
            Ok(owner.second_copy)
        })
    }

    /// Comes back as a new device of the same member: keys of its own, vouched for by the old ones, which are then wiped. All
    /// records stay, and writing goes on. The other copy notices at a meeting, and can do the same: then both are devices of
    /// their owner's. The circle learns of the new device when this phone next meets one of its phones; connections end,
    /// so meet again. Without a second copy nothing happens.
    ///
    /// It takes no rights from the other copy. If that one may be in other hands, talk in person about whom you share with.
    ///
    /// # Errors
    /// [`Error::NotPaired`] if the old keys can't vouch for new ones: pair this phone again.
    pub fn come_back_as_new_device(&self) -> Result<CircleView, Error> {
        self.call(|owner| owner.come_back_as_new_device())
    }
}

impl Owner {
    fn come_back_as_new_device(&mut self) -> Result<CircleView, Error> {
        self.me()?;
        if self.second_copy.is_some() {
            self.write_notes()?;
            self.renew_keys()?;
            self.hang_up_all();
            self.forget_sightings();
            self.tell_observers();
        }
        self.circle()
    }

    /// In one transaction: whoever loses power in the middle of it is still the old device, or already the new one.
    fn renew_keys(&mut self) -> Result<(), Error> {
        let old = self.me.as_ref().ok_or(Error::NoCircle)?;
        let keys = Keys::generate(&mut self.entropy);
        let name = self.nicknames()?.remove(&old.device());
        let now = self.system.now();
        let tx = self.store.begin()?;
        let mut last_words = author(old, &self.roster, &mut self.entropy, now);
        let added = vouch(&mut last_words, &tx, &keys)?;
        let me = Me { circle: old.circle, member: old.member, keys, former: Some(old.keys.noise_again()) };
        me.save(&tx)?;
        let own = Audience::Keys(me.member);
        let confirm = Fact::DeviceConfirm(added);
        let mut first_words = author(&me, &self.roster, &mut self.entropy, now);
        let event = RosterEvent { seen: seen(&first_words, &tx)?, fact: confirm };
        first_words.append(&tx, &own, Op::Event(event))?;
        let roster = trust::roster(&tx, &me.circle)?;
        if roster.joined_member_of(&me.device()) != Some(me.member) {
            return Err(Error::NotPaired);
        }
        if let Some(name) = name {
            let body = DeviceName::of(me.device(), &name).into();
            let audience = Audience::Me(me.member);
            let draft = Draft { body: &body, audience: &audience, about: None, expires_on: None };
            author(&me, &roster, &mut self.entropy, now).create(&tx, &draft)?;
        }
        // Nobody has met the new device, so each is shown what proves it.
        tx.forget_peer_vectors()?;
        tx.delete_meta(META)?;
        let done = tx.commit();
        // Where only the cleaning of the file failed it is done all the same, and cleaned another time.
        if let Err(error) = done
            && self.store.read().and_then(|reader| SecondCopy::load(&reader))?.is_some()
        {
            return Err(error.into());
        }
        (self.me, self.roster, self.second_copy) = (Some(me), roster, None);
        Ok(())
    }
}

/// The last events of the old keys: they vouch for the new ones, and then for nothing more.
fn vouch(old: &mut Author<'_>, tx: &Transaction<'_>, new: &Keys) -> Result<crate::model::EntryHash, RecordError> {
    let (circle, member, device) = (old.circle, old.member, old.key.device());
    let (own, keys) = (Audience::Keys(member), new.public());
    // The two didn't meet over a channel: the old keys and the new are in one hand.
    let handshake_hash = [0; 32];
    let pop = new.sign.sign(Purpose::Possession, &pop_hash(&circle, &member, &keys, &handshake_hash));
    let add = Fact::DeviceAdd(DeviceAdd { keys, handshake_hash, pop });
    let event = RosterEvent { seen: seen(old, tx)?, fact: add };
    let added = old.append(tx, &own, Op::Event(event))?.hash;
    let head = |audience: &Audience| tx.head(&audience.id(&circle), &device).map(|head| head.map_or(0, |it| it.number));
    let (keys_cut, roster_cut) = (head(&own)? + 1, head(&Audience::Roster)?);
    let revoke = Fact::DeviceRevoke(DeviceRevoke { device, lost_since: old.now.wall(), keys_cut, roster_cut });
    let event = RosterEvent { seen: seen(old, tx)?, fact: revoke };
    old.append(tx, &own, Op::Event(event))?;
    Ok(added)
}
