//! Magnets on any graph: other lattices, edges, couplings to next neighbours, and disorder.
//!
//! E = −Σ J_ij s_i s_j − Σ (h + h_i) s_i over the bonds of a [`Graph`]. [`geometry`] says who is whose neighbour, [`disorder`]
//! what couplings and fields there are, [`magnet`] updates the spins, [`tempering`] runs many replicas at rising temperatures,
//! and [`ground`] looks for the lowest energy.

pub mod disorder;
pub mod error;
pub mod geometry;
pub mod ground;
pub mod magnet;
pub mod tempering;

pub use disorder::Disorder;
pub use error::GraphError;
pub use geometry::{Edges, Geometry, Step, neighbour};
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

    /// Whether the sites fall into two halves so that all neighbours of one are in the other: round a torus of an odd length
    /// they do not.
    #[must_use]
    pub fn is_bipartite(&self) -> bool {
        let is_even = |length: &usize| *length == 1 || length.is_multiple_of(2);
        self.geometry.is_bipartite() && (self.edges != Edges::Periodic || self.lengths().iter().all(is_even))
    }

    /// T_c in J/k where it is known, for J of this sign and without a field; see [`Geometry::critical_temperature`]. Spin
    /// glasses in space: ±J by Baity-Jesi et al. 2013, Gaussian by Katzgraber, Körner and Young 2006.
    #[must_use]
    pub fn critical_temperature(&self, sign: f64) -> Option<f64> {
        if self.next_coupling != 0.0 {
            return None;
        }
        match self.disorder {
            // Three neighbours of each other cannot all differ: no order at any temperature (Wannier 1950). Nor can those of
            // an odd ring.
            Disorder::None if sign > 0.0 || self.is_bipartite() => Some(self.geometry.critical_temperature()),
            Disorder::PlusMinus if self.geometry == Geometry::Cubic => Some(1.1019),
            Disorder::Gaussian if self.geometry == Geometry::Cubic => Some(0.951),
            _ => None,
        }
    }
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
    spins: usize,
    most_neighbours: usize,
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
        let most_neighbours = first.windows(2).map(|pair| (pair[1] - pair[0]) as usize).max().unwrap_or(0);
        let spins = occupied.iter().filter(|occupied| **occupied).count();
        Self { design, first, neighbours, couplings, fields, occupied, spins, most_neighbours }
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

    /// Returns the number of sites that hold a spin.
    #[must_use]
    pub fn spins(&self) -> usize {
        self.spins
    }

    /// Returns the number of bonds between spins, each counted once.
    #[must_use]
    pub fn bonds(&self) -> usize {
        self.neighbours.len() / 2
    }

    /// Whether a site holds a spin.
    #[must_use]
    pub fn is_occupied(&self, site: usize) -> bool {
        self.occupied[site]
    }

    /// Returns the field h_i of a site in J, from disorder and fixed edges, without the uniform field.
    #[must_use]
    pub fn field(&self, site: usize) -> f64 {
        self.fields[site]
    }

    /// Neighbours of the site that has most.
    #[must_use]
    pub fn most_neighbours(&self) -> usize {
        self.most_neighbours
    }

    /// A neighbour of a site by its place among them, with its coupling; none beyond the last.
    #[inline]
    #[must_use]
    pub fn neighbour_of(&self, site: usize, place: usize) -> Option<(usize, f64)> {
        let at = self.first[site] as usize + place;
        (at < self.first[site + 1] as usize).then(|| (self.neighbours[at] as usize, self.couplings[at]))
    }

    /// Whether two sites may be neighbours twice: on tori of two sites across or down.
    #[must_use]
    pub fn has_double_bonds(&self) -> bool {
        let [across, down, _] = self.design.lengths();
        self.design.edges == Edges::Periodic && (across == 2 || down == 2)
    }

    /// Whether any spin has a field of its own.
    #[must_use]
    pub fn has_fields(&self) -> bool {
        self.fields.iter().any(|field| *field != 0.0)
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

    /// Rings of bonds that begin at a site and whether each is frustrated: whether its couplings multiply to less than zero,
    /// so that no state satisfies them all (Toulouse 1977). Rings with a bond missing are left out. In space only those of
    /// the layer, and none where sites are neighbours twice.
    pub fn rings(&self, site: usize) -> impl Iterator<Item = (&'static [Step], bool)> + '_ {
        let Design { geometry, edges, .. } = self.design;
        let lengths = self.design.lengths();
        let coupling = |a: usize, b: usize| self.around(a).find(|(site, _)| *site == b).map(|(_, coupling)| coupling);
        let around = move |ring: &'static [Step]| {
            let corner = |index: usize| neighbour(site, ring[index % ring.len()], lengths, edges);
            let product = (0..ring.len())
                .try_fold(1.0, |product, index| Some(product * coupling(corner(index)?, corner(index + 1)?)?))?;
            Some((ring, product < 0.0))
        };
        let rings: &[&'static [Step]] =
            if self.has_double_bonds() { &[] } else { geometry.rings(geometry::is_even(site, lengths)) };
        rings.iter().filter_map(move |ring| around(ring))
    }
}
