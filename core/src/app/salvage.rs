//! After damage: what can still be read of the old file is taken over, and the family's other phones bring the rest.

use std::path::Path;

use super::answers::{Salvaged, SecondCopy};
use super::error::Error;
use super::kinweave::Kinweave;
use super::me::Me;
use super::system::System;
use crate::records::judge_anew;
use crate::store::{self, Store, StoreError};

impl Kinweave {
    /// Takes over from the damaged file that was moved aside last what can still be read of it; a home that is damaged and still
    /// lies where it was is moved aside first. None if nothing is damaged, or nothing can be read. Call it while the home is closed,
    /// after [`Error::Corrupt`], and then [`open`](Self::open) it.
    ///
    /// Entries of its own may be among what is lost, and others may hold them. So the home that comes of it writes nothing until
    /// it [comes back as a new device](Self::come_back_as_new_device), as one that was restored from a backup; meet somebody first, and
    /// most of what was lost is here again. The damaged file stays.
    ///
    /// # Errors
    /// Those of [`open`](Self::open).
    pub fn salvage(home: &Path, key: &[u8; 32], system: &System) -> Result<Option<Salvaged>, Error> {
        let mut store = match Store::open(home, key) {
            Err(StoreError::Corrupt { moved_aside: true }) => Store::open(home, key)?,
            store => store?,
        };
        let is_new = matches!(store.read().and_then(|reader| Ok(Me::load(&reader)?.is_none())), Ok(true));
        if !is_new {
            if store.integrity_check() == Ok(true) {
                return Ok(None);
            }
            store.move_aside()?;
            store.resume(key)?;
        }
        let noticed = SecondCopy { noticed_on: system.now().today() };
        let salvaged = store.salvage(key, |tx| {
            judge_anew(tx)?;
            // Whose home it was is the one thing that nobody else can say.
            if Me::load(tx)?.is_some() { noticed.save(tx) } else { Err(StoreError::Corrupt { moved_aside: true }) }
        });
        store.close()?;
        let answer = |it: store::Salvaged| Salvaged {
            entries: it.entries,
            entries_beyond_a_gap: it.entries_beyond_a_gap,
            is_damaged: it.is_damaged,
        };
        Ok(salvaged?.map(answer))
    }
}
