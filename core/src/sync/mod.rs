//! The engine: events in, effects out. Knows no disk, socket, clock or thread.
