//! Potentials, walkers and diffusion against what is known of them: exact points, exact rates, exact variances.

use rayon::prelude::*;
use spinscape::physics::{
    landscape::{
        diffusion::{Sampler, Smoothed, Spacing, spiral},
        points::{Kind, find_all},
        potentials::{Line, Plane, Potential, Wells},
        rates::{
            equilibrium, exact_rates, expected_crossings, kramers_rates, reach, relaxation_rate, share_on_the_left,
        },
        walkers::{CORE, Crossings, Heat, Motion, Walkers},
    },
    statistics::normal,
};

const LINES: [Line; 4] = [
    Line::Harmonic { stiffness: 1.7 },
    Line::DoubleWell { tilt: 0.0 },
    Line::DoubleWell { tilt: 0.1 },
    Line::SharpFlat { width: 1.5 },
];

/// The slope of a function by the values a little to the left and to the right.
fn slope(f: impl Fn(f64) -> f64) -> f64 {
    let h = 1e-5;
    (f(h) - f(-h)) / (2.0 * h)
}

#[test]
fn gradients_and_curvatures_are_those_of_finite_differences() {
    for line in LINES {
        for x in [-1.3, -0.4, 0.2, 0.9, 1.7] {
            let [gradient] = line.gradient([x]);
            assert!((gradient - slope(|h| line.energy([x + h]))).abs() < 1e-6, "{line:?} at {x}");
            let [[curvature]] = line.hessian([x]);
            assert!((curvature - slope(|h| line.gradient([x + h])[0])).abs() < 1e-6, "{line:?} at {x}");
        }
    }
    for plane in Plane::ALL {
        for at in [[-0.7, 0.4], [0.3, 1.1], [1.2, -0.2], [-0.1, 0.05]] {
            let step =
                |axis: usize, h: f64| -> [f64; 2] { std::array::from_fn(|i| at[i] + if i == axis { h } else { 0.0 }) };
            let (gradient, hessian) = (plane.gradient(at), plane.hessian(at));
            for axis in 0..2 {
                let numeric = slope(|h| plane.energy(step(axis, h)));
                let scale = 1.0 + gradient[axis].abs();
                assert!(
                    (gradient[axis] - numeric).abs() < 1e-6 * scale,
                    "{plane:?} at {at:?}: {} {numeric}",
                    gradient[axis]
                );
                for (other, &found) in hessian[axis].iter().enumerate() {
                    let numeric = slope(|h| plane.gradient(step(axis, h))[other]);
                    assert!(
                        (found - numeric).abs() < 1e-5 * (1.0 + found.abs()),
                        "{plane:?} at {at:?}: {found} {numeric}"
                    );
                }
            }
        }
    }
}

