//! Neighbours that change places: how patches grow when no spin is lost.

use std::sync::Arc;

use rayon::prelude::*;
use spinscape::physics::{
    ising::{
        Start, exact,
        graph::{Design, Graph, GraphMagnet},
    },
    statistics::Bins,
};

#[test]
fn patches_grow_with_the_cube_root_of_time() {
    // Lifshitz and Slyozov 1961; on a lattice R = A + B t^{1/3} (Huse 1986). Of three times with the same ratio the offset
    // drops out: (R₃ − R₂)/(R₂ − R₁) = 4^n.
    let (side, temperature, times) = (96, 1.6, [200, 800, 3200]);
    let graph = Arc::new(Graph::new(Design { side, ..Design::default() }, 1.0).expect("allowed"));
    let settled = exact::energy(temperature);
    let sizes: Vec<[f64; 3]> = (0..40_u64)
        .into_par_iter()
        .map(|seed| {
            let mut magnet = GraphMagnet::new(Arc::clone(&graph), Start::Random, temperature, 0.0, seed);
            // As many up as down, so that neither side is a drop in the other.
            let spins: Vec<i8> = (0..graph.sites()).map(|site| if site % 2 == 0 { 1 } else { -1 }).collect();
            magnet.set_spins(&spins);
            magnet.set_temperature(1e9);
            (0..20).for_each(|_| magnet.exchange_sweep());
            magnet.set_temperature(temperature);
            let mut done = 0;
            times.map(|time| {
                // The mean over a tenth of the time around each.
                (done..time - time / 20).for_each(|_| magnet.exchange_sweep());
                let mut sum = 0.0;
                for _ in 0..time / 10 {
                    magnet.exchange_sweep();
                    sum += magnet.energy() / (side * side) as f64;
                }
                done = time + time / 20;
                2.0 / (sum / f64::from(time / 10) - settled)
            })
        })
        .collect();
    let exponent = Bins::new(sizes.into_iter(), 40).jackknife(|[a, b, c]| ((c - b) / (b - a)).ln() / 4_f64.ln());
    println!("n = {} ± {}", exponent.value, exponent.error);
    assert!(exponent.error < 0.03, "{exponent:?}");
    assert!((exponent.value - 1.0 / 3.0).abs() < 3.5 * exponent.error, "{exponent:?}");
    // Neither the growth without a conserved quantity, nor none.
    assert!((exponent.value - 0.5).abs() > 5.0 * exponent.error, "{exponent:?}");
}
