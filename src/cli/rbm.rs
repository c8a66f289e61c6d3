//! `spinscape rbm`: learning, likelihood and dreams of a Boltzmann machine without a window.

use std::{
    io::Write,
    path::{Path, PathBuf},
};

use clap::{Args, Subcommand};
use web_time::Instant;

use super::{
    CliError,
    output::{destination, pool, progress_bar},
};
use crate::{
    data::{
        machines::{self, MachineNotes},
        pictures,
        samples::Source,
    },
    physics::rbm::{
        Binarise, Machine, Method, Samples, Schedule, Shape, TrainerSettings, VisibleKind,
        ais::Annealing,
        chains::Chains,
        exact,
        machine::MOST_CLASSES,
        measures::log_likelihoods,
        network::{Clamp, Network},
        tempering::Tempered,
        training::{Cause, Stepped, Training},
    },
};

/// Digits that are made where no number is given.
const DIGITS: usize = 10_000;
/// Pixels a pixel in a sheet of dreams.
const ZOOM: usize = 3;
/// Temperatures of a tempered dream.
const RUNGS: usize = 8;

/// Subcommands of the Boltzmann machine.
#[derive(Debug, Subcommand)]
pub enum RbmCommand {
    /// Learn from pictures, and save the machine
    Train(TrainArguments),
    /// How likely a machine finds pictures
    Likelihood(LikelihoodArguments),
    /// Let a machine dream, and save a sheet of the dreams
    Dream(DreamArguments),
}

impl RbmCommand {
    /// Runs it.
    ///
    /// # Errors
    /// If an argument does not fit, a file cannot be used, or the output cannot be written.
    pub fn run(&self) -> Result<(), CliError> {
        match self {
            Self::Train(arguments) => arguments.run(),
            Self::Likelihood(arguments) => arguments.run(),
            Self::Dream(arguments) => arguments.run(),
        }
    }
}

const DATA: &str = "builtin:digits[:COUNT], builtin:bars:SIDE, builtin:ising:SIDE:T[:COUNT], or a file: IDX, IDX.gz, npy, \
                    or a folder of pictures";

/// Reads where pictures come from.
fn source(text: &str) -> Result<Source, String> {
    let wrong = || format!("'{text}' is not a collection of pictures: give {DATA}");
    let Some(name) = text.strip_prefix("builtin:") else {
        return Ok(Source::File { path: text.into(), labels: None });
    };
    let parts: Vec<&str> = name.split(':').collect();
    let number = |part: &str| part.parse::<usize>().map_err(|_| wrong());
    Ok(match *parts {
        ["digits"] => Source::Digits { count: DIGITS },
        ["digits", count] => Source::Digits { count: number(count)? },
        ["bars", side] => Source::Bars { side: number(side)? },
        ["ising", side, temperature] | ["ising", side, temperature, _] => Source::Magnet {
            side: number(side)?,
            temperature: temperature.parse().map_err(|_| wrong())?,
            count: parts.get(3).map_or(Ok(DIGITS), |count| number(count))?,
        },
        _ => return Err(wrong()),
    })
}

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

fn binarise(text: &str) -> Result<Binarise, String> {
    match text {
        "sample" => Ok(Binarise::Sample),
        "threshold" => Ok(Binarise::Threshold),
        _ => Err(format!("'{text}' does not make black and white: give sample or threshold")),
    }
}

fn units(text: &str) -> Result<VisibleKind, String> {
    match text {
        "binary" => Ok(VisibleKind::Binary),
        "gaussian" => Ok(VisibleKind::Gaussian),
        _ => Err(format!("'{text}' is not a kind of units: give binary or gaussian")),
    }
}

fn load(source: &Source, labels: Option<&Path>, seed: u64) -> Result<Samples, CliError> {
    let source = match (source, labels) {
        (Source::File { path, .. }, labels) => {
            Source::File { path: path.clone(), labels: labels.map(Path::to_path_buf) }
        }
        (_, Some(_)) => return Err(CliError::Arguments("--labels belongs to a file of pictures".to_owned())),
        (source, None) => source.clone(),
    };
    let loaded = source.load(seed, &|_| true).map_err(|error| match source {
        Source::File { .. } => CliError::Failed(error.to_string()),
        _ => CliError::Arguments(error.to_string()),
    })?;
    // Nobody stops the loading here.
    loaded.ok_or_else(|| CliError::Failed("loading was stopped".to_owned()))
}

fn refuse(error: impl std::fmt::Display) -> CliError {
    CliError::Arguments(error.to_string())
}

fn failed(error: impl std::fmt::Display) -> CliError {
    CliError::Failed(error.to_string())
}

