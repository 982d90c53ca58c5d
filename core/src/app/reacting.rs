//! Reactions: small signs under a record.

use super::answers::{NewRecord, Record};
use super::error::Error;
use super::kinweave::Kinweave;
use super::owner::Owner;
use crate::model::kinds::{Emoji, Reaction};
use crate::model::{Body, Kind, RecordId, Row};
use crate::store::RowQuery;

impl Kinweave {
    /// Puts one of twelve signs under a record, for everyone who can read that. One of each sort a member: done again it
    /// answers the sign that is there.
    ///
    /// # Errors
    /// [`Error::NotFound`]; [`Error::NotAllowed`] under what nobody else can read.
    pub fn react(&self, id: RecordId, emoji: Emoji) -> Result<Record, Error> {
        self.call(move |owner| owner.react(&id, emoji))
    }

    /// Takes one's own signs under a record away. Idempotent.
    ///
    /// # Errors
    /// [`Error::NotFound`].
    pub fn unreact(&self, id: RecordId) -> Result<(), Error> {
        self.call(move |owner| owner.unreact(&id))
    }
}

impl Owner {
    fn react(&mut self, to: &RecordId, emoji: Emoji) -> Result<Record, Error> {
        let sign = Reaction { emoji };
        let fields = Body::from(sign.clone()).to_fields();
        match self.own_signs(to)?.into_iter().find(|row| row.fields == fields) {
            Some(row) => self.record(row),
            None => self.add(&NewRecord::new(sign).about(*to)),
        }
    }

    fn unreact(&mut self, to: &RecordId) -> Result<(), Error> {
        let signs = self.own_signs(to)?;
        if signs.is_empty() {
            return Ok(());
        }
        self.write(|author, tx| signs.iter().try_for_each(|row| author.erase(tx, row).map(drop)))
    }

    fn own_signs(&self, to: &RecordId) -> Result<Vec<Row>, Error> {
        let (parent, scope) = (self.row(to)?, self.scope()?);
        let kinds = vec![Reaction::SPEC.name.to_owned()];
        let query = RowQuery { kinds, person: Some(scope.reader), ..RowQuery::about(scope, &parent.first) };
        Ok(self.store.read()?.list(&query)?.rows)
    }
}
