//! `spinscape landscape diffuse`: noise led back to points by the exact score.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use crate::{
    cli::{
        CliError,
        output::{emit, failed, pool, progress_bar, refuse, writable},
    },
    data::points,
    physics::landscape::diffusion::{Sampler, Smoothed, Spacing, spiral},
    platform::stopping,
};

/// Lead noise back to points along the exact score of their smoothed density.
///
/// Leads noise back to points along the exact score of their smoothed density, and prints one CSV row per sample.
///
/// Columns: x, y, and nearest, the number of the point, from 0, that the sample is nearest to. Forward each point shrinks as
/// e^-t while noise comes in, to t = 4; backward the steps are even in ln(e^2t - 1 + sigma^2). With the exact score every
/// sample is a point with noise of the width sigma: nothing new is created.
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub struct DiffuseArguments {
    /// Points: CSV with columns x and y, used as given, or builtin:spiral
    #[arg(long, default_value = "builtin:spiral", value_name = "FILE")]
    points: String,
    /// Samples: to 1000000
    #[arg(long, default_value_t = 2000)]
    samples: usize,
    /// Steps from noise to points: to 10000
    #[arg(long, default_value_t = 50)]
    steps: usize,
    /// ode goes along the flow (Heun), sde at random (Euler-Maruyama)
    #[arg(long, value_enum, default_value_t = SamplerName::Ode)]
    sampler: SamplerName,
    /// Width of the normal distribution about each point
    #[arg(long, default_value_t = 0.05, allow_hyphen_values = true)]
    sigma: f64,
    /// Seed
    #[arg(long, default_value_t = 7)]
    seed: u64,
    /// Threads; the result does not depend on them [default: all]
    #[arg(long)]
    threads: Option<usize>,
    /// File to write instead of standard output
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum SamplerName {
    Ode,
    Sde,
}

/// The spiral that comes with the program.
const SPIRAL: &str = "builtin:spiral";
const POINTS: usize = 150;
/// Most samples, and most steps.
const MOST_SAMPLES: usize = 1_000_000;
const MOST_STEPS: usize = 10_000;

impl DiffuseArguments {
    pub(super) fn run(&self) -> Result<(), CliError> {
        for (name, value, most) in [("--samples", self.samples, MOST_SAMPLES), ("--steps", self.steps, MOST_STEPS)] {
            if !(1..=most).contains(&value) {
                return Err(refuse(format!("{name}: {value} is not allowed: give 1 to {most}")));
            }
        }
        let points = match self.points.as_str() {
            SPIRAL => spiral(POINTS),
            name if name.starts_with("builtin:") => {
                return Err(refuse(format!("--points: there is no {name}: give {SPIRAL} or a file")));
            }
            path => points::open(Path::new(path)).map_err(|error| refuse(format!("--points: {error}")))?,
        };
        let smoothed = Smoothed::new(points, self.sigma).map_err(refuse)?;
        let pool = pool(self.threads)?;
        if let Some(path) = &self.out {
            writable(path)?;
        }
        let sampler = match self.sampler {
            SamplerName::Ode => Sampler::Ode,
            SamplerName::Sde => Sampler::Sde,
        };
        let bar = progress_bar(1000);
        let go_on = |done: f64| {
            bar.set_position((1000.0 * done) as u64);
            !stopping::is_asked()
        };
        let times = smoothed.times(self.steps, Spacing::Logarithmic);
        let found = pool.install(|| smoothed.sample(self.samples, &times, sampler, self.seed, &go_on));
        bar.finish_and_clear();
        let found = found.ok_or(CliError::Stopped)?;
        emit(self.out.as_deref(), &points::samples(&found, |at| smoothed.nearest(at)).map_err(failed)?)
    }
}
