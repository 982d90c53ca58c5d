//! How a record is made, edited, settled and taken away on this phone.

use serde_json::Value;

use super::agenda::{Agenda, Settled};
use super::author::{Author, Written};
use super::error::RecordError;
use super::judge::Scope;
use super::project::chain_key;
use crate::documents::{Document, DocumentError, actor_of};
use crate::identity::verdict::{may_be_in, must_replace};
use crate::model::kind::{AboutRule, Fields, InvalidInput, InvalidReason, KindSpec, Retention, SubjectRule};
use crate::model::op::{Change, Create, EntryBody, Erase, Op, Replaces, Writers};
use crate::model::record::ChangeHash;
use crate::model::{Audience, Body, Date, EntryState, Position, RecordRef, Row, VersionToken, kinds};
use crate::store::{StoredEntry, Transaction};

/// A record to be made.
pub struct Draft<'a> {
    /// What it says.
    pub body: &'a Body,
    /// With whom it is shared.
    pub audience: &'a Audience,
    /// The record it belongs to.
    pub about: Option<RecordRef>,
    /// The last day on which others keep it.
    pub expires_on: Option<Date>,
}

impl Author<'_> {
    /// Makes a record.
    pub fn create(&mut self, tx: &Transaction<'_>, draft: &Draft<'_>) -> Result<Row, RecordError> {
        draft.body.validate()?;
        let spec = draft.body.spec().ok_or(InvalidInput::new("kind", InvalidReason::Unknown))?;
        if !may_be_in(spec, draft.audience, self.roster) {
            return Err(RecordError::AudienceNotAllowed);
        }
        let audience_id = draft.audience.id(&self.circle);
        match (spec.about, &draft.about) {
            (AboutRule::Required, None) | (AboutRule::Never, Some(_)) => return Err(RecordError::ParentNeeded),
            (_, Some(about)) if about.audience != audience_id => return Err(RecordError::ParentNeeded),
            _ => {}
        }
        let (_, change) = Document::create(Some(spec), &draft.body.to_fields(), actor_of(&self.key.device()))?;
        let mut create = self.header(spec, change);
        create.about = draft.about;
        let own = draft.expires_on.or_else(|| self.expiry(spec, draft.audience));
        create.expires_on = earlier(own, self.expiry_of_parent(tx, draft)?);
        let written = self.append(tx, draft.audience, Op::Create(create))?;
        self.settle(tx, written.audience, written.position)?;
        self.row(tx, written.audience, written.position)
    }

    /// Edits a record, from the version that its writer saw. What they didn't touch stays as others have left it.
    pub fn edit(
        &mut self,
        tx: &Transaction<'_>,
        row: &Row,
        seen: &VersionToken,
        body: &Body,
    ) -> Result<Row, RecordError> {
        body.validate()?;
        if body.kind() != row.kind {
            return Err(InvalidInput::new("kind", InvalidReason::Malformed).into());
        }
        let audience = self.may_write(tx, row)?;
        if must_replace(row.writers, &audience) {
            return self.replace(tx, row, &audience, seen.heads(), body);
        }
        let mut document = self.document(tx, row)?;
        let spec = kinds::spec(&row.kind);
        let change = document.edit(spec, seen.heads(), &body.to_fields(), actor_of(&self.key.device()))?;
        match change {
            Some(change) => self.change(tx, row, &audience, change),
            None => Ok(row.clone()),
        }
    }

    /// Settles one field of a record on one value.
    pub fn resolve(&mut self, tx: &Transaction<'_>, row: &Row, field: &str, value: &Value) -> Result<Row, RecordError> {
        let mut fields = row.fields.clone();
        fields.insert(field.to_owned(), value.clone());
        let body = Body::from_fields(&row.kind, fields);
        body.validate()?;
        let audience = self.may_write(tx, row)?;
        if must_replace(row.writers, &audience) {
            return self.replace(tx, row, &audience, row.version.heads(), &body);
        }
        let mut document = self.document(tx, row)?;
        let change = document.resolve(kinds::spec(&row.kind), field, value, actor_of(&self.key.device()))?;
        self.change(tx, row, &audience, change)
    }

    /// Takes a record away for good, with everything that belongs to it, whoever wrote it.
    pub fn erase(&mut self, tx: &Transaction<'_>, row: &Row) -> Result<Settled, RecordError> {
        if row.author != self.member && row.subject != Some(self.member) {
            return Err(RecordError::NotAWriter);
        }
        let audience = self.audience(tx, row)?;
        let root = row.first.position;
        let mut positions = std::collections::BTreeMap::<_, Vec<(u64, u64)>>::new();
        for StoredEntry { position, body, .. } in tx.entries_of_record(&row.audience, root)? {
            let op = body.and_then(|(_, bytes)| EntryBody::decode(&bytes).ok()).map(|body| body.op);
            // What a device of somebody else's has written isn't for this one to say, and a word that the record went on elsewhere stays.
            let is_mine = self.roster.member_of(&position.device) == Some(self.member);
            if is_mine && !matches!(op, Some(Op::Moved { .. })) {
                positions.entry(position.device).or_default().push((position.number, position.number));
            }
        }
        let erase = Erase { records: vec![row.first], positions: positions.into_iter().collect() };
        let written = self.append(tx, &audience, Op::Erase(erase))?;
        self.settle(tx, written.audience, root)
    }

    /// Brings verdicts and rows up to date after a write to the record created at `root`.
    pub fn settle(
        &self,
        tx: &Transaction<'_>,
        audience: crate::model::AudienceId,
        root: Position,
    ) -> Result<Settled, RecordError> {
        let mut agenda = Agenda::default();
        agenda.add_record(audience, root);
        Ok(agenda.settle(tx, self.scope())?)
    }

    fn scope(&self) -> Scope<'_> {
        Scope { circle: &self.circle, roster: self.roster }
    }

    /// How long others keep a record of this kind, unless its author says otherwise. Own devices keep theirs anyway.
    fn expiry(&self, spec: &KindSpec, audience: &Audience) -> Option<Date> {
        match spec.retention {
            Retention::Days(days) if !audience.is_private() => {
                self.now.today().checked_add_days(chrono::Days::new(days.into()))
            }
            _ => None,
        }
    }

    /// What belongs to a record is kept by others no longer than the record itself: an answer tells of what it answers.
    fn expiry_of_parent(&self, tx: &Transaction<'_>, draft: &Draft<'_>) -> Result<Option<Date>, RecordError> {
        let Some(about) = draft.about.filter(|_| !draft.audience.is_private()) else { return Ok(None) };
        Ok(tx.row_of(&about)?.and_then(|parent| parent.expires_on))
    }

    fn header(&self, spec: &KindSpec, change: Vec<u8>) -> Create {
        Create {
            kind: spec.name.to_owned(),
            schema: spec.schema,
            writers: spec.writers,
            subject: (spec.subject == SubjectRule::Author).then_some(self.member),
            wall: self.now.wall(),
            expires_on: None,
            about: None,
            replaces: None,
            change,
        }
    }

    fn change(
        &mut self,
        tx: &Transaction<'_>,
        row: &Row,
        audience: &Audience,
        change: Vec<u8>,
    ) -> Result<Row, RecordError> {
        let op = Op::Change(Change { record: row.first, change });
        let written = self.append(tx, audience, op)?;
        self.settle(tx, written.audience, row.first.position)?;
        let state = tx.entry(&written.audience, written.position)?.map(|entry| entry.state);
        if state != Some(EntryState::Accepted) {
            // The only thing that a change just made can be held for: the record is full.
            return Err(RecordError::LimitReached);
        }
        self.row(tx, written.audience, row.first.position)
    }

    /// Writes a new version in the place of those that its writer saw, so that no older wording stays with others. Of
    /// a version that they didn't see, nothing is taken: both stand, as candidates.
    fn replace(
        &mut self,
        tx: &Transaction<'_>,
        row: &Row,
        audience: &Audience,
        seen: &[ChangeHash],
        body: &Body,
    ) -> Result<Row, RecordError> {
        let spec = body.spec().ok_or(InvalidInput::new("kind", InvalidReason::Unknown))?;
        let mut fields = body.to_fields();
        if fields == row.fields && row.conflicts.is_empty() {
            return Ok(row.clone());
        }
        keep_unknown_fields(&mut fields, &row.fields, spec);
        let versions = versions(tx, row)?;
        let mut known = std::collections::BTreeMap::new();
        for (entry, create) in &versions {
            let is_seen = seen.contains(entry.hash.as_bytes()) || seen_by_heads(create, seen);
            if is_seen {
                let own = (entry.position.device, entry.position.number);
                let older = create.replaces.iter().flat_map(|replaces| replaces.seen.iter().copied());
                for (device, number) in older.chain([own]) {
                    let highest = known.entry(device).or_insert(number);
                    *highest = number.max(*highest);
                }
            }
        }
        if known.is_empty() {
            // The version that was seen is gone: at least the chain's beginning was known to its reader.
            known.insert(row.first.position.device, row.first.position.number);
        }
        let of_chain = versions.iter().map(|(entry, create)| (entry, create));
        let key = chain_key(row.first.position, of_chain).ok_or(RecordError::Gone)?;
        let (_, change) = Document::create(Some(spec), &fields, actor_of(&self.key.device()))?;
        let mut create = self.header(spec, change);
        create.about = row.about;
        create.expires_on = row.expires_on;
        create.replaces = Some(Replaces { first: row.first, id_key: key, seen: known.into_iter().collect() });
        let written = self.append(tx, audience, Op::Create(create))?;
        self.settle(tx, written.audience, row.first.position)?;
        self.row(tx, written.audience, row.first.position)
    }

    fn may_write(&self, tx: &Transaction<'_>, row: &Row) -> Result<Audience, RecordError> {
        if row.writers == Writers::Author && row.author != self.member {
            return Err(RecordError::NotAWriter);
        }
        self.audience(tx, row)
    }

    fn audience(&self, tx: &Transaction<'_>, row: &Row) -> Result<Audience, RecordError> {
        tx.audience(&row.audience)?.ok_or(RecordError::Internal("a row without its audience"))
    }

    fn document(&self, tx: &Transaction<'_>, row: &Row) -> Result<Document, RecordError> {
        super::project::document(tx, self.scope(), &row.audience, row.first.position)?.ok_or(RecordError::Gone)
    }

    fn row(
        &self,
        tx: &Transaction<'_>,
        audience: crate::model::AudienceId,
        root: Position,
    ) -> Result<Row, RecordError> {
        tx.row_by_first(&audience, root)?.ok_or(RecordError::Internal("a record that this phone refuses itself"))
    }
}