#[test]
fn published_points_are_found_and_their_indices_add_up_to_one() {
    let found = |plane: Plane, kind: Kind| -> Vec<([f64; 2], f64)> {
        let points = find_all(&plane, plane.window(), 60);
        points.iter().filter(|point| point.kind == kind).map(|point| (point.at, point.energy)).collect()
    };
    let has = |plane: Plane, kind: Kind, truth: &[([f64; 2], f64)]| {
        let found = found(plane, kind);
        assert_eq!(found.len(), truth.len(), "{plane:?}, {kind:?}: {found:?}");
        for &(at, energy) in truth {
            let is_it = |(place, value): &([f64; 2], f64)| {
                (0..2).all(|axis| (place[axis] - at[axis]).abs() < 1e-8) && (value - energy).abs() < 1e-6
            };
            assert!(found.iter().any(is_it), "{plane:?}, {kind:?} at {at:?}: {found:?}");
        }
    };
    has(
        Plane::MullerBrown,
        Kind::Minimum,
        &[
            ([-0.558_223_635, 1.441_725_842], -146.699_517_210),
            ([0.623_499_405, 0.028_037_759], -108.166_724_117),
            ([-0.050_010_823, 0.466_694_105], -80.767_818_130),
        ],
    );
    has(
        Plane::MullerBrown,
        Kind::Saddle,
        &[([-0.822_001_559, 0.624_312_803], -40.664_843_509), ([0.212_486_582, 0.292_988_325], -72.248_940_112)],
    );
    has(
        Plane::Himmelblau,
        Kind::Minimum,
        &[
            ([3.0, 2.0], 0.0),
            ([-2.805_118_087, 3.131_312_518], 0.0),
            ([-3.779_310_253, -3.283_185_991], 0.0),
            ([3.584_428_340, -1.848_126_527], 0.0),
        ],
    );
    has(
        Plane::Himmelblau,
        Kind::Saddle,
        &[
            ([0.086_677_505, 2.884_254_701], 67.719_150),
            ([3.385_154_184, 0.073_851_880], 13.311_926),
            ([-3.073_025_751, -0.081_353_044], 104.015_163),
            ([-0.127_961_347, -1.953_714_980], 178.337_239),
        ],
    );
    has(Plane::Himmelblau, Kind::Maximum, &[([-0.270_844_591, -0.923_038_556], 181.616_522)]);
    // Every surface that rises on all sides of its window: minima less saddles, with maxima, are one.
    for plane in [Plane::DoubleWell, Plane::TiltedDoubleWell, Plane::Himmelblau, Plane::Rosenbrock, Plane::MonkeySaddle]
    {
        let points = find_all(&plane, plane.window(), 60);
        assert_eq!(points.iter().map(|point| point.index).sum::<i32>(), 1, "{plane:?}: {points:?}");
    }
    // Three ways down from one point.
    let monkey = find_all(&Plane::MonkeySaddle, Plane::MonkeySaddle.window(), 60);
    let flat: Vec<i32> = monkey.iter().filter(|point| point.kind == Kind::Flat).map(|point| point.index).collect();
    assert_eq!((flat, monkey.len()), (vec![-2], 4), "{monkey:?}");
    // A valley in every unit square: 5 × 5 in this window, and between them passes and tops.
    let bowl = find_all(&Plane::Rastrigin, Plane::Rastrigin.window(), 60);
    let count = |kind: Kind| bowl.iter().filter(|point| point.kind == kind).count();
    assert_eq!(count(Kind::Minimum), 25);
    assert!(bowl[0].energy.abs() < 1e-9 && bowl[0].at.iter().all(|x| x.abs() < 1e-9));
}

#[test]
fn relaxation_rates_are_those_of_a_reference_solution() {
    // λ₁/2 of x⁴/4 − x²/2 by finite differences and by quadrature of first passage times, both made elsewhere.
    let line = Line::DoubleWell { tilt: 0.0 };
    for (hill, truth) in [
        (2.0, 2.8409e-2),
        (3.0, 1.007_75e-2),
        (4.0, 3.722_45e-3),
        (5.0, 1.388_07e-3),
        (6.0, 5.176_36e-4),
        (8.0, 7.148_38e-5),
        (10.0, 9.794_67e-6),
        (12.0, 1.336_07e-6),
    ] {
        let rate = relaxation_rate(&line, 0.25 / hill) / 2.0;
        assert!((rate / truth - 1.0).abs() < 3e-4, "ΔU/T = {hill}: {rate} against {truth}");
    }
    // A harmonic well relaxes with its stiffness at any temperature.
    for (stiffness, temperature) in [(1.0, 0.1), (2.5, 1.0)] {
        let rate = relaxation_rate(&Line::Harmonic { stiffness }, temperature);
        assert!((rate / stiffness - 1.0).abs() < 1e-4, "{rate} against {stiffness}");
    }
    // Kramers is too high at every hill that one can wait for: by 9.3 % at five T.
    let Some(wells) = line.wells() else { unreachable!("two wells") };
    let ratio = kramers_rates(&line, wells, 0.05)[0] / exact_rates(&line, wells, 0.05)[0];
    assert!((ratio - 1.093).abs() < 1e-3, "{ratio}");
}

