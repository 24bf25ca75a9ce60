//! Waits for Ctrl-C, or for the signal to stop that `kill` and process managers send.

/// Returns when a person or the system asks this program to stop.
pub async fn asked_to_end() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = tokio::signal::ctrl_c() => {}
                _ = terminate.recv() => {}
            }
            return;
        }
    }
    // Without a handler, Ctrl-C stops the program directly.
    let _ = tokio::signal::ctrl_c().await;
}
