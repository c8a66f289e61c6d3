//! The straight line of least squares.

/// Slope of the line through points; none with fewer than two different places.
#[must_use]
pub fn slope(points: impl IntoIterator<Item = (f64, f64)>) -> Option<f64> {
    // Running means keep the digits of points far from zero.
    let (mut count, mut x, mut y, mut square, mut product) = (0.0, 0.0, 0.0, 0.0, 0.0);
    for (px, py) in points {
        count += 1.0;
        let (dx, dy) = (px - x, py - y);
        x += dx / count;
        y += dy / count;
        square += dx * (px - x);
        product += dx * (py - y);
    }
    (square > 0.0).then(|| product / square)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_slope_is_that_of_the_textbook() {
        // Σ(x − 2)(y − 3)/Σ(x − 2)² of (1, 2), (2, 2), (3, 5).
        assert_eq!(slope([(1.0, 2.0), (2.0, 2.0), (3.0, 5.0)]), Some(1.5));
        assert_eq!(slope([(1.0, 2.0)]), None);
        let far = (0..100).map(|k| (1e9 + f64::from(k), 0.25 * f64::from(k)));
        assert!((slope(far).expect("a line") - 0.25).abs() < 1e-9);
    }
}
