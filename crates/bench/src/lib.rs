//! Measures, beside a peer, and writes the numbers down.
