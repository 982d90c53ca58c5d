//! What is here and can't be shown, or not yet: a phone tells its owner so instead of keeping quiet.

use std::collections::{BTreeMap, BTreeSet};

use super::answers::{Held, SetAside, SetAsideReason};
use super::error::Error;
use super::kinweave::Kinweave;
use super::owner::Owner;
use crate::model::{Audience, AudienceId, Body, DeviceKey, EntryState, RecordId, Row, kinds};
use crate::store::{Reader, RowQuery, StoredEntry};

impl Kinweave {
    /// How much is kept here that this app can't show, or shows in part. If anything needs a newer app, say so, and
    /// that nothing is lost: it is passed on to others as it is, and read as soon as the app is updated.
    ///
    /// It goes through all records, so ask once a screen, not once a line. [`set_aside`](Self::set_aside) tells more of it.
    ///
    /// # Errors
    /// [`Error::NoCircle`].
    pub fn held(&self) -> Result<Held, Error> {
        self.call(|owner| owner.held())
    }

    /// What came from phones of the circle and doesn't count here, or not yet: by whose phone, for whom, and
    /// why, which says what can be done. Empty on nearly every phone.
    ///
    /// # Errors
    /// [`Error::NoCircle`].
    pub fn set_aside(&self) -> Result<Vec<SetAside>, Error> {
        self.call(|owner| owner.set_aside())
    }
}

/// By whose feed, and with which verdict: how many entries, and the records they were meant for.
type Groups = BTreeMap<(DeviceKey, EntryState), (u64, BTreeSet<RecordId>)>;

impl Owner {
    fn held(&self) -> Result<Held, Error> {
        let mut held = Held::default();
        let reader = self.store.read()?;
        for (audience, _) in reader.audiences()? {
            for entry in reader.held(&audience)? {
                match SetAsideReason::of(entry.state) {
                    Some(SetAsideReason::NeedsNewerApp) => held.for_a_newer_app += 1,
                    _ => held.waiting += 1,
                }
            }
            held.refused += reader.refused(&audience)?.len() as u64;
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

    fn set_aside(&self) -> Result<Vec<SetAside>, Error> {
        self.me()?;
        let reader = self.store.read()?;
        let mut all = Vec::new();
        for (id, audience) in reader.audiences()? {
            all.extend(self.set_aside_in(&reader, &id, &audience)?);
        }
        Ok(all)
    }

    fn set_aside_in(&self, reader: &Reader<'_>, id: &AudienceId, audience: &Audience) -> Result<Vec<SetAside>, Error> {
        let mut groups = Groups::new();
        for entry in reader.held(id)?.into_iter().chain(reader.refused(id)?) {
            let device = self.roster.writer_of(&entry.position.device);
            let (entries, records) = groups.entry((device, entry.state)).or_default();
            *entries += 1;
            records.extend(self.record_of(reader, &entry)?);
        }
        let described = groups.into_iter().filter_map(|((device, state), (entries, records))| {
            Some(SetAside {
                device,
                member: self.roster.member_of(&device),
                audience: self.audience_view(id, audience),
                reason: SetAsideReason::of(state)?,
                entries,
                records: records.into_iter().collect(),
                verdict: state.reason()?.to_owned(),
            })
        });
        Ok(described.collect())
    }

    /// The record in this phone's lists that the entry was meant for.
    fn record_of(&self, reader: &Reader<'_>, entry: &StoredEntry) -> Result<Option<RecordId>, Error> {
        let Some(first) = entry.record else { return Ok(None) };
        let Some(row) = reader.row_by_first(&entry.audience, first)? else { return Ok(None) };
        Ok(reader.row(&row.id, &self.scope()?)?.map(|row| row.id))
    }
}

/// Whether a newer app wrote something into this record that this one can't read.
fn is_in_part(row: &Row) -> bool {
    let Some(spec) = kinds::spec(&row.kind) else { return true };
    let is_known = |name: &String| spec.field(name).is_some();
    !row.fields.keys().all(is_known) || matches!(Body::from_fields(&row.kind, row.fields.clone()), Body::Unknown { .. })
}
