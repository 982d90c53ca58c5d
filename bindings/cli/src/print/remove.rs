//! What was removed lately, and how much room everything takes.

use kinweave_core::app::{ClockState, StorageUse, TrashItem};
use kinweave_core::model::Now;
use kinweave_core::model::audience::AudienceTag;

use super::Names;
use super::record::{kind_words, saying};
use crate::layout::Table;
use crate::screen;
use crate::words::{date_words, say};

/// What is in the trash, a line each, with the last day on which it can be brought back.
pub fn trash(trash: &[TrashItem], names: &Names, now: Now) -> String {
    if trash.is_empty() {
        return say("remove.trash_empty", &[]);
    }
    let mut table = Table::new();
    for item in trash {
        let until = date_words(now.zone.local(item.until_ms).date());
        let mut parts = vec![kind_words(&item.kind)];
        parts.extend(saying(&item.body, names));
        parts.push(say("remove.until", &[("date", &until)]));
        table.row([item.id.short(), parts.join(" · ")]);
    }
    let mut lines = table.lines(0, screen::current().width);
    lines.push(format!("  {}", say("remove.restore", &[])));
    lines.join("\n")
}

/// How much room is taken, by whom it is shared with; and what keeps things from running out.
pub fn storage(used: &StorageUse, hold: bool, clock: ClockState, names: &Names) -> String {
    let mut table = Table::new();
    table.row([bytes(used.database_bytes.saturating_add(used.log_bytes)), say("storage.total", &[])]);
    for (count, key) in [(used.free_bytes, "storage.free"), (used.trash_bytes, "storage.trash")] {
        if count > 0 {
            table.row([bytes(count), say(key, &[])]);
        }
    }
    // Several audiences can be the same people: whoever reads this asks about people.
    let mut shared: Vec<(String, u64)> = Vec::new();
    for audience in
        used.audiences.iter().filter(|it| !matches!(it.audience.tag, AudienceTag::Roster | AudienceTag::Keys))
    {
        let key = if audience.audience.tag == AudienceTag::Journal { "storage.journal" } else { "storage.with" };
        let with = say(key, &[("names", &names.with(&audience.audience))]);
        match shared.iter_mut().find(|(known, _)| *known == with) {
            Some((_, sum)) => *sum = sum.saturating_add(audience.bytes),
            None => shared.push((with, audience.bytes)),
        }
    }
    for (with, sum) in shared {
        table.row([bytes(sum), with]);
    }
    let mut lines = table.lines(0, screen::current().width);
    if hold {
        lines.push(say("hold.on", &[]));
    }
    if let ClockState::Odd { .. } = clock {
        lines.push(say("storage.odd_clock", &[]));
    }
    lines.join("\n")
}

fn bytes(count: u64) -> String {
    format!("{} KiB", count.div_ceil(1024))
}
