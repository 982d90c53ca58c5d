//! What must hold, on one phone at any time and on all of them at the end (PROTOCOL.md, invariants).

use std::collections::BTreeMap;

use kinweave_core::app::{AudienceDump, Error};

use super::device::Device;
use super::world::World;

/// Everything on a phone, as text.
pub fn dump(device: &Device) -> Result<Vec<AudienceDump>, String> {
    device.home.dump().map_err(|error| format!("a dump was answered {error:?}"))
}

/// Rows are what the entries give, and nothing is here that isn't for its owner.
pub fn on(device: &Device) -> Result<(), String> {
    let wrong = device.home.check().map_err(|error| format!("a check was answered {error:?}"))?;
    if !wrong.is_empty() {
        return Err(format!("rows that the entries don't give: {wrong:?}"));
    }
    for held in dump(device)? {
        let audience = &held.audience;
        let is_private = ["set", "me", "journal"].contains(&audience.tag.as_str());
        if is_private && !audience.members.contains(&device.member) {
            return Err(format!("{:?} holds {} of {:?}", device.member, audience.tag.as_str(), audience.members));
        }
    }
    Ok(())
}

/// An entry as all that hold it must tell of it. What a liar wrote and a phone refused is a stub there for good; to the others of
/// its owner's phones it is gone, and to everyone else a body that never comes, and none of that is seen.
fn told_by_all(line: &str, is_with_liar: bool) -> &str {
    match line.find(" stub ") {
        Some(at) if is_with_liar => &line[..at + " stub".len()],
        _ => line,
    }
}

/// All that has come to rest holds the same, all that was written is where it belongs, and what was taken away is nowhere.
pub fn everywhere(world: &World) -> Result<String, String> {
    let is_with_liar = world.liar.as_ref().is_some_and(|liar| liar.has_written);
    let mut all = BTreeMap::new();
    for (who, device) in world.devices.iter().enumerate() {
        on(device).map_err(|what| format!("phone {who}: {what}"))?;
        for held in dump(device)? {
            let id = held.audience.id.to_string();
            let others = all.entry(id.clone()).or_insert_with(|| held.clone());
            let lines = |dump: &AudienceDump| {
                let entries = dump.entries.iter().map(|line| told_by_all(line, is_with_liar));
                entries.chain(dump.rows.iter().map(String::as_str)).map(str::to_owned).collect::<Vec<_>>()
            };
            let (mine, others) = (lines(&held), lines(others));
            if mine != others {
                let apart = mine.iter().zip(&others).find(|(mine, others)| mine != others);
                return Err(format!(
                    "phone {who} holds something else of {} {id}: {apart:#?}",
                    held.audience.tag.as_str()
                ));
            }
        }
    }
    let by_another_id = world.liar.as_ref().map(|liar| &liar.replaced);
    for (id, written) in &world.deeds.written {
        if by_another_id.is_some_and(|replaced| replaced.contains(id)) {
            continue;
        }
        let Some(is_here) = world.deeds.must_be_here(id) else { continue };
        for (who, device) in world.devices.iter().enumerate() {
            let is_expected = is_here && written.members.contains(&device.member);
            match (is_expected, device.home.get(*id)) {
                (true, Ok(_)) | (false, Err(Error::NotFound { .. } | Error::Gone | Error::Moved { .. })) => {}
                (true, other) => return Err(format!("phone {who} lacks {id}, {written:?}: {other:?}")),
                (false, other) => return Err(format!("phone {who} has {id}, {written:?}: {other:?}")),
            }
        }
    }
    let held = all.values().flat_map(|held| held.entries.iter().chain(&held.rows));
    Ok(held.map(String::as_str).collect::<Vec<_>>().join("\n"))
}
