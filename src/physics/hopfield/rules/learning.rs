//! What a learning rule is, and what it leaves behind.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::physics::hopfield::{HopfieldError, Network, Patterns};

/// Is called with the part that is done, 0 to 1, from any thread, and ends the work early by returning `false`.
pub type Watch<'a> = &'a (dyn Fn(f64) -> bool + Sync);

/// A network, and what the person should know about it.
#[derive(Clone, Debug, PartialEq)]
pub struct Learned {
    /// The network.
    pub network: Network,
    /// What did not go as one might think.
    pub notice: Option<LearningNotice>,
}

/// What the person should know about a learned network.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum LearningNotice {
    /// Memories depend on each other: only so many carry information of their own.
    Dependent {
        /// How many.
        independent: usize,
    },
    /// The perceptron gave up at its limit of sweeps: so many neurons do not hold every memory with the margin.
    Unfinished {
        /// How many neurons.
        neurons: usize,
    },
    /// So many memories equal an earlier one or its negative, and were passed over: storing one again would take it away.
    Repeated {
        /// How many memories.
        memories: usize,
    },
}

impl fmt::Display for LearningNotice {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Dependent { independent } => {
                write!(formatter, "only {independent} of the memories are independent; the others follow from these")
            }
            Self::Unfinished { neurons } => {
                write!(formatter, "learning was not finished: {neurons} neurons do not hold every memory")
            }
            Self::Repeated { memories } => {
                write!(formatter, "memories that equal an earlier one or its negative were passed over: {memories}")
            }
        }
    }
}

/// A learning rule.
pub trait LearningRule {
    /// Learns all memories from scratch, and returns none if `watch` ended that.
    ///
    /// # Errors
    /// If the rule cannot learn these memories.
    fn learn(&self, patterns: &Patterns, watch: Watch<'_>) -> Result<Option<Learned>, HopfieldError>;

    /// Adds the last of the memories to a network that has learned the others with this rule, with the same result as
    /// learning from scratch. `false` leaves the network as it is: this rule must learn all of them anew.
    fn add(&self, _network: &mut Network, _patterns: &Patterns) -> bool {
        false
    }

    /// Takes a memory out of a network that has learned it and these others with this rule; `false` as for [`Self::add`].
    fn remove(&self, _network: &mut Network, _others: &Patterns, _removed: &[i8]) -> bool {
        false
    }
}

/// Checks that there is a memory to learn.
pub(super) fn not_empty(patterns: &Patterns) -> Result<(), HopfieldError> {
    if patterns.is_empty() { Err(HopfieldError::NoPatterns) } else { Ok(()) }
}
