//! automerge, here and nowhere else: read, edit from a base version, conflicts. Knows nothing of SQL, keys or peers.
