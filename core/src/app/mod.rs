//! The façade and the one owner thread that performs effects.
