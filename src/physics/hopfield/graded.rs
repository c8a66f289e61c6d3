//! Graded neurons (Hopfield 1984): outputs V_i = tanh(g u_i) between −1 and 1, inputs with du_i/dt = Σ_j w_ij V_j − θ_i − u_i.
//!
//! With symmetric weights E = −½ Σ w_ij V_i V_j + Σ θ_i V_i + (1/g) Σ_i ∫₀^{V_i} artanh v dv falls along every trajectory. A step
//! relaxes u exactly towards the pull of the outputs at its beginning (exponential Euler), which is stable for any length; a
//! step that would raise the energy is taken again at half the length, down to where rounding is all that is left.

use std::sync::Arc;

use super::{HopfieldError, Network, Quadratic, patterns};

/// Longest step in units of the membrane time.
const LONGEST_STEP: f64 = 0.25;
/// Below this the trajectory stands still.
const SHORTEST_STEP: f64 = 1e-6;
/// Outputs that move less than this in a unit of time are at rest.
const AT_REST: f64 = 1e-7;

/// A network of graded neurons on its way.
#[derive(Clone, Debug)]
pub struct GradedRecall {
    network: Arc<Network>,
    gain: f64,
    inputs: Vec<f64>,
    outputs: Vec<f64>,
    pull: Vec<f64>,
    energy: f64,
    time: f64,
    step: f64,
    at_rest: bool,
    tried: [Vec<f64>; 3],
}

impl GradedRecall {
    /// Begins with outputs at 0.9 of the probe's ±1; a gain g > 0 of 1 is soft, of 20 nearly on and off.
    ///
    /// # Errors
    /// If the network has no symmetric weights, the probe does not fit, or the gain is not positive.
    pub fn new(network: Arc<Network>, probe: &[i8], gain: f64) -> Result<Self, HopfieldError> {
        patterns::validate(probe, network.neurons())?;
        validate_gain(gain)?;
        weights_of(&network)?;
        let outputs: Vec<f64> = probe.iter().map(|&spin| 0.9 * f64::from(spin)).collect();
        let inputs = outputs.iter().map(|output| libm::atanh(*output) / gain).collect();
        let pull = vec![0.0; outputs.len()];
        let tried = [pull.clone(), pull.clone(), pull.clone()];
        let mut recall = Self {
            network,
            gain,
            inputs,
            outputs,
            pull,
            energy: 0.0,
            time: 0.0,
            step: LONGEST_STEP,
            at_rest: false,
            tried,
        };
        recall.refresh();
        Ok(recall)
    }

    /// What each neuron hears, smoothed in time: u_i. With [`Self::time`] this is where the recall stands.
    #[must_use]
    pub fn inputs(&self) -> &[f64] {
        &self.inputs
    }

    /// A recall that goes on from these inputs at this time, with the same network and gain.
    ///
    /// # Errors
    /// As [`Self::new`], or if an input is not finite.
    pub fn resume(
        network: Arc<Network>,
        inputs: Vec<f64>,
        time: f64,
        at_rest: bool,
        gain: f64,
    ) -> Result<Self, HopfieldError> {
        let mut recall = Self::new(network, &vec![1; inputs.len()], gain)?;
        if let Some(&value) = inputs.iter().chain([&time]).find(|value| !value.is_finite()) {
            return Err(HopfieldError::Parameter { name: "input", value, allowed: "a number" });
        }
        (recall.inputs, recall.time) = (inputs, time);
        recall.set_gain(gain)?;
        recall.at_rest = at_rest;
        Ok(recall)
    }

    /// Changes the gain on the way; the inputs stay.
    ///
    /// # Errors
    /// If it is not positive.
    pub fn set_gain(&mut self, gain: f64) -> Result<(), HopfieldError> {
        validate_gain(gain)?;
        self.gain = gain;
        self.outputs.iter_mut().zip(&self.inputs).for_each(|(output, input)| *output = libm::tanh(gain * input));
        self.refresh();
        Ok(())
    }

