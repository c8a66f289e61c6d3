//! Exact counts of states of small Ising tori, by brute force and by a transfer matrix: neither knows the library.

/// How many states of the torus have each (sum of spins, sum of bonds).
pub struct StateCount {
    pub side: usize,
    /// `counts[up][unequal]`: states with that many up spins and that many unequal bonds.
    pub counts: Vec<Vec<f64>>,
}

/// Every one of the 2^16 states of the 4 × 4 torus.
pub fn brute_force_4x4() -> StateCount {
    let side = 4;
    let mut counts = vec![vec![0.0; 33]; 17];
    for state in 0_u32..1 << 16 {
        let spin = |x: usize, y: usize| state >> (y % side * side + x % side) & 1;
        let mut unequal = 0;
        for y in 0..side {
            for x in 0..side {
                unequal += (spin(x, y) ^ spin(x + 1, y)) + (spin(x, y) ^ spin(x, y + 1));
            }
        }
        counts[state.count_ones() as usize][unequal as usize] += 1.0;
    }
    StateCount { side, counts }
}

/// Counts by a transfer matrix. They stay below 2^53, so they are exact.
pub fn transfer_matrix(side: usize) -> StateCount {
    let counts = transfer(side, None);
    StateCount { side, counts: counts.chunks(2 * side * side + 1).map(<[f64]>::to_vec).collect() }
}

/// Probability of each number of up spins at h = 0, J = 1: bonds are weighed at once, not counted.
pub fn magnetization_distribution(side: usize, temperature: f64) -> Vec<f64> {
    let weights = transfer(side, Some((-2.0 / temperature).exp()));
    let total: f64 = weights.iter().sum();
    weights.iter().map(|weight| weight / total).collect()
}

/// Builds the torus site by site, for every state of its first row. With a weight for unequal bonds the result runs over
/// the up spins alone; without, over (up, unequal).
fn transfer(side: usize, unequal_weight: Option<f64>) -> Vec<f64> {
    let (spins, bonds, rows) = (side * side, 2 * side * side, 1_usize << side);
    let cell = if unequal_weight.is_some() { 1 } else { bonds + 1 };
    let place = |unequal: usize| match unequal_weight {
        Some(weight) => (0, weight.powi(unequal as i32)),
        None => (unequal, 1.0),
    };
    let stride = (spins + 1) * cell;
    let mut counts = vec![0.0; stride];
    for first in 0..rows {
        // Polynomials in (up, unequal) for each state of the newest row.
        let mut current = vec![0.0; rows * stride];
        let around = |row: usize| (row ^ (row >> 1 | (row & 1) << (side - 1))).count_ones() as usize;
        let (shift, weight) = place(around(first));
        current[first * stride + first.count_ones() as usize * cell + shift] = weight;
        for y in 1..side {
            for x in 0..side {
                let mut next = vec![0.0; rows * stride];
                // Bits below x are already of row y; bit x is still of row y − 1.
                for row in 0..rows {
                    let source = &current[row * stride..(row + 1) * stride];
                    let old = row >> x & 1;
                    for new in 0..2 {
                        let target = row & !(1 << x) | new << x;
                        let mut unequal = old ^ new;
                        if x > 0 {
                            unequal += (row >> (x - 1) & 1) ^ new;
                        }
                        if x + 1 == side {
                            unequal += (row & 1) ^ new;
                        }
                        let (shift, weight) = place(unequal);
                        let shift = new * cell + shift;
                        // Sites placed so far bound the powers that can occur.
                        let used = (y * side + x + 1) * cell;
                        let sink = &mut next[target * stride..(target + 1) * stride];
                        for (sink, value) in sink[shift..].iter_mut().zip(&source[..used]) {
                            *sink += weight * value;
                        }
                    }
                }
                current = next;
            }
        }
        for row in 0..rows {
            let (shift, weight) = place((row ^ first).count_ones() as usize);
            for (sink, value) in counts[shift..].iter_mut().zip(&current[row * stride..(row + 1) * stride]) {
                *sink += weight * value;
            }
        }
    }
    counts
}

impl StateCount {
    /// Boltzmann weight of each (up, unequal), as (sum of spins, sum of bonds, probability).
    pub fn boltzmann(&self, temperature: f64, field: f64, coupling: f64) -> Vec<(i64, i64, f64)> {
        let (spins, bonds) = ((self.side * self.side) as i64, (2 * self.side * self.side) as i64);
        let mut states = Vec::new();
        for (up, row) in self.counts.iter().enumerate() {
            for (unequal, &count) in row.iter().enumerate() {
                if count > 0.0 {
                    let (spin_sum, bond_sum) = (2 * up as i64 - spins, bonds - 2 * unequal as i64);
                    let energy = -coupling * bond_sum as f64 - field * spin_sum as f64;
                    states.push((spin_sum, bond_sum, count.ln() - energy / temperature));
                }
            }
        }
        let highest = states.iter().map(|s| s.2).fold(f64::MIN, f64::max);
        let total: f64 = states.iter().map(|s| (s.2 - highest).exp()).sum();
        states.iter().map(|&(m, b, w)| (m, b, (w - highest).exp() / total)).collect()
    }

    /// The average of any function of (m, e) per spin.
    pub fn average(&self, temperature: f64, field: f64, coupling: f64, function: impl Fn(f64, f64) -> f64) -> f64 {
        let spins = (self.side * self.side) as f64;
        let states = self.boltzmann(temperature, field, coupling);
        let value = |m: i64, b: i64| {
            let (m, b) = (m as f64 / spins, b as f64 / spins);
            function(m, -coupling * b - field * m)
        };
        states.iter().map(|&(m, b, p)| p * value(m, b)).sum()
    }
}
