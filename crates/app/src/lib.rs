//! Turns an actor's wish into an authorised, idempotent, recorded decision, and keeps the promises that follow.
