//! Work that waits for the browser once: a file beside the page, the clipboard. It sets no timer and repeats nothing; what
//! talks to the server is the driver's.

use std::future::Future;
use std::pin::Pin;

/// Begins the work. It reports its end itself, for example through a signal.
pub fn begin(work: Pin<Box<dyn Future<Output = ()>>>) {
    wasm_bindgen_futures::spawn_local(work);
}
