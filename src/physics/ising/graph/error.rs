//! What can be wrong with the design of a graph.

/// Why a graph cannot be made.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
pub enum GraphError {
    /// The side is odd, too small or too large.
    #[error("size {side} is not allowed on this lattice: give an even number from {least} to {most}")]
    Side {
        /// What was asked for.
        side: usize,
        /// The smallest.
        least: usize,
        /// The largest.
        most: usize,
    },
    /// The side is too small or too large.
    #[error(
        "size {side} is not allowed on this lattice: give an even number from {least_even} to {most}, or an odd one from \
         {least_odd} to {most_odd}"
    )]
    AnySide {
        /// What was asked for.
        side: usize,
        /// The smallest even one.
        least_even: usize,
        /// The largest even one.
        most: usize,
        /// The smallest odd one.
        least_odd: usize,
        /// The largest odd one.
        most_odd: usize,
    },
    /// A share is not between 0 and 1, or a strength is not a finite number of at least 0.
    #[error("disorder of {0} is not allowed: give a share from 0 to 1, or a strength of 0 or more")]
    Disorder(f64),
    /// Next neighbours are known on the square lattice only.
    #[error("a coupling to next neighbours needs the square lattice and a finite number")]
    NextCoupling,
    /// Bits are for ±J bonds on a square torus, updated spin by spin.
    #[error("this needs ±J bonds on a square torus with joined edges, and Metropolis or heat bath")]
    NotAGlass,
}
