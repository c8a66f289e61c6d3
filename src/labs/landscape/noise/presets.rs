//! Drawings of points, and some to begin with.

use std::{
    f64::consts::{PI, TAU},
    sync::LazyLock,
};

use rand::{RngExt, SeedableRng, rngs::Xoshiro256PlusPlus};
use serde::{Deserialize, Serialize};

use crate::physics::{landscape::diffusion::spiral, statistics::normal};

/// A point of a drawing.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Dot {
    /// Its place.
    pub at: [f32; 2],
    /// Its colour: 0 or 1.
    pub kind: u8,
}

/// A drawing to begin with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Preset {
    /// The letters N and S, each with its colour.
    Letters,
    /// A spiral.
    Spiral,
    /// Two clouds.
    Clouds,
    /// A ring.
    Ring,
}

impl Preset {
    /// All of them, with the keys of their names.
    pub const ALL: [(Self, &'static str); 4] = [
        (Self::Letters, "noise.preset.letters"),
        (Self::Spiral, "noise.preset.spiral"),
        (Self::Clouds, "noise.preset.clouds"),
        (Self::Ring, "noise.preset.ring"),
    ];
}

/// The points of a drawing.
pub(super) fn dots(preset: Preset) -> Vec<Dot> {
    let dot = |kind: u8| move |[x, y]: [f64; 2]| Dot { at: [x as f32, y as f32], kind };
    match preset {
        Preset::Letters => {
            let n = [[-1.75, -0.75], [-1.75, 0.75], [-0.75, -0.75], [-0.75, 0.75]];
            // Two arcs, the upper one to the left and the lower one to the right.
            let arc = |middle: f64, from: f64, to: f64| {
                (0..=24).map(move |step| {
                    let angle = from + (to - from) * f64::from(step) / 24.0;
                    [1.25 + 0.5 * angle.cos(), middle + 0.375 * angle.sin()]
                })
            };
            let s: Vec<[f64; 2]> =
                arc(0.375, 0.2 * PI, 1.5 * PI).chain(arc(-0.375, 0.5 * PI, -0.8 * PI).skip(1)).collect();
            let letters = along(&n, 64).into_iter().map(dot(0));
            letters.chain(along(&s, 64).into_iter().map(dot(1))).collect()
        }
        Preset::Spiral => spiral(150).into_iter().map(dot(0)).collect(),
        Preset::Clouds => {
            let mut rng = Xoshiro256PlusPlus::seed_from_u64(1);
            let mut cloud = |x: f64, kind: u8| -> Vec<Dot> {
                let mut about = |middle: f64| middle + 0.35 * normal(rng.random(), rng.random());
                (0..60).map(|_| dot(kind)([about(x), about(0.0)])).collect()
            };
            let left = cloud(-1.1, 0);
            left.into_iter().chain(cloud(1.1, 1)).collect()
        }
        Preset::Ring => (0..100)
            .map(|index| {
                let angle = TAU * f64::from(index) / 100.0;
                dot(0)([1.4 * angle.cos(), 1.4 * angle.sin()])
            })
            .collect(),
    }
}

/// Whether a drawing is just this one.
pub(super) fn is_just(drawing: &[Dot], preset: Preset) -> bool {
    static ALL: LazyLock<[Vec<Dot>; 4]> = LazyLock::new(|| Preset::ALL.map(|(preset, _)| dots(preset)));
    ALL[preset as usize] == drawing
}

/// So many points in equal distances along a line of straight pieces.
fn along(line: &[[f64; 2]], count: usize) -> Vec<[f64; 2]> {
    let lengths: Vec<f64> =
        line.windows(2).map(|ends| (ends[1][0] - ends[0][0]).hypot(ends[1][1] - ends[0][1])).collect();
    let whole: f64 = lengths.iter().sum();
    let place = |index: usize| {
        let mut left = whole * index as f64 / (count - 1) as f64;
        for (ends, &length) in line.windows(2).zip(&lengths) {
            if left <= length {
                let share = left / length;
                return [0, 1].map(|axis| ends[0][axis] + share * (ends[1][axis] - ends[0][axis]));
            }
            left -= length;
        }
        // Only rounding leads here.
        line[line.len() - 1]
    };
    (0..count).map(place).collect()
}
