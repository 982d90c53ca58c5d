//! What is here and can't be shown, or not yet: a phone tells its owner so instead of keeping quiet.

use super::answers::Held;
use super::error::Error;
use super::kinweave::Kinweave;
use super::owner::Owner;
use crate::model::{Body, EntryState, Hold, Row, kinds};
use crate::store::RowQuery;

impl Kinweave {
    /// How much is kept here that this app can't show, or shows in part. If anything needs a newer app, say so, and
    /// that nothing is lost: it is passed on to others as it is, and read as soon as the app is updated.
    ///
    /// It goes through all records, so ask once a screen, not once a line.
    ///
    /// # Errors
    /// [`Error::NoCircle`].
    pub fn held(&self) -> Result<Held, Error> {
        self.call(|owner| owner.held())
    }
}

impl Owner {
    fn held(&self) -> Result<Held, Error> {
        let mut held = Held::default();
        let reader = self.store.read()?;
        for (audience, _) in reader.audiences()? {
            for entry in reader.held(&audience)? {
                match entry.state {
                    EntryState::Held(Hold::LaterOp | Hold::LaterSchema) => held.for_a_newer_app += 1,
                    _ => held.waiting += 1,
                }
            }
        }
        let mut query = RowQuery { with_journal: true, newest_first: false, ..RowQuery::all(self.scope()?) };
        loop {
            let page = reader.list(&query)?;
            held.shown_in_part += page.rows.iter().filter(|row| is_in_part(row)).count() as u64;
            match page.next {
                Some(next) => query.after = Some(next),
                None => return Ok(held),
            }
        }
    }
}

/// Whether a newer app wrote something into this record that this one can't read.
fn is_in_part(row: &Row) -> bool {
    let Some(spec) = kinds::spec(&row.kind) else { return true };
    let is_known = |name: &String| spec.field(name).is_some();
    !row.fields.keys().all(is_known) || matches!(Body::from_fields(&row.kind, row.fields.clone()), Body::Unknown { .. })
}