#[test]
fn wells_lie_where_the_slope_is_zero_and_the_flat_one_holds_its_share() {
    for tilt in [-0.3, 0.0, 0.1, 0.38] {
        let line = Line::DoubleWell { tilt };
        let Some(Wells { left, top, right }) = line.wells() else { panic!("two wells at {tilt}") };
        assert!(left < top && top < right);
        for x in [left, top, right] {
            assert!(line.gradient([x])[0].abs() < 1e-12, "{tilt}: {x}");
        }
    }
    assert!(Line::DoubleWell { tilt: 0.4 }.wells().is_none() && LINES[0].wells().is_none());
    // Equal depths and hills, and w times as wide: w/(1 + w) exactly, at every temperature.
    for (width, temperature) in [(1.5, 0.2), (1.5, 0.05), (2.0, 0.5)] {
        let line = Line::SharpFlat { width };
        let Some(wells) = line.wells() else { unreachable!("two wells") };
        let share = share_on_the_left(&line, wells, temperature);
        assert!((share - width / (1.0 + width)).abs() < 1e-9, "{share}");
    }
}

/// Walkers from the bottoms of both wells, for so long; their numbers of crossings.
fn crossings(line: &Line, heat: Heat, walkers: usize, time: f64, seed: u64) -> Vec<u64> {
    let Some(Wells { left, top, right }) = line.wells() else { unreachable!("two wells") };
    let places: Vec<[f64; 1]> = (0..walkers).map(|index| [if index % 2 == 0 { left } else { right }]).collect();
    let cores = [top + CORE * (left - top), top + CORE * (right - top)];
    let mut notes = vec![Crossings::default(); walkers];
    let steps = (time / heat.step).round() as u64;
    let done = Walkers::new(&places, heat.temperature, seed).run(line, heat, steps, &mut notes, |walker, note| {
        let [x] = walker.at;
        note.note(if x < cores[0] {
            Some(0)
        } else if x > cores[1] {
            Some(1)
        } else {
            None
        });
    });
    done.expect("short steps");
    notes.iter().map(|note| note.count).collect()
}

#[test]
fn counted_escapes_are_the_exact_rate() {
    // Euler's steps of 0.02 are off by less than 1 %; 5,500 crossings at least are known to 1.35 %.
    for (line, hill, time) in [
        (Line::DoubleWell { tilt: 0.0 }, 3.0, 600.0),
        (Line::DoubleWell { tilt: 0.0 }, 4.0, 1500.0),
        (Line::DoubleWell { tilt: 0.0 }, 5.0, 4000.0),
        (Line::DoubleWell { tilt: 0.05 }, 3.0, 600.0),
    ] {
        let (temperature, walkers) = (0.25 / hill, 1000);
        let heat = Heat { motion: Motion::Euler, temperature, step: 0.02 };
        let counts = crossings(&line, heat, walkers, time, 11);
        let Some(wells) = line.wells() else { unreachable!("two wells") };
        let truth = expected_crossings(exact_rates(&line, wells, temperature), time);
        let mean = counts.iter().sum::<u64>() as f64 / walkers as f64;
        let squares: f64 = counts.iter().map(|&count| (count as f64 - mean).powi(2)).sum();
        let error = (squares / (walkers - 1) as f64 / walkers as f64).sqrt() / time;
        let rate = mean / time;
        assert!(error < 0.015 * truth, "ΔU/T = {hill}: {error} of {truth}");
        assert!((rate - truth).abs() < 3.0 * error + 0.01 * truth, "{line:?}, {hill}: {rate} ± {error}, exact {truth}");
    }
}