    /// Sets a neuron's output from outside to 0.9 of ±1, as a brush does.
    pub fn set_neuron(&mut self, neuron: usize, value: i8) {
        self.outputs[neuron] = 0.9 * f64::from(value.signum());
        self.inputs[neuron] = libm::atanh(self.outputs[neuron]) / self.gain;
        self.refresh();
    }

    /// V_i, from −1 to 1.
    #[must_use]
    pub fn outputs(&self) -> &[f64] {
        &self.outputs
    }

    /// Returns the energy E of the present activities, in the unit of the weights; along a trajectory it never rises
    /// (Hopfield, Proc. Natl. Acad. Sci. USA 81, 3088, 1984, DOI 10.1073/pnas.81.10.3088).
    #[must_use]
    pub fn energy(&self) -> f64 {
        self.energy
    }

    /// Time so far, in units of the membrane time.
    #[must_use]
    pub fn time(&self) -> f64 {
        self.time
    }

    /// Whether nothing moves any more.
    #[must_use]
    pub fn is_at_rest(&self) -> bool {
        self.at_rest
    }

    /// One step in time; the energy does not rise.
    pub fn step(&mut self) {
        let network = Arc::clone(&self.network);
        // Checked when it was made.
        let Ok(weights) = weights_of(&network) else { return };
        let [mut inputs, mut outputs, mut pull] = std::mem::take(&mut self.tried);
        while !self.at_rest {
            let relax = -libm::expm1(-self.step);
            for (place, input) in inputs.iter_mut().enumerate() {
                let target = self.pull[place] - weights.threshold(place);
                *input = self.inputs[place] + relax * (target - self.inputs[place]);
                outputs[place] = libm::tanh(self.gain * *input);
            }
            weights.pull(&outputs, &mut pull);
            let energy = energy(weights, &inputs, &outputs, &pull, self.gain);
            if energy <= self.energy {
                let moves = outputs.iter().zip(&self.outputs).map(|(new, old)| (new - old).abs());
                self.at_rest = moves.fold(0.0, f64::max) < AT_REST * self.step;
                self.time += self.step;
                self.energy = energy;
                std::mem::swap(&mut self.inputs, &mut inputs);
                std::mem::swap(&mut self.outputs, &mut outputs);
                std::mem::swap(&mut self.pull, &mut pull);
                self.step = (2.0 * self.step).min(LONGEST_STEP);
                break;
            }
            self.step /= 2.0;
            self.at_rest = self.step < SHORTEST_STEP;
        }
        self.tried = [inputs, outputs, pull];
    }

    fn refresh(&mut self) {
        let network = Arc::clone(&self.network);
        if let Ok(weights) = weights_of(&network) {
            weights.pull(&self.outputs, &mut self.pull);
            self.energy = energy(weights, &self.inputs, &self.outputs, &self.pull, self.gain);
        }
        self.at_rest = false;
        self.step = LONGEST_STEP;
    }
}

fn energy(weights: &Quadratic, inputs: &[f64], outputs: &[f64], pull: &[f64], gain: f64) -> f64 {
    let neurons = inputs.iter().zip(outputs).zip(pull).enumerate();
    let terms = neurons.map(|(neuron, ((input, output), pull))| {
        // (1/g) ∫₀^V artanh v dv = (1/g) [V artanh V + ½ ln(1 − V²)], and artanh V = g u; ln(1 − tanh²) = −2 ln cosh.
        let integral = output * input - log_cosh(gain * input) / gain;
        (weights.threshold(neuron) - 0.5 * pull) * output + integral
    });
    terms.sum()
}

/// ln cosh x without overflow.
fn log_cosh(x: f64) -> f64 {
    x.abs() + libm::log1p(libm::exp(-2.0 * x.abs())) - std::f64::consts::LN_2
}

fn weights_of(network: &Network) -> Result<&Quadratic, HopfieldError> {
    match network.quadratic() {
        Some(weights) if weights.is_symmetric() => Ok(weights),
        _ => Err(HopfieldError::NoSymmetricWeights),
    }
}

fn validate_gain(gain: f64) -> Result<(), HopfieldError> {
    if gain > 0.0 && gain.is_finite() {
        Ok(())
    } else {
        Err(HopfieldError::Parameter { name: "gain", value: gain, allowed: "a positive number" })
    }
}
