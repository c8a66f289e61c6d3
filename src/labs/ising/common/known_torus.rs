//! Exact values of the torus on screen, which are too much work for every frame.

use crate::physics::ising::exact::{self, FiniteTorus};

/// Exact values of a square torus, worked out once for each size and temperature.
#[derive(Default)]
pub(in crate::labs::ising) struct KnownTorus {
    known: Option<(usize, f64, FiniteTorus)>,
}

impl KnownTorus {
    /// Returns what is known of the torus of this side at this temperature in J/k (Kaufman 1949).
    pub fn at(&mut self, side: usize, temperature: f64) -> FiniteTorus {
        match self.known {
            Some((known_side, known_temperature, torus)) if (known_side, known_temperature) == (side, temperature) => {
                torus
            }
            _ => {
                let torus = exact::finite_torus(side, temperature);
                self.known = Some((side, temperature, torus));
                torus
            }
        }
    }
}
