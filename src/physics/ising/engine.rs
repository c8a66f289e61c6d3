//! A magnet that runs: the lattice, its generator and the update under way, behind one small interface.
//!
//! Work comes in slices: [`Engine::advance`] stops where its budget ends, in the middle of an update if need be, and goes
//! on there next time. Parameters may change at any moment but take effect when the next update begins, so that no update
//! mixes two temperatures.

use rand::{SeedableRng, rngs::Xoshiro256PlusPlus};
use serde::{Deserialize, Serialize};

use super::{
    Dynamics, IsingError, Lattice, Parameters, Spins, Start,
    passes::AllClusters,
    updates::LocalUpdates,
    wolff::{JoinTable, OneCluster},
};

/// What a slice of work did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Slice {
    /// Spins asked or visited: the unit of the budget.
    pub work: u64,
    /// Whether the sweep under way was finished. The slice ends there.
    pub finished: bool,
}

/// How many clusters make one Wolff sweep.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub enum ClustersPerSweep {
    /// As many as visit N spins: for pictures, and for finding the mean cluster. It biases averages.
    #[default]
    Automatic,
    /// A fixed number: for measurements.
    Fixed(u64),
}

/// Anything that holds a square lattice of spins and updates it in slices.
pub trait Engine: Send {
    /// How the spins are kept.
    type Lattice: Spins;

    /// The spins and their counts.
    fn lattice(&self) -> &Self::Lattice;
    /// The spins, for a brush. Not while a cluster is under way, see [`Engine::can_be_touched`].
    fn lattice_mut(&mut self) -> &mut Self::Lattice;
    /// The parameters in force from the next update on.
    fn parameters(&self) -> Parameters;
    /// Changes the parameters from the next update on.
    fn set_parameters(&mut self, parameters: Parameters);
    /// The rule in force from the next sweep on.
    fn dynamics(&self) -> Dynamics;
    /// Changes the rule from the next sweep on.
    fn set_dynamics(&mut self, dynamics: Dynamics);
    /// Works on the sweep under way, or begins one.
    fn advance(&mut self, budget: u64) -> Slice;
    /// Whether no sweep is under way.
    fn is_between_sweeps(&self) -> bool;
    /// Whether no cluster is under way, which a brush would spoil.
    fn can_be_touched(&self) -> bool;
    /// Gives up a cluster under way that has turned no spin yet, so that a person need not wait for it. Done at moments
    /// that do not depend on the spins, this leaves the Boltzmann distribution as it is.
    fn give_up(&mut self);

    /// Does one whole sweep, in which N spins are attempted or clusters of as many flipped.
    fn sweep(&mut self) {
        while !self.advance(u64::MAX).finished {}
    }

    /// Energy per spin in J at the parameters in force.
    fn energy(&self) -> f64 {
        self.lattice().counts().energy(&self.parameters())
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
enum Stage {
    #[default]
    Between,
    Local,
    /// The sweep ends after so many clusters more, or after so many spins visited.
    Wolff {
        clusters_left: u64,
        spins_left: u64,
    },
    SwendsenWang,
}

/// A magnet with local updates of one kind or another, and clusters.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(bound(
    serialize = "U: Serialize, U::Lattice: Serialize, U::Clusters: Serialize, U::Cluster: Serialize",
    deserialize = "U: Deserialize<'de>, U::Lattice: Deserialize<'de>, U::Clusters: Deserialize<'de>, U::Cluster: Deserialize<'de>"
))]
pub struct Magnet<U: LocalUpdates> {
    lattice: U::Lattice,
    rng: Xoshiro256PlusPlus,
    parameters: Parameters,
    dynamics: Dynamics,
    local: U,
    joins: JoinTable,
    /// The tables above are behind `parameters` and `dynamics` until the next update begins.
    stale: bool,
    stage: Stage,
    wolff: U::Cluster,
    swendsen_wang: U::Clusters,
    clusters_per_sweep: ClustersPerSweep,
    clusters: u64,
    visited: u64,
}

impl<U: LocalUpdates> Magnet<U> {
    /// A new lattice with a generator of its own.
    ///
    /// # Errors
    /// If the side or a parameter is out of range.
    pub fn new(
        side: usize,
        start: Start,
        parameters: Parameters,
        dynamics: Dynamics,
        seed: u64,
    ) -> Result<Self, IsingError> {
        parameters.validate()?;
        let mut rng = Xoshiro256PlusPlus::seed_from_u64(seed);
        Ok(Self {
            lattice: Lattice::new(side, start, &mut rng)?.into(),
            rng,
            parameters,
            dynamics,
            local: U::new(side, &parameters, dynamics, seed),
            joins: JoinTable::new(&parameters),
            stale: true,
            stage: Stage::Between,
            wolff: U::Cluster::default(),
            swendsen_wang: U::Clusters::default(),
            clusters_per_sweep: ClustersPerSweep::Automatic,
            clusters: 0,
            visited: 0,
        })
    }

