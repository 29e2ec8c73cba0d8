//! Enums that are stored and sent under a stable lower-case code.

/// A closed set of values, each with one stable code.
///
/// The code is what the database and the API hold; it never changes once published.
pub trait Code: Sized + Copy + 'static {
    /// Every value, in its natural order.
    const TOUS: &'static [Self];
    /// The stable code of the value.
    fn code(self) -> &'static str;
    /// What the value means, in English: the comment of its declaration.
    fn meaning(self) -> &'static str;
    /// The value of a code, or `None` for a code of another version.
    fn du_code(code: &str) -> Option<Self> {
        Self::TOUS.iter().copied().find(|v| v.code() == code)
    }
}

/// Declares an enum with its codes, its serde names and its OpenAPI schema.
#[macro_export]
macro_rules! enum_code {
    ($(#[$meta:meta])* $vis:vis enum $name:ident { $($(#[doc = $doc:literal])+ $variant:ident = $code:tt),+ $(,)? }) => {
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, ::serde::Serialize, ::serde::Deserialize)]
        #[cfg_attr(feature = "openapi", derive(::utoipa::ToSchema))]
        $(#[$meta])*
        $vis enum $name { $($(#[doc = $doc])+ #[serde(rename = $code)] $variant),+ }

        impl $crate::code::Code for $name {
            const TOUS: &'static [Self] = &[$(Self::$variant),+];
            fn code(self) -> &'static str {
                match self { $(Self::$variant => $code),+ }
            }
            fn meaning(self) -> &'static str {
                match self { $(Self::$variant => concat!($($doc),+)),+ }
            }
        }
    };
}
