-- Rows in the order in which this phone got them: what is new here since somebody last looked. A row that is written again
-- comes last; no number is used twice. Rows are made of entries, so nothing need be carried over but the rows themselves.
CREATE TABLE numbered_rows (
    seq        INTEGER PRIMARY KEY AUTOINCREMENT,
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
    UNIQUE (audience, device, number)
);
INSERT INTO numbered_rows (audience, device, number, id, kind, author, subject, minute, tick, open_on, expires_on, about,
        conflicts, rest)
    SELECT audience, device, number, id, kind, author, subject, minute, tick, open_on, expires_on, about, conflicts, rest
    FROM rows ORDER BY rowid;
DROP TABLE rows;
ALTER TABLE numbered_rows RENAME TO rows;
CREATE INDEX rows_by_minute ON rows(minute, tick, id);
CREATE INDEX rows_by_kind ON rows(kind, minute, tick, id);
CREATE INDEX rows_in_conflict ON rows(minute, tick, id) WHERE conflicts > 0;
CREATE INDEX rows_by_about ON rows(about) WHERE about IS NOT NULL;
CREATE INDEX rows_by_opening ON rows(open_on) WHERE open_on IS NOT NULL;
