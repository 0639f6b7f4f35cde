//! What both tables of texts have in common.

/// Writes the type, its words and its arguments from one table, so that none of them is forgotten.
macro_rules! texts {
    ($type:ident $($(#[$doc:meta])* $code:literal $name:ident $({ $($arg:ident),+ })? => $english:literal;)*) => {
        #[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
        pub enum $type {
            $($(#[$doc])* #[error($english)] $name $({ $($arg: String),+ })?,)*
        }

        impl $type {
            /// Every word that `code` gives.
            pub const CODES: &[&str] = &[$($code),*];

            /// A stable word, for translations.
            pub const fn code(&self) -> &'static str {
                match self {
                    $(Self::$name $({ $($arg: _),+ })? => $code,)*
                }
            }

            /// What its text names.
            pub fn args(&self) -> Vec<(&'static str, &str)> {
                match self {
                    $(Self::$name $({ $($arg),+ })? => vec![$($((stringify!($arg), $arg.as_str())),+)?],)*
                }
            }
        }
    };
}

pub(super) use texts;
