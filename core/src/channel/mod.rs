//! Noise: bytes in, authenticated bytes out. Knows frames and padding; knows nothing of records.
