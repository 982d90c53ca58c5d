//! From documents to a row: what a screen needs of a record, and nothing that isn't in its entries.

use serde_json::Value;

use super::judge::Scope;
use crate::documents::{Actor, Document, FieldConflict, Version, actor_of};
use crate::model::kind::{FieldRole, Fields, KindSpec, Merge};
use crate::model::op::{Create, EntryBody, Op, id_key, record_id};
use crate::model::{
    AudienceId, Candidate, Conflict, Date, EntryState, FeedId, MemberId, Position, RecordId, RecordRef, Row,
    VersionToken, ZonedTime, kinds,
};
use crate::store::{Reader, StoreError, StoredEntry};

/// A create that counts, with the document that its changes have made.
pub struct Live {
    /// The create's entry.
    pub entry: StoredEntry,
    /// The create.
    pub create: Create,
    /// Its document.
    pub document: Document,
}

/// A create that counts, and what its document says: read once, for that is most of what a row takes.
struct LiveVersion<'a> {
    live: &'a Live,
    spec: Option<&'static KindSpec>,
    says: Version,
}

impl<'a> LiveVersion<'a> {
    fn of(live: &'a Live) -> Self {
        let spec = kinds::spec(&live.create.kind);
        Self { live, spec, says: live.document.latest(spec) }
    }

    /// How closed it is against others' eyes: of versions written apart the most closed is shown. The same for all
    /// versions of a kind that has no such field.
    fn closedness(&self) -> usize {
        let Some((name, groups)) = self.spec.and_then(closed_first) else { return 0 };
        let value = self.says.fields.get(name).and_then(Value::as_str).unwrap_or_default();
        let group = groups.iter().position(|group| group.contains(&value));
        group.map_or(usize::MAX, |group| groups.len() - group)
    }

    /// All dates that a field of this role has, those in conflict included.
    fn dates(&self, role: FieldRole) -> Vec<Date> {
        let field = self.spec.and_then(|spec| spec.fields.iter().find(|field| field.role == role));
        field.map_or_else(Vec::new, |field| self.says.values(field.name)).iter().filter_map(as_date).collect()
    }
}

/// The field of a kind by which the most closed version is shown, with its values from closed to open.
fn closed_first(spec: &'static KindSpec) -> Option<(&'static str, &'static [&'static [&'static str]])> {
    spec.fields.iter().find_map(|field| match field.merge {
        Merge::ClosedFirst(groups) => Some((field.name, groups)),
        _ => None,
    })
}

/// The row of the record whose first create stands at `root`; none while nothing of it counts.
///
/// Of a chain of replacements several versions may live, written apart by their author's own devices: the latest is
/// shown, and where they differ all are candidates.
pub fn row(reader: &Reader<'_>, scope: Scope<'_>, root: Position, live: &[Live]) -> Result<Option<Row>, StoreError> {
    let versions: Vec<LiveVersion<'_>> = live.iter().map(LiveVersion::of).collect();
    let latest = |version: &&LiveVersion<'_>| (version.closedness(), version.live.entry.tick, version.live.entry.hash);
    let Some(version) = versions.iter().max_by_key(latest) else { return Ok(None) };
    let shown = version.live;
    let Some(author) = scope.roster.member_of(&shown.entry.position.device) else { return Ok(None) };
    let Some(first) = first_of(shown, root) else { return Ok(None) };
    let Some(id) = id_of(scope, live, root) else { return Ok(None) };
    let Create { kind, schema, writers, subject, wall, about, .. } = &shown.create;
    // Only of what counts: whoever may not write here must not move the record in anyone's list either.
    let tick = reader.tick_of_record(&shown.entry.audience, root)?.unwrap_or(shown.entry.tick);
    Ok(Some(Row {
        id,
        first,
        current: RecordRef::new(shown.entry.audience, shown.entry.position, &shown.entry.hash),
        kind: kind.clone(),
        schema: *schema,
        writers: *writers,
        audience: shown.entry.audience,
        author,
        subject: *subject,
        wall: *wall,
        tick,
        date: date_in(&version.says.fields, version.spec),
        // Where versions differ, the note stays closed until the last of the days: an early look can't be undone.
        open_on: versions.iter().flat_map(|version| version.dates(FieldRole::OpenOn)).max(),
        // Nor does any version outlast the day that its writer gave another.
        expires_on: live.iter().filter_map(|live| live.create.expires_on).min(),
        about: about.map(|about| here(reader, about)).transpose()?,
        conflicts: match versions.as_slice() {
            [_] => within(scope, &version.says.conflicts, author),
            versions => between(version, versions, author),
        },
        fields: version.says.fields.clone(),
        version: version_of(shown, live),
    }))
}

/// A reference by where its record stands here.
fn here(reader: &Reader<'_>, reference: RecordRef) -> Result<RecordRef, StoreError> {
    Ok(RecordRef { position: reader.position_of(&reference)?, ..reference })
}

/// The version that a reader of this row saw: of a document its heads; of a chain the creates that live.
fn version_of(shown: &Live, live: &[Live]) -> VersionToken {
    let current = RecordRef::new(shown.entry.audience, shown.entry.position, &shown.entry.hash);
    if shown.create.replaces.is_some() || live.len() > 1 {
        VersionToken::new(current, live.iter().map(|live| *live.entry.hash.as_bytes()).collect())
    } else {
        VersionToken::new(current, shown.document.heads())
    }
}

fn first_of(shown: &Live, root: Position) -> Option<RecordRef> {
    match &shown.create.replaces {
        // By where it stands here: whoever replaced it may have named it before its feed forked.
        Some(replaces) => Some(RecordRef { position: root, ..replaces.first }),
        None if shown.entry.position == root => {
            Some(RecordRef::new(shown.entry.audience, shown.entry.position, &shown.entry.hash))
        }
        None => None,
    }
}

/// The app's id: the same for every version of a chain, and gone with the salt of its first.
fn id_of(scope: Scope<'_>, live: &[Live], root: Position) -> Option<RecordId> {
    let key = chain_key(root, live.iter().map(|live| (&live.entry, &live.create)))?;
    let entry = &live.first()?.entry;
    let feed = FeedId::of(scope.circle, &scope.roster.writer_of(&root.device), &entry.audience);
    Some(record_id(&feed, root.number, &key))
}

/// With what the id of a chain is made: the salt of its first while that lives, then what the oldest that lives says of it. A
/// later version may say something else, from a phone that lies with its owner's keys: the record keeps its id.
pub fn chain_key<'a>(
    root: Position,
    versions: impl Iterator<Item = (&'a StoredEntry, &'a Create)>,
) -> Option<[u8; 16]> {
    let (oldest, create) = versions.min_by_key(|(entry, _)| (entry.position != root, entry.tick, entry.hash))?;
    match (&create.replaces, &oldest.body) {
        (Some(replaces), _) => Some(replaces.id_key),
        (None, Some((salt, _))) => Some(id_key(salt)),
        (None, None) => None,
    }
}

