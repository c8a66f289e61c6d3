//! `spinscape ising run`: one magnet, for its state, its picture and its speed.

use std::{path::PathBuf, sync::Arc};

use clap::{Args, ValueEnum};
use web_time::Instant;

use super::model::{DynamicsName, Model, StartName, within_sweeps};
use crate::{
    cli::{
        CliError,
        output::{Results, SPIN_COLOURS, failed, pool, progress_bar, refuse, writable},
    },
    data::pictures,
    physics::ising::{
        Dynamics, Engine, PackedEngine, Parameters, Spins,
        graph::{Design, Disorder, Geometry, Graph, GraphMagnet},
        measurement::Run,
        packed::Path,
    },
    platform::stopping,
    simulation::Sharing,
};

/// Run one magnet for some time, and say how fast it was.
///
/// Prints one line of JSON: energy and magnetization per spin of the last state, sweeps done and their seconds, flips_per_ns
/// (spins tried in a nanosecond; of Wolff's clusters, spins turned), path (instructions used, or sites where the spins go
/// one by one) and threads.
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub struct RunArguments {
    /// Spins along a side: even, 4 to 4096 (multiples of 128 are fastest), odd, 3 to 63, or 2, where neighbours count twice;
    /// odd ones and 2 go site by site
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
        let before: Dynamics = self.warmup_dynamics.unwrap_or(self.model.dynamics).into();
        let mut magnet = self.magnet(parameters, before)?;
        let (seconds, done, visited) = pool(Some(self.threads))?.install(|| {
            let bar = progress_bar(self.warmup + self.sweeps);
            let mut sharing = Sharing::default();
            let mut sweep = |magnet: &mut Timed, done: u64| {
                if self.threads > 1 {
                    magnet.set_alone(!sharing.is_shared());
                    let began = Instant::now();
                    magnet.sweep();
                    sharing.note(began.elapsed());
                } else {
                    magnet.sweep();
                }
                // Not at every sweep: on small lattices the counting would cost more than the physics.
                if done.is_multiple_of(64) {
                    bar.set_position(done);
                }
            };
            (0..self.warmup).take_while(|_| !stopping::is_asked()).for_each(|done| sweep(&mut magnet, done));
            magnet.set_dynamics(self.model.dynamics.into());
            let visited = magnet.visited();
            let began = Instant::now();
            let mut done = 0;
            while done < self.sweeps && !stopping::is_asked() {
                sweep(&mut magnet, self.warmup + done);
                done += 1;
            }
            let seconds = began.elapsed().as_secs_f64();
            bar.finish_and_clear();
            (seconds, done, magnet.visited() - visited)
        });
        let spins = self.size * self.size;
        let [energy, magnetization] = magnet.energy_and_magnetization(&parameters);
        // A Wolff sweep goes beyond N spins by what is left of its last cluster.
        let flips = if visited > 0 { visited } else { done * spins as u64 } as f64;
        let line = serde_json::json!({
            "energy": energy,
            "magnetization": magnetization,
            "sweeps": done,
            "seconds": seconds,
            "flips_per_ns": if seconds > 0.0 { 1e-9 * flips / seconds } else { 0.0 },
            "path": if magnet.has_words() { Path::from(self.path).name() } else { "sites" },
            "threads": self.threads,
        });
        let mut results = Results::default();
        results.line(&line.to_string());
        if let Some(path) = &self.picture {
            let pixel = |place: usize| SPIN_COLOURS[usize::from(magnet.spin(place) > 0)];
            let rgba: Vec<u8> = (0..spins).flat_map(pixel).collect();
            pictures::write_png(path, [self.size, self.size], &rgba).map_err(failed)?;
        }
        results.end()?;
        if done < self.sweeps { Err(CliError::StoppedEarly) } else { Ok(()) }
    }

    fn magnet(&self, parameters: Parameters, dynamics: Dynamics) -> Result<Timed, CliError> {
        let run = Run {
            lattice: Geometry::Square,
            disorder: Disorder::None,
            side: self.size,
            parameters,
            dynamics,
            start: self.start.into(),
            sweeps: self.sweeps,
            warmup: self.warmup,
            is_tempered: false,
            seed: self.seed,
        };
        run.validate_side().map_err(|error| refuse(format!("--size: {error}")))?;
        if run.needs_sites() {
            let graph =
                Graph::new(Design { side: self.size, ..Design::default() }, f64::from(parameters.coupling.sign()));
            let Parameters { temperature, field, .. } = parameters;
            let graph = Arc::new(graph.map_err(refuse)?);
            let magnet = GraphMagnet::new(graph, self.start.into(), temperature, field, self.seed);
            return Ok(Timed::Sites { magnet, dynamics, visited: 0 });
        }
        let engine = PackedEngine::new(self.size, self.start.into(), parameters, dynamics, self.seed);
        let mut engine = engine.map_err(refuse)?;
        engine.local_mut().set_path(self.path.into());
        Ok(Timed::Words(Box::new(engine)))
    }
}

/// The magnet that is timed.
enum Timed {
    /// Many spins at once, a bit each.
    Words(Box<PackedEngine>),
    /// Site by site: sides that do not part into two colours of whole words.
    Sites { magnet: GraphMagnet, dynamics: Dynamics, visited: u64 },
}

impl Timed {
    fn has_words(&self) -> bool {
        matches!(self, Self::Words(_))
    }

    fn set_alone(&mut self, alone: bool) {
        if let Self::Words(engine) = self {
            engine.local_mut().set_alone(alone);
        }
    }

    fn set_dynamics(&mut self, new: Dynamics) {
        match self {
            Self::Words(engine) => engine.set_dynamics(new),
            Self::Sites { dynamics, .. } => *dynamics = new,
        }
    }

    fn sweep(&mut self) {
        match self {
            Self::Words(engine) => engine.sweep(),
            Self::Sites { magnet, dynamics: Dynamics::Wolff, visited } => {
                let end = *visited + magnet.graph().spins() as u64;
                while *visited < end {
                    magnet.sweep(Dynamics::Wolff);
                    *visited += magnet.last_cluster().max(1) as u64;
                }
            }
            Self::Sites { magnet, dynamics, .. } => magnet.sweep(*dynamics),
        }
    }

    /// Spins that Wolff's clusters turned so far.
    fn visited(&self) -> u64 {
        match self {
            Self::Words(engine) => engine.visited(),
            Self::Sites { visited, .. } => *visited,
        }
    }

    /// e in J and m, both a spin.
    fn energy_and_magnetization(&self, parameters: &Parameters) -> [f64; 2] {
        match self {
            Self::Words(engine) => {
                let counts = engine.lattice().counts();
                [counts.energy(parameters), counts.magnetization()]
            }
            Self::Sites { magnet, .. } => {
                let spins = magnet.graph().spins() as f64;
                [magnet.energy() / spins, magnet.spin_sum() as f64 / spins]
            }
        }
    }

    fn spin(&self, place: usize) -> i8 {
        match self {
            Self::Words(engine) => engine.lattice().spin(place),
            Self::Sites { magnet, .. } => magnet.spins()[place],
        }
    }
}
