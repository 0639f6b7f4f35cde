//! Turns domain events into sealed bytes and back: a key per person, a master key over them.
