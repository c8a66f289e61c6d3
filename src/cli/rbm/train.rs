//! `spinscape rbm train`.

use std::path::PathBuf;

use clap::Args;
use web_time::Instant;

use super::pictures::{binarise, load, source};
use crate::{
    cli::{
        CliError,
        output::{Results, failed, pool, progress_bar, refuse, say, writable},
    },
    data::{
        machines::{self, MachineNotes},
        samples::Source,
    },
    physics::rbm::{
        Binarise, Machine, Method, Schedule, Shape, TrainerSettings, VisibleKind,
        machine::MOST_CLASSES,
        training::{Cause, Stepped, Training},
    },
    platform::{stopping, writing},
};

fn method(text: &str) -> Result<Method, String> {
    let wrong = || format!("'{text}' is not a trainer: give cd:K or pcd:K with K from 1 to 100");
    let (name, steps) = text.split_once(':').ok_or_else(wrong)?;
    let steps = steps.parse().ok().filter(|steps| (1..=100).contains(steps)).ok_or_else(wrong)?;
    match name {
        "cd" => Ok(Method::Cd(steps)),
        "pcd" => Ok(Method::Pcd(steps)),
        _ => Err(wrong()),
    }
}

fn schedule(text: &str) -> Result<Schedule, String> {
    match text {
        "constant" => Ok(Schedule::Constant),
        "linear" => Ok(Schedule::Linear),
        "1/t" => Ok(Schedule::InverseTime),
        _ => Err(format!("'{text}' is not a schedule: give constant, linear or 1/t")),
    }
}

fn units(text: &str) -> Result<VisibleKind, String> {
    match text {
        "binary" => Ok(VisibleKind::Binary),
        "gaussian" => Ok(VisibleKind::Gaussian),
        _ => Err(format!("'{text}' is not a kind of units: give binary or gaussian")),
    }
}

/// Learn from pictures, and save the machine.
///
/// Prints one CSV row an epoch. Columns: epoch (0 is before learning), seconds of learning, reconstruction_error ⟨(v − p)²⟩ a pixel,
/// free_energy_train and free_energy_validation ⟨F⟩ in nats (empty without validation pictures), pseudo_log_likelihood in
/// nats. Measures are taken on up to 500 pictures of each kind. Likelihoods of pictures made black and white afresh
/// ('sample') and by a threshold do not compare.
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub struct TrainArguments {
    /// builtin:digits[:COUNT], builtin:bars:SIDE, builtin:ising:SIDE:T[:COUNT], an IDX, IDX.gz or npy file, or a folder
    #[arg(long, value_parser = source, value_name = "DATA")]
    data: Source,
    /// Labels of the pictures, as IDX; they are learned too
    #[arg(long, value_name = "FILE")]
    labels: Option<PathBuf>,
    /// Exchange rows and columns of the pictures: some collections lie on their side, as EMNIST does
    #[arg(long)]
    turn: bool,
    /// Learn the labels of built-in digits too: the machine can then classify, and dream on command
    #[arg(long)]
    learn_labels: bool,
    /// Grey to black and white: sample (afresh in each epoch) or threshold
    #[arg(long, value_parser = binarise, default_value = "sample")]
    binarise: Binarise,
    /// Visible units: binary, or gaussian for grey pictures (rates near 0.001 then)
    #[arg(long, value_parser = units, default_value = "binary")]
    visible: VisibleKind,
    /// Part of the pictures held back for validation, 0 to below 1
    #[arg(long, default_value_t = 0.1, allow_hyphen_values = true)]
    validation: f64,
    /// Hidden units: 1 to 4096
    #[arg(long, default_value_t = 100)]
    hidden: usize,
    /// cd:K or pcd:K, with K Gibbs steps
    #[arg(long, value_parser = method, default_value = "pcd:1")]
    trainer: Method,
    /// Chains of persistent CD
    #[arg(long, default_value_t = 100)]
    particles: usize,
    /// Times through the pictures
    #[arg(long, default_value_t = 10)]
    epochs: u32,
    /// Pictures for each update
    #[arg(long, default_value_t = 100)]
    batch: usize,
    /// Learning rate
    #[arg(long, default_value_t = 0.05, allow_hyphen_values = true)]
    rate: f64,
    /// How the rate changes: constant, linear (to 0) or 1/t
    #[arg(long, value_parser = schedule, default_value = "constant")]
    schedule: Schedule,
    /// Part of the last move that goes on, 0 to below 1
    #[arg(long, default_value_t = 0.0, allow_hyphen_values = true)]
    momentum: f64,
    /// Weight decay in proportion to the weight
    #[arg(long, default_value_t = 0.0, allow_hyphen_values = true)]
    decay: f64,
    /// Weight decay of one strength
    #[arg(long, default_value_t = 0.0, allow_hyphen_values = true)]
    l1: f64,
    /// How often a hidden unit should be on; 0 leaves it free
    #[arg(long, default_value_t = 0.0, allow_hyphen_values = true)]
    sparsity: f64,
    /// Compare correlations after their means are taken off
    #[arg(long)]
    centring: bool,
    /// Threads [default: all]
    #[arg(long)]
    threads: Option<usize>,
    /// Seed of everything
    #[arg(long, default_value_t = 7)]
    seed: u64,
    /// File for the machine
    #[arg(long, value_name = "SAFETENSORS")]
    out: Option<PathBuf>,
    /// File for the weights alone
    #[arg(long, value_name = "NPY")]
    weights: Option<PathBuf>,
}

