//! Records, as an app writes and reads them.

use std::collections::BTreeSet;

use serde_json::Value;

use super::answers::{ListQuery, NewRecord, Page, Record, ShareWith};
use super::error::{Error, Rule};
use super::owner::Owner;
use crate::identity::Target;
use crate::model::kind::Placement;
use crate::model::kinds::Journal;
use crate::model::op::{EntryBody, Op, Writers};
use crate::model::{
    Audience, AudienceId, Body, EntryState, InvalidInput, InvalidReason, Kind, MemberId, RecordId, RecordRef, Row,
    VersionToken,
};
use crate::records::Draft;
use crate::store::{Cursor, ReadScope, RowQuery};

pub(super) const PAGE_ROWS: u32 = 50;

impl Owner {
    pub(super) fn add(&mut self, new: &NewRecord) -> Result<Record, Error> {
        self.check_subject(new.subject.as_deref())?;
        new.body.validate()?;
        let about = new.about.map(|id| self.row(&id)).transpose()?;
        let audience = match &about {
            Some(parent) => self.audience_of(&parent.audience)?,
            None => self.audience_for(&new.body, &new.with)?,
        };
        self.check_rules(&new.body, &audience, about.as_ref())?;
        if let Body::RecoveryCard(_) = new.body {
            return self.put_card(&new.body, &audience);
        }
        let (body, expires_on) = (&new.body, new.expires_on);
        let about = about.map(|parent| parent.first);
        let row =
            self.write(|author, tx| author.create(tx, &Draft { body, audience: &audience, about, expires_on }))?;
        self.record(row)
    }

    pub(super) fn edit(&mut self, id: &RecordId, version: &VersionToken, body: &Body) -> Result<Record, Error> {
        let row = match self.row(id) {
            Err(Error::NotFound { .. }) => return Err(self.what_became_of(version.record(), id)?),
            row => row?,
        };
        let known = self.store.read()?.entry_of(version.record())?;
        if known.and_then(|entry| entry.record) != Some(row.first.position) {
            return Err(InvalidInput::new("version", InvalidReason::Unknown).into());
        }
        self.check_edit(&row, body)?;
        let row = self.write(|author, tx| author.edit(tx, &row, version, body))?;
        self.record(row)
    }

    pub(super) fn resolve(&mut self, id: &RecordId, field: &str, value: &serde_json::Value) -> Result<Record, Error> {
        let row = self.row(id)?;
        let mut fields = row.fields.clone();
        fields.insert(field.to_owned(), value.clone());
        self.check_edit(&row, &Body::from_fields(&row.kind, fields))?;
        let row = self.write(|author, tx| author.resolve(tx, &row, field, value))?;
        self.record(row)
    }

    pub(super) fn get(&self, id: &RecordId) -> Result<Record, Error> {
        let row = self.row(id)?;
        self.record(row)
    }

    pub(super) fn list(&self, query: &ListQuery) -> Result<Page, Error> {
        let reader = self.store.read()?;
        let about = query.about.map(|id| self.row(&id)).transpose()?;
        let after = match &query.after {
            Some(text) => Some(Cursor::from_text(text).ok_or(InvalidInput::new("after", InvalidReason::Malformed))?),
            None => None,
        };
        let rows = reader.list(&RowQuery {
            kinds: query.kinds.clone(),
            audience: query.audience,
            person: query.person,
            from: query.from,
            to: query.to,
            about: about.map(|row| (row.first.audience, row.first.position)),
            only_conflicts: query.only_conflicts,
            newest_first: !query.oldest_first,
            news: None,
            but_kinds: Vec::new(),
            with_journal: query.kinds.iter().any(|kind| kind == Journal::SPEC.name),
            scope: self.scope()?,
            after,
            limit: if query.limit == 0 { PAGE_ROWS } else { query.limit },
        })?;
        let records = rows.rows.into_iter().map(|row| self.record(row)).collect::<Result<_, _>>()?;
        Ok(Page { records, next: rows.next.map(|cursor| cursor.to_text()) })
    }

    /// Who reads, and on what day: what every read is bound by. What a legal hold keeps is shown, or keeping it is of no use.
    pub(super) fn scope(&self) -> Result<ReadScope, Error> {
        let scope = ReadScope::new(self.me()?.member, self.system.now().today());
        Ok(if self.legal_hold()? { scope.with_what_is_over() } else { scope })
    }

    pub(super) fn row(&self, id: &RecordId) -> Result<Row, Error> {
        let row = self.store.read()?.row(id, &self.scope()?)?;
        row.ok_or_else(|| Error::NotFound { id: id.to_string() })
    }

    /// Every row that the owner may see today, by kind, the oldest first.
    pub(super) fn rows_of(&self, kinds: &[&str]) -> Result<Vec<Row>, Error> {
        let kinds = kinds.iter().map(|kind| (*kind).to_owned()).collect();
        self.all_rows(RowQuery { kinds, newest_first: false, ..RowQuery::all(self.scope()?) })
    }

