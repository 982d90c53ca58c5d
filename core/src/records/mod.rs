//! How a record is written, received, shared, erased, projected and read. Knows no socket, thread, clock or message.
