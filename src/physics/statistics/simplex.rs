//! The lowest point of a function of a few variables, without derivatives: the simplex of Nelder and Mead (1965).

/// Steps at most; each is one or two values of the function.
const STEPS: usize = 400;
/// The simplex has ended its way when its values differ by this share.
const TOLERANCE: f64 = 1e-7;

/// Goes down from a start, with a first step along each axis. Returns the place and the value there. Where the function is
/// not a number, or infinite, the simplex does not go.
#[must_use]
pub fn lowest<const N: usize>(start: [f64; N], first: [f64; N], f: impl Fn(&[f64; N]) -> f64) -> ([f64; N], f64) {
    let value = |place: [f64; N]| {
        let found = f(&place);
        (place, if found.is_nan() { f64::INFINITY } else { found })
    };
    let mut simplex = vec![value(start)];
    for axis in 0..N {
        let mut place = start;
        place[axis] += first[axis];
        simplex.push(value(place));
    }
    for _ in 0..STEPS {
        simplex.sort_by(|a, b| a.1.total_cmp(&b.1));
        let (best, worst) = (simplex[0].1, simplex[N].1);
        if worst - best <= TOLERANCE * best.abs() {
            break;
        }
        let centre: [f64; N] =
            std::array::from_fn(|axis| simplex[..N].iter().map(|(place, _)| place[axis]).sum::<f64>() / N as f64);
        let along = |factor: f64| {
            let far = simplex[N].0;
            value(std::array::from_fn(|axis| centre[axis] + factor * (centre[axis] - far[axis])))
        };
        let mirrored = along(1.0);
        let next = if mirrored.1 < best {
            let further = along(2.0);
            if further.1 < mirrored.1 { further } else { mirrored }
        } else if mirrored.1 < simplex[N - 1].1 {
            mirrored
        } else {
            along(if mirrored.1 < worst { 0.5 } else { -0.5 })
        };
        if next.1 < worst {
            simplex[N] = next;
        } else {
            let lead = simplex[0].0;
            for point in &mut simplex[1..] {
                *point = value(std::array::from_fn(|axis| 0.5 * (lead[axis] + point.0[axis])));
            }
        }
    }
    simplex.into_iter().min_by(|a, b| a.1.total_cmp(&b.1)).unwrap_or((start, f64::INFINITY))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_finds_the_floor_of_a_narrow_bent_valley() {
        // Rosenbrock 1960: its lowest point is 0 at (1, 1).
        let (place, value) =
            lowest([-1.2, 1.0], [0.1, 0.1], |[x, y]| 100.0 * (y - x * x) * (y - x * x) + (1.0 - x) * (1.0 - x));
        assert!((place[0] - 1.0).abs() < 1e-3 && (place[1] - 1.0).abs() < 1e-3 && value < 1e-6, "{place:?}: {value}");
    }

    #[test]
    fn it_does_not_go_where_there_is_no_value() {
        let (place, _) = lowest([1.0], [0.5], |[x]| if *x > 0.0 { *x } else { f64::NAN });
        assert!(place[0] >= 0.0 && place[0] < 1e-3, "{place:?}");
    }
}
