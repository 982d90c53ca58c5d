-- A row whose table refers to others is taken away by a statement that can be undone alone, where an index needs a function besides;
-- and before each of those FTS5 writes all that it holds back to the disk. Rows are made of entries, which refer to the same.
CREATE TABLE lone_rows (
    seq        INTEGER PRIMARY KEY AUTOINCREMENT,
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
    UNIQUE (audience, device, number)
);
INSERT INTO lone_rows SELECT * FROM rows ORDER BY seq;
-- No number is used twice, not even that of a row which has gone.
DELETE FROM sqlite_sequence WHERE name = 'lone_rows';
UPDATE sqlite_sequence SET name = 'lone_rows' WHERE name = 'rows';
DROP TABLE rows;
ALTER TABLE lone_rows RENAME TO rows;
CREATE INDEX rows_by_minute ON rows(minute, tick, id);
CREATE INDEX rows_by_kind ON rows(kind, minute, tick, id);
CREATE INDEX rows_in_conflict ON rows(minute, tick, id) WHERE conflicts > 0;
CREATE INDEX rows_by_about ON rows(about) WHERE about IS NOT NULL;
CREATE INDEX rows_by_opening ON rows(open_on) WHERE open_on IS NOT NULL;
CREATE INDEX rows_counted ON rows(kind, audience, author, open_on, expires_on);
CREATE INDEX shares_by_source ON rows(json_extract(rest, '$.fields.source')) WHERE kind = 'share';
CREATE INDEX shares_by_copy ON rows(json_extract(rest, '$.fields.copy')) WHERE kind = 'share';
-- What runs out goes from the phones of others. Their own records stay with a family for years, long past that day, and a sweep
-- that has to pass by all of them takes longer every year.
CREATE INDEX rows_by_expiry ON rows(author, expires_on, audience, device, number) WHERE expires_on IS NOT NULL;
