//! What the magnet of the page leaves for the next start of the program: its spins, or those of all replicas.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{replicas::Ladder, running::Running, settings::LatticeSettings, traces::Traces};
use crate::{
    data::bundle::Bundle,
    physics::{ising::graph::Graph, seeds},
};

/// What stands beside the spins.
#[derive(Serialize, Deserialize)]
struct About {
    settings: LatticeSettings,
    sweeps: u64,
    traces: Traces,
}

/// Writes what runs, after so many sweeps.
pub(super) fn leave(settings: &LatticeSettings, running: &Running, sweeps: u64, traces: Traces) -> Option<Vec<u8>> {
    let mut bundle = Bundle::new(&About { settings: settings.clone(), sweeps, traces });
    match running {
        Running::One(magnet) => bundle.put("spins", &magnet.spins()),
        Running::Many(ladder) => {
            bundle.put("temperatures", ladder.temperatures());
            bundle.put("spins", &ladder.spins());
        }
    }
    bundle.to_bytes()
}

/// Reads what [`leave`] has written, for a magnet with these settings on this graph; none where it has other bonds, or is
/// something else.
pub(super) fn taken_up(bytes: &[u8], settings: &LatticeSettings, graph: &Arc<Graph>) -> Option<(Running, u64, Traces)> {
    let bundle = Bundle::from_bytes(bytes)?;
    let About { settings: then, sweeps, traces } = bundle.about()?;
    if settings.needs_another_graph(&then) || settings.needs_another_run(&then) {
        return None;
    }
    let mut spins: Vec<i8> = bundle.array("spins")?;
    if spins.iter().any(|spin| !(-1..=1).contains(spin)) {
        return None;
    }
    // Other random numbers than at the beginning, which were these spins' own.
    let seed = seeds::stream_seed(settings.seed, &[sweeps]);
    let like = LatticeSettings { seed, ..settings.clone() };
    let running = if settings.tempering {
        let temperatures = bundle.array::<f64>("temperatures")?;
        Running::Many(Box::new(Ladder::resume(graph, &temperatures, like.field, seed, &spins, sweeps)?))
    } else {
        let mut running = Running::new(&like, graph);
        if let Running::One(magnet) = &mut running
            && spins.len() == graph.sites()
        {
            magnet.exchange_spins(&mut spins);
        } else {
            return None;
        }
        running
    };
    Some((running, sweeps, traces))
}
