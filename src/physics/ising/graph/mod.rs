//! Magnets on any graph: other lattices, edges, couplings to next neighbours, and disorder.
//!
//! E = −Σ J_ij s_i s_j − Σ (h + h_i) s_i over the bonds of a [`Graph`]. [`geometry`] says who is whose neighbour, [`disorder`]
//! what couplings and fields there are, [`magnet`] updates the spins, [`tempering`] runs many replicas at rising temperatures,
//! and [`ground`] looks for the lowest energy.

pub mod disorder;
pub mod geometry;
pub mod ground;
pub mod magnet;
pub mod tempering;

pub use disorder::Disorder;
pub use geometry::{Edges, Geometry, neighbour};
pub use magnet::GraphMagnet;

use rand::{RngExt, SeedableRng, rngs::Xoshiro256PlusPlus};
use serde::{Deserialize, Serialize};

use crate::physics::seeds;

/// What a graph is made from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Design {
    /// The lattice.
    pub geometry: Geometry,
    /// Sites across; along every side where nothing else is said.
    pub side: usize,
    /// Sites down, if not as many.
    pub rows: Option<usize>,
    /// What is beyond the edges.
    pub edges: Edges,
    /// Coupling to next neighbours, along the diagonals of the square lattice, in units of |J|.
    pub next_coupling: f64,
    /// Couplings and fields by chance.
    pub disorder: Disorder,
    /// Seed of the disorder.
    pub seed: u64,
}

impl Design {
    /// Sites along x, y and z.
    #[must_use]
    pub fn lengths(&self) -> [usize; 3] {
        let deep = if self.geometry == Geometry::Cubic { self.side } else { 1 };
        [self.side, self.rows.unwrap_or(self.side), deep]
    }
}

/// Why a graph cannot be made.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
pub enum GraphError {
    /// The side is odd, too small or too large.
    #[error("size {side} is not allowed on this lattice: give an even number from {least} to {most}")]
    Side {
        /// What was asked for.
        side: usize,
        /// The smallest.
        least: usize,
        /// The largest.
        most: usize,
    },
    /// A share is not between 0 and 1, or a strength is not a finite number of at least 0.
    #[error("disorder of {0} is not allowed: give a share from 0 to 1, or a strength of 0 or more")]
    Disorder(f64),
    /// Next neighbours are known on the square lattice only.
    #[error("a coupling to next neighbours needs the square lattice and a finite number")]
    NextCoupling,
}

/// Sites, bonds with their couplings, and fields.
#[derive(Clone, Debug, PartialEq)]
pub struct Graph {
    design: Design,
    /// Where the neighbours of a site begin; one more than there are sites.
    first: Vec<u32>,
    neighbours: Vec<u32>,
    /// J_ij for each neighbour.
    couplings: Vec<f64>,
    /// h_i of each site, from disorder and fixed edges.
    fields: Vec<f64>,
    /// Whether a site holds a spin.
    occupied: Vec<bool>,
}

impl Graph {
    /// Makes the graph; `sign` is J as a number, +1 or −1.
    ///
    /// # Errors
    /// If the design is out of range.
    pub fn new(design: Design, sign: f64) -> Result<Self, GraphError> {
        design.geometry.validate_side(design.side, design.edges)?;
        design.geometry.validate_side(design.lengths()[1], design.edges)?;
        design.disorder.validate()?;
        if !design.next_coupling.is_finite() || (design.next_coupling != 0.0 && design.geometry != Geometry::Square) {
            return Err(GraphError::NextCoupling);
        }
        let lengths = design.lengths();
        let sites = lengths.iter().product();
        // Streams of their own for sites and bonds: the same bonds with any dilution.
        let stream = |purpose: u64| Xoshiro256PlusPlus::seed_from_u64(seeds::stream_seed(design.seed, &[purpose]));
        let (mut of_sites, mut of_bonds) = (stream(1), stream(2));
        let mut fields = vec![0.0; sites];
        let mut occupied = vec![true; sites];
        for (field, occupied) in fields.iter_mut().zip(&mut occupied) {
            let chance = of_sites.random::<f64>();
            match design.disorder {
                Disorder::DilutedSites(share) => *occupied = chance >= share,
                Disorder::RandomField(strength) => *field = if chance < 0.5 { strength } else { -strength },
                _ => {}
            }
        }
        let mut bonds: Vec<(u32, u32, f64)> = Vec::new();
        let mut add = |from: usize, to: usize, coupling: f64| {
            let coupling = coupling * design.disorder.coupling(&mut of_bonds);
            if coupling != 0.0 && occupied[from] && occupied[to] {
                bonds.push((from as u32, to as u32, coupling));
            }
        };
        for site in 0..sites {
            for &step in design.geometry.forward(site, design.side) {
                match neighbour(site, step, lengths, design.edges) {
                    Some(other) => add(site, other, sign),
                    None if design.edges == Edges::Fixed => {
                        // The neighbour beyond the edge is up for ever, on both ends of the bond that is cut.
                        let other = neighbour(site, step, lengths, Edges::Periodic);
                        fields[site] += sign;
                        if let Some(other) = other {
                            fields[other] += sign;
                        }
                    }
                    None => {}
                }
            }
            if design.next_coupling != 0.0 {
                for step in [[1, 1, 0], [1, -1, 0]] {
                    if let Some(other) = neighbour(site, step, lengths, design.edges) {
                        add(site, other, design.next_coupling);
                    }
                }
            }
        }
        Ok(Self::from_bonds(design, &bonds, fields, occupied))
    }

