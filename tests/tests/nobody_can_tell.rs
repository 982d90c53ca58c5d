//! What one writes privately changes nothing on anybody else's phone (PROTOCOL.md, invariant 9; story 6.3): not one field
//! of one table, not the size of a file, not the length of a frame.
//!
//! A test of equality proves something only if it can fail. So the same comparison is made of a build of the core in
//! which private writes do leak, in four ways that real programs leak: by a shared counter, by a time, by a retry and
//! by a shared stream of randomness. The leaks are planted in a copy of the core's own code, at the places where such a
//! mistake would be made (`tests/tomorrow/build.rs`), and each must be found.

use kinweave_tests::private_world::World;
use kinweave_tests::seen::differences;
use kinweave_tests::tomorrow::private_world as leaking;
use kinweave_tomorrow::Leak;

#[test]
fn a_setback_leaves_no_trace_on_marta_s_phone() {
    let without = World::new().spring(false);
    let with = World::new().spring(true);
    assert_eq!(differences(&without, &with), Vec::<String>::new());
    let frames: usize = with.iter().flat_map(|seen| &seen.frames).flatten().map(Vec::len).sum();
    let lines: usize = with.iter().map(|seen| seen.tables.len()).sum();
    assert!(frames > 50 && lines > 200, "{frames} frames and {lines} rows were compared");
}

/// One test, since all homes of the leaking build leak alike.
#[test]
fn whatever_leaks_is_found() {
    let two_springs = |leak| {
        kinweave_tomorrow::spring(leak);
        let without = leaking::World::new().spring(false);
        let with = leaking::World::new().spring(true);
        differences(&without, &with)
            .into_iter()
            .map(|line| line.lines().next().unwrap_or_default().to_owned())
            .collect()
    };
    let found: Vec<String> = two_springs(Leak::Nothing);
    assert_eq!(found, Vec::<String>::new(), "the copy itself is as tight as the core");
    for (leak, where_it_shows) in [
        (Leak::Tick, "paused once more: tables"),
        (Leak::Timestamp, "paused once more: tables"),
        (Leak::Retry, "the days of the setback: frames"),
        (Leak::Randomness, "paused once more: tables"),
    ] {
        let found: Vec<String> = two_springs(leak);
        assert!(found.iter().any(|line| line.starts_with(where_it_shows)), "{leak:?} shows in {found:?}");
        assert!(!found[0].starts_with("counting"), "and not before there was anything to leak: {found:?}");
    }
}
