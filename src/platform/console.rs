//! The terminal that the program was started from, if there is one.

use std::io::{self, IsTerminal, Write};

/// Says something to the person, where there is somebody to hear it.
pub fn say(text: &str) {
    // Where nobody listens there is nobody to tell either.
    let _ = writeln!(io::stderr(), "spinscape: {text}");
}

/// Says several lines to the person, with a mark before them where that is a terminal: without Unicode it is rare, but a pipe
/// to a log is not.
pub fn complain(lines: &str) {
    let mark = if io::stderr().is_terminal() { "\u{2716} " } else { "" };
    let _ = writeln!(io::stderr(), "{mark}{lines}");
}

/// Prints a result on a line of its own.
///
/// # Errors
/// If the output cannot be written, as when its reader has gone.
pub fn print(line: &str) -> io::Result<()> {
    print_bytes(format!("{line}\n").as_bytes())
}

/// Prints results as they are.
///
/// # Errors
/// If the output cannot be written, as when its reader has gone.
pub fn print_bytes(bytes: &[u8]) -> io::Result<()> {
    let mut output = io::stdout().lock();
    output.write_all(bytes).and_then(|()| output.flush())
}
