//! Whether the person or the system has asked the program to stop (Ctrl-C, or the signal that ends programs).

use std::sync::{
    OnceLock,
    atomic::{AtomicBool, Ordering},
};

static IS_ASKED: AtomicBool = AtomicBool::new(false);
static CALLED: OnceLock<Box<dyn Fn() + Send + Sync>> = OnceLock::new();

/// Calls this when the request comes, on a thread of its own; only what is given first is called.
pub fn when_asked(call: impl Fn() + Send + Sync + 'static) {
    let _ = CALLED.set(Box::new(call));
}

/// Listens from now on. A second request ends the program at once.
#[cfg(feature = "cli")]
pub fn listen() {
    // Where no handler can be had, the program ends as every program does.
    let _ = ctrlc::set_handler(|| {
        if IS_ASKED.swap(true, Ordering::Relaxed) {
            std::process::exit(130);
        }
        if let Some(call) = CALLED.get() {
            call();
        }
    });
}

/// Whether it was asked to stop.
#[must_use]
pub fn is_asked() -> bool {
    IS_ASKED.load(Ordering::Relaxed)
}
