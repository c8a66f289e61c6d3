//! What goes on beside the window: the tree, ways over it, starts that fall into it, and random curvatures.

use super::{
    counts::Found,
    explored::Explored,
    settings::{Chosen, Plan, ValleysSettings},
    shape::Shape,
    walk::Walk,
};
use crate::{
    data::Problem,
    labs::kit::{Host, Task, host::in_a_pool},
    physics::{
        landscape::{
            curvatures,
            starts::{self, Cooling},
            ways::{Way, shortest_way},
        },
        seeds::stream_seed,
        statistics::Share,
    },
};

/// Starts that one press of a button adds.
pub(super) const STARTS: u32 = 2000;
/// Matrices of each size that one press of a button adds.
pub(super) const ROLLS: u32 = 10_000;
/// Largest matrix that is rolled.
pub(super) const DIMENSIONS: usize = 5;

/// A state that a person made on the pad, and the valley that it falls into, once that is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Own {
    pub state: u32,
    pub leaf: Option<usize>,
}

/// Everything that has been worked out, and what is being worked out.
#[derive(Default)]
pub(super) struct Work {
    tree: Task<Explored, Plan>,
    /// A system that cannot be.
    refused: Option<Plan>,
    /// The system on screen: the last that was worked out whole.
    pub explored: Option<Explored>,
    /// How its tree is drawn, with the depth below which valleys are hidden.
    shape: Option<(f64, Shape)>,
    /// Counts the systems that were worked out.
    pub version: u64,
    way: Task<Way, [usize; 2]>,
    /// Ends whose way could not be worked out: it is not tried again and again.
    lost: Option<[usize; 2]>,
    /// The way on screen.
    pub walk: Option<Walk>,
    /// What a person made of a state on the way.
    pub own: Option<Own>,
    falling: Task<usize, u32>,
    starts: Task<Vec<u32>, Cooling>,
    /// Where starts came to rest.
    pub found: Found,
    rolls: Task<Vec<u32>>,
    /// How often all eigenvalues were positive, for matrices of 1, 2, … rows.
    pub rolled: [Share; DIMENSIONS],
}

impl Work {
    /// Takes what has been worked out, and begins what is wanted next.
    pub fn follow(&mut self, host: &Host, settings: &ValleysSettings, chosen: Option<Chosen>, now: f64) {
        self.follow_tree(host, settings.plan, now);
        if let Some(explored) = &self.explored
            && self.shape.as_ref().is_none_or(|(hidden_below, _)| *hidden_below != settings.hidden_below)
        {
            self.shape = Some((settings.hidden_below, Shape::new(explored, settings.hidden_below)));
        }
        self.follow_way(host, chosen, now);
        self.follow_own(host, now);
        if let Some((cooling, counts)) = self.starts.poll_or_tell(host) {
            self.found.add(cooling, &counts, STARTS);
        }
        if let Some(((), hits)) = self.rolls.poll_or_tell(host) {
            for (share, hits) in self.rolled.iter_mut().zip(hits) {
                *share = Share { hits: share.hits + hits, tries: share.tries + ROLLS };
            }
        }
        if let Some(walk) = &mut self.walk {
            walk.play(now);
        }
    }

    fn follow_tree(&mut self, host: &Host, plan: Plan, now: f64) {
        if let Some((plan, explored)) = self.tree.poll() {
            match explored {
                Ok(explored) => {
                    self.found = Found::default();
                    (self.shape, self.walk, self.own, self.lost) = (None, None, None, None);
                    self.way.cancel();
                    self.starts.cancel();
                    self.falling.cancel();
                    self.version += 1;
                    self.explored = Some(explored);
                }
                Err(problem) => {
                    self.refused = Some(plan);
                    host.tell(problem);
                }
            }
        }
        let is_there = self.explored.as_ref().is_some_and(|explored| explored.plan == plan);
        if is_there {
            self.tree.cancel();
        } else if self.tree.key() != Some(&plan) && self.refused != Some(plan) {
            self.refused = None;
            self.tree.start(host, "valleys", plan, now, move |watcher| {
                let explored = in_a_pool(|| Explored::new(plan, watcher))?;
                Some(explored.map_err(|_| Problem::new("valleys.problem.nothing")))
            });
        }
    }

