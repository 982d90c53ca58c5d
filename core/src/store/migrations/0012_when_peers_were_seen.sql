-- When a peer last said what it holds, beside what it said: two phones that meet without news say the same as the last time, and that
-- isn't written again.
CREATE TABLE peers_seen (
    device     BLOB NOT NULL,
    audience   INTEGER NOT NULL REFERENCES audiences(id),
    seen_at_ms INTEGER NOT NULL,
    PRIMARY KEY (device, audience)
) WITHOUT ROWID;
INSERT INTO peers_seen SELECT device, audience, seen_at_ms FROM peer_vectors;
ALTER TABLE peer_vectors DROP COLUMN seen_at_ms;
