//! The roster as the entries held give it.

use std::collections::BTreeMap;

use crate::identity::{Roster, TrustEvent};
use crate::model::op::{EntryBody, Op};
use crate::model::{CircleId, EntryState, Position, Side};
use crate::store::{Reader, StoreError};

/// All keys and roster events held, refused ones left out.
fn events(reader: &Reader<'_>, sides: &[Side], verdicts_hold: bool) -> Result<Vec<TrustEvent>, StoreError> {
    let sides: BTreeMap<_, _> = sides.iter().map(|side| (side.key(), side.device)).collect();
    let mut events = Vec::new();
    for entry in reader.trust_entries()? {
        let (Some((_, bytes)), Some(audience)) = (&entry.body, reader.audience(&entry.audience)?) else { continue };
        if let Ok(EntryBody { op: Op::Event(event), .. }) = EntryBody::decode(bytes) {
            // What stands on a side of a fork is its device's word like any other.
            let device = sides.get(&entry.position.device).copied().unwrap_or(entry.position.device);
            let position = Position { device, ..entry.position };
            let is_accepted = verdicts_hold && entry.state == EntryState::Accepted;
            events.push(TrustEvent { audience, position, hash: entry.hash, event, is_accepted });
        }
    }
    events.sort_by_key(|event| (event.audience.clone(), event.position, event.hash));
    Ok(events)
}

/// Who is who, by what is held.
pub fn roster(reader: &Reader<'_>, circle: &CircleId) -> Result<Roster, StoreError> {
    fold(reader, circle, true)
}

/// The same, as if nothing had been judged yet.
pub fn roster_anew(reader: &Reader<'_>, circle: &CircleId) -> Result<Roster, StoreError> {
    fold(reader, circle, false)
}

fn fold(reader: &Reader<'_>, circle: &CircleId, verdicts_hold: bool) -> Result<Roster, StoreError> {
    let sides = reader.sides()?;
    Ok(Roster::fold(circle, &events(reader, &sides, verdicts_hold)?).knowing(&sides))
}
