//! The magnet behind the lab, driven by hand in slices that end anywhere.

use spinscape::{
    labs::ising::{
        common::live_averages::Phase,
        magnet::{
            frame::MagnetFrame,
            inspector::Watch,
            settings::MagnetSettings,
            sim::{MagnetCommand, MagnetSimulation},
        },
    },
    physics::ising::{Dynamics, Start, exact},
    simulation::{Budget, Simulation},
};

#[test]
fn states_are_looked_at_between_updates_only() {
    // Slices that end in the middle of an update, where half of a great cluster may be turned.
    for dynamics in [Dynamics::SwendsenWang, Dynamics::Wolff] {
        let settings =
            MagnetSettings { size: 64, temperature: 2.0, dynamics, start: Start::Up, ..MagnetSettings::default() };
        let mut simulation = MagnetSimulation::new(settings);
        simulation.apply(MagnetCommand::Watch(Watch { correlation: true, ..Watch::default() }));
        let mut frame = MagnetFrame::default();
        for _ in 0..2500 {
            simulation.advance(Budget { work: 1500, steps: 1 });
            simulation.observe(&mut frame);
        }
        assert!(matches!(frame.live.phase, Phase::Settled | Phase::Short), "{:?}", frame.live);
        assert!(frame.correlation.states > 50, "{}", frame.correlation.states);
        // |m| of the endless lattice; at this size and temperature the difference is below 10⁻³.
        let order = frame.correlation.order_square.sqrt();
        let truth = exact::spontaneous_magnetization(2.0);
        assert!((order - truth).abs() < 0.01, "{dynamics:?}: {order} against {truth}");
    }
}

#[test]
fn a_cold_wolff_magnet_does_not_wait_for_the_clusters_of_a_hot_one() {
    let hot = MagnetSettings {
        size: 128,
        temperature: 5.0,
        dynamics: Dynamics::Wolff,
        start: Start::Up,
        ..MagnetSettings::default()
    };
    let mut simulation = MagnetSimulation::new(hot.clone());
    let mut frame = MagnetFrame::default();
    // Until a sweep is a fixed number of clusters, thousands of tiny ones.
    while frame.live.phase != Phase::Settled {
        simulation.advance(Budget { work: u64::MAX, steps: 50 });
        simulation.observe(&mut frame);
    }
    simulation.advance(Budget { work: 1000, steps: 1 });
    simulation.apply(MagnetCommand::Settings(Box::new(MagnetSettings { temperature: 1.0, ..hot })));
    let progress = simulation.advance(Budget { work: u64::MAX, steps: 3 });
    // Three sweeps of some two clusters at most, each as large as the magnet; turning counts as visiting.
    assert!(progress.work < 40 * 128 * 128, "{}", progress.work);
}
