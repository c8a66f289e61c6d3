//! Where a processor draws, each layer of the window costs as much as the first: no page has too many.

#[path = "common/overdraw.rs"]
#[allow(dead_code)]
mod overdraw;

use egui::{Rect, pos2};
use overdraw::{Kind, PLACES, triangle_area};

/// A window's area may be painted so many times, text and all.
const MOST: f64 = 1.7;

fn assert_few_layers(size: [f32; 2]) {
    for place in &PLACES {
        let found = place.overdraw(size, 60);
        let total = found.total();
        assert!(total <= MOST, "{} at {size:?}: {total:.2} layers, {found:?}", place.name);
        // An empty page would pass too.
        assert!(found.layers(Kind::Grounds) > 0.5 && found.layers(Kind::Text) > 0.0, "{}: {found:?}", place.name);
    }
}

#[test]
fn no_page_of_a_large_window_is_painted_more_than_1_7_times() {
    assert_few_layers([1600.0, 1000.0]);
}

#[test]
fn no_page_of_a_compact_window_is_painted_more_than_1_7_times() {
    assert_few_layers([1024.0, 768.0]);
}

#[test]
fn the_area_of_a_triangle_ends_at_its_clip_rectangle() {
    let triangle = [pos2(0.0, 0.0), pos2(10.0, 0.0), pos2(0.0, 10.0)];
    let whole = Rect::from_min_max(pos2(-5.0, -5.0), pos2(20.0, 20.0));
    assert!((triangle_area(triangle, whole) - 50.0).abs() < 1e-9);
    let corner = Rect::from_min_max(pos2(0.0, 0.0), pos2(4.0, 3.0));
    assert!((triangle_area(triangle, corner) - 12.0).abs() < 1e-9);
    let tip = Rect::from_min_max(pos2(8.0, 0.0), pos2(20.0, 20.0));
    assert!((triangle_area(triangle, tip) - 2.0).abs() < 1e-9);
    let beside = Rect::from_min_max(pos2(11.0, 0.0), pos2(20.0, 20.0));
    assert!(triangle_area(triangle, beside) == 0.0);
}
