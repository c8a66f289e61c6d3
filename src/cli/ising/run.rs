//! `spinscape ising run`: one magnet, for its state, its picture and its speed.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use web_time::Instant;

use super::model::{DynamicsName, Model, StartName, within_sweeps};
use crate::{
    cli::{
        CliError,
        output::{Results, SPIN_COLOURS, failed, pool, progress_bar, refuse, writable},
    },
    data::pictures,
    physics::ising::{Engine, PackedEngine, Spins, packed::Path},
    platform::stopping,
    simulation::Sharing,
};

/// Prints one line of JSON: energy and magnetization per spin of the last state, seconds of the sweeps measured,
/// flips_per_ns (spins tried in a nanosecond; of Wolff's clusters, spins turned), path (instructions used) and threads.
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub struct RunArguments {
    /// Spins along a side: even, 4 to 4096; multiples of 128 are fastest
    #[arg(long, default_value_t = 1024)]
    size: usize,
    /// Temperature in J/k
    #[arg(long, default_value_t = 2.269_185_314_213_022, allow_hyphen_values = true)]
    temperature: f64,
    #[command(flatten)]
    model: Model,
    /// First state
    #[arg(long, value_enum, default_value = "random")]
    start: StartName,
    /// Sweeps to time
    #[arg(long, default_value_t = 1000)]
    sweeps: u64,
    /// Sweeps before
    #[arg(long, default_value_t = 0)]
    warmup: u64,
    /// Update rule of the sweeps before [default: the same]
    #[arg(long, value_enum)]
    warmup_dynamics: Option<DynamicsName>,
    /// Seed
    #[arg(long, default_value_t = 7)]
    seed: u64,
    /// Threads; the result does not depend on them
    #[arg(long, default_value_t = 1)]
    threads: usize,
    /// Instructions to use, for measuring; the result does not depend on them
    #[arg(long, value_enum, default_value = "widest")]
    path: PathName,
    /// File for a picture of the last state
    #[arg(long, value_name = "PNG")]
    picture: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum PathName {
    /// The widest that this processor has
    Widest,
    /// AVX2 at most
    Avx2,
    /// What every processor of this kind has
    Plain,
}

impl From<PathName> for Path {
    fn from(name: PathName) -> Self {
        match name {
            PathName::Widest => Self::Widest,
            PathName::Avx2 => Self::Avx2,
            PathName::Plain => Self::Plain,
        }
    }
}

impl RunArguments {
    pub(super) fn run(&self) -> Result<(), CliError> {
        let parameters = self.model.parameters(self.temperature)?;
        within_sweeps("--sweeps", self.sweeps, 1)?;
        within_sweeps("--warmup", self.warmup, 0)?;
        if let Some(path) = &self.picture {
            writable(path)?;
        }
        let before = self.warmup_dynamics.unwrap_or(self.model.dynamics);
        let engine = PackedEngine::new(self.size, self.start.into(), parameters, before.into(), self.seed);
        let mut engine = engine.map_err(refuse)?;
        engine.local_mut().set_path(self.path.into());
        let (seconds, visited) = pool(Some(self.threads))?.install(|| {
            let bar = progress_bar(self.warmup + self.sweeps);
            let mut sharing = Sharing::default();
            let mut sweep = |engine: &mut PackedEngine, done: u64| {
                if self.threads > 1 {
                    engine.local_mut().set_alone(!sharing.is_shared());
                    let began = Instant::now();
                    engine.sweep();
                    sharing.note(began.elapsed());
                } else {
                    engine.sweep();
                }
                // Not at every sweep: on small lattices the counting would cost more than the physics.
                if done.is_multiple_of(64) {
                    bar.set_position(done);
                }
            };
            (0..self.warmup).take_while(|_| !stopping::is_asked()).for_each(|done| sweep(&mut engine, done));
            engine.set_dynamics(self.model.dynamics.into());
            let visited = engine.visited();
            let began = Instant::now();
            let sweeps = (0..self.sweeps).take_while(|_| !stopping::is_asked());
            sweeps.for_each(|done| sweep(&mut engine, self.warmup + done));
            let seconds = began.elapsed().as_secs_f64();
            bar.finish_and_clear();
            (seconds, engine.visited() - visited)
        });
        if stopping::is_asked() {
            return Err(CliError::Stopped);
        }
        let lattice = engine.lattice();
        let counts = lattice.counts();
        // A Wolff sweep goes beyond N spins by what is left of its last cluster.
        let attempt = self.sweeps * lattice.len() as u64;
        let flips = if visited > 0 { visited } else { attempt } as f64;
        let line = serde_json::json!({
            "energy": counts.energy(&parameters),
            "magnetization": counts.magnetization(),
            "seconds": seconds,
            "flips_per_ns": if seconds > 0.0 { 1e-9 * flips / seconds } else { 0.0 },
            "path": Path::from(self.path).name(),
            "threads": self.threads,
        });
        let mut results = Results::default();
        results.line(&line.to_string());
        if let Some(path) = &self.picture {
            let pixel = |place: usize| SPIN_COLOURS[usize::from(lattice.spin(place) > 0)];
            let rgba: Vec<u8> = (0..lattice.len()).flat_map(pixel).collect();
            pictures::write_png(path, [self.size, self.size], &rgba).map_err(failed)?;
        }
        results.end()
    }
}
