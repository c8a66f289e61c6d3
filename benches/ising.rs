//! The speed that the README quotes: flips a second at T_c, the picture of a large lattice, a pass of the window.

use std::{
    hint::black_box,
    sync::Arc,
    time::{Duration, Instant},
};

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use egui_kittest::Harness;
use spinscape::{
    app::{Options, Spinscape},
    labs::ising::magnet::{
        MagnetPage,
        frame::MagnetFrame,
        inspector::Watch,
        picture::ViewRequest,
        settings::MagnetSettings,
        sim::{MagnetCommand, MagnetSimulation},
    },
    physics::ising::{
        Coupling, Dynamics, Engine, PackedEngine, Parameters, PlainEngine, Spins, Start, exact, packed::Path,
    },
    simulation::{Budget, Clock, ManualClock, Simulation},
    text::Language,
};

/// A lattice that has forgotten its start: random starts at T_c have tiny clusters and give false figures.
fn settled(side: usize) -> PackedEngine {
    let parameters =
        Parameters { temperature: exact::critical_temperature(), field: 0.0, coupling: Coupling::Ferromagnetic };
    let mut engine = PackedEngine::new(side, Start::Random, parameters, Dynamics::SwendsenWang, 1).expect("valid");
    for _ in 0..60 {
        engine.sweep();
    }
    engine
}

fn flips(criterion: &mut Criterion) {
    for side in [128, 1024, 4096] {
        let engine = settled(side);
        let mut group = criterion.benchmark_group(format!("flips at T_c, L = {side}"));
        group.sample_size(10).measurement_time(Duration::from_secs(5));
        group.throughput(Throughput::Elements((side * side) as u64));
        for dynamics in Dynamics::ALL {
            let mut engine = engine.clone();
            engine.set_dynamics(dynamics);
            // A Wolff sweep visits about N spins.
            group.bench_function(BenchmarkId::from_parameter(format!("{dynamics:?}")), |bencher| {
                bencher.iter(|| engine.sweep());
            });
        }
        for path in [Path::Avx2, Path::Plain] {
            let mut engine = engine.clone();
            engine.set_dynamics(Dynamics::Metropolis);
            engine.local_mut().set_path(path);
            group.bench_function(BenchmarkId::from_parameter(format!("Metropolis, {path:?}")), |bencher| {
                bencher.iter(|| engine.sweep());
            });
        }
        let parameters = engine.parameters();
        let plain = PlainEngine::new(side, Start::Random, parameters, Dynamics::Metropolis, 1);
        let mut plain = plain.expect("valid");
        group.bench_function("Metropolis, a byte a spin", |bencher| bencher.iter(|| plain.sweep()));
    }
}

fn picture(criterion: &mut Criterion) {
    let mut simulation = MagnetSimulation::new(MagnetSettings { size: 4096, ..MagnetSettings::default() });
    simulation.apply(MagnetCommand::View(ViewRequest::whole(4096, 683)));
    let mut frame = MagnetFrame::default();
    criterion.bench_function("observe 4096² as 683 × 683", |bencher| {
        bencher.iter(|| simulation.observe(black_box(&mut frame)));
    });
}

/// A frame while it runs and the cards of the first screen look at its states: correlations and blocks.
fn looking(criterion: &mut Criterion) {
    let temperature = exact::critical_temperature();
    let mut simulation = MagnetSimulation::new(MagnetSettings { size: 4096, temperature, ..MagnetSettings::default() });
    simulation.apply(MagnetCommand::View(ViewRequest::whole(4096, 683)));
    simulation.apply(MagnetCommand::Watch(Watch { correlation: true, blocks_shown: 56, ..Watch::default() }));
    let mut frame = MagnetFrame::default();
    criterion.bench_function("observe 4096² with correlations and blocks", |bencher| {
        bencher.iter_custom(|frames| {
            let mut time = Duration::ZERO;
            for _ in 0..frames {
                // As much as fits between two frames.
                simulation.advance(Budget { work: u64::MAX, steps: 10 });
                let began = Instant::now();
                simulation.observe(black_box(&mut frame));
                time += began.elapsed();
            }
            time
        });
    });
}

/// What is looked at after every sweep, beside the sweep.
fn counting(criterion: &mut Criterion) {
    let mut engine = settled(4096);
    engine.set_dynamics(Dynamics::Metropolis);
    let mut group = criterion.benchmark_group("4096²");
    group.bench_function("a sweep", |bencher| bencher.iter(|| engine.sweep()));
    group.bench_function("energy and magnetization", |bencher| bencher.iter(|| black_box(engine.lattice().counts())));
}

fn window(criterion: &mut Criterion) {
    let clock = Arc::new(ManualClock::default());
    let options = Options {
        by_hand: Some(Arc::clone(&clock) as Arc<dyn Clock>),
        language: Some(Language::English),
        ..Options::default()
    };
    let mut harness = Harness::builder().with_size([1600.0, 1000.0]).build_eframe(|cc| Spinscape::new(cc, options));
    if let Some(lab) = harness.state_mut().lab().page().as_any().downcast_mut::<MagnetPage>() {
        lab.session.settings.size = 4096;
        lab.session.set_running(false);
    }
    for _ in 0..5 {
        clock.pass(Duration::from_millis(17));
        harness.step();
    }
    criterion.bench_function("window pass without graphics card, L = 4096", |bencher| {
        bencher.iter(|| harness.step());
    });
}

criterion_group!(benches, flips, picture, looking, counting, window);
criterion_main!(benches);
