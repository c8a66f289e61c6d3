//! P(m) of the bank of small magnets against all states, counted.

mod common;

use common::{counting, ising::parameters, mean_and_deviation};
use spinscape::physics::ising::{Coupling, Parameters, order_distribution::OrderDistribution};

/// Shares of each level from independent banks, a bank a row.
fn shares(side: usize, at: Parameters, begin: Parameters, steps: u64) -> Vec<Vec<f64>> {
    let bank = |seed: u64| {
        let mut bank = OrderDistribution::new(side, 8, begin, seed).expect("valid");
        (0..200).for_each(|_| bank.step());
        bank.set_parameters(at);
        while !bank.has_settled() {
            bank.step();
        }
        (0..steps).for_each(|_| bank.step());
        let total: u64 = bank.counts().iter().sum();
        bank.counts().iter().map(|&count| count as f64 / total as f64).collect()
    };
    (0..48).map(bank).collect()
}

/// Compares each level that was met often enough, within the scatter of the banks.
fn agrees(found: &[Vec<f64>], exact: &[f64], samples: f64, what: &str) {
    let (mut compared, mut squares) = (0.0, 0.0);
    for (level, &p) in exact.iter().enumerate() {
        let (mean, deviation) = mean_and_deviation(&found.iter().map(|bank| bank[level]).collect::<Vec<_>>());
        let error = deviation / (found.len() as f64).sqrt();
        if p * samples < 100.0 {
            // A level that is met by chance only: never more often than chance allows.
            assert!(mean * samples < 10.0 * (p * samples).sqrt() + p * samples + 20.0, "{what}: level {level}, {mean}");
            continue;
        }
        assert!(error < 0.2 * p, "{what}: level {level} is known to {error} of {p} only");
        let pull = (mean - p) / error;
        assert!(pull.abs() < 5.0, "{what}: level {level}: {mean} ± {error}, exact {p}");
        (compared, squares) = (compared + 1.0, squares + pull * pull);
    }
    let rms = f64::sqrt(squares / compared);
    println!("{what}: {compared} levels, rms pull {rms:.2}");
    assert!(compared >= 3.0 && rms < 1.8, "{what}: rms {rms} over {compared} levels");
}

#[test]
fn every_level_of_a_4x4_torus_is_met_as_often_as_among_all_its_states() {
    let count = counting::brute_force_4x4();
    let hot = parameters(5.0, 0.0, Coupling::Ferromagnetic);
    for (temperature, field) in [(1.0, 0.0), (1.5, 0.03), (2.269, 0.0), (2.269, 0.1), (3.5, -0.4), (1.2, -0.02)] {
        let at = parameters(temperature, field, Coupling::Ferromagnetic);
        let mut exact = vec![0.0; 17];
        for (spin_sum, _, p) in count.boltzmann(temperature, field, 1.0) {
            exact[(spin_sum + 16) as usize / 2] += p;
        }
        let steps = 4000;
        agrees(&shares(4, at, hot, steps), &exact, (48 * 8 * steps) as f64, &format!("T = {temperature}, h = {field}"));
    }
}

/// P of the staggered order on the 4 × 4 torus with J = −1 in a uniform field, from all 2¹⁶ states one by one.
fn staggered_4x4(temperature: f64, field: f64) -> Vec<f64> {
    let mut weights = [0.0; 17];
    for state in 0_u32..1 << 16 {
        let spin = |x: usize, y: usize| if state >> (4 * (y % 4) + x % 4) & 1 == 1 { 1.0 } else { -1.0 };
        let (mut energy, mut level) = (0.0, 0);
        for y in 0..4 {
            for x in 0..4 {
                let here = spin(x, y);
                energy += here * (spin(x + 1, y) + spin(x, y + 1)) - field * here;
                level += usize::from((here > 0.0) == ((x + y) % 2 == 0));
            }
        }
        weights[level] += f64::exp(-energy / temperature);
    }
    let total: f64 = weights.iter().sum();
    weights.iter().map(|weight| weight / total).collect()
}

#[test]
fn the_antiferromagnet_has_its_staggered_levels_in_a_field_too() {
    let hot = parameters(5.0, 0.0, Coupling::Antiferromagnetic);
    for (temperature, field) in [(1.8, 0.0), (1.0, 2.0), (1.2, 3.9)] {
        let at = parameters(temperature, field, Coupling::Antiferromagnetic);
        let steps = 4000;
        let what = format!("J = −1, T = {temperature}, h = {field}");
        agrees(&shares(4, at, hot, steps), &staggered_4x4(temperature, field), (48 * 8 * steps) as f64, &what);
    }
}

#[test]
fn a_bank_that_was_cooled_shows_nothing_of_the_way_down() {
    // 8 × 8 at T = 1.2: between the valleys P is below 10⁻¹⁵, and what is met there can only come from cooling.
    for temperature in [1.2, 1.9] {
        let exact = counting::magnetization_distribution(8, temperature);
        let at = parameters(temperature, 0.0, Coupling::Ferromagnetic);
        let hot = parameters(6.0, 0.0, Coupling::Ferromagnetic);
        let steps = 2000;
        agrees(&shares(8, at, hot, steps), &exact, (48 * 8 * steps) as f64, &format!("8 × 8, T = {temperature}"));
    }
    // A field that tilts the landscape weighs the valleys as the Boltzmann factor says: P_h ∝ P_0 exp(hM/T).
    let (temperature, field) = (1.9, 0.02);
    let weights: Vec<f64> = counting::magnetization_distribution(8, temperature)
        .iter()
        .enumerate()
        .map(|(up, p)| p * f64::exp(field * (2.0 * up as f64 - 64.0) / temperature))
        .collect();
    let total: f64 = weights.iter().sum();
    let exact: Vec<f64> = weights.iter().map(|weight| weight / total).collect();
    let at = parameters(temperature, field, Coupling::Ferromagnetic);
    let down = parameters(temperature, -0.5, Coupling::Ferromagnetic);
    let steps = 2000;
    agrees(&shares(8, at, down, steps), &exact, (48 * 8 * steps) as f64, "8 × 8 in a field, from the other valley");
}
