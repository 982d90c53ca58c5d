//! Pure answers from records and a civil date. Knows nothing else.
