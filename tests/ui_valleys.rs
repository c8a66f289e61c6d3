//! The page of valleys in the real program: its tree, ways over it, and starts that fall into it.

mod common;

use common::app::App;
use egui::{Key, Modifiers, accesskit::Role};
use egui_kittest::kittest::{NodeT, Queryable};
use spinscape::{
    labs::kit::{Page, Seams, Table},
    text::{Language, Texts},
};

fn opened(language: Language) -> App {
    let mut app = App::new([1600.0, 1000.0], language);
    app.valleys();
    app.frames(6);
    app
}

fn table(app: &mut App, card: &'static str) -> Option<Table> {
    app.valleys().table(card, Texts::new(Language::English))
}

fn number(app: &mut App, id: &str) -> f64 {
    let found = app.valleys().observables();
    found.iter().find(|found| found.id == id).and_then(|found| found.value).expect("a number of this name")
}

fn ends(app: &mut App) -> [String; 2] {
    app.valleys().ends().expect("a way").map(str::to_owned)
}

#[test]
fn the_fourth_key_shows_the_tree_and_its_deepest_valleys_in_both_languages() {
    for language in Language::ALL {
        let mut app = App::new([1600.0, 1000.0], language);
        app.press(Key::Num4);
        app.frames(6);
        let t = Texts::new(language);
        assert!(app.harness.query_all_by_label(t.get("valleys.walk")).next().is_some());
        assert_eq!((number(&mut app, "spins"), number(&mut app, "states")), (16.0, 65_536.0));
        let tree = table(&mut app, "tree").expect("a tree");
        assert_eq!(tree.rows().len() as f64, number(&mut app, "valleys"));
        assert_eq!(ends(&mut app)[0], "1");
        assert!(ends(&mut app)[1].starts_with('2'));
    }
}

#[test]
fn a_way_is_walked_flip_by_flip_and_stops_at_its_end() {
    let mut app = opened(Language::English);
    let flips = number(&mut app, "flips");
    assert!(flips > 2.0);
    app.press(Key::Space);
    assert!(app.valleys().is_running());
    // Three flips a second.
    app.frames(62);
    assert_eq!(number(&mut app, "place"), 3.0);
    app.press(Key::Space);
    app.frames(60);
    assert_eq!(number(&mut app, "place"), 3.0, "it goes on while it is paused");
    let before = app.valleys().state().expect("a state");
    app.press(Key::ArrowRight);
    let after = app.valleys().state().expect("a state");
    assert_eq!((before ^ after).count_ones(), 1, "one spin turns");
    app.press(Key::ArrowLeft);
    assert_eq!(app.valleys().state(), Some(before));
    app.press(Key::Space);
    app.frames(20 * (flips as usize + 1));
    assert_eq!(number(&mut app, "place"), flips);
    assert!(!app.valleys().is_running(), "it is there");
    app.press(Key::R);
    assert_eq!(number(&mut app, "place"), 0.0);
    // The table says the way as it is walked: its highest energy is the pass.
    let way = table(&mut app, "way").expect("a way").to_text();
    let highest = way.lines().skip(1).filter_map(|row| row.split('\t').nth(1)?.parse::<f64>().ok());
    let highest = highest.fold(f64::NEG_INFINITY, f64::max) / 16.0;
    assert!((highest - number(&mut app, "pass")).abs() < 1e-9);
}

#[test]
fn a_click_picks_one_end_of_the_way_and_shift_click_the_other() {
    let mut app = opened(Language::English);
    let tip = |app: &App, name: &str| {
        let valley = format!("Valley {name}: ");
        let found = app
            .harness
            .query_all_by_role(Role::Button)
            .find(|node| node.accesskit_node().label().is_some_and(|label| label.starts_with(&valley)));
        found.expect("a tip").rect().center()
    };
    let third = tip(&app, "3");
    app.click_at(third, Modifiers::NONE);
    app.frames(4);
    assert_eq!(ends(&mut app)[0], "3");
    let fourth = tip(&app, "4");
    app.click_at(fourth, Modifiers::SHIFT);
    app.frames(4);
    assert_eq!(ends(&mut app), ["3", "4"]);
    // What was chosen is kept with the settings, and another system begins with its own.
    let saved = app.valleys().save();
    let mut again = opened(Language::English);
    again.valleys().restore(&saved);
    again.frames(6);
    assert_eq!(ends(&mut again), ["3", "4"]);
    again.valleys().settings.plan.seed = 33;
    again.frames(6);
    assert_eq!(ends(&mut again)[0], "1");
}

