//! What the disk of this thread does to whoever writes on it.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fs::OpenOptions;
use std::io;
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};

/// Disks write this much whole or not at all.
const SECTOR_BYTES: usize = 512;

/// What goes wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Harm {
    /// There is no room for what is written.
    Full,
    /// What is written doesn't arrive.
    FailedWrite,
    /// Nobody knows whether what was written has arrived.
    FailedSync,
    /// The power goes: from here on nothing works any more.
    PowerCut,
}

/// What was written to a file since it was last synced, the oldest first.
#[derive(Default)]
struct Unsynced {
    writes: Vec<Undo>,
}

/// How one write is undone.
struct Undo {
    offset: u64,
    /// What stood there; shorter than what was written where the file grew.
    before: Vec<u8>,
    written: usize,
    /// How long the file was.
    length_before: u64,
}

#[derive(Default)]
struct Disk {
    is_watched: bool,
    /// After so many more writes or syncs this happens.
    next: Option<(u64, Harm)>,
    /// Since then nothing works.
    has_no_power: bool,
    /// What has gone wrong since it was last asked for.
    harmed: Option<Harm>,
    unsynced: BTreeMap<PathBuf, Unsynced>,
}

thread_local! {
    static DISK: RefCell<Disk> = RefCell::default();
}

/// A new disk for this thread, on which it is noted what was written and never synced. Before this it only passes on.
pub fn begin_watching() {
    DISK.set(Disk { is_watched: true, ..Disk::default() });
}

/// After so many more writes or syncs of this thread, this happens.
pub fn harm(after: u64, harm: Harm) {
    DISK.with_borrow_mut(|disk| disk.next = Some((after, harm)));
}

/// Nothing goes wrong any more. Answers what has.
pub fn spare() -> Option<Harm> {
    DISK.with_borrow_mut(|disk| {
        disk.next = None;
        disk.harmed.take()
    })
}

/// The power of this thread's disk is gone, until this is dropped: connections can be dropped meanwhile without a byte reaching a
/// file.
pub struct PowerCut(());

impl PowerCut {
    /// Cuts it now, if it isn't already.
    pub fn now() -> Self {
        DISK.with_borrow_mut(|disk| (disk.has_no_power, disk.next) = (true, None));
        Self(())
    }

    /// Makes of the files under this folder what a real disk may be left with: of what was never synced any part, sector by
    /// sector, as `keeps` says.
    ///
    /// # Errors
    /// What the real files answer.
    pub fn forget_unsynced(&self, folder: &Path, mut keeps: impl FnMut() -> bool) -> io::Result<()> {
        let files = DISK.with_borrow_mut(|disk| std::mem::take(&mut disk.unsynced));
        let (here, elsewhere) = files.into_iter().partition::<BTreeMap<_, _>, _>(|(file, _)| file.starts_with(folder));
        DISK.with_borrow_mut(|disk| disk.unsynced = elsewhere);
        for (path, unsynced) in here {
            // It may have been deleted since.
            let Ok(file) = OpenOptions::new().read(true).write(true).open(&path) else { continue };
            for undo in unsynced.writes.iter().rev() {
                for start in (0..undo.written).step_by(SECTOR_BYTES) {
                    if keeps() {
                        continue;
                    }
                    let end = (start + SECTOR_BYTES).min(undo.written);
                    let mut before = undo.before.get(start..end.min(undo.before.len())).unwrap_or_default().to_vec();
                    // Where the file grew there was nothing, and a disk has zeros there.
                    before.resize(end - start, 0);
                    file.write_all_at(&before, undo.offset + start as u64)?;
                }
            }
            // The length is written like anything else.
            if let Some(first) = unsynced.writes.first()
                && !keeps()
            {
                let length = file.metadata()?.len().min(first.length_before);
                file.set_len(length)?;
            }
        }
        Ok(())
    }
}

impl Drop for PowerCut {
    fn drop(&mut self) {
        DISK.with_borrow_mut(|disk| disk.has_no_power = false);
    }
}

/// What is to happen at a write or a sync.
pub(crate) fn at_write_or_sync() -> Option<Harm> {
    DISK.with_borrow_mut(|disk| {
        if disk.has_no_power {
            return Some(Harm::PowerCut);
        }
        let (after, harm) = disk.next?;
        if after > 0 {
            disk.next = Some((after - 1, harm));
            return None;
        }
        disk.harmed = Some(harm);
        // A full disk stays full; a write that failed once may work the next time.
        if harm != Harm::Full {
            disk.next = None;
        }
        disk.has_no_power |= harm == Harm::PowerCut;
        Some(harm)
    })
}

/// Whether anything reaches a file at all.
pub(crate) fn has_power() -> bool {
    DISK.with_borrow(|disk| !disk.has_no_power)
}

/// Notes a write that is about to be done.
pub(crate) fn note_write(file: &Path, offset: u64, written: usize) {
    DISK.with_borrow_mut(|disk| {
        if !disk.is_watched {
            return;
        }
        let Ok(real) = OpenOptions::new().read(true).open(file) else { return };
        let length_before = real.metadata().map_or(0, |it| it.len());
        let there = length_before.saturating_sub(offset).min(written as u64) as usize;
        let mut before = vec![0; there];
        if real.read_exact_at(&mut before, offset).is_err() {
            before.clear();
        }
        let undo = Undo { offset, before, written, length_before };
        disk.unsynced.entry(file.to_owned()).or_default().writes.push(undo);
    });
}

/// What was written to it has arrived.
pub(crate) fn note_sync(file: &Path) {
    DISK.with_borrow_mut(|disk| drop(disk.unsynced.remove(file)));
}
