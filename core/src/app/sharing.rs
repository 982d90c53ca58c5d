//! Copies for others: made, brought up to date, and put before fewer people.

use super::answers::{CheckInPart, CopyView, Record, ShareWith};
use super::error::{Error, Rule};
use super::kinweave::Kinweave;
use super::owner::Owner;
use crate::model::kinds::{CheckIn, Share};
use crate::model::op::Writers;
use crate::model::{Audience, Body, InvalidInput, InvalidReason, RecordId, RecordRef, Row};

impl Kinweave {
    /// Copies one's own record to others. The copy knows nothing of its source; only one's own devices remember which is
    /// which. Shared once more with the same people, the copy that they have is brought up to date and answered.
    ///
    /// Of a check-in everything goes but the craving; to a set with a young member in it only the band. For another
    /// choice see [`share_check_in`](Self::share_check_in).
    ///
    /// # Errors
    /// [`Error::NotFound`]; [`Error::NotAllowed`] for somebody else's record, a page of the journal, or a kind that may
    /// not go there.
    pub fn share(&self, id: RecordId, with: ShareWith) -> Result<Record, Error> {
        self.call(move |owner| owner.share(&id, &with, None))
    }

    /// Copies as much of one's own check-in to others as one likes: the day in one word, or all of it.
    ///
    /// # Errors
    /// Those of [`share`](Self::share); [`Error::InvalidInput`] on `band` if the check-in has none to share, and on `id` if it
    /// is no check-in; [`Error::NotAllowed`] for more than a band to a set with a young member in it.
    pub fn share_check_in(&self, id: RecordId, with: ShareWith, part: CheckInPart) -> Result<Record, Error> {
        self.call(move |owner| owner.share(&id, &with, Some(part)))
    }

    /// Who has a copy of one's own record, since when, and whether it still says what the record says. Known from one's
    /// own devices' notes alone.
    ///
    /// # Errors
    /// [`Error::NotFound`].
    pub fn copies(&self, id: RecordId) -> Result<Vec<CopyView>, Error> {
        self.call(move |owner| owner.copies(&id))
    }

    /// Brings a copy up to date with its source. What its readers had is taken away with it. A copy of a check-in keeps to
    /// the part that it was.
    ///
    /// # Errors
    /// [`Error::NotFound`] if it is no copy of one's own, or its source isn't here any more; those of
    /// [`share`](Self::share).
    pub fn update_copy(&self, copy: RecordId) -> Result<Record, Error> {
        self.call(move |owner| owner.update_copy(&copy))
    }

    /// Puts one's own record before fewer people. They get a new one; the old goes, with what others wrote to it, and to
    /// whoever isn't among them it is gone like anything that was taken away. All of it, or nothing, survives a crash.
    ///
    /// Of a copy narrowed to oneself the source is what is left, and answered.
    ///
    /// # Errors
    /// [`Error::NotFound`]; [`Error::NotAllowed`] for somebody else's record, and for people who couldn't read it before.
    pub fn narrow(&self, id: RecordId, with: ShareWith) -> Result<Record, Error> {
        self.call(move |owner| owner.narrow(&id, &with))
    }
}

impl Owner {
    fn share(&mut self, id: &RecordId, with: &ShareWith, part: Option<CheckInPart>) -> Result<Record, Error> {
        let source = self.row(id)?;
        if source.author != self.me()?.member {
            return Err(Error::NotAllowed { rule: Rule::NotAWriter });
        }
        let body = Body::from_fields(&source.kind, source.fields.clone());
        let audience = self.audience_for(&body, with)?;
        let body = match (body, part) {
            (Body::CheckIn(check_in), part) => self.part_of(&check_in, part, &audience)?.into(),
            (_, Some(_)) => return Err(InvalidInput::new("id", InvalidReason::Malformed).into()),
            (body, None) => body,
        };
        self.check_rules(&body, &audience, None)?;
        if let Body::RecoveryCard(_) = body {
            return self.put_card(&body, &audience);
        }
        let known = self.copies_of(&source.first)?;
        let there = self.me()?.audience(&audience);
        if let Some((_, copy)) = known.into_iter().find(|(share, _)| share.audience == there) {
            if copy.writers == Writers::Audience {
                return self.record(copy);
            }
            let copy = self.write(|author, tx| author.edit(tx, &copy, &copy.version, &body))?;
            return self.record(copy);
        }
        let copy = self.write(|author, tx| author.share(tx, &source, &body, &audience))?;
        self.record(copy)
    }

