//! Couplings and fields drawn by chance and then fixed.

use rand::{Rng, RngExt};
use serde::{Deserialize, Serialize};

use super::GraphError;
use crate::physics::statistics::normal;

/// What is left to chance.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub enum Disorder {
    /// Nothing.
    #[default]
    None,
    /// So large a share of sites holds no spin.
    DilutedSites(f64),
    /// So large a share of bonds is missing.
    DilutedBonds(f64),
    /// Every spin has a field of its own, up or down, of this strength in J.
    RandomField(f64),
    /// Every bond is +J or −J with equal chance: a spin glass (Edwards and Anderson 1975).
    PlusMinus,
    /// Every bond is normally distributed, with mean 0 and variance J².
    Gaussian,
}

impl std::fmt::Display for Disorder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::None => f.write_str("none"),
            Self::DilutedSites(share) => write!(f, "dilute:{share}"),
            Self::DilutedBonds(share) => write!(f, "dilute-bonds:{share}"),
            Self::RandomField(strength) => write!(f, "random-field:{strength}"),
            Self::PlusMinus => f.write_str("pm-j"),
            Self::Gaussian => f.write_str("gaussian"),
        }
    }
}

impl std::str::FromStr for Disorder {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || {
            format!("'{text}' is not a disorder: give none, pm-j, gaussian, dilute:P, dilute-bonds:P or random-field:H")
        };
        let disorder = match text.split_once(':') {
            None => match text {
                "none" => Self::None,
                "pm-j" => Self::PlusMinus,
                "gaussian" => Self::Gaussian,
                _ => return Err(wrong()),
            },
            Some((name, value)) => {
                let value: f64 = value.parse().map_err(|_| wrong())?;
                match name {
                    "dilute" => Self::DilutedSites(value),
                    "dilute-bonds" => Self::DilutedBonds(value),
                    "random-field" => Self::RandomField(value),
                    _ => return Err(wrong()),
                }
            }
        };
        disorder.validate().map_err(|error| error.to_string())?;
        Ok(disorder)
    }
}

impl Disorder {
    /// Checks shares and strengths.
    ///
    /// # Errors
    /// If one is out of range.
    pub fn validate(self) -> Result<(), GraphError> {
        let (value, fits) = match self {
            Self::None | Self::PlusMinus | Self::Gaussian => return Ok(()),
            Self::DilutedSites(share) | Self::DilutedBonds(share) => (share, (0.0..=1.0).contains(&share)),
            Self::RandomField(strength) => (strength, strength.is_finite() && strength >= 0.0),
        };
        if fits { Ok(()) } else { Err(GraphError::Disorder(value)) }
    }

    /// Whether bonds of both signs are drawn.
    #[must_use]
    pub fn has_signs(self) -> bool {
        matches!(self, Self::PlusMinus | Self::Gaussian)
    }

    /// Factor of one bond's coupling. Every kind draws the same words, so that one seed gives the same bonds' places.
    pub fn coupling(self, rng: &mut impl Rng) -> f64 {
        let (first, second) = (rng.random::<f64>(), rng.random::<f64>());
        match self {
            Self::None | Self::DilutedSites(_) | Self::RandomField(_) => 1.0,
            Self::DilutedBonds(share) => f64::from(u8::from(first >= share)),
            Self::PlusMinus => {
                if first < 0.5 {
                    1.0
                } else {
                    -1.0
                }
            }
            Self::Gaussian => normal(first, second),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_again() {
        for disorder in [
            Disorder::None,
            Disorder::PlusMinus,
            Disorder::Gaussian,
            Disorder::DilutedSites(0.1),
            Disorder::DilutedBonds(0.25),
            Disorder::RandomField(1.5),
        ] {
            assert_eq!(disorder.to_string().parse(), Ok(disorder));
        }
        for wrong in ["", "glass", "dilute", "dilute:x", "dilute:2", "random-field:-1", "pm-j:1"] {
            assert!(wrong.parse::<Disorder>().expect_err(wrong).contains("give"), "{wrong}");
        }
    }
}
