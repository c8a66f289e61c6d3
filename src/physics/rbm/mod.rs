//! The restricted Boltzmann machine: a layer that sees and a layer that finds features, with connections only between
//! the two.
//!
//! Where to start: [`machine::Machine`] is the model as the textbook writes it, in plain sums. [`network::Network`] is
//! the same machine laid out for speed. [`trainer::Trainer`] learns (contrastive divergence), [`chains::Chains`] dream
//! (block Gibbs sampling), [`ais`] and [`exact`] find the partition function, [`measures`] say how well it goes.
//!
//! Conventions: states are 0 and 1, p ∝ e^(−E/T) with T = 1 unless said, energies and likelihoods in nats. With binary
//! pixels the same seed gives the same bits on every machine and with any number of threads; with Gaussian ones on one
//! machine, since matrix products depend on the processor.

pub mod ais;
pub mod bits;
pub mod chains;
pub mod exact;
pub mod kernel;
pub mod layer;
pub mod machine;
pub mod measures;
pub mod network;
pub mod noise;
pub mod pairs;
pub mod samples;
pub mod settings;
pub mod tempering;
pub mod trainer;
pub mod training;

pub use machine::{Machine, Shape, VisibleKind};
pub use samples::{Binarise, Samples};
pub use settings::{Method, Schedule, TrainerSettings};
pub use trainer::Trainer;

/// What does not fit.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum RbmError {
    /// A layer has no such size.
    #[error("{size} {name}: give {least} to {most}")]
    Size {
        /// What the number counts, as the message calls it.
        name: &'static str,
        /// The size given.
        size: usize,
        /// The least allowed.
        least: usize,
        /// The most allowed.
        most: usize,
    },
    /// Pictures of another size than the machine sees.
    #[error("pictures have {found} pixels, and the machine sees {expected}")]
    Pixels {
        /// What the machine sees.
        expected: usize,
        /// What came.
        found: usize,
    },
    /// A list of another length.
    #[error("'{name}' has {found} numbers; {expected} are expected")]
    Length {
        /// Which list it is, by the name of its field.
        name: &'static str,
        /// The length that fits.
        expected: usize,
        /// The length it has.
        found: usize,
    },
    /// A number that is none.
    #[error("'{name}' holds a number that is not finite")]
    NotFinite {
        /// Where.
        name: &'static str,
    },
    /// A setting is out of its range.
    #[error("{name} {value}: give {allowed}")]
    Setting {
        /// Which.
        name: &'static str,
        /// The value given.
        value: f64,
        /// What is allowed.
        allowed: &'static str,
    },
    /// No pictures.
    #[error("there are no pictures to learn from")]
    Empty,
    /// An exact sum over too many states.
    #[error("an exact sum needs a layer of at most {most} units; the smaller one has {units}")]
    TooLarge {
        /// Units of the smaller layer.
        units: usize,
        /// The most allowed.
        most: usize,
    },
}
