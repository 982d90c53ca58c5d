//! A run as it travels: its entries in one zstd frame of its own.
//!
//! Nothing is compressed across feeds: whoever writes into one of them could otherwise read another's words off the
//! lengths.

use std::io::Read;

use zstd::zstd_safe::CParameter;

use super::bounded::Bounded;
use super::wire::PackedRun;
use crate::model::limits::{BODY_BYTES_MAX, MESSAGE_BYTES_MAX, RUN_ENTRIES_MAX, RUN_WINDOW_LOG_MAX};
use crate::model::run::Carried;
use crate::model::{Run, codec};

const LEVEL: i32 = 3;

/// Packs a run; `None` if it is beyond the limits, so that no honest peer would take it.
pub(super) fn pack(run: &Run) -> Option<PackedRun> {
    let raw = codec::encode(&run.entries);
    if run.entries.is_empty() || run.entries.len() > RUN_ENTRIES_MAX || raw.len() > MESSAGE_BYTES_MAX {
        return None;
    }
    let mut compressor = zstd::bulk::Compressor::new(LEVEL).ok()?;
    compressor.set_parameter(CParameter::WindowLog(RUN_WINDOW_LOG_MAX)).ok()?;
    let frame = compressor.compress(&raw).ok().filter(|frame| frame.len() <= MESSAGE_BYTES_MAX)?;
    Some(PackedRun {
        raw_bytes: u32::try_from(raw.len()).ok()?,
        dictionary: 0,
        audience: run.audience,
        device: run.device,
        from: run.from,
        previous: run.previous,
        signatures: Bounded::cut(run.signatures.clone()),
        frame: Bounded::cut(frame),
    })
}

/// Reads a run; the rule that its sender broke if it can't be read.
///
/// Whether the chain holds is not asked here: that is for whoever holds the feed.
pub(super) fn unpack(packed: PackedRun) -> Result<Run, &'static str> {
    let raw_bytes = usize::try_from(packed.raw_bytes).unwrap_or(usize::MAX);
    if raw_bytes > MESSAGE_BYTES_MAX {
        return Err("a run inflates to more than allowed");
    }
    if packed.dictionary != 0 {
        return Err("a run needs an unknown dictionary");
    }
    let raw = inflate(&packed.frame, raw_bytes).ok_or("a run doesn't inflate to its length")?;
    let entries: Bounded<Carried, RUN_ENTRIES_MAX> = codec::decode(&raw).ok_or("a run's entries can't be read")?;
    let entries = entries.into_inner();
    let too_long = |entry: &Carried| matches!(entry, Carried::Whole { body, .. } if body.len() > BODY_BYTES_MAX);
    if entries.is_empty() || entries.iter().any(too_long) {
        return Err("a run's entries are beyond the limits");
    }
    Ok(Run {
        audience: packed.audience,
        device: packed.device,
        from: packed.from,
        previous: packed.previous,
        entries,
        signatures: packed.signatures.into_inner(),
    })
}

/// Inflates one frame to exactly `raw_bytes`.
///
/// The stream decoder with a window limit, not the bulk one: the latter never looks at the window a frame asks for, and
/// what one implementation takes and another refuses splits a family.
fn inflate(frame: &[u8], raw_bytes: usize) -> Option<Vec<u8>> {
    let mut decoder = zstd::stream::read::Decoder::with_buffer(frame).ok()?.single_frame();
    decoder.window_log_max(RUN_WINDOW_LOG_MAX).ok()?;
    let mut raw = Vec::new();
    // One byte beyond the declared length is enough to know a bomb; the rest of it is never inflated.
    let limit = u64::try_from(raw_bytes).ok()? + 1;
    decoder.by_ref().take(limit).read_to_end(&mut raw).ok()?;
    (raw.len() == raw_bytes && decoder.finish().is_empty()).then_some(raw)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{AudienceId, Commitment, DeviceKey, EntryHash, Signature};

    fn a_run(entries: Vec<Carried>) -> Run {
        Run {
            audience: AudienceId::from_bytes([1; 32]),
            device: DeviceKey::from_bytes([2; 32]),
            from: 5,
            previous: EntryHash::from_bytes([3; 32]),
            entries,
            signatures: vec![(6, Signature::from_bytes([4; 64]))],
        }
    }

    fn whole(bytes: usize) -> Carried {
        Carried::Whole { salt: [7; 16], body: (0..bytes).map(|i| (i * i / 7) as u8).collect() }
    }

    fn packed(raw: &[u8], raw_bytes: usize) -> PackedRun {
        let mut packed = pack(&a_run(vec![whole(1)])).unwrap();
        packed.raw_bytes = u32::try_from(raw_bytes).unwrap();
        packed.frame = Bounded::cut(zstd::bulk::compress(raw, 3).unwrap());
        packed
    }

    #[test]
    fn a_run_goes_there_and_back_small_or_as_large_as_may_be() {
        let stub = Carried::StubOpen(Commitment::from_bytes([9; 32]));
        for entries in [vec![whole(30), stub], vec![whole(BODY_BYTES_MAX); 79]] {
            let run = a_run(entries);
            assert_eq!(unpack(pack(&run).unwrap()), Ok(run));
        }
        assert_eq!(pack(&a_run(vec![whole(BODY_BYTES_MAX); 80])), None);
        assert_eq!(pack(&a_run(vec![])), None);
    }

    #[test]
    fn a_bomb_and_every_wrong_length_is_refused() {
        let raw = codec::encode(&vec![whole(100)]);
        assert!(unpack(packed(&raw, raw.len())).is_ok());
        for wrong in [0, raw.len() - 1, raw.len() + 1, MESSAGE_BYTES_MAX, MESSAGE_BYTES_MAX + 1] {
            assert!(unpack(packed(&raw, wrong)).is_err());
        }
        let zeros = vec![0; 200 * 1024 * 1024];
        assert!(unpack(packed(&zeros, MESSAGE_BYTES_MAX)).is_err());
        let mut twice = packed(&raw, raw.len());
        twice.frame = Bounded::cut([&twice.frame[..], &twice.frame[..]].concat());
        assert!(unpack(twice).is_err());
    }

    #[test]
    fn a_wide_window_an_unknown_dictionary_and_a_long_body_are_refused() {
        let raw = codec::encode(&vec![whole(BODY_BYTES_MAX); 70]);
        let mut wide = zstd::bulk::Compressor::new(3).unwrap();
        wide.set_parameter(CParameter::WindowLog(RUN_WINDOW_LOG_MAX + 1)).unwrap();
        let mut run = packed(&raw, raw.len());
        run.frame = Bounded::cut(wide.compress(&raw).unwrap());
        assert!(unpack(run).is_err());
        let mut run = pack(&a_run(vec![whole(1)])).unwrap();
        run.dictionary = 1;
        assert!(unpack(run).is_err());
        assert!(unpack(pack(&a_run(vec![whole(BODY_BYTES_MAX + 1)])).unwrap()).is_err());
    }
}
