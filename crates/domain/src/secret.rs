//! Values that must never be printed.

/// A value whose `Debug` says nothing: passwords, tokens, NIR.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret<T>(T);

impl<T> Secret<T> {
    /// Hides `valeur`.
    pub const fn new(valeur: T) -> Self {
        Self(valeur)
    }

    /// The hidden value, at the place where it is used.
    pub const fn expose(&self) -> &T {
        &self.0
    }
}

impl<T> std::fmt::Debug for Secret<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(…)")
    }
}
