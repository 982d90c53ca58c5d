-- A write costs its pages: each is encrypted, signed, written, and later moved out of the log. Here go those that it can do without.

-- Alone, the words of a row had FTS5 begin a segment and merge others: a third of a write's pages. Now they wait for more to come.
CREATE TABLE words_waiting (
    doc   INTEGER PRIMARY KEY,  -- where they will stand in searched
    row   BLOB NOT NULL,        -- rows.id
    words TEXT NOT NULL         -- store::search::indexed
);

-- A page of the index fits into one of the file. By itself FTS5 fills 4,050 bytes, and SQLCipher keeps 80 of 4,096 for itself.
INSERT INTO search(search, rank) VALUES ('pgsz', 3900);
INSERT INTO search(search) VALUES ('rebuild');

-- AUTOINCREMENT notes at every row which number was the last. That need be known only where the last row goes.
CREATE TABLE last_gone (seq INTEGER NOT NULL);
INSERT INTO last_gone SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'rows';
CREATE TABLE plain_rows (
    seq        INTEGER PRIMARY KEY,     -- the order in which this phone got them: store::rows
    audience   INTEGER NOT NULL,        -- audiences.id
    device     INTEGER NOT NULL,        -- devices.id, of the record's first create
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
    rest       TEXT NOT NULL,           -- what it says
    head       BLOB NOT NULL,           -- store::row_form::Head
    doc        INTEGER,                 -- searched.doc or words_waiting.doc; none without words
    UNIQUE (audience, device, number)
);
INSERT INTO plain_rows SELECT * FROM rows ORDER BY seq;
DROP TABLE rows;
ALTER TABLE plain_rows RENAME TO rows;
CREATE INDEX rows_by_minute ON rows(minute, tick, id);
CREATE INDEX rows_by_kind ON rows(kind, minute, tick, id);
CREATE INDEX rows_in_conflict ON rows(minute, tick, id) WHERE conflicts > 0;
CREATE INDEX rows_by_about ON rows(about) WHERE about IS NOT NULL;
CREATE INDEX rows_by_opening ON rows(open_on) WHERE open_on IS NOT NULL;
CREATE INDEX shares_by_source ON rows(json_extract(rest, '$.fields.source')) WHERE kind = 'share';
CREATE INDEX shares_by_copy ON rows(json_extract(rest, '$.fields.copy')) WHERE kind = 'share';
CREATE INDEX rows_by_expiry ON rows(author, expires_on, audience, device, number) WHERE expires_on IS NOT NULL;
-- Of no other kind anybody asks how many there are.
CREATE INDEX check_ins_counted ON rows(audience, author, open_on, expires_on) WHERE kind = 'check_in';
