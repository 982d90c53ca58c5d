//! Where a platform keeps a home's key, as the core needs it.

use std::path::Path;
use std::sync::Arc;

use zeroize::Zeroizing;

use super::answers::Salvaged;
use super::callbacks::Callbacks;
use super::error::Error;
use super::kinweave::Kinweave;
use super::system::System;
use crate::model::{InvalidInput, InvalidReason};
use crate::records::{Entropy, NOWHERE};
use crate::store::Store;

/// Keeps the key of one home: Android's Keystore, an iPhone's Keychain. Called from the home's callbacks thread.
///
/// A call may fail, for example while the device is locked; then nothing happened, and the error is the caller's.
#[cfg_attr(feature = "uniffi", uniffi::export(with_foreign))]
pub trait KeyStore: Send + Sync {
    /// The key that was saved, or none if there never was one. Any other reason to have none is an error: an answer of none
    /// for a home that is there can only end in [`Error::WrongKey`].
    ///
    /// # Errors
    /// The app's own; [`Error::StorageUnavailable`] fits most.
    fn load(&self) -> Result<Option<Vec<u8>>, Error>;

    /// Keeps this key of 32 bytes until the app is removed. It must not leave the device, nor be in a backup.
    ///
    /// # Errors
    /// As above; the home isn't made then.
    fn save(&self, key: Vec<u8>) -> Result<(), Error>;
}

/// A key, wiped when it is dropped.
pub(super) type Key = Zeroizing<[u8; 32]>;

impl Kinweave {
    /// Opens a home like [`open`](Self::open), with the key from the platform's key store. For a new home a key is drawn,
    /// and saved before anything is written.
    ///
    /// # Errors
    /// Those of [`open`](Self::open); [`Error::WrongKey`] also for a home whose key the store doesn't have;
    /// [`Error::InvalidInput`] for a key that isn't 32 bytes; what the store answers, or
    /// [`Error::CallbackFailed`] if it throws.
    pub fn open_with(home: &Path, keys: Arc<dyn KeyStore>, system: System) -> Result<Self, Error> {
        let callbacks = Callbacks::start()?;
        let stored = load(keys.clone(), &callbacks)?;
        let key = match stored {
            Some(key) => key,
            // A home without its key stays as it is: a new key would be the old one's end in the key store.
            None if Store::exists(home)? => return Err(Error::WrongKey),
            None => {
                let key = Key::new(system.entropy().draw("home key", &NOWHERE, 0));
                let copy = key.to_vec();
                callbacks.run(move || keys.save(copy))?;
                key
            }
        };
        Self::open_here(home, &key, system, callbacks)
    }

    /// Like [`salvage`](Self::salvage), with the key from the platform's key store.
    ///
    /// # Errors
    /// Those of [`open_with`](Self::open_with).
    pub fn salvage_with(home: &Path, keys: Arc<dyn KeyStore>, system: &System) -> Result<Option<Salvaged>, Error> {
        let callbacks = Callbacks::start()?;
        let key = load(keys, &callbacks)?.ok_or(Error::WrongKey);
        callbacks.end();
        Self::salvage(home, &*key?, system)
    }

    /// Goes on after [`pause`](Self::pause) with the key from the key store, like [`resume`](Self::resume).
    ///
    /// # Errors
    /// Those of [`open_with`](Self::open_with).
    pub fn resume_with(&self, keys: Arc<dyn KeyStore>) -> Result<(), Error> {
        let key = load(keys, self.callbacks())?.ok_or(Error::WrongKey)?;
        self.resume(&key)
    }
}

fn load(keys: Arc<dyn KeyStore>, callbacks: &Callbacks) -> Result<Option<Key>, Error> {
    let Some(bytes) = callbacks.run(move || keys.load().map(|key| key.map(Zeroizing::new)))? else { return Ok(None) };
    let key = <[u8; 32]>::try_from(bytes.as_slice());
    Ok(Some(key.map(Key::new).map_err(|_| InvalidInput::new("key", InvalidReason::Malformed))?))
}
