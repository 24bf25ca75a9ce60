//! Waiting for Ctrl-C, or for the order to end that `kill` and process managers send.

/// Returns when the person or the system asks this program to end.
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
    // Without a handler Ctrl-C ends the program by itself: nothing is left to wait for.
    let _ = tokio::signal::ctrl_c().await;
}
