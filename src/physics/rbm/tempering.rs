//! Parallel tempering: the same dream at several temperatures, which exchange their states, so that a cold chain comes
//! out of a valley through the hot ones (Hukushima and Nemoto 1996; for these machines Desjardins et al. 2010).

use super::{
    chains::Chains,
    network::{Clamp, Network},
    noise::{Purpose, Streams},
};

/// The hottest temperature, over that of the dream.
const HOTTEST: f32 = 4.0;

/// Chains on a ladder of temperatures.
#[derive(Clone, Debug)]
pub struct Tempered {
    rungs: Vec<Chains>,
    factors: Vec<f32>,
    seed: u64,
    rounds: u64,
    accepted: Vec<u64>,
    offered: Vec<u64>,
}

impl Tempered {
    /// Returns `ladders` ladders of `rungs` rungs each, all in random states.
    #[must_use]
    pub fn from_noise(network: &Network, ladders: usize, rungs: usize, seed: u64) -> Self {
        Self::beginning(rungs, seed, |seed| Chains::from_noise(network, ladders, seed))
    }

    /// Returns ladders of `rungs` rungs each; `begin` makes the chains of a rung, as many for each, from a seed of their own.
    pub fn beginning(rungs: usize, seed: u64, begin: impl Fn(u64) -> Chains) -> Self {
        let rungs = rungs.max(2);
        let factor = |rung: usize| libm::powf(HOTTEST, rung as f32 / (rungs - 1) as f32);
        let streams = |rung: usize| seed.wrapping_add((rung as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15));
        Self {
            rungs: (0..rungs).map(|rung| begin(streams(rung))).collect(),
            factors: (0..rungs).map(factor).collect(),
            seed,
            rounds: 0,
            accepted: vec![0; rungs - 1],
            offered: vec![0; rungs - 1],
        }
    }

    /// Gibbs steps at all temperatures with an exchange between neighbours after each: with probability
    /// min(1, e^((1/T − 1/T′)(E − E′))).
    pub fn run(&mut self, network: &Network, temperature: f32, steps: u64, clamp: Option<&Clamp>) {
        for _ in 0..steps {
            for (rung, factor) in self.rungs.iter_mut().zip(&self.factors) {
                rung.run(network, temperature * factor, 1, clamp);
            }
            self.exchange(network, temperature);
        }
    }

    fn exchange(&mut self, network: &Network, temperature: f32) {
        let streams = Streams::new(self.seed, Purpose::Exchange, self.rounds);
        // Even and odd pairs in turn.
        for lower in ((self.rounds % 2) as usize..self.rungs.len() - 1).step_by(2) {
            let (cold, hot) = self.rungs.split_at_mut(lower + 1);
            let (cold, hot) = (&mut cold[lower], &mut hot[0]);
            let cooler = f64::from(1.0 / (temperature * self.factors[lower]));
            let hotter = f64::from(1.0 / (temperature * self.factors[lower + 1]));
            for row in 0..cold.count() {
                let (e, e_hot) = (cold.energy(network, row), hot.energy(network, row));
                let log_odds = (cooler - hotter) * (e - e_hot);
                self.offered[lower] += 1;
                if f64::from(streams.row(row).uniform(lower as u32)) < libm::exp(log_odds.min(0.0)) {
                    self.accepted[lower] += 1;
                    cold.swap_row(hot, row);
                }
            }
            cold.relist();
            hot.relist();
        }
        self.rounds += 1;
    }

    /// The chains at the temperature of the dream.
    pub fn coldest(&mut self) -> &mut Chains {
        &mut self.rungs[0]
    }

    /// Share of exchanges that were made, between each rung and the next.
    #[must_use]
    pub fn acceptance(&self) -> Vec<f64> {
        let share = |(&accepted, &offered): (&u64, &u64)| accepted as f64 / offered.max(1) as f64;
        self.accepted.iter().zip(&self.offered).map(share).collect()
    }
}
