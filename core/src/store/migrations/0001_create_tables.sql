-- Small facts about this home: who I am here, my keys, the circle.
CREATE TABLE meta (
    key   TEXT PRIMARY KEY,
    value BLOB NOT NULL
) WITHOUT ROWID;

-- Audiences of which entries are held. Ids on the wire are 32 bytes; inside, small numbers keep the indexes short.
CREATE TABLE audiences (
    id      INTEGER PRIMARY KEY,
    hash    BLOB NOT NULL UNIQUE,
    tag     INTEGER NOT NULL,           -- model::audience::AudienceTag, in its order
    members BLOB NOT NULL,              -- the members it names, sorted, 32 bytes each
    tick    INTEGER NOT NULL DEFAULT 0  -- the highest tick held
);

CREATE TABLE devices (
    id  INTEGER PRIMARY KEY,
    key BLOB NOT NULL UNIQUE
);

-- The log: one chain per audience and device. A stub has neither salt nor body, and its commitment stays.
CREATE TABLE entries (
    audience      INTEGER NOT NULL REFERENCES audiences(id),
    device        INTEGER NOT NULL REFERENCES devices(id),
    number        INTEGER NOT NULL,
    hash          BLOB NOT NULL,
    commitment    BLOB NOT NULL,
    salt          BLOB,
    body          BLOB,
    signature     BLOB,                 -- kept at numbers divisible by 64, at the head, and for every event
    state         INTEGER NOT NULL,     -- model::entry_state::EntryState::code
    tick          INTEGER NOT NULL,
    record_device INTEGER,              -- the create of the record it belongs to, in the same audience
    record_number INTEGER,
    about_device  INTEGER,              -- the create of the record that this record belongs to
    about_number  INTEGER,
    PRIMARY KEY (audience, device, number),
    -- Accepted (1) and waiting (32 to 63) entries have their body; every other state is that of a stub.
    CHECK ((body IS NOT NULL) = (state = 1 OR state BETWEEN 32 AND 63)),
    CHECK ((body IS NULL) = (salt IS NULL))
);
CREATE INDEX entries_by_record ON entries(audience, record_device, record_number) WHERE record_number IS NOT NULL;
CREATE INDEX entries_by_about ON entries(audience, about_device, about_number) WHERE about_number IS NOT NULL;
-- States 32 to 63 wait for something; 5 is a body that hasn't come.
CREATE INDEX entries_held ON entries(audience, device, number) WHERE state BETWEEN 32 AND 63;
CREATE INDEX entries_missing ON entries(audience, device, number) WHERE state = 5;

-- The read model: one row a record, rebuilt from the entries at any time.
CREATE TABLE rows (
    audience   INTEGER NOT NULL REFERENCES audiences(id),
    device     INTEGER NOT NULL REFERENCES devices(id),  -- the record's first create
    number     INTEGER NOT NULL,
    id         BLOB NOT NULL UNIQUE,    -- what apps call it
    kind       TEXT NOT NULL,
    author     BLOB NOT NULL,
    subject    BLOB,
    minute     INTEGER NOT NULL,        -- its own date, else what its writer's clock claims: minutes since 1970
    tick       INTEGER NOT NULL,
    open_on    INTEGER,                 -- days since 1970
    expires_on INTEGER,
    about      BLOB,                    -- audience, device and number of its parent
    conflicts  INTEGER NOT NULL,        -- how many fields are in conflict
    rest       TEXT NOT NULL,           -- model::record::Row as JSON
    PRIMARY KEY (audience, device, number)
);
CREATE INDEX rows_by_minute ON rows(minute, tick, id);
CREATE INDEX rows_by_kind ON rows(kind, minute, tick, id);
CREATE INDEX rows_in_conflict ON rows(minute, tick, id) WHERE conflicts > 0;
CREATE INDEX rows_by_about ON rows(about) WHERE about IS NOT NULL;

-- Where peers were last met, and what they last said they hold.
CREATE TABLE peers (
    device  BLOB PRIMARY KEY,
    address TEXT
) WITHOUT ROWID;
CREATE TABLE peer_vectors (
    device     BLOB NOT NULL,
    audience   INTEGER NOT NULL REFERENCES audiences(id),
    vector     BLOB NOT NULL,
    seen_at_ms INTEGER NOT NULL,
    PRIMARY KEY (device, audience)
) WITHOUT ROWID;
