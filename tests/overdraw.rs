//! Where a processor draws, each layer of the window costs as much as the first: no page has too many.

#[path = "common/overdraw.rs"]
#[allow(dead_code)]
mod overdraw;
#[path = "common/renderer.rs"]
mod renderer;

use egui::{Color32, ColorImage, Rect, Stroke, StrokeKind, TextureOptions, Ui, pos2, vec2};
use egui_kittest::Harness;
use overdraw::{Kind, PLACES, triangle_area};
use spinscape::widgets::covered::Covered;

/// A window's area may be painted so many times, text and all.
const MOST: f64 = 1.5;

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
fn no_page_of_a_large_window_is_painted_more_than_one_and_a_half_times() {
    assert_few_layers([1600.0, 1000.0]);
}

#[test]
fn no_page_of_a_compact_window_is_painted_more_than_one_and_a_half_times() {
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

/// A card with round corners, a plot and a picture on it, a button and a note over all of them, none on whole points.
fn layers_ui(ui: &mut Ui, texture: &egui::TextureHandle) {
    let rect = |left: f32, top: f32, width: f32, height: f32| {
        Rect::from_min_size(pos2(left + 0.3, top + 0.7), vec2(width, height))
    };
    let painter = ui.painter();
    let edge = Stroke::new(1.0, Color32::LIGHT_BLUE);
    painter.rect(rect(10.0, 10.0, 280.0, 180.0), 8, Color32::DARK_GRAY, edge, StrokeKind::Inside);
    painter.rect(rect(30.0, 30.0, 120.0, 100.0), 2, Color32::BLACK, edge, StrokeKind::Inside);
    painter.rect_filled(rect(160.0, 30.0, 100.0, 100.0), 3, Color32::BLACK);
    let whole = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
    painter.image(texture.id(), rect(165.0, 35.0, 90.0, 90.0), whole, Color32::WHITE);
    painter.rect_filled(rect(100.0, 100.0, 120.0, 60.0), 12, Color32::from_rgb(20, 120, 90));
    painter.rect_filled(rect(60.0, 60.0, 150.0, 60.0), 0, Color32::from_black_alpha(90));
}

#[test]
fn what_is_not_painted_changes_no_pixel() {
    let required = std::env::var_os("SPINSCAPE_REQUIRE_RENDERER").is_some();
    if renderer::offscreen_adapter().is_none() {
        assert!(!required, "a renderer is required, but there is no graphics driver");
        println!("skipped: there is no graphics driver");
        return;
    }
    for scale in [1.0, 1.4] {
        let [(painted, uncut), (cut, pieces)] = [false, true].map(|with_cuts| {
            let mut texture = None;
            let builder = Harness::builder().with_size([300.0, 200.0]).with_pixels_per_point(scale).wgpu();
            let mut harness = builder.build_ui(move |ui| {
                if with_cuts {
                    ui.ctx().add_plugin(Covered::default());
                }
                let texture = texture.get_or_insert_with(|| {
                    let image = ColorImage::filled([4, 4], Color32::from_rgb(200, 150, 40));
                    ui.ctx().load_texture("picture", image, TextureOptions::NEAREST)
                });
                layers_ui(ui, texture);
            });
            harness.run_steps(2);
            (harness.render().expect("the layers are rendered"), harness.output().shapes.len())
        });
        assert!(pieces > uncut, "nothing was cut at scale {scale}");
        assert!(painted == cut, "a pixel differs at scale {scale}");
    }
}
