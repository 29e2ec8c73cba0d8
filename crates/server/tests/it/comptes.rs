//! Accounts, sessions, passwords.

mod origine;
