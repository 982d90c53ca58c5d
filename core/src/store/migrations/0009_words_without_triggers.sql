-- A statement with triggers or a cascade can be undone alone, and before each of those FTS5 writes all that it holds back to the
-- disk. That took half of the time that a thousand rows take to go. So whoever writes a row or takes one away tells the index:
-- store::search, as store::rows does.
DROP TRIGGER searched_added;
DROP TRIGGER searched_removed;
CREATE TABLE searched_now (
    doc   INTEGER PRIMARY KEY,  -- in the order of rows.minute: store::search::first_doc
    row   BLOB NOT NULL UNIQUE, -- rows.id
    words TEXT NOT NULL         -- store::search::indexed
);
INSERT INTO searched_now SELECT doc, row, words FROM searched;
DROP TABLE searched;
ALTER TABLE searched_now RENAME TO searched;