    /// The local updates, to choose how they are done.
    pub fn local_mut(&mut self) -> &mut U {
        &mut self.local
    }

    /// Chooses how many clusters make one Wolff sweep, and forgets the mean cluster so far.
    pub fn set_clusters_per_sweep(&mut self, clusters: ClustersPerSweep) {
        self.clusters_per_sweep = clusters;
        (self.clusters, self.visited) = (0, 0);
        // Small clusters by the thousand may have become large ones: the sweep under way must not wait for them all.
        if clusters == ClustersPerSweep::Automatic
            && let Stage::Wolff { clusters_left, spins_left } = &mut self.stage
        {
            (*clusters_left, *spins_left) = (u64::MAX, self.lattice.len() as u64);
        }
    }

    /// Mean number of spins visited by a Wolff cluster since the parameters or the count of clusters changed.
    #[must_use]
    pub fn mean_cluster(&self) -> Option<f64> {
        (self.clusters > 0).then(|| self.visited as f64 / self.clusters as f64)
    }

    /// Spins visited by Wolff's clusters since the parameters or the count of clusters changed.
    #[must_use]
    pub fn visited(&self) -> u64 {
        self.visited
    }

    fn refresh(&mut self) {
        if self.stale {
            self.local.set_rule(&self.parameters, self.dynamics);
            self.joins = JoinTable::new(&self.parameters);
            self.stale = false;
        }
    }

    fn begin(&mut self) {
        self.refresh();
        self.stage = match self.dynamics {
            Dynamics::Metropolis | Dynamics::HeatBath => Stage::Local,
            Dynamics::SwendsenWang => Stage::SwendsenWang,
            Dynamics::Wolff => match self.clusters_per_sweep {
                ClustersPerSweep::Fixed(clusters) => {
                    Stage::Wolff { clusters_left: clusters.max(1), spins_left: u64::MAX }
                }
                ClustersPerSweep::Automatic => {
                    Stage::Wolff { clusters_left: u64::MAX, spins_left: self.lattice.len() as u64 }
                }
            },
        };
    }
}

impl<U: LocalUpdates> Engine for Magnet<U> {
    type Lattice = U::Lattice;

    fn lattice(&self) -> &U::Lattice {
        &self.lattice
    }

    fn lattice_mut(&mut self) -> &mut U::Lattice {
        debug_assert!(self.can_be_touched(), "a brush would spoil the cluster that is being grown");
        &mut self.lattice
    }

    fn parameters(&self) -> Parameters {
        self.parameters
    }

    fn set_parameters(&mut self, parameters: Parameters) {
        if parameters != self.parameters {
            self.parameters = parameters;
            self.stale = true;
            (self.clusters, self.visited) = (0, 0);
        }
    }

    fn dynamics(&self) -> Dynamics {
        self.dynamics
    }

    fn set_dynamics(&mut self, dynamics: Dynamics) {
        if dynamics != self.dynamics {
            self.dynamics = dynamics;
            self.stale = true;
        }
    }

    fn is_between_sweeps(&self) -> bool {
        self.stage == Stage::Between
    }

    fn can_be_touched(&self) -> bool {
        self.wolff.is_idle() && self.swendsen_wang.is_idle()
    }

    fn give_up(&mut self) {
        self.wolff.give_up();
        self.swendsen_wang.give_up();
    }

    fn advance(&mut self, budget: u64) -> Slice {
        let mut work = 0;
        if self.stage == Stage::Between {
            self.begin();
        }
        while work < budget {
            self.stage = match self.stage {
                Stage::Between => return Slice { work, finished: true },
                Stage::Local => {
                    let (done, finished) = self.local.advance(&mut self.lattice, &mut self.rng, budget - work);
                    work += done;
                    if finished { Stage::Between } else { Stage::Local }
                }
                Stage::Wolff { clusters_left, spins_left } => {
                    if self.wolff.is_idle() {
                        self.refresh();
                    }
                    let (done, cluster) =
                        self.wolff.advance(&mut self.lattice, &self.joins, &mut self.rng, budget - work);
                    work += done;
                    match cluster {
                        None => self.stage,
                        Some(visited) => {
                            self.clusters += 1;
                            self.visited += visited;
                            if clusters_left > 1 && spins_left > visited {
                                Stage::Wolff { clusters_left: clusters_left - 1, spins_left: spins_left - visited }
                            } else {
                                Stage::Between
                            }
                        }
                    }
                }
                Stage::SwendsenWang => {
                    if self.swendsen_wang.is_idle() {
                        self.refresh();
                    }
                    let (done, finished) =
                        self.swendsen_wang.advance(&mut self.lattice, &self.joins, &mut self.rng, budget - work);
                    work += done;
                    if finished { Stage::Between } else { Stage::SwendsenWang }
                }
            };
        }
        Slice { work, finished: self.stage == Stage::Between }
    }
}
