//! Folds records into tables that answer what screens ask, and can be rebuilt from nothing.
