//! What is said of the tree and of its valleys, the page's numbers by name, and the status bar.

use super::{
    counts::Found,
    explored::{Explored, Memory},
    settings::{Kind, ValleysSettings},
    shape::Shape,
    work::Work,
};
use crate::{
    labs::kit::{Format, Observable, StatusItem, status_of},
    text::Texts,
    widgets::numbers,
};

/// Sweeps after which valleys are said to be open.
pub(super) const SWEEPS_TO_OPEN: u32 = 10_000;

/// How high T ln t is, in J, with T in J/k and t in sweeps.
pub(super) fn opened_height(temperature: f64) -> f64 {
    temperature * f64::from(SWEEPS_TO_OPEN).ln()
}

/// The name of a memory in few letters.
pub(super) fn memory(memory: Memory, t: Texts) -> String {
    let number = (memory.number + 1).to_string();
    t.fill(if memory.is_negative { "valleys.memory.negative" } else { "valleys.memory" }, &[("number", &number)])
}

/// The name of a valley, for screen readers.
pub(super) fn valley(explored: &Explored, leaf: usize, t: Texts) -> String {
    let energy = numbers::fixed(explored.per_spin(explored.tree.leaves[leaf].energy), 3);
    t.fill("valleys.valley", &[("name", &explored.names[leaf]), ("energy", &energy)])
}

/// All that is known of a valley, for its tooltip.
pub(super) fn valley_in_full(explored: &Explored, leaf: usize, found: &Found, t: Texts) -> String {
    let found_at = explored.tree.leaves[leaf];
    let total = numbers::fixed(explored.tree.unit * f64::from(found_at.energy), 2);
    let mut lines = vec![valley(explored, leaf, t), t.fill("valleys.valley.total", &[("energy", &total)])];
    if let Some(memory_here) = explored.memories[leaf] {
        lines.push(memory(memory_here, t));
    }
    if found_at.multiplicity > 1 {
        lines.push(t.fill("valleys.valley.states", &[("count", &numbers::whole(u64::from(found_at.multiplicity)))]));
    }
    lines.push(match (explored.climb(leaf), found_at.merge) {
        (Some(climb), Some(merge)) => {
            let into = &explored.names[merge.into];
            t.fill("valleys.valley.climb", &[("climb", &numbers::fixed(climb, 3)), ("into", into)])
        }
        _ => t.get("valleys.valley.deepest").to_owned(),
    });
    lines.extend(found.said_of(leaf, t));
    lines.join("\n")
}

/// What the tree is of, beside its title.
pub(super) fn system(explored: &Explored, t: Texts) -> String {
    let spins = explored.spins();
    let kind = t.get(explored.plan.kind.words()[0]);
    let (spins, states) = (spins.to_string(), numbers::whole(1 << spins));
    t.fill("valleys.tree.of", &[("kind", kind), ("spins", &spins), ("states", &states)])
}

/// The caption of the tree.
pub(super) fn tree(
    explored: &Explored,
    shape: &Shape,
    settings: &ValleysSettings,
    opened: &[usize],
    t: Texts,
) -> String {
    let leaves = &explored.tree.leaves;
    if settings.temperature > 0.0 {
        let count = shape.tips.iter().filter(|tip| opened[tip.leaf] != tip.leaf).count();
        let height = opened_height(settings.temperature) / explored.spins() as f64;
        let (count, height) = (count.to_string(), numbers::fixed(height, 3));
        let temperature = numbers::fixed(settings.temperature, 2);
        let sweeps = numbers::whole(u64::from(SWEEPS_TO_OPEN));
        return t.fill(
            "valleys.caption.opened",
            &[("count", &count), ("height", &height), ("temperature", &temperature), ("sweeps", &sweeps)],
        );
    }
    match leaves.len() {
        1 => {
            let states = numbers::whole(u64::from(leaves[0].multiplicity));
            t.fill("valleys.caption.one", &[("states", &states)])
        }
        _ if explored.plan.kind == Kind::Memories => {
            let others = leaves.len() - explored.memories.iter().flatten().count();
            let numbers = [explored.kept, explored.plan.memories as usize, others].map(|count| count.to_string());
            let [kept, stored, others] = &numbers;
            t.fill("valleys.caption.memories", &[("kept", kept), ("stored", stored), ("others", others)])
        }
        2 if explored.partners[0] == 1 && leaves[0].multiplicity > 1 => {
            let states = numbers::whole(u64::from(leaves[0].multiplicity));
            t.fill("valleys.caption.two.states", &[("states", &states)])
        }
        2 if explored.partners[0] == 1 => t.get("valleys.caption.two").to_owned(),
        _ if leaves[0].multiplicity > 1 => {
            t.fill("valleys.caption.degenerate", &[("states", &numbers::whole(u64::from(leaves[0].multiplicity)))])
        }
        _ => t.get("valleys.caption").to_owned(),
    }
}

/// The numbers of the page by name.
pub(super) fn observables(work: &Work) -> Vec<Observable> {
    let whole = |id: &str, count: usize| Observable::new(id, count as f64, Format::Whole);
    let Some(explored) = &work.explored else { return vec![whole("valleys", 0)] };
    let leaves = &explored.tree.leaves;
    let energy =
        |id: &str, units: i32| Observable::new(id, explored.per_spin(units), Format::Decimals(4)).in_units("J");
    let mut found = vec![
        whole("spins", explored.spins()).said("valleys.status.spins", "valleys.status.spins.tip"),
        whole("states", 1 << explored.spins()).said("valleys.status.states", "valleys.status.states.tip"),
        whole("valleys", leaves.len()).said("valleys.status.valleys", "valleys.status.valleys.tip"),
    ];
    if let Some(shape) = work.shape().filter(|shape| shape.hidden > 0) {
        found.push(whole("shown", shape.tips.len()).said("valleys.status.shown", "valleys.status.shown.tip"));
    }
    found.push(energy("deepest", leaves[0].energy).said("valleys.status.deepest", "valleys.status.deepest.tip"));
    if let Some(walk) = &work.walk {
        let [one, other] = walk.ends;
        found.push(energy("pass", explored.tree.pass_between(one, other)));
        found.push(whole("flips", walk.flips()));
        found.push(whole("place", walk.place));
    }
    found
}

/// The status bar: observables that have words, and how long the tree took.
pub(super) fn status(work: &Work, observables: &[Observable], t: Texts) -> Vec<StatusItem> {
    let mut items = status_of(observables, t);
    if let Some(explored) = &work.explored {
        let (value, unit) =
            if explored.seconds < 0.1 { (1e3 * explored.seconds, "ms") } else { (explored.seconds, "s") };
        items.push(StatusItem {
            before: t.get("valleys.status.took").to_owned(),
            value: numbers::three_digits(value),
            after: unit.to_owned(),
            tip: t.get("valleys.status.took.tip").to_owned(),
        });
    }
    items
}
