//! A study of three sizes gives the critical point and the exponents that Onsager and Yang found.

use std::sync::Mutex;

use spinscape::physics::ising::{
    Coupling, Dynamics, Parameters, Start, exact,
    graph::{Disorder, Geometry},
    measurement::Run,
    scaling::{Exponents, NoFit, Quantity, collapse, fit, misfit},
    study::{Point, measure, runs},
};

fn scan(sizes: &[usize], temperatures: &[f64], sweeps: u64, seed: u64) -> Vec<Point> {
    let like = Run {
        lattice: Geometry::Square,
        disorder: Disorder::None,
        side: 8,
        parameters: Parameters { temperature: 2.0, field: 0.0, coupling: Coupling::Ferromagnetic },
        dynamics: Dynamics::SwendsenWang,
        start: Start::Up,
        sweeps,
        is_tempered: false,
        warmup: 200,
        seed,
    };
    let points = Mutex::new(Vec::new());
    let note = |place: usize, point: Point| points.lock().expect("no panic elsewhere").push((place, point));
    let runs = runs(sizes, temperatures, &like);
    assert_eq!(measure(&runs, &|_| true, &note), Ok(true));
    let mut points = points.into_inner().expect("no panic elsewhere");
    points.sort_by_key(|(place, _)| *place);
    assert_eq!(points.len(), runs.len());
    points.into_iter().map(|(_, point)| point).collect()
}

fn between(from: f64, to: f64, count: u32) -> Vec<f64> {
    (0..count).map(|step| from + (to - from) * f64::from(step) / f64::from(count - 1)).collect()
}

fn study() -> Vec<Point> {
    scan(&[8, 16, 32], &between(2.10, 2.45, 8), 20_000, 11)
}

#[test]
fn a_scan_whose_temperatures_are_far_apart_is_not_fitted_and_one_near_the_critical_point_is() {
    // The default of the window, and what its button makes of it.
    let sizes = [16, 32, 64];
    for seed in [1944, 3] {
        let far = scan(&sizes, &between(1.6, 3.2, 17), 5000, seed);
        assert_eq!(fit(&far, Some(&Exponents::exact()), 1), Err(NoFit::TooFarApart));
        let near = scan(&sizes, &between(2.18, 2.36, 17), 5000, seed);
        for known in [Some(Exponents::exact()), None] {
            let found = fit(&near, known.as_ref(), 1).expect("many points close to T_c");
            let exact = Exponents::exact();
            for quantity in [Quantity::Order, Quantity::Susceptibility] {
                let [before, after] =
                    [exact, found.exponents()].map(|e| misfit(&near, &e, quantity).expect("the curves overlap"));
                println!("{quantity:?}: {before:.2} with the exact exponents, {after:.2} with the fit");
                assert!(known.is_none() || after <= 1.01 * before, "{quantity:?}: {before} to {after}");
            }
            println!("{found:?}");
            for (estimate, truth, correction) in [
                (found.critical_temperature, exact.critical_temperature, 0.002),
                (found.inverse_nu, 1.0, 0.05),
                (found.beta_over_nu, 0.125, 0.01),
                (found.gamma_over_nu, 1.75, 0.03),
            ] {
                assert!((estimate.value - truth).abs() < 4.0 * estimate.error + correction, "{estimate:?}, {truth}");
                assert!(estimate.error < 0.05 * truth + 0.02, "{estimate:?} says little");
            }
        }
    }
}

#[test]
fn the_critical_point_and_the_exponents_come_out_within_their_errors() {
    let points = study();
    let found = fit(&points, None, 3).expect("the cumulants cross");
    // Beside the errors, what sizes up to 32 still leave of corrections to scaling.
    let cases = [
        ("T_c", found.critical_temperature, exact::critical_temperature(), 0.004, 0.01),
        ("1/ν", found.inverse_nu, 1.0, 0.05, 0.1),
        ("β/ν", found.beta_over_nu, 0.125, 0.01, 0.02),
        ("γ/ν", found.gamma_over_nu, 1.75, 0.03, 0.1),
    ];
    for (name, estimate, truth, correction, largest_error) in cases {
        assert!(estimate.error > 0.0 && estimate.error < largest_error, "{name}: {estimate:?}");
        let off = (estimate.value - truth).abs();
        assert!(off < 4.0 * estimate.error + correction, "{name}: {estimate:?} against {truth}");
    }
    // With the exact exponents the curves of |m| are nearly one, with others they are not.
    let quality = |exponents: Exponents| {
        let curve = |size: usize| {
            let of_size = points.iter().filter(|point| point.run.side == size);
            let scale = (size as f64).powf(exponents.beta / exponents.nu);
            of_size
                .map(|point| {
                    let m = point.measured.abs_magnetization;
                    [exponents.distance(size, point.run.parameters.temperature), m.value * scale, m.error * scale]
                })
                .collect()
        };
        collapse(&[curve(16), curve(32)]).expect("the curves overlap")
    };
    let right = quality(Exponents::exact());
    assert!(quality(Exponents { beta: 0.25, ..Exponents::exact() }) > 5.0 * right);
    assert!(quality(Exponents { critical_temperature: 2.35, ..Exponents::exact() }) > 5.0 * right);
}

#[test]
fn a_study_that_is_stopped_says_so_and_keeps_what_is_done() {
    let like = Run {
        lattice: Geometry::Square,
        disorder: Disorder::None,
        side: 8,
        parameters: Parameters { temperature: 2.0, field: 0.0, coupling: Coupling::Ferromagnetic },
        dynamics: Dynamics::Metropolis,
        start: Start::Up,
        sweeps: 10_000,
        is_tempered: false,
        warmup: 0,
        seed: 1,
    };
    let done = Mutex::new(0);
    let note = |_: usize, _: Point| *done.lock().expect("no panic elsewhere") += 1;
    let runs = runs(&[8], &[2.0; 50], &like);
    assert_eq!(measure(&runs, &|share| share < 0.3, &note), Ok(false));
    let done = done.into_inner().expect("no panic elsewhere");
    assert!((5..40).contains(&done), "{done}");
}
