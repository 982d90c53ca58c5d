//! SQLite, here and nowhere else: migrations, entries, rows, open and close. Knows nothing of automerge or peers.
