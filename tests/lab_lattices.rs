//! The magnet behind the page of other lattices, driven by hand.

use spinscape::{
    labs::ising::{
        lattices::{
            atlas::{Canvas, ink},
            settings::{Chance, LatticeSettings, Look, Rule},
            sim::{Dab, LatticeCommand, LatticeFrame, LatticeSimulation},
        },
        settings::BrushTool,
    },
    physics::ising::{
        Coupling, Start,
        graph::{Edges, Geometry},
    },
    simulation::{Budget, Simulation},
};

fn run(simulation: &mut LatticeSimulation, steps: u64) -> LatticeFrame {
    simulation.advance(Budget { work: u64::MAX, steps });
    let mut frame = LatticeFrame::default();
    simulation.observe(&mut frame);
    frame
}

/// Share of the pixels with a spin that show one up.
fn up_share(frame: &LatticeFrame) -> f64 {
    let spins = frame.sheet.inks.iter().filter(|&&ink| ink >= ink::SPIN);
    let (mut up, mut all) = (0, 0);
    for &ink in spins {
        up += usize::from((ink - ink::SPIN) % 2 == 1);
        all += 1;
    }
    f64::from(up as u32) / f64::from(all as u32)
}

#[test]
fn every_magnet_of_the_page_runs_and_is_shown_as_it_is() {
    for geometry in Geometry::ALL {
        for edges in [Edges::Periodic, Edges::Free, Edges::Fixed] {
            for chance in Chance::ALL {
                for (rule, tempering) in Rule::ALL.map(|rule| (rule, false)).into_iter().chain([(Rule::HeatBath, true)])
                {
                    let settings = LatticeSettings {
                        geometry,
                        edges,
                        chance,
                        rule,
                        tempering,
                        side: 8,
                        rungs: 4,
                        temperature: 1.5,
                        marks: false,
                        look: Look::Layers,
                        ..LatticeSettings::default()
                    };
                    let mut simulation = LatticeSimulation::new(settings.clone());
                    simulation.apply(LatticeCommand::Canvas(Canvas {
                        pixels: 400,
                        look: Look::Layers,
                        ..Canvas::default()
                    }));
                    let frame = run(&mut simulation, 3);
                    assert_eq!(frame.sweeps, 3, "{settings:?}");
                    // Cells are equal only nearly; with edges the lattice of triangles is cut at its slanted sides too.
                    let m = 2.0 * up_share(&frame) - 1.0;
                    assert!(
                        (m - frame.order).abs() < 0.09,
                        "{settings:?}: {m} in the picture, {} in truth",
                        frame.order
                    );
                    assert!(frame.energy.is_finite() && frame.lowest.is_some());
                    assert_eq!(frame.rungs.len(), if tempering { 4 } else { 0 });
                }
            }
        }
    }
}

#[test]
fn settings_that_cannot_be_are_the_nearest_that_can() {
    let wild = LatticeSettings {
        geometry: Geometry::Cubic,
        side: 1000,
        temperature: f64::NAN,
        field: 1e9,
        share: -3.0,
        ladder: [5.0, 0.2],
        rungs: 0,
        tempering: true,
        rule: Rule::Exchange,
        layer: 77,
        brush: BrushTool::Freeze,
        ..LatticeSettings::default()
    };
    let tame = wild.repaired();
    assert_eq!(tame.clone().repaired(), tame);
    assert_eq!((tame.side, tame.layer, tame.rungs, tame.rule), (32, 31, 4, Rule::Metropolis));
    assert!(tame.ladder[0] < tame.ladder[1] && tame.temperature.is_finite() && tame.share == 0.0);
    LatticeSimulation::new(tame).advance(Budget { work: 1, steps: 1 });
}

#[test]
fn a_brush_turns_what_is_under_it_and_an_undone_reset_brings_it_back() {
    let settings = LatticeSettings {
        geometry: Geometry::Triangular,
        side: 32,
        start: Start::Down,
        temperature: 0.5,
        ..LatticeSettings::default()
    };
    let mut simulation = LatticeSimulation::new(settings);
    let before = run(&mut simulation, 1);
    assert_eq!(before.order, -1.0);
    let (width, height) = (before.sheet.width as f64, before.sheet.height as f64);
    let radius = 0.2 * width;
    let middle = [width / 2.0, height / 2.0];
    simulation.apply(LatticeCommand::Paint(Dab { from: middle, to: middle, radius, tool: BrushTool::Up }));
    let mut painted = LatticeFrame::default();
    simulation.observe(&mut painted);
    let share = std::f64::consts::PI * radius * radius / (width * height);
    assert!((0.5 + 0.5 * painted.order - share).abs() < 0.04, "{} against {share}", painted.order);
    simulation.apply(LatticeCommand::Restart);
    assert_eq!(run(&mut simulation, 0).order, -1.0);
    simulation.apply(LatticeCommand::UndoRestart);
    let again = run(&mut simulation, 0);
    assert_eq!((again.order, again.sweeps), (painted.order, painted.sweeps));
}

