//! Which sites a piece of a brush stroke touches.

use super::{frame::Dab, pixel_map::Atlas};
use crate::labs::ising::common::brush::distance;

/// The sites under a piece of a stroke on a picture, each once, in rising order.
#[must_use]
pub fn sites_under(dab: &Dab, atlas: &Atlas) -> Vec<usize> {
    let Dab { from, to, radius, .. } = *dab;
    let [width, height] = atlas.size();
    let range = |axis: usize, end: usize| {
        let low = (from[axis].min(to[axis]) - radius).floor().clamp(0.0, end as f64) as usize;
        low..(from[axis].max(to[axis]) + radius).ceil().clamp(0.0, end as f64) as usize
    };
    let mut sites: Vec<usize> = Vec::new();
    for y in range(1, height) {
        for x in range(0, width) {
            if distance([x as f64 + 0.5, y as f64 + 0.5], from, to) <= radius {
                sites.extend(atlas.site(x, y));
            }
        }
    }
    // A site has many pixels.
    sites.sort_unstable();
    sites.dedup();
    sites
}
