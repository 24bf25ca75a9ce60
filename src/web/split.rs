//! Parts of the program that are fetched when they are first needed.
//!
//! `cargo xtask dist` builds with the feature `split` and divides the program at the functions marked here: what only they
//! reach goes into their part. Any other build is of one piece, and every part is there at once.

/// A part of the program did not arrive.
#[derive(Debug)]
pub struct Missing;

#[cfg(feature = "split")]
impl From<leptos::wasm_split::SplitLoaderError> for Missing {
    fn from(_: leptos::wasm_split::SplitLoaderError) -> Self {
        // Why is in the browser's console, and nowhere else: the loader hands on a yes or no.
        Self
    }
}

/// Marks a function as the way into a part: `async`, and [`Missing`] where the part could not be fetched.
macro_rules! part {
    ($part:ident: fn $name:ident($($given:ident: $type:ty)?) -> $answer:ty { $body:expr }) => {
        #[cfg(feature = "split")]
        #[leptos::wasm_split::wasm_split($part, fallible, wasm_split_path = leptos::wasm_split)]
        fn $name($($given: $type)?) -> Result<$answer, $crate::web::split::Missing> {
            Ok($body)
        }

        #[cfg(not(feature = "split"))]
        async fn $name($($given: $type)?) -> Result<$answer, $crate::web::split::Missing> {
            Ok($body)
        }
    };
}

pub(crate) use part;