    fn follow_way(&mut self, host: &Host, chosen: Option<Chosen>, now: f64) {
        let Some(explored) = &self.explored else { return };
        let ends = explored.ends(chosen);
        match self.way.poll() {
            Some((ends, Ok(way))) => {
                self.walk = Some(Walk::new(ends, way));
                (self.own, self.lost) = (None, None);
            }
            Some((ends, Err(problem))) => {
                self.lost = Some(ends);
                host.tell(problem);
            }
            None => {}
        }
        let is_there = self.walk.as_ref().is_some_and(|walk| walk.ends == ends);
        if is_there || self.way.key() == Some(&ends) || self.lost == Some(ends) {
            return;
        }
        let [from, to] = ends.map(|leaf| explored.tree.leaves[leaf].state);
        let (couplings, pass) = (explored.couplings.clone(), explored.tree.pass_between(ends[0], ends[1]));
        self.way.start(host, "lowest way", ends, now, move |watcher| {
            shortest_way(&couplings, from, to, pass, &|done| watcher.go_on(done)).map(Ok)
        });
    }

    fn follow_own(&mut self, host: &Host, now: f64) {
        match self.falling.poll() {
            Some((state, Ok(leaf))) => {
                if let Some(own) = self.own.as_mut().filter(|own| own.state == state) {
                    own.leaf = Some(leaf);
                }
            }
            Some((_, Err(problem))) => {
                self.own = None;
                host.tell(problem);
            }
            None => {}
        }
        let Some(own) = self.own.filter(|own| own.leaf.is_none() && self.falling.key() != Some(&own.state)) else {
            return;
        };
        let Some(explored) = &self.explored else { return };
        let (couplings, tree) = (explored.couplings.clone(), explored.tree.clone());
        let work = move |_: &_| tree.leaf_of(&couplings, own.state).map(Ok);
        self.falling.start(host, "falling", own.state, now, work);
    }

    /// Adds starts. Those of another time of cooling are begun anew.
    pub fn start(&mut self, host: &Host, cooling: Cooling, now: f64) {
        let Some(explored) = &self.explored else { return };
        let (couplings, tree, seed) = (explored.couplings.clone(), explored.tree.clone(), explored.plan.seed);
        let from = self.found.tries(cooling);
        self.starts.start(host, "starts", cooling, now, move |watcher| {
            let ends =
                in_a_pool(|| starts::ends(&couplings, &tree, cooling, seed, from, STARTS, &|done| watcher.go_on(done)));
            ends.map(Ok)
        });
    }

    /// Adds random matrices of every size.
    pub fn roll(&mut self, host: &Host, now: f64) {
        let before = self.rolled[0].tries;
        self.rolls.start(host, "rolling", (), now, move |watcher| {
            let rolled = |rows: usize| {
                let seed = stream_seed(rows as u64, &[u64::from(before)]);
                let hits = curvatures::count(rows, ROLLS, seed);
                watcher.go_on(rows as f64 / DIMENSIONS as f64).then_some(hits)
            };
            (1..=DIMENSIONS).map(rolled).collect::<Option<Vec<u32>>>().map(Ok)
        });
    }

    /// Whether this system cannot be.
    pub fn is_refused(&self, plan: Plan) -> bool {
        self.refused == Some(plan)
    }

    /// How the tree on screen is drawn.
    pub fn shape(&self) -> Option<&Shape> {
        self.shape.as_ref().map(|(_, shape)| shape)
    }

    /// How much of another system is worked out, where that takes longer than a glance.
    pub fn tree_progress(&self, now: f64) -> Option<f64> {
        self.tree.long_progress(now)
    }

    /// How much of the starts is done, where they take longer than a glance.
    pub fn starts_progress(&self, now: f64) -> Option<f64> {
        self.starts.long_progress(now)
    }

    /// Whether starts are under way.
    pub fn is_starting(&self) -> bool {
        self.starts.is_busy()
    }

    /// Whether matrices are being rolled.
    pub fn is_rolling(&self) -> bool {
        self.rolls.is_busy()
    }

    /// Gives the starts up.
    pub fn cancel_starts(&mut self) {
        self.starts.cancel();
    }

    /// The state on the pad: what a person made, else where the walk stands.
    pub fn state(&self) -> Option<u32> {
        self.own.map(|own| own.state).or_else(|| self.walk.as_ref().map(Walk::state))
    }

    /// Turns a spin of the state on the pad.
    pub fn turn(&mut self, spin: usize) {
        let Some(state) = self.state() else { return };
        self.own = Some(Own { state: state ^ 1 << spin, leaf: None });
        if let Some(walk) = &mut self.walk {
            walk.pause();
        }
    }
}
