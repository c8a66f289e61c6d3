//! The drawing as the machine sees it: which hidden units are on, what it would draw itself, and what it takes it for.

use crate::physics::rbm::{
    VisibleKind,
    bits::Bits,
    chains::Chains,
    measures::class_probabilities,
    network::{Clamp, Network},
    samples::INK,
};

/// Chains that complete the drawing; what is shown is their mean.
const CHAINS: usize = 8;
/// How much of the mean of the steps before is kept.
const MEMORY: f32 = 0.8;

/// The drawing and what becomes of it.
#[derive(Default)]
pub(super) struct Completion {
    drawing: Vec<f32>,
    hidden_pixels: Vec<bool>,
    chains: Option<Chains>,
    clamp: Option<Clamp>,
    mean: Vec<f32>,
    looked: Vec<f32>,
    classes: Vec<f64>,
    /// Changed since it was last looked at.
    stale: bool,
}

impl Completion {
    /// Another drawing or another part of it hidden.
    pub fn set_drawing(&mut self, drawing: &[f32], hidden_pixels: &[bool]) {
        if self.drawing == drawing && self.hidden_pixels == hidden_pixels && self.chains.is_some() {
            return;
        }
        self.drawing = drawing.to_vec();
        self.hidden_pixels = hidden_pixels.to_vec();
        self.chains = None;
        self.stale = true;
    }

    fn fits(&self, network: &Network) -> bool {
        self.drawing.len() == network.shape().visible && self.drawing.iter().any(|&ink| ink > 0.0)
    }

    /// Looks at a new drawing at once, also when nothing runs.
    pub fn look(&mut self, network: Option<&Network>) {
        let Some(network) = network.filter(|network| self.fits(network)) else {
            (self.chains, self.mean, self.looked, self.classes) = (None, Vec::new(), Vec::new(), Vec::new());
            return;
        };
        if self.stale || self.chains.is_none() || self.looked.len() != network.shape().hidden {
            self.begin(network);
            let steps = if self.is_whole() { 1 } else { 40 };
            (0..steps).for_each(|_| self.advance(network));
            self.stale = false;
        }
    }

    fn is_whole(&self) -> bool {
        !self.hidden_pixels.contains(&true)
    }

    fn begin(&mut self, network: &Network) {
        let mut chains = Chains::from_noise(network, CHAINS, 1);
        let noise: Vec<Vec<bool>> = (0..CHAINS).map(|row| chains.visible().bits.values(row).collect()).collect();
        let drawing = |row: usize| -> Vec<f32> {
            let noise = &noise[row];
            let at = |pixel: usize| {
                let hidden = self.hidden_pixels.get(pixel).copied().unwrap_or(false);
                if hidden { f32::from(u8::from(noise[pixel])) } else { self.drawing[pixel] }
            };
            (0..self.drawing.len()).map(at).collect()
        };
        chains.set_pictures(network, drawing);
        // What is seen stays; a whole drawing is looked at and drawn again.
        self.clamp = (!self.is_whole()).then(|| {
            let scale = if network.shape().kind == VisibleKind::Gaussian { INK } else { 1.0 };
            let held = |(&ink, &hidden): (&f32, &bool)| (!hidden).then_some(scale * ink);
            Clamp::new(self.drawing.iter().zip(&self.hidden_pixels).map(held))
        });
        self.mean = self.drawing.clone();
        self.mean.iter_mut().zip(&self.hidden_pixels).filter(|(_, hidden)| **hidden).for_each(|(mean, _)| *mean = 0.5);
        self.chains = Some(chains);
        self.classify(network);
    }

    /// p(label | drawing), by free energies; only of a whole drawing.
    fn classify(&mut self, network: &Network) {
        self.classes.clear();
        let shape = network.shape();
        if shape.classes == 0 || shape.kind == VisibleKind::Gaussian {
            return;
        }
        let mut bits = Bits::zeros(1, shape.units());
        for (pixel, &ink) in self.drawing.iter().enumerate() {
            bits.set(0, pixel, ink >= 0.5);
        }
        self.classes = class_probabilities(network, &bits, 0);
    }

    /// One Gibbs step while something runs.
    pub fn step(&mut self, network: &Network) {
        if !self.fits(network) || self.chains.is_none() {
            return;
        }
        if self.is_whole() {
            // Looked at afresh: the machine may have learned since.
            self.begin(network);
        }
        self.advance(network);
    }

    fn advance(&mut self, network: &Network) {
        let shape = network.shape();
        let memory = if self.is_whole() { 0.0 } else { MEMORY };
        let Some(chains) = &mut self.chains else { return };
        chains.run(network, 1.0, 1, self.clamp.as_ref());
        let seen = chains.hidden_probabilities(network);
        self.looked.clear();
        self.looked.extend_from_slice(seen);
        let pictures = chains.pictures(network, 1.0, self.clamp.as_ref());
        for pixel in 0..shape.visible {
            let now = (0..CHAINS).map(|row| pictures.row(row)[pixel]).sum::<f32>() / CHAINS as f32;
            self.mean[pixel] = memory * self.mean[pixel] + (1.0 - memory) * now;
        }
    }

    /// Copies what a frame shows.
    pub fn fill(&self, network: &Network, looked: &mut Vec<f32>, completed: &mut Vec<f32>, classes: &mut Vec<f64>) {
        let fits = self.fits(network);
        looked.clear();
        completed.clear();
        classes.clear();
        if fits {
            looked.extend_from_slice(&self.looked);
            completed.extend_from_slice(&self.mean);
            classes.extend_from_slice(&self.classes);
        }
    }
}