    /// As much of a check-in as goes to these people.
    fn part_of(&self, of: &CheckIn, part: Option<CheckInPart>, audience: &Audience) -> Result<CheckIn, Error> {
        let band = || of.band_only().ok_or(InvalidInput::new("band", InvalidReason::Missing).into());
        match part {
            Some(CheckInPart::Band) => band(),
            Some(CheckInPart::Whole { with_craving }) => Ok(of.for_others(with_craving)),
            None if self.has_young(audience) => band(),
            None => Ok(of.for_others(false)),
        }
    }

    fn copies(&self, id: &RecordId) -> Result<Vec<CopyView>, Error> {
        let source = self.row(id)?;
        let view = |(share, copy): (Share, Row)| {
            let audience = self.audience_of(&copy.audience)?;
            Ok(CopyView {
                id: copy.id,
                audience: self.audience_view(&copy.audience, &audience),
                since: share.since,
                is_outdated: as_copied(&source, &copy).to_fields() != copy.fields,
            })
        };
        self.copies_of(&source.first)?.into_iter().map(view).collect()
    }

    fn update_copy(&mut self, id: &RecordId) -> Result<Record, Error> {
        let copy = self.row(id)?;
        let source = self.source_of(&copy)?.ok_or_else(|| Error::NotFound { id: id.to_string() })?;
        let body = as_copied(&source, &copy);
        self.check_edit(&copy, &body)?;
        let copy = self.write(|author, tx| author.edit(tx, &copy, &copy.version, &body))?;
        self.record(copy)
    }

    fn narrow(&mut self, id: &RecordId, with: &ShareWith) -> Result<Record, Error> {
        let wide = self.row(id)?;
        let body = Body::from_fields(&wide.kind, wide.fields.clone());
        let audience = self.audience_for(&body, with)?;
        let source = self.source_of(&wide)?;
        let narrower = self.write(|author, tx| author.narrow(tx, &wide, source.as_ref(), &audience))?;
        self.record(narrower)
    }

    /// The copies of a record that are still there, by the share ledger, with what it says of them.
    pub(super) fn copies_of(&self, source: &RecordRef) -> Result<Vec<(Share, Row)>, Error> {
        let reader = self.store.read()?;
        let mut copies = Vec::new();
        for share in shares(reader.shares_by_source(source)?) {
            if let Some(copy) = reader.row_of(&share.copy)? {
                copies.push((share, copy));
            }
        }
        Ok(copies)
    }

    /// What this is a copy of, if it is one and its source is still here.
    fn source_of(&self, copy: &Row) -> Result<Option<Row>, Error> {
        let reader = self.store.read()?;
        match shares(reader.shares_by_copy(&copy.first)?).next() {
            Some(share) => Ok(reader.row_of(&share.source)?),
            None => Ok(None),
        }
    }
}

/// The owner's notes of copies.
fn shares(rows: Vec<Row>) -> impl Iterator<Item = Share> {
    rows.into_iter().filter_map(|row| match Body::from_fields(&row.kind, row.fields) {
        Body::Share(share) => Some(share),
        _ => None,
    })
}

/// What a copy of `source` says if it is made anew: of a check-in as much as `copy` has of it. A copy that others may
/// write has a life of its own: their words in it are never undone by an older source.
fn as_copied(source: &Row, copy: &Row) -> Body {
    let now = Body::from_fields(&source.kind, source.fields.clone());
    match (&now, Body::from_fields(&copy.kind, copy.fields.clone())) {
        (_, last) if copy.writers == Writers::Audience => last,
        (Body::CheckIn(now), Body::CheckIn(last)) if last.is_band_only() => now.band_only().unwrap_or(last).into(),
        (Body::CheckIn(now), Body::CheckIn(last)) => now.for_others(last.craving.is_some()).into(),
        _ => now,
    }
}