/// Prints one CSV row an epoch and saves the machine.
///
/// Columns: epoch (0 is before learning), seconds of learning, reconstruction_error ⟨(v − p)²⟩ a pixel,
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

    fn run(&self) -> Result<(), CliError> {
        let settings = self.settings();
        settings.validate().map_err(refuse)?;
        if !(0.0..1.0).contains(&self.validation) {
            return Err(CliError::Arguments("--validation: give 0 to below 1".to_owned()));
        }
        for path in [&self.out, &self.weights].into_iter().flatten() {
            writable(path)?;
        }
        let pool = pool(self.threads)?;
        let samples = load(&self.data, self.labels.as_deref(), self.seed)?;
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
            eprintln!("spinscape: learning takes {megabytes} MB of memory");
        }
        let machine = Machine::new(shape, &train.means(), self.seed).map_err(refuse)?;
        let mut training = Training::new(machine, settings, train, validation).map_err(refuse)?;
        let ran_away = pool.install(|| self.learn(&mut training))?;
        let machine = training.trainer().network().machine();
        let notes = MachineNotes { width, height, epochs: training.epoch(), settings, data: self.data.name() };
        if let Some(path) = &self.out {
            machines::save(path, &machine, &notes).map_err(failed)?;
        }
        if let Some(path) = &self.weights {
            machines::export_npy(path, &machine).map_err(failed)?;
        }
        ran_away.map_or(Ok(()), |cause| Err(failed(ran_away_text(cause, training.epoch()))))
    }

    /// Prints the epochs as they end; answers why learning ran away, if it did.
    fn learn(&self, training: &mut Training) -> Result<Option<Cause>, CliError> {
        let mut output = destination(None)?;
        let write = |error: std::io::Error| failed(format!("cannot write the table: {error}"));
        writeln!(
            output,
            "epoch,seconds,reconstruction_error,free_energy_train,free_energy_validation,pseudo_log_likelihood"
        )
        .map_err(write)?;
        let bar = progress_bar(u64::from(self.epochs));
        let mut seconds = 0.0;
        loop {
            {
                let row = training.latest();
                let validation = row.free_energy_validation.map_or(String::new(), |f| f.to_string());
                let (error, free, pseudo) =
                    (row.reconstruction_error, row.free_energy_train, row.pseudo_log_likelihood);
                writeln!(output, "{},{seconds:.3},{error},{free},{validation},{pseudo}", row.epoch)
                    .and_then(|()| output.flush())
                    .map_err(write)?;
            }
            bar.set_position(training.epoch());
            if training.epoch() >= u64::from(self.epochs) {
                break;
            }
            let began = Instant::now();
            loop {
                match training.step() {
                    Stepped::Batch => {}
                    Stepped::Epoch => break,
                    Stepped::RanAway(cause) => return Ok(Some(cause)),
                }
            }
            seconds += began.elapsed().as_secs_f64();
        }
        bar.finish_and_clear();
        Ok(None)
    }
}