#[test]
fn each_integrator_has_the_variance_that_is_known_of_it_in_a_harmonic_well() {
    // Euler and Maruyama: (T/k)/(1 − k dt/2); Leimkuhler and Matthews, and BAOAB: T/k at any step; Metropolis too.
    let (stiffness, temperature, walkers) = (1.0, 0.7, 4000);
    let line = Line::Harmonic { stiffness };
    for (motion, step, truth) in [
        (Motion::Euler, 0.1, temperature / 0.95),
        (Motion::Euler, 0.5, temperature / 0.75),
        (Motion::Euler, 1.0, temperature / 0.5),
        (Motion::LeimkuhlerMatthews, 0.5, temperature),
        (Motion::LeimkuhlerMatthews, 1.0, temperature),
        (Motion::Baoab { friction: 1.0 }, 0.5, temperature),
        (Motion::Baoab { friction: 1.0 }, 1.0, temperature),
        (Motion::Metropolis, 2.0, temperature),
    ] {
        let mut all = Walkers::new(&vec![[0.0]; walkers], temperature, 5);
        let heat = Heat { motion, temperature, step };
        let mut looks = Vec::new();
        // Looks are so far apart that each is new: twenty relaxation times at least.
        for _ in 0..40 {
            let steps = (20.0 / step).ceil() as u64;
            all.run(&line, heat, steps, &mut vec![(); walkers], |_, ()| {}).expect("short steps");
            looks.push(all.iter().map(|walker| walker.at[0] * walker.at[0]).sum::<f64>() / walkers as f64);
        }
        let mean = looks.iter().sum::<f64>() / looks.len() as f64;
        // The square of a normal number scatters by √2 of its mean.
        let error = truth * (2.0 / (walkers * looks.len()) as f64).sqrt();
        assert!((mean - truth).abs() < 4.0 * error, "{motion:?}, dt = {step}: {mean} ± {error}, exact {truth}");
    }
}

#[test]
fn where_walkers_are_in_the_long_run_is_the_density_of_equilibrium() {
    let (temperature, walkers, bins) = (0.0625, 2000, 30);
    let line = Line::DoubleWell { tilt: 0.0 };
    let ends = reach(&line, temperature, 6.0);
    let exact = equilibrium(&line, temperature, ends, bins);
    let width = (ends[1] - ends[0]) / bins as f64;
    let places: Vec<[f64; 1]> = (0..walkers).map(|index| [if index % 2 == 0 { -1.0 } else { 1.0 }]).collect();
    let mut all = Walkers::new(&places, temperature, 21);
    let heat = Heat { motion: Motion::LeimkuhlerMatthews, temperature, step: 0.1 };
    let (mut counts, mut looks) = (vec![0.0; bins], 0.0);
    // Looks are further apart than the relaxation time, 134.
    for _ in 0..20 {
        all.run(&line, heat, 2000, &mut vec![(); walkers], |_, ()| {}).expect("short steps");
        for walker in all.iter() {
            let place = (walker.at[0] - ends[0]) / width;
            if place >= 0.0 && place < bins as f64 {
                counts[place as usize] += 1.0;
            }
            looks += 1.0;
        }
    }
    let mut chi = 0.0;
    let mut degrees = 0.0;
    for (count, density) in counts.iter().zip(&exact) {
        let expected = looks * density * width;
        if expected > 20.0 {
            chi += (count - expected) * (count - expected) / expected;
            degrees += 1.0;
        }
    }
    // χ² has the mean of its degrees of freedom and twice that as its variance.
    assert!(degrees > 15.0 && (chi - degrees).abs() < 4.0 * (2.0_f64 * degrees).sqrt(), "χ² = {chi} of {degrees}");
}

#[test]
fn descent_ends_in_minima_momentum_too_and_long_steps_are_found_out() {
    let plane = Plane::Himmelblau;
    let minima: Vec<[f64; 2]> = find_all(&plane, plane.window(), 40)
        .into_iter()
        .filter(|point| point.kind == Kind::Minimum)
        .map(|point| point.at)
        .collect();
    let places: Vec<[f64; 2]> = (0..200)
        .map(|index| [-4.5 + 9.0 * f64::from(index % 20) / 19.0, -4.5 + 9.0 * f64::from(index / 20) / 9.0])
        .collect();
    for motion in [Motion::Descent, Motion::Momentum { friction: 2.0 }] {
        let mut all = Walkers::new(&places, 0.0, 1);
        let heat = Heat { motion, temperature: 0.0, step: 0.002 };
        all.run(&plane, heat, 20_000, &mut vec![(); places.len()], |_, ()| {}).expect("short steps");
        for walker in all.iter() {
            let is_there = |at: &[f64; 2]| (at[0] - walker.at[0]).hypot(at[1] - walker.at[1]) < 1e-6;
            assert!(minima.iter().any(is_there), "{motion:?}: {:?}", walker.at);
        }
    }
    let mut all = Walkers::new(&places, 1.0, 1);
    let heat = Heat { motion: Motion::Euler, temperature: 1.0, step: 0.5 };
    assert!(all.run(&plane, heat, 100, &mut vec![(); places.len()], |_, ()| {}).is_err());
}

