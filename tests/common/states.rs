//! Averages over all states of a small graph, by brute force.

use spinscape::physics::{ising::graph::Graph, statistics::Estimate};

/// Averages over all states of a small graph: E, |M|, and ⟨q²⟩ = Σ ⟨s_i s_j⟩²/N².
pub struct Exact {
    pub energy: f64,
    pub abs_magnetization: f64,
    pub overlap_square: f64,
    pub lowest: f64,
}

/// Sums over all states by Gray code; `keep` chooses states by their Σ s.
pub fn enumerate(graph: &Graph, temperature: f64, field: f64, keep: impl Fn(i32) -> bool) -> Exact {
    let sites: Vec<usize> = (0..graph.sites()).filter(|&site| graph.is_occupied(site)).collect();
    let place: Vec<Option<usize>> =
        (0..graph.sites()).map(|site| sites.iter().position(|&other| other == site)).collect();
    let around: Vec<Vec<(usize, f64)>> = sites
        .iter()
        .map(|&site| graph.around(site).map(|(other, j)| (place[other].expect("occupied"), j)).collect())
        .collect();
    let count = sites.len();
    let mut spins = vec![-1.0_f64; count];
    let mut energy = 0.0;
    for (i, around) in around.iter().enumerate() {
        energy += around.iter().filter(|(j, _)| *j > i).map(|(_, coupling)| -coupling).sum::<f64>();
        energy += graph.field(sites[i]) + field;
    }
    let mut up = 0;
    let (mut lowest, mut states) = (energy, Vec::with_capacity(1 << count));
    for code in 0_u32..1 << count {
        if code > 0 {
            let i = code.trailing_zeros() as usize;
            let local: f64 = around[i].iter().map(|&(j, coupling)| coupling * spins[j]).sum();
            energy += 2.0 * spins[i] * (local + graph.field(sites[i]) + field);
            spins[i] = -spins[i];
            up += spins[i] as i32;
        }
        let sum = 2 * up - count as i32;
        if keep(sum) {
            lowest = lowest.min(energy);
            states.push((energy, sum, code ^ (code >> 1)));
        }
    }
    let (mut z, mut e, mut m) = (0.0, 0.0, 0.0);
    let mut pairs = vec![0.0; count * count];
    for &(energy, sum, bits) in &states {
        let weight = (-(energy - lowest) / temperature).exp();
        z += weight;
        e += weight * energy;
        m += weight * f64::from(sum.abs());
        if count <= 16 {
            for i in 0..count {
                for j in 0..count {
                    let sign = if (bits >> i ^ bits >> j) & 1 == 0 { weight } else { -weight };
                    pairs[i * count + j] += sign;
                }
            }
        }
    }
    let overlap_square = pairs.iter().map(|sum| (sum / z).powi(2)).sum::<f64>() / (count * count) as f64;
    Exact { energy: e / z, abs_magnetization: m / z, overlap_square, lowest }
}

pub fn agree(what: &str, found: Estimate, truth: f64, largest_error: f64) {
    assert!(found.error > 0.0 && found.error < largest_error, "{what}: error {}", found.error);
    assert!((found.value - truth).abs() < 4.5 * found.error, "{what}: {found:?} against {truth}");
}
