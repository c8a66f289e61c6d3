//! Exact curves behind the points of a scan.

use crate::physics::ising::exact;

/// Temperatures of an exact curve.
const CURVE: usize = 64;

/// Exact curves, worked out once for each range and sizes.
#[derive(Default)]
pub(super) struct ExactCurves {
    key: Option<([f64; 2], Vec<usize>)>,
    /// |m| of the endless lattice, as T and value.
    pub order: Vec<[f64; 2]>,
    /// Its e in J.
    pub energy: Vec<[f64; 2]>,
    /// Its specific heat in k.
    pub heat: Vec<[f64; 2]>,
    /// By size: energy and specific heat of the torus.
    pub tori: Vec<[Vec<[f64; 2]>; 2]>,
}

impl ExactCurves {
    /// Works the curves out for a range of temperatures in J/k and these sizes, if they are others than before.
    pub fn update(&mut self, range: [f64; 2], sizes: &[usize]) {
        if self.key.as_ref().is_some_and(|(known, of)| *known == range && of == sizes) {
            return;
        }
        self.key = Some((range, sizes.to_vec()));
        let critical = exact::critical_temperature();
        let even =
            |count: usize| (0..=count).map(move |step| range[0] + (range[1] - range[0]) * step as f64 / count as f64);
        // Dense around the critical point, where the endless lattice has its corner and its peak.
        let mut dense: Vec<f64> = even(CURVE)
            .chain((1..40).flat_map(|k| {
                let near = 0.2 * 0.75_f64.powi(k);
                [critical - near, critical + near]
            }))
            .filter(|t| (range[0]..=range[1]).contains(t))
            .collect();
        dense.sort_by(f64::total_cmp);
        self.order = dense.iter().map(|&t| [t, exact::spontaneous_magnetization(t)]).collect();
        self.energy = dense.iter().map(|&t| [t, exact::energy(t)]).collect();
        self.heat = dense.iter().map(|&t| [t, exact::specific_heat(t)]).filter(|point| point[1].is_finite()).collect();
        self.tori = sizes
            .iter()
            .map(|&size| {
                let points: Vec<_> = even(CURVE).map(|t| (t, exact::finite_torus(size, t))).collect();
                [
                    points.iter().map(|(t, torus)| [*t, torus.energy]).collect(),
                    points.iter().map(|(t, torus)| [*t, torus.specific_heat]).collect(),
                ]
            })
            .collect();
    }
}
