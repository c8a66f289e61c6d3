//! Whole ways from points into noise and back, and the density on a grid.

use spinscape::physics::landscape::{
    density::{coordinate, density, score},
    diffusion::{Sampler, Smoothed, Spacing, spiral},
};

fn smoothed(points: Vec<[f64; 2]>, sigma: f64) -> Smoothed {
    Smoothed::new(points, sigma).expect("allowed")
}

#[test]
fn ways_back_end_in_the_samples_with_any_number_of_threads() {
    let smoothed = smoothed(spiral(60), 0.05);
    for (sampler, spacing) in [(Sampler::Ode, Spacing::Logarithmic), (Sampler::Sde, Spacing::Uniform)] {
        let times = smoothed.times(20, spacing);
        assert_eq!((times.len(), times[0], times[20]), (21, 4.0, 0.0));
        let ways = || smoothed.ways_back(150, &times, sampler, 7, &|_| true).expect("not stopped");
        let found = ways();
        assert!(found.iter().all(|way| way.len() == 21));
        let ends: Vec<[f64; 2]> = found.iter().map(|way| way[20]).collect();
        assert_eq!(ends, smoothed.sample(150, &times, sampler, 7, &|_| true).expect("not stopped"));
        let alone = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a pool").install(ways);
        assert_eq!(found, alone);
    }
}

#[test]
fn ways_out_have_mean_variance_and_memory_of_the_exact_process() {
    // x(t) = a e^{−t} + noise of variance v(t), and cov(x(s), x(t)) = v(s) e^{−(t − s)} for s < t.
    let (count, point) = (20_000, [1.5, -0.5]);
    let smoothed = smoothed(vec![point; count], 0.3);
    let times = [4.0, 0.5, 0.2, 0.0];
    let ways = smoothed.ways_out(&times, 3);
    assert_eq!(ways.len(), count);
    for axis in 0..2 {
        let centred = |place: usize| ways.iter().map(move |way| way[place][axis] - point[axis] * (-times[place]).exp());
        for (place, &time) in times.iter().enumerate() {
            let variance = smoothed.variance(time);
            let mean = centred(place).sum::<f64>() / count as f64;
            assert!(mean.abs() < 4.5 * (variance / count as f64).sqrt(), "mean {mean} at {time}");
            let found = centred(place).map(|x| x * x).sum::<f64>() / count as f64;
            // The variance of a squared normal number is twice its square.
            let error = variance * (2.0 / count as f64).sqrt();
            assert!((found - variance).abs() < 4.5 * error, "variance {found}, exactly {variance}, at {time}");
        }
        let (late, early) = (1, 2);
        let expected = smoothed.variance(times[early]) * (times[early] - times[late]).exp();
        let found = centred(late).zip(centred(early)).map(|(x, y)| x * y).sum::<f64>() / count as f64;
        let product = smoothed.variance(times[early]) * smoothed.variance(times[late]);
        let error = ((product + expected * expected) / count as f64).sqrt();
        assert!((found - expected).abs() < 4.5 * error, "{found}, exactly {expected}");
    }
}

#[test]
fn density_and_score_on_a_grid_are_those_of_each_place() {
    let points = spiral(40);
    let smoothed = smoothed(points.clone(), 0.05);
    for time in [0.0, 0.01, 0.4, 4.0] {
        let (side, reach) = (13, 2.6);
        let (densities, scores) = (density(&smoothed, time, side, reach), score(&smoothed, time, side, reach));
        let variance = smoothed.variance(time);
        let exactly = |at: [f64; 2]| -> f64 {
            let shrunk = f64::exp(-time);
            let square = |[a, b]: &[f64; 2]| (at[0] - shrunk * a).powi(2) + (at[1] - shrunk * b).powi(2);
            points.iter().map(|point| (-square(point) / (2.0 * variance)).exp()).sum()
        };
        let at = |place: usize| [place % side, place / side].map(|place| coordinate(place, side, reach));
        let most = (0..side * side).map(|place| exactly(at(place))).fold(0.0, f64::max);
        for place in 0..side * side {
            let expected = exactly(at(place)) / most;
            assert!((f64::from(densities[place]) - expected).abs() < 1e-6, "at {:?}, time {time}", at(place));
            let (found, expected) = (scores[place], smoothed.score(at(place), time));
            for axis in 0..2 {
                let close = 1e-5 * expected[axis].abs().max(1.0);
                assert!((f64::from(found[axis]) - expected[axis]).abs() < close, "{found:?} {expected:?} at {time}");
            }
        }
    }
}
