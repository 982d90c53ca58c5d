//! The core as a later version might be: `build.rs` copies it and makes the few edits that are listed there. Nothing in
//! the core itself knows of this, and no switch in it can be left on by mistake.
#![allow(clippy::all, reason = "it is the core's own code, which is linted there")]

use std::sync::atomic::{AtomicI64, AtomicU8, Ordering};

/// What a leaking core lets others see of private writes. A test that can't tell any of these would prove nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Leak {
    /// Nothing: the copy behaves as the core does.
    Nothing = 0,
    /// Ticks are counted over all audiences and not in each.
    Tick = 1,
    /// A record carries the minute at which its writer last wrote anything at all.
    Timestamp = 2,
    /// Private news, too, wakes the sessions with other people's phones, which say where they stand once more.
    Retry = 3,
    /// Randomness is one stream, and not drawn by label.
    Randomness = 4,
}

static LEAK: AtomicU8 = AtomicU8::new(0);

/// From now on every home of this process that this crate has opened leaks like this.
pub fn spring(leak: Leak) {
    LEAK.store(leak as u8, Ordering::SeqCst);
}

/// Whether homes leak like this; asked by the edited places.
pub(crate) fn leaks(leak: Leak) -> bool {
    LEAK.load(Ordering::SeqCst) == leak as u8
}

/// The minute that a new record claims: now, or, where that leaks, the one of the write before it.
pub(crate) fn last_write(now: i64) -> i64 {
    static LAST: AtomicI64 = AtomicI64::new(0);
    let last = LAST.swap(now, Ordering::SeqCst);
    if leaks(Leak::Timestamp) { last } else { now }
}

include!(concat!(env!("OUT_DIR"), "/core/src/lib.rs"));