    /// Every row that the query asks for, page after page.
    pub(super) fn all_rows(&self, mut query: RowQuery) -> Result<Vec<Row>, Error> {
        let (mut rows, reader) = (Vec::new(), self.store.read()?);
        loop {
            let page = reader.list(&query)?;
            rows.extend(page.rows);
            match page.next {
                Some(next) => query.after = Some(next),
                None => return Ok(rows),
            }
        }
    }

    pub(super) fn record(&self, row: Row) -> Result<Record, Error> {
        let reader = self.store.read()?;
        let audience = reader.audience(&row.audience)?.ok_or(Error::internal("a row without its audience"))?;
        let about = match &row.about {
            Some(parent) => reader.id_of(parent)?,
            None => None,
        };
        let editable = row.writers == Writers::Audience || row.author == self.me()?.member;
        Ok(Record {
            id: row.id,
            reference: row.first,
            body: Body::from_fields(&row.kind, row.fields),
            kind: row.kind,
            conflicts: row.conflicts,
            author: row.author,
            audience: self.audience_view(&row.audience, &audience),
            about,
            wall: row.wall,
            date: row.date,
            editable,
            version: row.version,
        })
    }

    pub(super) fn audience_of(&self, id: &AudienceId) -> Result<Audience, Error> {
        self.store.read()?.audience(id)?.ok_or(Error::internal("a row without its audience"))
    }

    /// Whom a record is shared with: only here do words such as *everyone* turn into a set of people, for good.
    pub(super) fn audience_for(&self, body: &Body, with: &ShareWith) -> Result<Audience, Error> {
        let spec = body.spec().ok_or(InvalidInput::new("kind", InvalidReason::Unknown))?;
        let me = self.me()?.member;
        let set = |members: BTreeSet<MemberId>| Audience::set(members.into_iter().chain([me]));
        Ok(match (with, spec.audience) {
            (ShareWith::Default, Placement::Home) => Audience::Home,
            (ShareWith::Default, Placement::HomeAdults) => Audience::HomeAdults,
            (ShareWith::Default | ShareWith::OnlyMe, Placement::Journal) => Audience::Journal(me),
            (ShareWith::Default, Placement::OnlyMe | Placement::MeFirst) | (ShareWith::OnlyMe, _) => Audience::Me(me),
            (ShareWith::Default, Placement::Everyone) | (ShareWith::Everyone, _) => set(self.roster.everyone()),
            (ShareWith::Default, Placement::Circle) | (ShareWith::Circle, _) => set(self.roster.adults()),
            (ShareWith::Default, Placement::Parties(fields)) => match self.parties(body, fields)? {
                parties if parties.iter().all(|member| *member == me) => Audience::Me(me),
                parties => set(parties),
            },
            (ShareWith::Chosen(members), _) => {
                self.check_joined("with", members)?;
                set(members.iter().copied().collect())
            }
        })
    }

    /// Whom the fields of a body name.
    fn parties(&self, body: &Body, fields: &[&str]) -> Result<BTreeSet<MemberId>, Error> {
        let values = body.to_fields();
        let mut parties = BTreeSet::new();
        for field in fields {
            let value = values.get(*field);
            let one = value.and_then(Value::as_str).into_iter();
            let many = value.and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
            let members: Vec<MemberId> = one.chain(many).filter_map(|text| text.parse().ok()).collect();
            self.check_joined(field, &members)?;
            parties.extend(members);
        }
        Ok(parties)
    }

    fn check_joined(&self, field: &str, members: &[MemberId]) -> Result<(), Error> {
        let unknown = members.iter().any(|member| self.roster.member(member).is_none());
        if unknown { Err(InvalidInput::new(field, InvalidReason::Unknown).into()) } else { Ok(()) }
    }

    /// You write about yourself. Asked before anybody is looked up, so that the answer tells nothing about who is here.
    fn check_subject(&self, subject: Option<&str>) -> Result<(), Error> {
        let Some(subject) = subject else { return Ok(()) };
        let me = self.me()?.member;
        let is_my_name = |person: &super::answers::Person| person.is_me && person.name.eq_ignore_ascii_case(subject);
        if subject == me.to_string() || self.circle()?.people.iter().any(is_my_name) {
            return Ok(());
        }
        Err(Error::NotAllowed { rule: Rule::SubjectMustBeAuthor })
    }

    /// What a reader of a record that isn't here any more should do.
    fn what_became_of(&self, record: &RecordRef, id: &RecordId) -> Result<Error, Error> {
        let reader = self.store.read()?;
        let Some(entry) = reader.entry_of(record)? else {
            return Ok(Error::NotFound { id: id.to_string() });
        };
        if crate::records::target(&reader, &self.roster, record)? == Target::NotHere {
            return Ok(Error::NotFound { id: id.to_string() });
        }
        for entry in reader.entries_of_record(&record.audience, entry.record.unwrap_or(entry.position))? {
            let op = entry.body.as_ref().and_then(|(_, bytes)| EntryBody::decode(bytes).ok()).map(|body| body.op);
            if let (EntryState::Accepted, Some(Op::Moved { to, .. })) = (entry.state, op)
                && let Some(row) = reader.row_of(&to)?
            {
                return Ok(Error::Moved { to: row.id });
            }
        }
        Ok(Error::Gone)
    }
}
