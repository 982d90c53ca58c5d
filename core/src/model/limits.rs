//! Every cap of the protocol, in one table. A length from outside is compared with it before memory is reserved.

/// A message on a channel, and a run after inflation, in bytes.
pub const MESSAGE_BYTES_MAX: usize = 1_280 * 1024;
/// zstd window of a run, as a power of two.
pub const RUN_WINDOW_LOG_MAX: u32 = 20;
/// An entry's body, in bytes.
pub const BODY_BYTES_MAX: usize = 16 * 1024;
/// Entries of one record.
pub const RECORD_ENTRIES_MAX: usize = 4_096;
/// Bodies of one record together, in bytes.
pub const RECORD_BYTES_MAX: usize = 1024 * 1024;
/// The body of a keys or roster event, in bytes.
pub const EVENT_BYTES_MAX: usize = 4 * 1024;
/// Keys and roster events of one circle.
pub const EVENTS_MAX: usize = 4_096;
/// Members of a circle, those who left included.
pub const MEMBERS_MAX: usize = 32;
/// Active devices of one member.
pub const DEVICES_PER_MEMBER_MAX: usize = 8;
/// Audiences two devices share.
pub const AUDIENCES_PER_PAIR_MAX: usize = 256;
/// Feeds of an audience that may still grow.
pub const FEEDS_ACTIVE_MAX: usize = 256;
/// Feeds of an audience, closed ones included.
pub const FEEDS_MAX: usize = 1_024;
/// Sides of one feed that has forked. Beyond it nothing more of the feed is taken.
pub const SIDES_MAX: usize = 16;
/// Pairings under way at once.
pub const PAIRINGS_MAX: usize = 3;
/// Tokens of a beacon, at least and at most: it always has one of these numbers.
pub const BEACON_TOKENS_MIN: usize = 8;
/// See [`BEACON_TOKENS_MIN`].
pub const BEACON_TOKENS_MAX: usize = 16;
/// A beacon is on the air for so long, in milliseconds.
pub const BEACON_MS: i64 = 60 * 60 * 1000;
/// Services of others on the local network that are looked at, known ones or not.
pub const SIGHTINGS_MAX: usize = 256;
/// Addresses of one service that are tried.
pub const SIGHTING_ADDRESSES_MAX: usize = 8;

/// Connections at once.
pub const CONNECTIONS_MAX: usize = 64;
/// Connections at once of which it isn't known yet who is there. One more ends the oldest of them.
pub const STRANGERS_MAX: usize = 16;
/// Whoever connects says who they are within so many milliseconds, however slowly bytes drip.
pub const HANDSHAKE_MS: u64 = 10_000;
/// A meeting in which nothing arrives for so many milliseconds is over.
pub const IDLE_MS: u64 = 30_000;
/// People need time to compare words, in milliseconds.
pub const PAIRING_IDLE_MS: u64 = 10 * 60_000;
/// Whoever doesn't answer within so many milliseconds isn't there.
pub const CONNECT_MS: u64 = 5_000;
/// A connection that stays is asked for a sign of life after so many milliseconds of silence, by the system below,
pub const KEEP_ALIVE_MS: u64 = 20_000;
/// then every so many milliseconds,
pub const KEEP_ALIVE_EVERY_MS: u64 = 5_000;
/// and is over when so many stay without an answer: a phone that went out of reach says no goodbye.
pub const KEEP_ALIVE_TRIES: u32 = 4;
/// A phone nearby is called again after so many milliseconds; each time in vain doubles them,
pub const REDIAL_MS_MIN: u64 = 2_000;
/// up to so many, and each is drawn from a quarter less to a quarter more.
pub const REDIAL_MS_MAX: u64 = 5 * 60_000;

/// Entries in one run.
pub const RUN_ENTRIES_MAX: usize = 8_192;
/// Ranges in the `wants` of a `Have`.
pub const WANT_RANGES_MAX: usize = 1_024;
/// The keys and roster proof of a device not yet known, in bytes.
pub const PROOF_BYTES_MAX: usize = 64 * 1024;
/// The highest number an entry can have in its feed.
pub const NUMBER_MAX: u64 = (1 << 48) - 1;
/// Highest tick; ticks saturate here.
pub const TICK_MAX: u64 = (1 << 48) - 1;
/// Signatures are kept and travel at numbers that this divides.
pub const SIGNED_EVERY: u64 = 64;

/// The name of a time zone; IANA's longest has 32 characters.
pub const ZONE_NAME_CHARS_MAX: usize = 40;
/// The offset of a date-time, in minutes east or west of UTC.
pub const OFFSET_MINUTES_MAX: i32 = 840;

/// Operations in one automerge change.
pub const CHANGE_OPERATIONS_MAX: u64 = 4_096;
/// How far the first operation of a change may lie beyond its ancestors' last.
pub const START_OPERATION_STEP_MAX: u64 = 16_384;
/// The highest operation counter a document may reach.
pub const OPERATION_COUNTER_MAX: u64 = 1 << 20;
/// automerge's concurrency level of an actor.
pub const CONCURRENCY_LEVEL_MAX: u64 = 16;

/// A pairing code lives this long, in milliseconds.
pub const PAIRING_CODE_MS: i64 = 10 * 60 * 1000;
/// Wrong tries that kill a pairing code.
pub const PAIRING_TRIES_MAX: u32 = 5;
/// Days that an erased record can be brought back on the erasing device.
pub const TRASH_DAYS: u32 = 7;
/// Rows a read answers at most.
pub const PAGE_ROWS_MAX: u32 = 1_000;
/// Steps of a record's history that are answered.
pub const HISTORY_STEPS_MAX: usize = 500;
/// Characters of what is searched for.
pub const SEARCH_CHARACTERS_MAX: usize = 200;
/// Words, or phrases in quotes, of what is searched for.
pub const SEARCH_WORDS_MAX: usize = 16;
/// Bytes that an app's own connection is given at once.
pub const TRANSPORT_CHUNK_BYTES: usize = 64 * 1024;
/// Bytes that wait for an app's own connection before it counts as lost.
pub const TRANSPORT_WAITING_BYTES_MAX: usize = 8 * 1024 * 1024;
