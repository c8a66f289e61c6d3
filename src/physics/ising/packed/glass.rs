//! The ±J spin glass (Edwards and Anderson 1975) at a bit a spin: the sign of a bond turns the neighbour over before it is
//! asked, and all else is as in the plain magnet.

use super::{PackedLattice, Path};
use crate::physics::ising::{
    Dynamics, Engine, IsingError, PackedEngine, Parameters, Spins, Start,
    graph::{Disorder, Edges, Geometry, Graph, GraphError},
    validate_side,
};

/// A square torus with bonds of both signs, updated spin by spin. Clusters of such a magnet are no help and are not offered.
#[derive(Clone, Debug, PartialEq)]
pub struct SpinGlass {
    engine: PackedEngine,
}

impl SpinGlass {
    /// Whether a graph is one that fits, and a rule too.
    #[must_use]
    pub fn fits(graph: &Graph, dynamics: Dynamics) -> bool {
        let design = graph.design();
        design.geometry == Geometry::Square
            && design.edges == Edges::Periodic
            && design.rows.is_none_or(|rows| rows == design.side)
            && validate_side(design.side).is_ok()
            && design.next_coupling == 0.0
            && design.disorder == Disorder::PlusMinus
            && matches!(dynamics, Dynamics::Metropolis | Dynamics::HeatBath)
    }

    /// A glass with the couplings of a graph, which was made with the sign that J has in the parameters.
    ///
    /// # Errors
    /// If the graph or the rule does not fit, or the side or a parameter is out of range.
    pub fn new(
        graph: &Graph,
        start: Start,
        parameters: Parameters,
        dynamics: Dynamics,
        seed: u64,
    ) -> Result<Self, IsingError> {
        if !Self::fits(graph, dynamics) {
            return Err(GraphError::NotAGlass.into());
        }
        let mut engine = PackedEngine::new(graph.design().side, start, parameters, dynamics, seed)?;
        let sign = f64::from(parameters.coupling.sign());
        let is_negative =
            |a: usize, b: usize| graph.around(a).any(|(other, coupling)| other == b && sign * coupling < 0.0);
        engine.lattice_mut().set_bonds(is_negative);
        Ok(Self { engine })
    }

    /// Asks every spin once.
    pub fn sweep(&mut self) {
        self.engine.sweep();
    }

    /// The spins; their bond sum is Σ s_i s_j with the signs of the bonds.
    #[must_use]
    pub fn lattice(&self) -> &PackedLattice {
        self.engine.lattice()
    }

    /// e in J, per spin.
    #[must_use]
    pub fn energy(&self) -> f64 {
        self.engine.energy()
    }

    /// Returns the magnetization m per spin, from −1 to 1.
    #[must_use]
    pub fn magnetization(&self) -> f64 {
        self.engine.lattice().magnetization()
    }

    /// What acts on the spins.
    #[must_use]
    pub fn parameters(&self) -> Parameters {
        self.engine.parameters()
    }

    /// Sets one spin, up or down.
    pub fn set_spin(&mut self, place: usize, up: bool) {
        self.engine.lattice_mut().set_spin(place, up);
    }

    /// Changes T and h from the next sweep on; the sign of J stays.
    pub fn set_parameters(&mut self, temperature: f64, field: f64) {
        let parameters = Parameters { temperature, field, ..self.engine.parameters() };
        self.engine.set_parameters(parameters);
    }

    /// Chooses the instructions; the bits stay the same.
    pub fn set_path(&mut self, path: Path) {
        self.engine.local_mut().set_path(path);
    }
}
