//! The page of sharp and flat valleys in the real program.

mod common;

use common::app::App;
use egui::Key;
use egui_kittest::kittest::Queryable;
use spinscape::{
    labs::{
        kit::Page,
        landscape::sharp::{Crowd, SharpFrame},
    },
    text::{Language, Texts},
};

fn opened(language: Language) -> App {
    let mut app = App::new([1600.0, 1000.0], language);
    app.sharp().session.run.speed = 200.0;
    app.frames(4);
    app
}

fn frame(app: &mut App) -> SharpFrame {
    app.sharp().frame().clone()
}

#[test]
fn crowds_mix_and_are_counted_beside_the_exact_shares_in_both_languages() {
    for language in Language::ALL {
        let mut app = opened(language);
        assert_eq!(frame(&mut app).counted_for, None);
        let says = |app: &App, key: &'static str| {
            app.harness.query_all_by_label_contains(Texts::new(language).get(key)).next().is_some()
        };
        assert!(says(&app, "sharp.temperature"));
        // A hundred units of time.
        app.frames(36);
        let shown = frame(&mut app);
        assert!(shown.counted_for.is_some_and(|time| time > 30.0), "{:?}", shown.counted_for);
        for crowd in Crowd::ALL {
            let of = &shown.crowds[crowd as usize];
            let counted = of.counted.expect("counted");
            assert!((counted.value - of.exact).abs() < 0.05, "{crowd:?}: {counted:?}, exactly {}", of.exact);
        }
        assert_eq!(shown.dots.len(), 1);
    }
}

#[test]
fn the_crowds_pause_step_and_start_anew() {
    let mut app = opened(Language::English);
    app.press(Key::Space);
    app.frames(4);
    let paused = frame(&mut app).time;
    app.frames(20);
    assert_eq!(frame(&mut app).time, paused);
    app.press(Key::ArrowRight);
    app.frames(4);
    assert!((frame(&mut app).time - paused - 1.0).abs() < 1e-6, "one unit of time");
    app.press(Key::R);
    app.frames(4);
    assert_eq!(frame(&mut app).time, 0.0);
}

#[test]
fn strengths_are_told_apart_and_undone_and_the_plot_is_cleared() {
    let mut app = opened(Language::English);
    app.frames(36);
    app.set_slider("Strength of the noise", 0.4);
    // The step of undo ends, the crowd mixes again and is counted.
    app.frames(60);
    let shown = frame(&mut app);
    assert_eq!((shown.temperature, shown.dots.len()), (0.4, 2));
    let [hot, cold] = [0.4, 0.2].map(|temperature| {
        let dot = shown.dots.iter().find(|dot| dot.temperature == temperature).expect("counted");
        dot.shares.map(|share| share.value)
    });
    assert!(cold[1] > hot[1] + 0.02, "weak noise that follows the curvature is more in the flat valley");
    assert!((cold[0] - hot[0]).abs() < 0.04, "thermal noise is there alike");
    assert!(app.sharp().undo(false));
    app.frames(4);
    assert_eq!(frame(&mut app).temperature, 0.2);
    app.press(Key::Space);
    app.click("Clear the plot");
    app.frames(4);
    assert!(frame(&mut app).dots.is_empty());
}
