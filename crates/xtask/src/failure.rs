//! Why a command stopped, in one sentence that says what to do.

use std::fmt::{self, Display};

/// The sentence shown to the developer.
#[derive(Debug, PartialEq, Eq)]
pub struct Failure(String);

/// The result of every command and step.
pub type Result<T, E = Failure> = std::result::Result<T, E>;

impl Failure {
    /// A failure told in `sentence`.
    pub fn new(sentence: impl Into<String>) -> Self {
        Self(sentence.into())
    }
}

impl Display for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// Turns the error of a library into a [`Failure`] that says what was being done.
pub trait OrFail<T> {
    /// Keeps the value, or fails with `what: the cause`.
    fn or_fail(self, what: impl FnOnce() -> String) -> Result<T>;
}

impl<T, E: Display> OrFail<T> for std::result::Result<T, E> {
    fn or_fail(self, what: impl FnOnce() -> String) -> Result<T> {
        // The alternate form prints the chain of causes of an `anyhow::Error`.
        self.map_err(|cause| Failure(format!("{}: {cause:#}", what())))
    }
}
