//! What is said first after a setback.

use super::error::Error;
use super::kinweave::Kinweave;
use super::owner::Owner;
use crate::model::{Body, Date};
use crate::views::{SetbackGuidance, setback_guidance};

impl Kinweave {
    /// What to say after a setback, before anything is asked: phrase keys, the most pressing first, with the place of the
    /// naloxone if a kit is known here. Nothing of it is written down or leaves the phone.
    ///
    /// `today` is the owner's date: of several kits the first whose pack is still good then is named, else the last one
    /// told of. Expired is better than none.
    pub fn setback_guidance(&self, today: Date) -> Result<SetbackGuidance, Error> {
        self.call(move |owner| owner.setback_guidance(today))
    }
}

impl Owner {
    fn setback_guidance(&self, today: Date) -> Result<SetbackGuidance, Error> {
        let kits = self.rows_of(&["naloxone_kit"])?.into_iter().filter_map(|row| {
            let order = (row.tick, row.id);
            match Body::from_fields(&row.kind, row.fields) {
                Body::NaloxoneKit(kit) => {
                    Some((kit.pack_expires_on.is_none_or(|good| good >= today), order, kit.place))
                }
                _ => None,
            }
        });
        Ok(setback_guidance(kits.max().map(|(.., place)| place)))
    }
}