/// That a file can be written is found out before the run, not after.
fn writable(path: &Path) -> Result<(), CliError> {
    let existed = path.exists();
    let opened = std::fs::OpenOptions::new().append(true).create(true).open(path);
    opened.map_err(|error| failed(format!("cannot write {}: {error}", path.display())))?;
    if !existed {
        // Only tried: nothing empty is left if the run fails.
        let _ = std::fs::remove_file(path);
    }
    Ok(())
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

/// Prints one CSV row: how likely a machine finds pictures.
///
/// Columns: method, log_z, log_z_err, log_z_reverse, mean_log_likelihood, total_log_likelihood, in nats. 'exact' goes
/// through all states of the smaller layer (at most 20 units; no error, no reverse). 'ais' is annealed importance
/// sampling: chains that have not kept up give a log_z that is too low and flatters the likelihood. log_z_reverse comes
/// from chains that go back from settled pictures: a check, not a bound. Where the two differ, give more steps. Grey
/// pictures are made black and white by
/// chance, once, by the seed, or by --binarise threshold; the two do not compare.
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub struct LikelihoodArguments {
    /// A machine saved before
    machine: PathBuf,
    /// builtin:digits[:COUNT], builtin:bars:SIDE, builtin:ising:SIDE:T[:COUNT], an IDX, IDX.gz or npy file, or a folder
    #[arg(long, value_parser = source, value_name = "DATA")]
    data: Source,
    /// Only the last COUNT pictures
    #[arg(long, value_name = "COUNT")]
    last: Option<usize>,
    /// Grey to black and white: sample or threshold
    #[arg(long, value_parser = binarise, default_value = "sample")]
    binarise: Binarise,
    /// Go through all states of the smaller layer
    #[arg(long, conflicts_with_all = ["ais_runs", "ais_steps"])]
    exact: bool,
    /// Chains of the annealing
    #[arg(long, default_value_t = 100)]
    ais_runs: usize,
    /// Steps of each chain
    #[arg(long, default_value_t = 10_000)]
    ais_steps: usize,
    /// Threads [default: all]
    #[arg(long)]
    threads: Option<usize>,
    /// Seed
    #[arg(long, default_value_t = 7)]
    seed: u64,
}

impl LikelihoodArguments {
    fn run(&self) -> Result<(), CliError> {
        let pool = pool(self.threads)?;
        let (machine, _) = machines::open(&self.machine).map_err(failed)?;
        let mut samples = load(&self.data, None, self.seed)?;
        if let Some(last) = self.last {
            if !(1..=samples.len()).contains(&last) {
                return Err(CliError::Arguments(format!("--last: give 1 to {}", samples.len())));
            }
            let first = samples.len() - last;
            samples = samples.select(&(first as u32..samples.len() as u32).collect::<Vec<_>>());
        }
        if samples.pixels() != machine.shape.visible {
            let (found, expected) = (samples.pixels(), machine.shape.visible);
            return Err(refuse(format!("the pictures have {found} pixels, and the machine sees {expected}")));
        }
        let bar = progress_bar(1000);
        let watch = |done: f64| {
            bar.set_position((1000.0 * done) as u64);
            true
        };
        let (log_z, error, reverse) = pool.install(|| -> Result<_, CliError> {
            if self.exact {
                let log_z = exact::log_partition(&machine, &watch).map_err(refuse)?.unwrap_or(f64::NAN);
                return Ok((log_z, 0.0, String::new()));
            }
            let annealing = Annealing { runs: self.ais_runs, steps: self.ais_steps, seed: self.seed };
            let partition = annealing.run(&machine, &samples, self.binarise, &watch).map_err(refuse)?;
            let partition = partition.ok_or_else(|| failed("it was stopped"))?;
            Ok((partition.log_z, partition.error, partition.reverse.to_string()))
        })?;
        bar.finish_and_clear();
        let each = || log_likelihoods(&machine, &samples, usize::MAX, self.binarise, self.seed, log_z);
        // Summed in order: a sum must not depend on how threads share the pictures.
        let total: f64 = pool.install(each).iter().sum();
        let method = if self.exact { "exact" } else { "ais" };
        println!("method,log_z,log_z_err,log_z_reverse,mean_log_likelihood,total_log_likelihood");
        println!("{method},{log_z},{error},{reverse},{},{total}", total / samples.len() as f64);
        Ok(())
    }
}

/// Saves a sheet of dreams as a picture and prints one CSV row.
///
/// Chains begin at noise and make Gibbs steps at a temperature T; what is drawn are the probabilities of the pixels given
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
    fn run(&self) -> Result<(), CliError> {
        if !(1..=10_000).contains(&self.count) {
            return Err(CliError::Arguments("--count: give 1 to 10000".to_owned()));
        }
        if !(0.05..=20.0).contains(&self.temperature) {
            return Err(CliError::Arguments("--temperature: give 0.05 to 20".to_owned()));
        }
        writable(&self.out)?;
        let (machine, notes) = machines::open(&self.machine).map_err(failed)?;
        let clamp = self.label.map(|label| dream_of(&machine, label)).transpose()?;
        let network = Network::new(&machine);
        let temperature = self.temperature as f32;
        let bar = progress_bar(self.steps);
        let mut dreams = if self.tempered {
            let mut tempered = Tempered::from_noise(&network, self.count, RUNGS, self.seed);
            for step in 0..self.steps {
                tempered.run(&network, temperature, 1, clamp.as_ref());
                bar.set_position(step);
            }
            tempered.coldest().clone()
        } else {
            let mut chains = Chains::from_noise(&network, self.count, self.seed);
            for step in 0..self.steps {
                chains.run(&network, temperature, 1, clamp.as_ref());
                bar.set_position(step);
            }
            chains
        };
        bar.finish_and_clear();
        let mean = mean_free_energy(&machine, &dreams);
        let shown = dreams.pictures(&network, temperature, clamp.as_ref());
        let grey: Vec<u8> = (0..self.count)
            .flat_map(|row| shown.row(row)[..machine.shape.visible].iter().map(|&p| (255.0 * p).round() as u8))
            .collect();
        sheet(&self.out, notes.width, notes.height, &grey)?;
        println!("chains,steps,temperature,label,mean_free_energy");
        let label = self.label.map_or(String::new(), |label| label.to_string());
        println!("{},{},{},{label},{mean}", self.count, self.steps, self.temperature);
        Ok(())
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

/// Pictures side by side, ink on paper, with a gap of one pixel.
pub(super) fn sheet(path: &Path, width: usize, height: usize, grey: &[u8]) -> Result<(), CliError> {
    let count = grey.len() / (width * height);
    let columns = ((count as f64).sqrt() * 1.4).ceil().clamp(1.0, 20.0) as usize;
    let columns = columns.min(count);
    let rows = count.div_ceil(columns);
    let (across, down) = (columns * (width + 1) + 1, rows * (height + 1) + 1);
    let mut sheet = vec![128_u8; across * down];
    for (index, picture) in grey.chunks_exact(width * height).enumerate() {
        let (left, top) = (index % columns * (width + 1) + 1, index / columns * (height + 1) + 1);
        for (row, line) in picture.chunks_exact(width).enumerate() {
            for (to, &ink) in sheet[(top + row) * across + left..].iter_mut().zip(line) {
                *to = 255 - ink;
            }
        }
    }
    let pixel = |index: usize| {
        let (x, y) = (index % (across * ZOOM) / ZOOM, index / (across * ZOOM) / ZOOM);
        let grey = sheet[y * across + x];
        [grey, grey, grey, 255]
    };
    let rgba: Vec<u8> = (0..across * down * ZOOM * ZOOM).flat_map(pixel).collect();
    pictures::write_png(path, [across * ZOOM, down * ZOOM], &rgba).map_err(failed)
}