impl TrainArguments {
    fn settings(&self) -> TrainerSettings {
        TrainerSettings {
            method: self.trainer,
            particles: self.particles,
            batch: self.batch,
            rate: self.rate,
            schedule: self.schedule,
            momentum: self.momentum,
            l2: self.decay,
            l1: self.l1,
            sparsity: self.sparsity,
            centring: self.centring,
            binarise: self.binarise,
            epochs: self.epochs,
            seed: self.seed,
            ..TrainerSettings::default()
        }
    }

    /// A file of labels is given to be learned.
    fn learns_labels(&self) -> bool {
        self.learn_labels || self.labels.is_some()
    }

    pub(super) fn run(&self) -> Result<(), CliError> {
        let settings = self.settings();
        settings.validate().map_err(refuse)?;
        if !(0.0..1.0).contains(&self.validation) {
            return Err(CliError::Arguments("--validation: give 0 to below 1".to_owned()));
        }
        if let (Some(machine), Some(weights)) = (&self.out, &self.weights)
            && writing::is_same_file(machine, weights)
        {
            return Err(refuse("--out and --weights name the same file: give two names"));
        }
        for path in [&self.out, &self.weights].into_iter().flatten() {
            writable(path)?;
        }
        let pool = pool(self.threads)?;
        let samples = load(&self.data, self.labels.as_deref(), self.turn, self.seed)?;
        if self.learns_labels() && samples.classes() == 0 {
            return Err(CliError::Arguments("--learn-labels needs pictures with labels".to_owned()));
        }
        let (width, height) = (samples.width(), samples.height());
        let (train, validation) = samples.split(self.validation, self.seed);
        let shape = Shape {
            visible: samples.pixels(),
            classes: if self.learns_labels() { samples.classes().min(MOST_CLASSES) } else { 0 },
            hidden: self.hidden,
            kind: self.visible,
        };
        shape.validate().map_err(refuse)?;
        let megabytes = shape.training_memory(settings.batch, settings.chains()) >> 20;
        if megabytes > 1024 {
            say(&format!("learning takes {megabytes} MB of memory"));
        }
        let machine = Machine::new(shape, &train.means(), self.seed).map_err(refuse)?;
        let mut training = Training::new(machine, settings, train, validation).map_err(refuse)?;
        let (ran_away, results) = pool.install(|| self.learn(&mut training));
        let machine = training.trainer().network().machine();
        let notes = MachineNotes {
            width,
            height,
            epochs: training.epoch(),
            settings: Some(settings),
            data: self.data.name(),
            is_turned: false,
        };
        if let Some(path) = &self.out {
            machines::save(path, &machine, &notes).map_err(failed)?;
        }
        if let Some(path) = &self.weights {
            machines::export_npy(path, &machine).map_err(failed)?;
        }
        if let Some(cause) = ran_away {
            return Err(failed(ran_away_text(cause, training.epoch())));
        }
        if stopping::is_asked() {
            return Err(CliError::StoppedEarly);
        }
        results.end()
    }

    /// Prints the epochs as they end; answers why learning ran away, if it did.
    fn learn(&self, training: &mut Training) -> (Option<Cause>, Results) {
        let mut results = Results::default();
        results
            .line("epoch,seconds,reconstruction_error,free_energy_train,free_energy_validation,pseudo_log_likelihood");
        let bar = progress_bar(u64::from(self.epochs));
        let mut seconds = 0.0;
        loop {
            {
                let row = training.latest();
                let validation = row.free_energy_validation.map_or(String::new(), |f| f.to_string());
                let (error, free) = (row.reconstruction_error, row.free_energy_train);
                // Gaussian pixels have none.
                let pseudo = Some(row.pseudo_log_likelihood).filter(|value| value.is_finite());
                let pseudo = pseudo.map_or(String::new(), |value| value.to_string());
                results.line(&format!("{},{seconds:.3},{error},{free},{validation},{pseudo}", row.epoch));
            }
            bar.set_position(training.epoch());
            if training.epoch() >= u64::from(self.epochs) || stopping::is_asked() {
                break;
            }
            let began = Instant::now();
            loop {
                match training.step() {
                    Stepped::Batch if stopping::is_asked() => break,
                    Stepped::Batch => {}
                    Stepped::Epoch => break,
                    Stepped::RanAway(cause) => return (Some(cause), results),
                }
            }
            seconds += began.elapsed().as_secs_f64();
        }
        bar.finish_and_clear();
        (None, results)
    }
}

fn ran_away_text(cause: Cause, epoch: u64) -> String {
    let advice = match cause {
        Cause::Rate => "give a smaller --rate",
        Cause::Momentum => "give a smaller --momentum or --rate",
        Cause::GaussianRate => "gaussian units need a smaller --rate, near 0.001",
        Cause::Decay => "give a smaller --decay or --l1: times the rate, it is too strong",
        Cause::Sparsity => "give less sparsity",
    };
    format!("the weights blew up after epoch {epoch}: {advice}; the machine of that epoch is kept")
}
