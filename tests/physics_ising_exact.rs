//! The exact solutions against independently computed tables.

mod common;

use common::{counting, table};
use spinscape::physics::ising::exact::{self, planar::Planar};

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

/// ln Z/N of the infinite triangular or honeycomb lattice, by the plain double sum over a period (Houtappel 1950).
fn double_integral(lattice: Planar, k: f64) -> f64 {
    const POINTS: u32 = 400;
    let (c, s) = ((2.0 * k).cosh(), (2.0 * k).sinh());
    let angle = |step: u32| std::f64::consts::TAU * (f64::from(step) + 0.5) / f64::from(POINTS);
    let mut sum = 0.0;
    for (x, y) in (0..POINTS).flat_map(|x| (0..POINTS).map(move |y| (angle(x), angle(y)))) {
        let waves = x.cos() + y.cos() + (x + y).cos();
        sum += match lattice {
            Planar::Triangular => 0.5 * (c.powi(3) + s.powi(3) - s * waves).ln(),
            Planar::Honeycomb => 0.25 * (0.5 * (c.powi(3) + 1.0 - s * s * waves)).ln(),
        };
    }
    2_f64.ln() + sum / f64::from(POINTS * POINTS)
}

#[test]
fn energies_and_heats_of_the_other_plane_lattices_are_derivatives_of_their_free_energy() {
    for (lattice, temperatures) in
        [(Planar::Triangular, [1.5, 2.9, 4.4, 8.0]), (Planar::Honeycomb, [0.7, 1.2, 1.9, 5.0])]
    {
        for temperature in temperatures {
            // Away from T_c the sum over a period is exact to all digits; differences over five points lose h⁴.
            let (k, h) = (1.0 / temperature, 2e-3);
            let f = [-2.0, -1.0, 0.0, 1.0, 2.0].map(|step| double_integral(lattice, k + step * h));
            let first = (f[0] - 8.0 * f[1] + 8.0 * f[3] - f[4]) / (12.0 * h);
            let second = (-f[0] + 16.0 * f[1] - 30.0 * f[2] + 16.0 * f[3] - f[4]) / (12.0 * h * h);
            let (energy, heat) = (lattice.energy(temperature), lattice.specific_heat(temperature));
            assert!((energy + first).abs() < 2e-7, "{lattice:?} at {temperature}: e = {energy}, {}", -first);
            assert!(
                (heat - k * k * second).abs() < 2e-6,
                "{lattice:?} at {temperature}: C = {heat}, {}",
                k * k * second
            );
        }
    }
}

#[test]
fn the_other_plane_lattices_have_their_known_values_at_and_around_the_critical_point() {
    for (lattice, critical, energy, neighbours) in
        [(Planar::Triangular, 3.640_956_907, -2.0, 6.0), (Planar::Honeycomb, 1.518_651_427, -2.0 / 3_f64.sqrt(), 3.0)]
    {
        assert!((lattice.critical_temperature() - critical).abs() < 1e-8);
        let critical = lattice.critical_temperature();
        assert!((lattice.energy(critical) - energy).abs() < 1e-7, "{lattice:?}: {}", lattice.energy(critical));
        // The heat grows like a logarithm, alike on both sides, and |m| like the eighth root.
        let heat = |distance: f64| lattice.specific_heat(critical * (1.0 + distance));
        let (near, far) = (heat(-1e-5) - heat(-1e-3), heat(1e-5) - heat(1e-3));
        assert!(near > 1.0 && (near / far - 1.0).abs() < 0.02, "{lattice:?}: {near} and {far}");
        let order = |distance: f64| lattice.spontaneous_magnetization(critical * (1.0 - distance));
        assert!((order(1e-6) / order(1e-4) / 0.01_f64.powf(0.125) - 1.0).abs() < 1e-3, "{lattice:?}");
        assert_eq!((lattice.spontaneous_magnetization(critical), lattice.spontaneous_magnetization(0.0)), (0.0, 1.0));
        // Cold: one spin turned over costs 2 per neighbour. Hot: e = −(z/2) tanh K, then rings of bonds.
        let cold = 0.2 * critical;
        let turned = 1.0 - 2.0 * (-2.0 * neighbours / cold).exp();
        assert!(
            (lattice.spontaneous_magnetization(cold) - turned).abs() < 2.0 * (1.0 - turned).powf(1.2),
            "{lattice:?}"
        );
        assert!((lattice.energy(1e4) * 2e4 / neighbours + 1.0).abs() < 1e-3);
        for temperature in [0.0, 1e-3, 0.06, 0.3, critical, 1e3, f64::INFINITY] {
            let (energy, heat) = (lattice.energy(temperature), lattice.specific_heat(temperature));
            assert!(
                energy.is_finite() && heat.is_finite() && heat >= 0.0,
                "{lattice:?} at {temperature}: {energy}, {heat}"
            );
        }
    }
}
