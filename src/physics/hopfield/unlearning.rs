//! Unlearning (Hopfield, Feinstein, Palmer 1983): fall asleep from a random state, and take a little of where that ends
//! out of the weights. False memories are met more often than true ones, so they lose more.

use std::sync::Arc;

use rand::{RngExt, SeedableRng, rngs::Xoshiro256PlusPlus};

use super::{
    Dynamics, HopfieldError, Network, Recall,
    patterns::random_bits,
    quadratic::{on_grid, weight_spacing},
    rules::Watch,
};

/// Sweeps after which a dream that does not settle is taken as it is.
const LONGEST_DREAM: u64 = 200;

/// How to unlearn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Unlearning {
    /// Dreams.
    pub dreams: u32,
    /// ε: w −= (ε/N) s s for each dream; 0.01 in the paper.
    pub strength: f64,
    /// Seed of the random states.
    pub seed: u64,
}

impl Unlearning {
    /// Unlearns. Dense networks have no weights to take from and stay as they are. `None` if `watch` ended it.
    ///
    /// # Errors
    /// If the strength is not a number between 0 and 1, or too small to be felt beside the weights.
    pub fn of(&self, network: Network, watch: Watch<'_>) -> Result<Option<Network>, HopfieldError> {
        if !(self.strength > 0.0 && self.strength < 1.0) {
            let allowed = "a number between 0 and 1";
            return Err(HopfieldError::Parameter { name: "strength", value: self.strength, allowed });
        }
        let Network::Quadratic(mut quadratic) = network else { return Ok(Some(network)) };
        let neurons = quadratic.neurons();
        let step = self.strength / neurons as f64 / quadratic.unit();
        let most = quadratic.outgoing().iter().fold(0.0_f32, |most, weight| most.max(weight.abs()));
        // Room for all dreams pulling the same way; what lies finer is rounded off once, here.
        let spacing = weight_spacing(f64::from(most) + f64::from(self.dreams) * step);
        quadratic.outgoing_mut().iter_mut().for_each(|weight| *weight = on_grid(f64::from(*weight), spacing) as f32);
        let step = on_grid(step, spacing) as f32;
        if step == 0.0 {
            let allowed = "more: beside these weights it rounds to nothing";
            return Err(HopfieldError::Parameter { name: "strength", value: self.strength, allowed });
        }
        let mut network = Arc::new(Network::Quadratic(quadratic));
        let mut rng = Xoshiro256PlusPlus::seed_from_u64(self.seed);
        for dream in 0..self.dreams {
            let start = random_bits(neurons, &mut rng);
            let mut recall = Recall::new(Arc::clone(&network), &start, Dynamics::RandomOrder, rng.random())?;
            recall.run(LONGEST_DREAM);
            let end = recall.state().to_vec();
            drop(recall);
            // The recall is gone, so this is the only owner and nothing is copied.
            if let Network::Quadratic(quadratic) = Arc::make_mut(&mut network) {
                quadratic.add_outer(&end, -step);
            }
            if !watch(f64::from(dream + 1) / f64::from(self.dreams)) {
                return Ok(None);
            }
        }
        Ok(Some(Arc::unwrap_or_clone(network)))
    }
}