#[test]
fn the_same_seed_gives_the_same_walks_with_any_number_of_threads() {
    let places: Vec<[f64; 1]> = (0..300).map(|index| [f64::from(index) / 150.0 - 1.0]).collect();
    let walk = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
        let mut all = Walkers::new(&places, 0.1, 3);
        let heat = Heat { motion: Motion::Baoab { friction: 0.5 }, temperature: 0.1, step: 0.05 };
        pool.install(|| all.run(&LINES[1], heat, 200, &mut [(); 300], |_, ()| {})).expect("short steps");
        all.iter().map(|walker| walker.at[0].to_bits()).collect::<Vec<u64>>()
    };
    assert_eq!(walk(1), walk(3));
}

/// 2E|X−Y| − E|X−X′| − E|Y−Y′| of all pairs, of data scaled to unit variance an axis by the second.
fn energy_distance(a: &[[f64; 2]], b: &[[f64; 2]]) -> f64 {
    let scale: [f64; 2] = std::array::from_fn(|axis| {
        let mean = b.iter().map(|at| at[axis]).sum::<f64>() / b.len() as f64;
        (b.iter().map(|at| (at[axis] - mean).powi(2)).sum::<f64>() / b.len() as f64).sqrt()
    });
    let mean = |a: &[[f64; 2]], b: &[[f64; 2]], pairs: f64| {
        let distance = |p: &[f64; 2], q: &[f64; 2]| ((p[0] - q[0]) / scale[0]).hypot((p[1] - q[1]) / scale[1]);
        a.par_iter().map(|p| b.iter().map(|q| distance(p, q)).sum::<f64>()).sum::<f64>() / pairs
    };
    let (m, n) = (a.len() as f64, b.len() as f64);
    2.0 * mean(a, b, m * n) - mean(a, a, m * (m - 1.0)) - mean(b, b, n * (n - 1.0))
}

fn covariance(samples: &[[f64; 2]]) -> [f64; 3] {
    let count = samples.len() as f64;
    let mean: [f64; 2] = std::array::from_fn(|axis| samples.iter().map(|at| at[axis]).sum::<f64>() / count);
    let of = |i: usize, j: usize| samples.iter().map(|at| (at[i] - mean[i]) * (at[j] - mean[j])).sum::<f64>() / count;
    [of(0, 0), of(0, 1), of(1, 1)]
}

#[test]
fn samples_that_come_back_have_the_density_of_the_smoothed_points() {
    use rand::{RngExt, SeedableRng, rngs::Xoshiro256PlusPlus};
    let sigma = 0.05;
    let points = spiral(150);
    let smoothed = Smoothed::new(points.clone(), sigma).expect("allowed");
    // The density itself, sampled as it is defined.
    let mut rng = Xoshiro256PlusPlus::seed_from_u64(4);
    let truth: Vec<[f64; 2]> =
        (0..20_000).map(|index| points[index % 150].map(|x| x + sigma * normal(rng.random(), rng.random()))).collect();
    let exact = covariance(&truth);
    for sampler in [Sampler::Ode, Sampler::Sde] {
        let found = smoothed
            .sample(2000, &smoothed.times(50, Spacing::Logarithmic), sampler, 7, &|_| true)
            .expect("not stopped");
        let covariance = covariance(&found);
        let norm = |c: [f64; 3]| (c[0] * c[0] + 2.0 * c[1] * c[1] + c[2] * c[2]).sqrt();
        let off = norm(std::array::from_fn(|place| covariance[place] - exact[place])) / norm(exact);
        assert!(off < 0.06, "{sampler:?}: covariance off by {off}");
        let distance = energy_distance(&found, &truth[..4000]);
        assert!(distance < 0.01, "{sampler:?}: energy distance {distance}");
        assert!(
            smoothed.sample(100, &smoothed.times(5, Spacing::Logarithmic), sampler, 7, &|_| false).is_none(),
            "told to stop, it stops"
        );
    }
}

