//! Straight pieces of line in the plane: how far a point is from one. Pens and brushes are made of them.

use std::ops::{Add, Div, Mul, Sub};

/// Returns the square of the distance from a point to the nearest place on the straight piece of line between two others,
/// all three as x and y in one unit; the result is in the square of that unit. A piece without length is a point.
///
/// Works in `f32` or `f64`, with products, sums and one division that every machine rounds alike.
#[inline]
pub fn squared_distance<T>(point: [T; 2], from: [T; 2], to: [T; 2]) -> T
where
    T: Copy + PartialOrd + From<f32> + Add<Output = T> + Sub<Output = T> + Mul<Output = T> + Div<Output = T>,
{
    let (none, all) = (T::from(0.0), T::from(1.0));
    let along = [to[0] - from[0], to[1] - from[1]];
    let off = [point[0] - from[0], point[1] - from[1]];
    let length_squared = along[0] * along[0] + along[1] * along[1];
    let share = if length_squared > none { (along[0] * off[0] + along[1] * off[1]) / length_squared } else { none };
    let share = if share < none {
        none
    } else if share > all {
        all
    } else {
        share
    };
    let [dx, dy] = [off[0] - share * along[0], off[1] - share * along[1]];
    dx * dx + dy * dy
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_point_is_nearest_to_the_foot_of_its_perpendicular_or_to_an_end() {
        let (from, to) = ([1.0, 1.0], [5.0, 4.0]);
        // Three to the side of the middle, along (−3, 4)/5.
        assert!((squared_distance([3.0 - 1.8, 2.5 + 2.4], from, to) - 9.0_f64).abs() < 1e-12);
        assert_eq!(squared_distance([-2.0, -3.0], from, to), 25.0_f64);
        assert_eq!(squared_distance([8.0, 8.0], from, to), 25.0_f64);
        assert_eq!(squared_distance([4.0, 5.0], from, from), 25.0_f64);
        assert_eq!(squared_distance([4.0, 5.0], [1.0, 1.0], [1.0, 1.0]), 25.0_f32);
    }
}
