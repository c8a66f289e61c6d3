//! Whether the person or the system has asked the program to stop (Ctrl-C, or the signal that ends programs).

use std::sync::{
    OnceLock,
    atomic::{AtomicBool, AtomicUsize, Ordering},
};

static IS_ASKED: AtomicBool = AtomicBool::new(false);
static CALLED: OnceLock<Box<dyn Fn() + Send + Sync>> = OnceLock::new();

/// Calls this when the request comes, on a thread of its own; only what is given first is called.
pub fn when_asked(call: impl Fn() + Send + Sync + 'static) {
    let _ = CALLED.set(Box::new(call));
}

/// Waits under way that nothing but the end of the program can end.
static WAITS: AtomicUsize = AtomicUsize::new(0);

/// Does what may wait for ever for another program, such as reading from a pipe. In a program without a window the first
/// request to stop ends it then: it would not be noticed otherwise, and before its input is there nothing is finished.
pub fn waiting<T>(work: impl FnOnce() -> T) -> T {
    WAITS.fetch_add(1, Ordering::Relaxed);
    let result = work();
    WAITS.fetch_sub(1, Ordering::Relaxed);
    result
}

/// Listens from now on. A second request ends the program at once.
#[cfg(feature = "cli")]
pub fn listen() {
    // Where no handler can be had, the program ends as every program does.
    let _ = ctrlc::set_handler(|| {
        if IS_ASKED.swap(true, Ordering::Relaxed) {
            std::process::exit(130);
        }
        match CALLED.get() {
            Some(call) => call(),
            None if WAITS.load(Ordering::Relaxed) > 0 => std::process::exit(130),
            None => {}
        }
    });
}

/// Whether it was asked to stop.
#[must_use]
pub fn is_asked() -> bool {
    IS_ASKED.load(Ordering::Relaxed)
}