/// Conflicts inside one document, with the member behind each candidate.
fn within(scope: Scope<'_>, conflicts: &[FieldConflict], author: MemberId) -> Vec<Conflict> {
    let member_of = |actor: Actor| {
        let device = scope.roster.writers().find(|(device, _)| actor_of(device) == actor);
        device.map_or(author, |(_, member)| *member)
    };
    let candidate = |(value, actor): &(Value, Actor)| Candidate { value: value.clone(), member: member_of(*actor) };
    let conflicts = conflicts.iter().map(|conflict| Conflict {
        field: conflict.field.clone(),
        candidates: conflict.candidates.iter().map(candidate).collect(),
    });
    conflicts.collect()
}

/// Conflicts between the versions of a chain: every field that isn't the same in all.
fn between(shown: &LiveVersion<'_>, versions: &[LiveVersion<'_>], author: MemberId) -> Vec<Conflict> {
    if shown.spec.is_some_and(|spec| closed_first(spec).is_some()) {
        // The more open version is not shown, so nor is what it said.
        return Vec::new();
    }
    let mut names: Vec<&String> = versions.iter().flat_map(|version| version.says.fields.keys()).collect();
    names.sort_unstable();
    names.dedup();
    let mut conflicts = Vec::new();
    for name in names {
        if shown.spec.and_then(|spec| spec.field(name)).is_some_and(|field| field.merge == Merge::Latest) {
            continue;
        }
        let value_in = |version: &LiveVersion<'_>| version.says.fields.get(name).cloned().unwrap_or(Value::Null);
        let mut values = vec![value_in(shown)];
        let mut others: Vec<Value> = versions.iter().map(value_in).filter(|value| *value != values[0]).collect();
        others.sort_by_key(Value::to_string);
        others.dedup();
        values.extend(others);
        if values.len() > 1 {
            let candidates = values.into_iter().map(|value| Candidate { value, member: author }).collect();
            conflicts.push(Conflict { field: name.clone(), candidates });
        }
    }
    conflicts
}

fn date_in(fields: &Fields, spec: Option<&KindSpec>) -> Option<Date> {
    let name = spec?.fields.iter().find(|field| field.role == FieldRole::Date)?.name;
    as_date(fields.get(name)?)
}

/// A civil date, or the local date of a date-time with a zone.
fn as_date(value: &Value) -> Option<Date> {
    let text = value.as_str()?;
    text.parse::<Date>().ok().or_else(|| Some(text.parse::<ZonedTime>().ok()?.local().date()))
}

/// The document of a record as it stands, made of the entries that count; none if its create doesn't.
pub fn document(
    reader: &Reader<'_>,
    scope: Scope<'_>,
    audience: &AudienceId,
    root: Position,
) -> Result<Option<Document>, StoreError> {
    let mut document = Document::new();
    let mut waiting = Vec::new();
    for entry in reader.entries_of_record(audience, root)? {
        let Some((_, bytes)) = entry.body.as_ref().filter(|_| entry.state == EntryState::Accepted) else { continue };
        match EntryBody::decode(bytes).map(|body| body.op) {
            Ok(Op::Create(create)) if entry.position == root => waiting.insert(0, (entry.position, create.change)),
            Ok(Op::Change(change)) => waiting.push((entry.position, change.change)),
            _ => {}
        }
    }
    if waiting.first().is_none_or(|(position, _)| *position != root) {
        return Ok(None);
    }
    while !waiting.is_empty() {
        let before = waiting.len();
        waiting.retain(|(position, change)| document.apply(change, scope.actor_of(&position.device)).is_err());
        if waiting.len() == before {
            break;
        }
    }
    Ok(Some(document))
}
