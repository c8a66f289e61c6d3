//! Making a frame allocates nothing once it is warm. Alone in its file, because it counts for the whole process.

use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};
use std::alloc::System;

use spinscape::{
    labs::ising::magnet::{
        frame::MagnetFrame,
        picture::ViewRequest,
        settings::MagnetSettings,
        sim::{MagnetCommand, MagnetSimulation},
    },
    simulation::{Budget, Simulation},
};

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

#[test]
fn observe_allocates_nothing_after_warm_up() {
    let mut simulation = MagnetSimulation::new(MagnetSettings { size: 512, ..MagnetSettings::default() });
    let mut frame = MagnetFrame::default();
    let view = ViewRequest { with_overview: true, ..ViewRequest::whole(512, 300) };
    simulation.apply(MagnetCommand::View(view));
    // The histories grow to their bound first.
    for _ in 0..1500 {
        simulation.advance(Budget { work: u64::MAX, steps: 1 });
    }
    for _ in 0..3 {
        simulation.observe(&mut frame);
    }
    let region = Region::new(ALLOCATOR);
    for _ in 0..20 {
        simulation.advance(Budget { work: u64::MAX, steps: 1 });
        simulation.observe(&mut frame);
    }
    let change = region.change();
    assert_eq!((change.allocations, change.reallocations), (0, 0), "{change:?}");
}
