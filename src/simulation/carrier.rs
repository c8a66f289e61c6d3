//! What a simulation leaves behind when it ends, and the next start of the program goes on with.

/// Keeps what one simulation leaves, from one start of the program to the next. It is asked on the simulation's thread, where
/// it may wait for a disk.
pub trait Carrier: Send + Sync {
    /// Returns what was left last; none where nothing was, or where it cannot be read any more.
    fn take_up(&self) -> Option<Vec<u8>>;

    /// Keeps this in place of what was left before; `None` leaves nothing.
    fn leave(&self, left: Option<Vec<u8>>);

    /// The simulation came to grief. Where it had not yet left anything since it took up what it found, that may be the
    /// reason, and is put out of the way.
    fn came_to_grief(&self);
}
