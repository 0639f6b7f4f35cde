//! Carries records from the log to whoever listens, in order, at least once.
