-- What people search: the words of each row that has any, folded. A table of its own, so that whatever takes a row away,
-- replacing it included, takes its words along: a trigger on rows would not hear of a row that is replaced.
CREATE TABLE searched (
    doc   INTEGER PRIMARY KEY,          -- in the order of rows.minute: store::search::first_doc
    row   BLOB NOT NULL UNIQUE REFERENCES rows(id) ON DELETE CASCADE,
    words TEXT NOT NULL                 -- store::search::indexed
);

-- Folded words stand between spaces; whatever isn't ASCII belongs to a word.
CREATE VIRTUAL TABLE search USING fts5(words, content = 'searched', content_rowid = 'doc', columnsize = 0, tokenize = 'ascii');
-- Without it a removed word would stay in the index, marked as removed, until a merge some day.
INSERT INTO search(search, rank) VALUES ('secure-delete', 1);

CREATE TRIGGER searched_added AFTER INSERT ON searched BEGIN
    INSERT INTO search(rowid, words) VALUES (new.doc, new.words);
END;
CREATE TRIGGER searched_removed AFTER DELETE ON searched
        WHEN NOT EXISTS (SELECT 1 FROM meta WHERE key = 'clearing_search') BEGIN
    INSERT INTO search(search, rowid, words) VALUES ('delete', old.doc, old.words);
END;

-- The rows that are here are made anew at the next opening, and their words with them.
DELETE FROM meta WHERE key = 'judged_with';
