-- A row knows where its words stand in the index. An index of the words by the row's id, which is random, is a page more to read and
-- to write with every row, and after years mostly one that isn't at hand.
ALTER TABLE rows ADD COLUMN doc INTEGER;  -- searched.doc; none without words
UPDATE rows SET doc = (SELECT doc FROM searched WHERE row = rows.id);
CREATE TABLE searched_now (
    doc   INTEGER PRIMARY KEY,  -- in the order of rows.minute: store::search::first_doc
    row   BLOB NOT NULL,        -- rows.id
    words TEXT NOT NULL         -- store::search::indexed
);
INSERT INTO searched_now SELECT doc, row, words FROM searched;
DROP TABLE searched;
ALTER TABLE searched_now RENAME TO searched;
