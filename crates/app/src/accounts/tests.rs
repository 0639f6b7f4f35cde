//! Accounts, as their users see them.
