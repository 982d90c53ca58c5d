//! The roster as the entries held give it.

use crate::identity::{Roster, TrustEvent};
use crate::model::CircleId;
use crate::model::op::{EntryBody, Op};
use crate::store::{Reader, StoreError};

/// All keys and roster events held, refused ones left out.
pub fn events(reader: &Reader<'_>) -> Result<Vec<TrustEvent>, StoreError> {
    let mut events = Vec::new();
    for entry in reader.trust_entries()? {
        let (Some((_, bytes)), Some(audience)) = (&entry.body, reader.audience(&entry.audience)?) else { continue };
        if let Ok(EntryBody { op: Op::Event(event), .. }) = EntryBody::decode(bytes) {
            events.push(TrustEvent { audience, position: entry.position, hash: entry.hash, event });
        }
    }
    events.sort_by_key(|event| (event.audience.clone(), event.position));
    Ok(events)
}

/// Who is who, by what is held.
pub fn roster(reader: &Reader<'_>, circle: &CircleId) -> Result<Roster, StoreError> {
    Ok(Roster::fold(circle, &events(reader)?))
}
