-- Where the feed of a device parted, because two copies of it wrote: each side is a feed of its own from there on, under a
-- key that nobody signs with. Audiences and devices by their keys, not their numbers: a proof may come before any entry.
CREATE TABLE sides (
    key      BLOB PRIMARY KEY,
    audience BLOB NOT NULL,
    device   BLOB NOT NULL,
    number   INTEGER NOT NULL,  -- the first that differs
    previous BLOB NOT NULL,     -- the hash before it
    first    BLOB NOT NULL,     -- the hash of this side's first entry
    proof    BLOB               -- of a side that somebody else proved: model::fork::SideProof
) WITHOUT ROWID;
CREATE INDEX sides_by_feed ON sides(audience, device);
