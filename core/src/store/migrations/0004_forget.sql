-- What the owner of this phone removed lately, on this phone only, until it is brought back or its days are over.
CREATE TABLE trash (
    id            BLOB PRIMARY KEY,     -- random: the record's own id goes with the record
    removed_at_ms INTEGER NOT NULL,
    item          TEXT NOT NULL         -- store::trash::Trashed as JSON
) WITHOUT ROWID;

-- Rows that end some day, for the sweep that takes them away.
CREATE INDEX rows_by_expiry ON rows(expires_on) WHERE expires_on IS NOT NULL;