    fn from_bonds(design: Design, bonds: &[(u32, u32, f64)], fields: Vec<f64>, occupied: Vec<bool>) -> Self {
        let sites = fields.len();
        let mut first = vec![0_u32; sites + 1];
        for &(a, b, _) in bonds {
            first[a as usize + 1] += 1;
            first[b as usize + 1] += 1;
        }
        for site in 0..sites {
            first[site + 1] += first[site];
        }
        let mut next = first.clone();
        let (mut neighbours, mut couplings) = (vec![0; 2 * bonds.len()], vec![0.0; 2 * bonds.len()]);
        let mut put = |from: u32, to: u32, coupling: f64| {
            let place = next[from as usize] as usize;
            next[from as usize] += 1;
            neighbours[place] = to;
            couplings[place] = coupling;
        };
        for &(a, b, coupling) in bonds {
            put(a, b, coupling);
            put(b, a, coupling);
        }
        Self { design, first, neighbours, couplings, fields, occupied }
    }

    /// What it was made from.
    #[must_use]
    pub fn design(&self) -> &Design {
        &self.design
    }

    /// Number of sites, empty ones too.
    #[must_use]
    pub fn sites(&self) -> usize {
        self.fields.len()
    }

    /// Number of spins.
    #[must_use]
    pub fn spins(&self) -> usize {
        self.occupied.iter().filter(|occupied| **occupied).count()
    }

    /// Number of bonds.
    #[must_use]
    pub fn bonds(&self) -> usize {
        self.neighbours.len() / 2
    }

    /// Whether a site holds a spin.
    #[must_use]
    pub fn is_occupied(&self, site: usize) -> bool {
        self.occupied[site]
    }

    /// h_i in J.
    #[must_use]
    pub fn field(&self, site: usize) -> f64 {
        self.fields[site]
    }

    /// Neighbours of a site with their couplings.
    #[inline]
    #[must_use = "looking changes nothing"]
    pub fn around(&self, site: usize) -> impl ExactSizeIterator<Item = (usize, f64)> + '_ {
        let range = self.first[site] as usize..self.first[site + 1] as usize;
        self.neighbours[range.clone()]
            .iter()
            .zip(&self.couplings[range])
            .map(|(&site, &coupling)| (site as usize, coupling))
    }

    /// Whether the couplings around an elementary square multiply to less than zero, so that no state satisfies all four.
    /// `site` is its upper left corner; none off the square lattice, or where a bond is missing.
    #[must_use]
    pub fn is_frustrated(&self, site: usize) -> Option<bool> {
        let Design { geometry, edges, .. } = self.design;
        if geometry != Geometry::Square {
            return None;
        }
        let lengths = self.design.lengths();
        let right = neighbour(site, [1, 0, 0], lengths, edges)?;
        let below = neighbour(site, [0, 1, 0], lengths, edges)?;
        let across = neighbour(right, [0, 1, 0], lengths, edges)?;
        let coupling = |a: usize, b: usize| self.around(a).find(|(site, _)| *site == b).map(|(_, coupling)| coupling);
        let product =
            coupling(site, right)? * coupling(site, below)? * coupling(right, across)? * coupling(below, across)?;
        Some(product < 0.0)
    }
}
