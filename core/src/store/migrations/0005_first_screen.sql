-- What the first screen asks each time, without a look at every row of ten years.

-- How many rows of a kind somebody has in an audience: from the index alone.
CREATE INDEX rows_counted ON rows(kind, audience, author, open_on, expires_on);
-- Which copies a record has, and of what a record is a copy: by the notes that a member's own devices keep.
CREATE INDEX shares_by_source ON rows(json_extract(rest, '$.fields.source')) WHERE kind = 'share';
CREATE INDEX shares_by_copy ON rows(json_extract(rest, '$.fields.copy')) WHERE kind = 'share';
