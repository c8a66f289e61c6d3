//! The exact solutions against independently computed tables.

mod common;

use common::{counting, table};
use spinscape::physics::ising::exact;

const TOLERANCE: f64 = 1e-9;

#[test]
fn energy_and_magnetization_of_the_infinite_lattice_agree_with_the_table() {
    for row in table(include_str!("reference/ising_square_infinite.csv")) {
        // The table has ten decimals.
        assert!((exact::energy(row[0]) - row[1]).abs() < TOLERANCE, "e at {}", row[0]);
        assert!((exact::spontaneous_magnetization(row[0]) - row[2]).abs() < TOLERANCE, "m at {}", row[0]);
    }
}

#[test]
fn specific_heat_of_the_infinite_lattice_agrees_with_the_table() {
    for row in table(include_str!("reference/onsager_specific_heat.csv")) {
        assert!((exact::specific_heat(row[0]) - row[1]).abs() < TOLERANCE, "C at {}", row[0]);
    }
}

#[test]
fn the_finite_torus_agrees_with_kaufmans_table() {
    for row in table(include_str!("reference/ising_square_finite.csv")) {
        let torus = exact::finite_torus(row[0] as usize, row[1]);
        assert!((torus.energy - row[2]).abs() < TOLERANCE, "e at L = {}, T = {}", row[0], row[1]);
        assert!((torus.specific_heat - row[3]).abs() < TOLERANCE, "C at L = {}, T = {}", row[0], row[1]);
    }
}

#[test]
fn the_finite_torus_agrees_with_a_count_of_states_near_and_away_from_the_critical_point() {
    for (count, temperatures) in [
        (counting::brute_force_4x4(), [0.3, 2.0, exact::critical_temperature(), 2.2691853, 50.0]),
        (counting::transfer_matrix(6), [0.5, 1.9, exact::critical_temperature(), 2.2691854, 20.0]),
    ] {
        let spins = (count.side * count.side) as f64;
        for temperature in temperatures {
            let torus = exact::finite_torus(count.side, temperature);
            let energy = count.average(temperature, 0.0, 1.0, |_, e| e);
            let variance = count.average(temperature, 0.0, 1.0, |_, e| (e - energy).powi(2));
            let heat = spins * variance / temperature.powi(2);
            assert!((torus.energy - energy).abs() < 1e-11, "e at {temperature}");
            assert!((torus.specific_heat - heat).abs() < 1e-10, "C at {temperature}");
        }
    }
}

#[test]
fn a_torus_of_1024_has_the_energy_of_the_infinite_lattice_away_from_the_critical_point() {
    // The correction falls off as e^{−L/ξ}: nothing is left of it at these temperatures.
    for temperature in [1.0, 2.0, 2.5, 4.0] {
        let torus = exact::finite_torus(1024, temperature);
        assert!((torus.energy - exact::energy(temperature)).abs() < TOLERANCE);
        assert!((torus.specific_heat - exact::specific_heat(temperature)).abs() < 1e-8);
    }
    // At T_c the energy lies above −√2 by an amount that falls as 1/L (Ferdinand and Fisher 1969).
    let excess = |side| (exact::finite_torus(side, exact::critical_temperature()).energy + 2_f64.sqrt()) * side as f64;
    assert!((excess(1024) / excess(512) - 1.0).abs() < 1e-3);
}

#[test]
fn the_limits_of_temperature_are_finite() {
    for temperature in [0.0, 1e-300, 1e-3, 0.05, 1e4, 1e6, f64::INFINITY] {
        let torus = exact::finite_torus(64, temperature);
        for value in [
            exact::energy(temperature),
            exact::specific_heat(temperature),
            exact::spontaneous_magnetization(temperature),
            torus.energy,
            torus.specific_heat,
        ] {
            assert!(value.is_finite(), "at {temperature}");
        }
    }
    assert_eq!(exact::energy(0.0), -2.0);
    assert_eq!(exact::energy(f64::INFINITY), 0.0);
    assert!((exact::energy(exact::critical_temperature()) + 2_f64.sqrt()).abs() < 1e-14);
}
