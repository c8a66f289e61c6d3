//! The magnet behind the page of other lattices, driven by hand.

use spinscape::{
    labs::{
        ising::{
            common::brush::BrushTool,
            lattices::{
                frame::{Dab, LatticeCommand, LatticeFrame},
                ink,
                look::{LatticeLook, LatticePen, Projection},
                pixel_map::Canvas,
                settings::{DisorderKind, LatticeSettings, Rule},
                sim::LatticeSimulation,
            },
        },
        kit::Repair,
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
            for disorder_kind in DisorderKind::ALL {
                for (rule, tempering) in Rule::ALL.map(|rule| (rule, false)).into_iter().chain([(Rule::HeatBath, true)])
                {
                    let settings = LatticeSettings {
                        geometry,
                        edges,
                        disorder_kind,
                        rule,
                        tempering,
                        side: 8,
                        rungs: 4,
                        temperature: 1.5,
                        ..LatticeSettings::default()
                    };
                    let mut simulation = LatticeSimulation::new(settings.clone());
                    simulation.apply(LatticeCommand::Canvas(Canvas {
                        pixels: 400,
                        projection: Projection::Layers,
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
        dilution: -3.0,
        ladder: [5.0, 0.2],
        rungs: 0,
        tempering: true,
        rule: Rule::Exchange,
        ..LatticeSettings::default()
    };
    let mut look = LatticeLook { layer: 77, ..LatticeLook::default() };
    let pen = LatticePen { brush: BrushTool::Freeze, ..LatticePen::default() }.repaired();
    assert_eq!(pen.clone().repaired(), pen);
    let tame = wild.repaired();
    look.fit(tame.side);
    assert_eq!(tame.clone().repaired(), tame);
    assert_eq!((tame.side, look.layer, tame.rungs, tame.rule), (32, 31, 4, Rule::Metropolis));
    assert!(tame.ladder[0] < tame.ladder[1] && tame.temperature.is_finite() && tame.dilution == 0.0);
    let progress = LatticeSimulation::new(tame).advance(Budget { work: u64::MAX, steps: 1 });
    assert_eq!(progress.steps, 1);
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
    simulation.apply(LatticeCommand::Restart(1));
    assert_eq!(run(&mut simulation, 0).order, -1.0);
    simulation.apply(LatticeCommand::Exchange(1));
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
                disorder_kind: DisorderKind::PlusMinus,
                temperature: 3.0,
                anneal_sweeps,
                seed,
                ..LatticeSettings::default()
            };
            let mut simulation = LatticeSimulation::new(settings);
            simulation.apply(LatticeCommand::Cool(1));
            let half = run(&mut simulation, u64::from(anneal_sweeps) / 2);
            assert!((half.temperature - 1.5).abs() < 0.02 && half.anneal.is_some());
            let end = run(&mut simulation, u64::from(anneal_sweeps) / 2);
            assert_eq!((end.temperature, end.anneal), (0.0, None));
            end.lowest.expect("swept")
        };
        (0..16).map(end).sum::<f64>() / 16.0
    };
    let (fast, slow) = (lowest(100), lowest(2000));
    assert!(slow < fast - 0.01 && slow > -1.45, "{fast} against {slow}");
}

#[test]
fn another_cooling_time_does_not_change_the_cooling_under_way() {
    let settings = LatticeSettings { temperature: 2.0, anneal_sweeps: 1000, ..LatticeSettings::default() };
    let mut simulation = LatticeSimulation::new(settings.clone());
    simulation.apply(LatticeCommand::Cool(1));
    let half = run(&mut simulation, 500);
    simulation.apply(LatticeCommand::Settings(LatticeSettings {
        anneal_sweeps: 100_000,
        temperature: half.temperature,
        ..settings
    }));
    let end = run(&mut simulation, 500);
    assert_eq!((end.temperature, end.anneal, end.cooling), (0.0, None, 1));
}

#[test]
fn what_was_seen_in_another_field_is_forgotten_and_exchange_knows_no_field() {
    let settings = LatticeSettings {
        geometry: Geometry::Square,
        side: 16,
        disorder_kind: DisorderKind::PlusMinus,
        field: 2.0,
        temperature: 0.5,
        ..LatticeSettings::default()
    };
    let mut simulation = LatticeSimulation::new(settings.clone());
    let strong = run(&mut simulation, 50).lowest.expect("swept");
    simulation.apply(LatticeCommand::Settings(LatticeSettings { field: 0.0, ..settings.clone() }));
    let frame = run(&mut simulation, 50);
    let lowest = frame.lowest.expect("swept");
    assert!(strong < -2.0 && lowest > -1.5, "{strong} in the field, {lowest} without");
    assert!(frame.trail.iter().all(|dot| dot.energy > -1.5));
    // A constant of no consequence under a rule that keeps m.
    let exchange = LatticeSettings { rule: Rule::Exchange, ..settings };
    simulation.apply(LatticeCommand::Settings(exchange));
    assert!(run(&mut simulation, 50).energy > -1.5);
}

#[test]
fn what_the_page_says_of_order_is_true_of_its_settings() {
    let plain = LatticeSettings::default();
    let differ = LatticeSettings { coupling: Coupling::Antiferromagnetic, ..plain.clone() };
    assert!(plain.critical_temperature().is_some() && !plain.never_orders());
    assert!(differ.critical_temperature().is_none() && differ.never_orders());
    // In a field the ferromagnet has no sharp point, and triangles that differ do order.
    for settings in [&plain, &differ] {
        let in_field = LatticeSettings { field: 0.5, ..settings.clone() };
        assert!(in_field.critical_temperature().is_none() && !in_field.never_orders());
    }
    // Holes of no share are no holes.
    let full = LatticeSettings { disorder_kind: DisorderKind::Sites, dilution: 0.0, ..plain.clone() };
    assert_eq!(full.critical_temperature(), plain.critical_temperature());
    let holes = LatticeSettings { disorder_kind: DisorderKind::Sites, dilution: 0.2, ..plain };
    assert!(holes.critical_temperature().is_none() && !holes.never_orders());
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
fn a_glass_keeps_its_spins_when_the_rule_asks_for_another_kind_of_magnet() {
    for coupling in [Coupling::Ferromagnetic, Coupling::Antiferromagnetic] {
        let settings = LatticeSettings {
            geometry: Geometry::Square,
            side: 64,
            disorder_kind: DisorderKind::PlusMinus,
            temperature: 0.6,
            field: 0.3,
            coupling,
            ..LatticeSettings::default()
        };
        let mut simulation = LatticeSimulation::new(settings.clone());
        let before = run(&mut simulation, 200);
        for rule in [Rule::Wolff, Rule::HeatBath, Rule::SwendsenWang, Rule::Metropolis] {
            simulation.apply(LatticeCommand::Settings(LatticeSettings { rule, ..settings.clone() }));
            let after = run(&mut simulation, 0);
            assert_eq!(after.sheet.inks, before.sheet.inks, "{rule:?}");
            assert!((after.energy - before.energy).abs() < 1e-9 && after.order == before.order, "{rule:?}");
        }
        // It is painted as any other.
        let middle = [200.0, 200.0];
        simulation.apply(LatticeCommand::Paint(Dab { from: middle, to: middle, radius: 120.0, tool: BrushTool::Up }));
        assert!(run(&mut simulation, 0).order > before.order + 0.05);
    }
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
        disorder_kind: DisorderKind::Gaussian,
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
