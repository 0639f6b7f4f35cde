//! Speaks HTTP: pages, live updates, JSON, and their description.
