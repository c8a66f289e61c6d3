//! A few small pictures of the real program. `UPDATE_SNAPSHOTS=1 cargo test --test snapshots` makes them anew.

mod common;

use common::{
    app::{App, builder},
    renderer,
};
use egui_kittest::SnapshotOptions;
use spinscape::{labs::ising::magnet::settings::MagnetSettings, physics::ising::Start, text::Language};

/// Software rasterisers of two versions differ a little.
fn options() -> SnapshotOptions {
    SnapshotOptions::new().threshold(1.2).max_failed_pixels(600)
}

/// A window that renders, or none with the reason printed; none is a failure where a renderer is required.
fn app(language: Language) -> Option<App> {
    if renderer::offscreen_adapter().is_none() {
        let required = std::env::var_os("SPINSCAPE_REQUIRE_RENDERER").is_some();
        assert!(!required, "a renderer is required, but there is no graphics driver");
        println!("skipped: there is no graphics driver to render with");
        return None;
    }
    let builder = builder([1000.0, 680.0]).with_render_cursor(false).wgpu();
    let mut app = App::build(builder, language);
    // Nothing that changes from run to run: the welcome has gone, the magnet rests.
    app.lab().know_the_thermometer();
    app.lab().session.set_running(false);
    app.lab().session.settings =
        MagnetSettings { size: 64, start: Start::Drop, temperature: 2.0, ..app.lab().session.settings.clone() };
    app.frames(3);
    app.press(egui::Key::R);
    app.frames(600);
    Some(app)
}

#[test]
fn the_lab_in_a_compact_window_looks_as_it_did() {
    let Some(mut app) = app(Language::English) else { return };
    crop(&mut app, "ising_compact");
}

#[test]
fn the_lab_in_chinese_looks_as_it_did() {
    let Some(mut app) = app(Language::Chinese) else { return };
    crop(&mut app, "ising_compact_chinese");
}

#[test]
fn the_memory_in_a_compact_window_looks_as_it_did() {
    let Some(mut app) = app(Language::English) else { return };
    app.hopfield().set_running(true);
    app.frames(300);
    crop(&mut app, "hopfield_compact");
}

#[test]
fn the_machine_in_a_compact_window_looks_as_it_did() {
    let Some(mut app) = app(Language::English) else { return };
    app.rbm().set_learning(true);
    app.frames(120);
    app.rbm().set_learning(false);
    app.frames(3);
    crop(&mut app, "rbm_compact");
}

fn crop(app: &mut App, name: &str) {
    let image = app.harness.render().expect("an adapter was found");
    // The status bar has times in it.
    let above = image::imageops::crop_imm(&image, 0, 0, image.width(), image.height() - 28).to_image();
    let small =
        image::imageops::resize(&above, above.width() / 2, above.height() / 2, image::imageops::FilterType::Triangle);
    egui_kittest::image_snapshot_options(&small, name, &options());
}