#[test]
fn slow_cooling_ends_at_zero_lower_than_fast_cooling() {
    // One glass cooled sixteen times fast and sixteen times slowly.
    let lowest = |anneal_sweeps: u32| -> f64 {
        let end = |seed: u64| {
            let settings = LatticeSettings {
                geometry: Geometry::Square,
                side: 32,
                chance: Chance::PlusMinus,
                temperature: 3.0,
                anneal_sweeps,
                seed,
                ..LatticeSettings::default()
            };
            let mut simulation = LatticeSimulation::new(settings);
            simulation.apply(LatticeCommand::Anneal(true));
            let half = run(&mut simulation, u64::from(anneal_sweeps) / 2);
            assert!((half.settings.temperature - 1.5).abs() < 0.02 && half.anneal.is_some());
            let end = run(&mut simulation, u64::from(anneal_sweeps) / 2);
            assert_eq!((end.settings.temperature, end.anneal), (0.0, None));
            end.lowest.expect("swept")
        };
        (0..16).map(end).sum::<f64>() / 16.0
    };
    let (fast, slow) = (lowest(100), lowest(2000));
    assert!(slow < fast - 0.01 && slow > -1.45, "{fast} against {slow}");
}

#[test]
fn exchange_keeps_every_spin_and_patches_grow_on() {
    let settings = LatticeSettings {
        geometry: Geometry::Square,
        side: 64,
        rule: Rule::Exchange,
        temperature: 1.5,
        up_share: 0.3,
        ..LatticeSettings::default()
    };
    let mut simulation = LatticeSimulation::new(settings);
    let first = run(&mut simulation, 1);
    let last = run(&mut simulation, 2000);
    assert_eq!(first.order, last.order);
    assert!((first.order + 0.4).abs() < 0.06, "three tenths are up: {}", first.order);
    assert!(last.energy < first.energy - 0.5 && last.growth.len() > 20);
}

#[test]
fn neighbours_that_differ_have_a_staggered_order() {
    let settings = LatticeSettings {
        geometry: Geometry::Honeycomb,
        coupling: Coupling::Antiferromagnetic,
        side: 16,
        temperature: 0.3,
        rule: Rule::SwendsenWang,
        ..LatticeSettings::default()
    };
    let mut simulation = LatticeSimulation::new(settings);
    let frame = run(&mut simulation, 50);
    assert!(frame.order.abs() > 0.99, "{}", frame.order);
    assert!((frame.energy + 1.5).abs() < 0.01);
}

#[test]
fn replicas_find_temperatures_of_their_own_and_count_their_overlap() {
    let settings = LatticeSettings {
        geometry: Geometry::Square,
        side: 16,
        chance: Chance::Gaussian,
        tempering: true,
        rungs: 6,
        ladder: [0.6, 2.0],
        temperature: 1.9,
        ..LatticeSettings::default()
    };
    let mut simulation = LatticeSimulation::new(settings.clone());
    let placing = run(&mut simulation, 100);
    assert!(placing.placing.is_some_and(|done| (0.0..1.0).contains(&done)));
    let frame = run(&mut simulation, 1500);
    assert_eq!(frame.placing, None);
    assert_eq!(frame.rung, 5, "the thermometer stands nearest to the hottest");
    let total: f32 = frame.overlaps.iter().sum();
    assert!(total > 100.0 && frame.recorded > 1000);
    assert!(frame.rungs[..5].iter().all(|rung| rung.exchange.is_some_and(|share| share > 0.02)));
    assert!(frame.rungs.windows(2).all(|pair| pair[0].temperature < pair[1].temperature));
    // Another temperature is another replica of the same run, and nothing begins anew.
    simulation.apply(LatticeCommand::Settings(LatticeSettings { temperature: 0.5, ..settings }));
    let cold = run(&mut simulation, 1);
    assert_eq!(cold.rung, 0);
    assert!(cold.sweeps > 1600 && cold.energy < frame.energy);
}