#[test]
fn every_sample_is_a_point_with_noise_and_nothing_new() {
    // A grid with gaps of 0.5, ten times σ₀: distances to the nearest point follow the Rayleigh law of σ₀.
    let sigma = 0.05;
    let grid: Vec<[f64; 2]> =
        (0..25).map(|index| [0.5 * f64::from(index % 5) - 1.0, 0.5 * f64::from(index / 5) - 1.0]).collect();
    let smoothed = Smoothed::new(grid.clone(), sigma).expect("allowed");
    let found = smoothed
        .sample(4000, &smoothed.times(100, Spacing::Logarithmic), Sampler::Ode, 3, &|_| true)
        .expect("not stopped");
    let mut distances: Vec<f64> = found
        .iter()
        .map(|at| {
            let point = grid[smoothed.nearest(*at)];
            (at[0] - point[0]).hypot(at[1] - point[1])
        })
        .collect();
    distances.sort_by(f64::total_cmp);
    let count = distances.len() as f64;
    let rayleigh = |r: f64| 1.0 - (-r * r / (2.0 * sigma * sigma)).exp();
    let largest = distances
        .iter()
        .enumerate()
        .map(|(place, &r)| (rayleigh(r) - (place as f64 + 0.5) / count).abs())
        .fold(0.0, f64::max);
    // Kolmogorov and Smirnov: beyond 1.63/√n one time in a hundred.
    assert!(largest < 1.63 / count.sqrt(), "{largest}");
    // Each point is reached: 160 times, give or take.
    let mut hits = vec![0.0; grid.len()];
    found.iter().for_each(|at| hits[smoothed.nearest(*at)] += 1.0);
    let chi: f64 = hits.iter().map(|hit: &f64| (hit - 160.0).powi(2) / 160.0).sum();
    // χ² of 24 degrees, and the mean that is off by e^−4 at the beginning.
    assert!(chi < 24.0 + 5.0 * 48.0_f64.sqrt(), "{chi}");
}

#[test]
fn the_score_is_the_slope_of_the_logarithm_of_the_density() {
    let points = vec![[0.3, -0.2], [-1.0, 0.5], [0.8, 0.9]];
    let smoothed = Smoothed::new(points.clone(), 0.2).expect("allowed");
    for time in [0.0, 0.1, 0.7, 3.0_f64] {
        let variance = 0.04 * (-2.0 * time).exp() + 1.0 - (-2.0 * time).exp();
        assert!((smoothed.variance(time) - variance).abs() < 1e-12);
        let log_density = |at: [f64; 2]| {
            let of = |point: &[f64; 2]| {
                let [dx, dy]: [f64; 2] = std::array::from_fn(|axis| at[axis] - (-time).exp() * point[axis]);
                (-(dx * dx + dy * dy) / (2.0 * variance)).exp()
            };
            points.iter().map(of).sum::<f64>().ln()
        };
        for at in [[0.1, 0.1], [-0.5, 1.2], [2.0, -1.0]] {
            let [x, y] = smoothed.score(at, time);
            assert!((x - slope(|h| log_density([at[0] + h, at[1]]))).abs() < 1e-5 * (1.0 + x.abs()), "{time}, {at:?}");
            assert!((y - slope(|h| log_density([at[0], at[1] + h]))).abs() < 1e-5 * (1.0 + y.abs()), "{time}, {at:?}");
            let origins = smoothed.origins(at, time);
            assert!((origins.iter().sum::<f64>() - 1.0).abs() < 1e-12);
        }
    }
    let times = smoothed.times(50, Spacing::Logarithmic);
    assert!((times[0] - 4.0).abs() < 1e-9 && times[50].abs() < 1e-12 && times.windows(2).all(|pair| pair[1] < pair[0]));
    for (points, sigma) in [(Vec::new(), 0.1), (vec![[f64::NAN, 0.0]], 0.1), (vec![[0.0, 0.0]], 0.0)] {
        assert!(Smoothed::new(points, sigma).is_err());
    }
}
