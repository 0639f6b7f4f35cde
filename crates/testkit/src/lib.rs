//! A running app in one line, time that a test moves, faults that it orders.
