//! What a machine leaves for the next start of the program, and how it is taken up again.

use serde::{Deserialize, Serialize};

use super::{
    run::{Before, LikelihoodPoint, Run},
    settings::{Configuration, RbmSettings},
};
use crate::{
    data::bundle::Bundle,
    physics::rbm::{
        Machine, RbmError, Samples, Shape,
        pairs::Covariances,
        trainer::TrainerState,
        training::{EpochMeasures, Training, TrainingState},
    },
};

/// A machine that waits for its pictures.
pub(super) struct Waiting {
    /// What it is made of.
    pub configuration: Configuration,
    content: Content,
}

enum Content {
    /// From a file, after so many epochs.
    Machine(Box<Machine>, u64),
    /// From an earlier start of the program: with all that its learning needs.
    Left(Box<TrainingState>, Before),
}

/// What stands beside the arrays.
#[derive(Serialize, Deserialize)]
struct About {
    configuration: Configuration,
    shape: Shape,
    updates: u64,
    next: usize,
    epoch: u64,
    spacing: u64,
    likelihood: Vec<LikelihoodPoint>,
    /// Epoch, noise and mismatch of the pairs early on.
    early: Option<(u64, f64, f64)>,
    has_heard_of_the_dead: bool,
}

impl Waiting {
    /// A machine from a file that has learned for so many epochs.
    pub fn for_machine(machine: Box<Machine>, epochs: u64, configuration: Configuration) -> Self {
        Self { configuration, content: Content::Machine(machine, epochs) }
    }

    /// Whether these are its pictures: which beginning it was does not count over a start of the program.
    pub fn is_of(&self, configuration: &Configuration) -> bool {
        let run = if matches!(self.content, Content::Left(..)) { configuration.run } else { self.configuration.run };
        Configuration { run, ..self.configuration.clone() } == *configuration
    }

    /// Goes on with these pictures.
    ///
    /// # Errors
    /// If they do not fit the machine.
    pub fn begin(
        self,
        configuration: Configuration,
        settings: &RbmSettings,
        train: Samples,
        validation: Option<Samples>,
    ) -> Result<Run, RbmError> {
        let (training, before) = match self.content {
            Content::Machine(machine, epochs) => {
                let training = Training::taught(*machine, epochs, settings.trainer, train, validation)?;
                (training, Before::default())
            }
            Content::Left(state, before) => (Training::resume(&state, settings.trainer, train, validation)?, before),
        };
        Ok(Run::new(configuration, training, settings, before))
    }

    /// Reads what [`leave`] has written; none where it is something else.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let bundle = Bundle::from_bytes(bytes)?;
        let about: About = bundle.about()?;
        let floats = |name: &str| bundle.array::<f32>(name);
        let machine = Machine {
            shape: about.shape,
            weights: floats("weights")?,
            visible_bias: floats("visible_bias")?,
            hidden_bias: floats("hidden_bias")?,
        };
        machine.validate().ok()?;
        let trainer = TrainerState {
            machine,
            velocity: floats("velocity")?,
            visible_velocity: floats("visible_velocity")?,
            hidden_velocity: floats("hidden_velocity")?,
            visible_centre: floats("visible_centre")?,
            hidden_centre: floats("hidden_centre")?,
            activity: floats("activity")?,
            dreams: bundle.array("dreams")?,
            updates: about.updates,
        };
        let curve = bundle.array::<f64>("curve")?.as_chunks().0.iter().map(point_of).collect();
        let (next, epoch, spacing) = (about.next, about.epoch, about.spacing);
        let state = TrainingState { trainer, order: bundle.array("order")?, next, epoch, curve, spacing };
        let pairs = about.early.and_then(|(epoch, noise, mismatch)| {
            let (data, dream) = (bundle.array("early_data")?, bundle.array("early_dream")?);
            (data.len() == dream.len()).then_some((epoch, Covariances { data, dream, noise, mismatch }))
        });
        let (likelihood, has_heard_of_the_dead) = (about.likelihood, about.has_heard_of_the_dead);
        let before = Before { pairs, likelihood, has_heard_of_the_dead };
        Some(Self { configuration: about.configuration, content: Content::Left(Box::new(state), before) })
    }
}

/// Writes a machine with all that its learning needs; none for one that has learned nothing.
pub(super) fn leave(run: &Run) -> Option<Vec<u8>> {
    if !run.is_taught() {
        return None;
    }
    let TrainingState { trainer, order, next, epoch, curve, spacing } = run.training.state();
    let mut bundle = Bundle::new(&About {
        configuration: run.configuration.clone(),
        shape: trainer.machine.shape,
        updates: trainer.updates,
        next,
        epoch,
        spacing,
        likelihood: run.likelihood.clone(),
        early: run.early_pairs.as_ref().map(|(epoch, pairs)| (*epoch, pairs.noise, pairs.mismatch)),
        has_heard_of_the_dead: run.has_heard_of_the_dead,
    });
    for (name, numbers) in [
        ("weights", &trainer.machine.weights),
        ("visible_bias", &trainer.machine.visible_bias),
        ("hidden_bias", &trainer.machine.hidden_bias),
        ("velocity", &trainer.velocity),
        ("visible_velocity", &trainer.visible_velocity),
        ("hidden_velocity", &trainer.hidden_velocity),
        ("visible_centre", &trainer.visible_centre),
        ("hidden_centre", &trainer.hidden_centre),
        ("activity", &trainer.activity),
    ] {
        bundle.put(name, numbers);
    }
    bundle.put("dreams", &trainer.dreams);
    bundle.put("order", &order);
    // Numbers that may not be finite have no place in the text.
    bundle.put("curve", &curve.iter().flat_map(numbers_of).collect::<Vec<f64>>());
    if let Some((_, pairs)) = &run.early_pairs {
        bundle.put("early_data", &pairs.data);
        bundle.put("early_dream", &pairs.dream);
    }
    bundle.to_bytes()
}

/// A point of the curve as numbers; what is not known is no number.
fn numbers_of(point: &EpochMeasures) -> [f64; 7] {
    [
        point.epoch as f64,
        point.reconstruction_error,
        point.free_energy_train,
        point.free_energy_validation.unwrap_or(f64::NAN),
        point.pseudo_log_likelihood,
        point.dead as f64,
        point.saturated as f64,
    ]
}

fn point_of(&[epoch, error, train, validation, likelihood, dead, saturated]: &[f64; 7]) -> EpochMeasures {
    EpochMeasures {
        epoch: epoch as u64,
        reconstruction_error: error,
        free_energy_train: train,
        free_energy_validation: Some(validation).filter(|value| !value.is_nan()),
        pseudo_log_likelihood: likelihood,
        dead: dead as usize,
        saturated: saturated as usize,
    }
}
