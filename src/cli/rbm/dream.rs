//! `spinscape rbm dream`.

use std::path::PathBuf;

use clap::Args;

use super::pictures::opened;
use crate::{
    cli::{
        CliError,
        output::{Results, progress_bar, refuse, sheet, writable},
    },
    physics::rbm::{
        Machine, VisibleKind,
        chains::Chains,
        network::{Clamp, Network},
        tempering::Tempered,
    },
    platform::stopping,
};

/// Temperatures of a tempered dream.
const RUNGS: usize = 8;
/// Memory that dreams may take, in bytes.
const MOST_MEMORY: u64 = 2 << 30;

/// Let a machine dream, and save a sheet of the dreams.
///
/// The sheet is a picture, and one CSV row is printed. Chains begin at noise and make Gibbs steps at a temperature T; what is drawn are the probabilities of the pixels given
/// the hidden units. Columns: chains, steps, temperature, label, mean_free_energy of the dreams in nats.
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub struct DreamArguments {
    /// A machine saved before
    machine: PathBuf,
    /// Dreams: 1 to 10000
    #[arg(long, default_value_t = 100)]
    count: usize,
    /// Gibbs steps
    #[arg(long, default_value_t = 1000)]
    steps: u64,
    /// Temperature T, 0.05 to 20
    #[arg(long, default_value_t = 1.0, allow_hyphen_values = true)]
    temperature: f64,
    /// Dream of this label, for a machine that learned labels
    #[arg(long)]
    label: Option<usize>,
    /// Exchange states with hotter dreams, which come round more
    #[arg(long)]
    tempered: bool,
    /// Seed
    #[arg(long, default_value_t = 7)]
    seed: u64,
    /// File for the sheet
    #[arg(long, value_name = "PNG")]
    out: PathBuf,
}

impl DreamArguments {
    pub(super) fn run(&self) -> Result<(), CliError> {
        if !(1..=10_000).contains(&self.count) {
            return Err(CliError::Arguments("--count: give 1 to 10000".to_owned()));
        }
        if !(0.05..=20.0).contains(&self.temperature) {
            return Err(CliError::Arguments("--temperature: give 0.05 to 20".to_owned()));
        }
        writable(&self.out)?;
        let (machine, notes) = opened(&self.machine)?;
        let copies = if self.tempered { RUNGS } else { 1 };
        let fitting = MOST_MEMORY / (machine.shape.dreaming_memory(1) * copies as u64);
        if self.count as u64 > fitting {
            return Err(refuse(format!("--count: of a machine of this size at most {fitting} dreams fit into memory")));
        }
        let clamp = self.label.map(|label| dream_of(&machine, label)).transpose()?;
        let network = Network::new(&machine);
        let temperature = self.temperature as f32;
        let bar = progress_bar(self.steps);
        let mut done = 0;
        let mut run = |step: &mut dyn FnMut()| {
            while done < self.steps && !stopping::is_asked() {
                step();
                done += 1;
                bar.set_position(done);
            }
        };
        let mut dreams = if self.tempered {
            let mut tempered = Tempered::from_noise(&network, self.count, RUNGS, self.seed);
            run(&mut || tempered.run(&network, temperature, 1, clamp.as_ref()));
            tempered.coldest().clone()
        } else {
            let mut chains = Chains::from_noise(&network, self.count, self.seed);
            run(&mut || chains.run(&network, temperature, 1, clamp.as_ref()));
            chains
        };
        bar.finish_and_clear();
        let mean = mean_free_energy(&machine, &dreams);
        let shown = dreams.pictures(&network, temperature, clamp.as_ref());
        let grey: Vec<u8> = (0..self.count)
            .flat_map(|row| shown.row(row)[..machine.shape.visible].iter().map(|&p| (255.0 * p).round() as u8))
            .collect();
        sheet(&self.out, notes.width, notes.height, &grey)?;
        let mut results = Results::default();
        results.line("chains,steps,temperature,label,mean_free_energy");
        let label = self.label.map_or(String::new(), |label| label.to_string());
        results.line(&format!("{},{},{},{label},{mean}", self.count, done, self.temperature));
        results.end()?;
        if done < self.steps { Err(CliError::StoppedEarly) } else { Ok(()) }
    }
}

fn dream_of(machine: &Machine, label: usize) -> Result<Clamp, CliError> {
    let shape = machine.shape;
    if shape.classes == 0 {
        return Err(refuse("--label: this machine has learned no labels; train it with --learn-labels"));
    }
    Clamp::label(shape, label).ok_or_else(|| refuse(format!("--label: give 0 to {}", shape.classes - 1)))
}

fn mean_free_energy(machine: &Machine, dreams: &Chains) -> f64 {
    let shape = machine.shape;
    let of = |row: usize| {
        let layer = dreams.visible();
        let state: Vec<f32> = match shape.kind {
            VisibleKind::Gaussian => layer.input.row(row).to_vec(),
            VisibleKind::Binary => layer.bits.values(row).map(|on| f32::from(u8::from(on))).collect(),
        };
        machine.free_energy(&state)
    };
    (0..dreams.count()).map(of).sum::<f64>() / dreams.count() as f64
}
