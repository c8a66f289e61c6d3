//! What a magnet leaves for the next start of the program: spins, pins, and what its plots show.

use serde::{Deserialize, Serialize};

use super::{kept::Running, settings::MagnetSettings, traces::Traces};
use crate::{
    data::bundle::Bundle,
    physics::{
        ising::{Engine, Spins, Start},
        seeds,
    },
};

/// What stands beside the bits.
#[derive(Serialize, Deserialize)]
struct About {
    side: usize,
    sweeps: u64,
    traces: Traces,
}

/// Writes a magnet between two clusters.
pub(super) fn leave(running: &Running, traces: Traces) -> Option<Vec<u8>> {
    let lattice = running.engine.lattice();
    let mut bundle = Bundle::new(&About { side: lattice.side(), sweeps: running.sweeps, traces });
    bundle.put("spins", &packed(lattice.len(), |place| lattice.spin(place) > 0));
    if lattice.pinned_count() > 0 {
        bundle.put("pins", &packed(lattice.len(), |place| lattice.is_pinned(place)));
    }
    bundle.to_bytes()
}

/// Reads what [`leave`] has written, for a magnet with these settings; none where it is of another size, or something else.
pub(super) fn taken_up(bytes: &[u8], settings: &MagnetSettings) -> Option<(Running, Traces)> {
    let bundle = Bundle::from_bytes(bytes)?;
    let About { side, sweeps, traces } = bundle.about()?;
    let words = (settings.size * settings.size).div_ceil(64);
    let of_this_size = |words_there: &Vec<u64>| words_there.len() == words;
    let spins: Vec<u64> = bundle.array("spins").filter(of_this_size).filter(|_| side == settings.size)?;
    // Other random numbers than at the beginning, which were these spins' own.
    let seed = seeds::stream_seed(settings.seed, &[sweeps]);
    let mut running = Running::new(&MagnetSettings { start: Start::Up, seed, ..settings.clone() });
    let lattice = running.engine.lattice_mut();
    for place in 0..lattice.len() {
        lattice.set_spin(place, is_set(&spins, place));
    }
    if let Some(pins) = bundle.array("pins").filter(of_this_size) {
        (0..lattice.len()).filter(|&place| is_set(&pins, place)).for_each(|place| lattice.pin(place, true));
    }
    running.sweeps = sweeps;
    Some((running, traces))
}

/// A bit a place.
fn packed(places: usize, is_on: impl Fn(usize) -> bool) -> Vec<u64> {
    let mut words = vec![0; places.div_ceil(64)];
    (0..places).filter(|&place| is_on(place)).for_each(|place| words[place / 64] |= 1 << (place % 64));
    words
}

fn is_set(words: &[u64], place: usize) -> bool {
    words[place / 64] >> (place % 64) & 1 == 1
}