#[test]
fn another_system_is_worked_out_and_undo_brings_the_first_one_back() {
    let mut app = opened(Language::English);
    let first = table(&mut app, "tree");
    for (name, spins, valleys) in [("Ring", 16.0, 2.0), ("Torus", 16.0, 10.0)] {
        app.click(name);
        app.frames(40);
        assert_eq!((number(&mut app, "spins"), number(&mut app, "valleys")), (spins, valleys), "{name}");
    }
    assert!(app.valleys().undo(false) && app.valleys().undo(false));
    app.frames(6);
    assert_eq!(table(&mut app, "tree"), first);
}

#[test]
fn starts_are_counted_and_add_up() {
    let mut app = opened(Language::English);
    assert_eq!(table(&mut app, "found"), None);
    app.click("Quench 2000");
    app.click("Cool 2000");
    app.click("Cool 2000");
    app.frames(4);
    let found = table(&mut app, "found").expect("counts").to_text();
    let sum = |kind: &str| {
        let rows = found.lines().filter(|row| row.split('\t').nth(1) == Some(kind));
        rows.filter_map(|row| row.split('\t').nth(3)?.parse::<u32>().ok()).sum::<u32>()
    };
    assert_eq!((sum("slow"), sum("quench")), (4000, 2000));
    // Another system has no counts yet.
    app.valleys().settings.plan.seed = 8;
    app.frames(6);
    assert_eq!(table(&mut app, "found"), None);
}

#[test]
fn a_state_made_on_the_pad_falls_into_a_valley() {
    let mut app = opened(Language::English);
    let pad = app.harness.get_by_label("Spins of the state").rect();
    let before = app.valleys().state().expect("a state");
    // Eight of sixteen spins of the deepest state, and the rest of them: its mirror.
    let cell = pad.width() / 4.0;
    for spin in 0..16 {
        let at = pad.min + cell * egui::vec2((spin % 4) as f32 + 0.5, (spin / 4) as f32 + 0.5);
        app.click_at(at, Modifiers::NONE);
        app.frames(30);
    }
    assert_eq!(app.valleys().state(), Some(!before & 0xffff));
    assert_eq!(app.valleys().falls_into(), Some("1\u{2032}"));
    app.click("Back to the way");
    assert_eq!(app.valleys().state(), Some(before));
}

#[test]
fn random_surfaces_are_rolled_and_few_curve_upwards() {
    let mut app = opened(Language::English);
    assert_eq!(table(&mut app, "curvatures"), None);
    app.click("Roll");
    app.click("Roll");
    app.frames(4);
    let rolled = table(&mut app, "curvatures").expect("counts").to_text();
    for row in rolled.lines().skip(1) {
        let cells: Vec<f64> = row.split('\t').map(|cell| cell.parse().unwrap_or(f64::NAN)).collect();
        let [directions, matrices, _, share, .., exact] = cells[..] else { panic!("{row}") };
        assert_eq!(matrices, 20_000.0);
        if directions <= 3.0 {
            // Four standard errors of a share of 20,000.
            let error = (exact * (1.0 - exact) / matrices).sqrt();
            assert!((share - exact).abs() < 4.0 * error, "{row}");
        }
    }
}

#[test]
fn a_tree_under_way_leaves_the_one_on_screen_whole_and_can_be_given_up() {
    let seams = Seams { stepwise_jobs: true, ..Seams::default() };
    let mut app = App::with_seams([1600.0, 1000.0], Language::English, seams);
    app.valleys();
    app.frames(60);
    let first = table(&mut app, "tree");
    assert!(first.is_some());
    let plan = app.valleys().settings.plan;
    app.valleys().settings.plan.spins = 12;
    app.frames(1);
    assert_eq!(table(&mut app, "tree"), first, "what is shown is finished");
    app.valleys().settings.plan = plan;
    app.frames(30);
    assert_eq!(table(&mut app, "tree"), first);
}