/// The earlier of two days, where there are two.
fn earlier(a: Option<Date>, b: Option<Date>) -> Option<Date> {
    a.into_iter().chain(b).min()
}

/// The live creates of a record or chain.
fn versions(tx: &Transaction<'_>, row: &Row) -> Result<Vec<(StoredEntry, Create)>, RecordError> {
    let entries = tx.entries_of_record(&row.audience, row.first.position)?;
    let create_of = |entry: StoredEntry| match EntryBody::decode(&entry.body.as_ref()?.1).ok()?.op {
        Op::Create(create) if entry.state == EntryState::Accepted => Some((entry, create)),
        _ => None,
    };
    Ok(entries.into_iter().filter_map(create_of).collect())
}

/// Of a chain's first version, the token holds the heads of its document.
fn seen_by_heads(create: &Create, seen: &[ChangeHash]) -> bool {
    crate::documents::inspect(&create.change).is_ok_and(|info| seen.contains(&info.hash))
}

/// What a newer app wrote beside the fields known here is carried over, not lost.
fn keep_unknown_fields(fields: &mut Fields, last: &Fields, spec: &KindSpec) {
    for (name, value) in last {
        if spec.field(name).is_none() {
            fields.entry(name.clone()).or_insert_with(|| value.clone());
        }
    }
}

impl From<DocumentError> for RecordError {
    fn from(error: DocumentError) -> Self {
        match error {
            DocumentError::InvalidField(field) => InvalidInput::new(&field, InvalidReason::Malformed).into(),
            DocumentError::UnknownHeads => InvalidInput::new("version", InvalidReason::Unknown).into(),
            DocumentError::Empty => InvalidInput::new("body", InvalidReason::Empty).into(),
            DocumentError::TooLarge => Self::LimitReached,
            DocumentError::Quarantined => Self::Internal("a document that can't be used"),
        }
    }
}

/// What was written, by where it stands.
impl From<&Written> for RecordRef {
    fn from(written: &Written) -> Self {
        written.reference()
    }
}
