//! Small houses with a planted fault each, and some that look like one.

use std::collections::BTreeSet;

use crate::{
    graph::Graph,
    rooms::{window_in_models, wrong_arrows},
    source::Source,
};

/// A house of these files, each a path and a text, behind a root that names the rooms.
fn house(files: &[(&str, &str)]) -> (Source, Graph) {
    let root = ("lib.rs", "pub mod labs; pub mod physics; pub mod room; pub mod simulation; pub mod widgets;");
    let texts: Vec<_> =
        [root].iter().chain(files).map(|(file, text)| ((*file).to_owned(), (*text).to_owned())).collect();
    let source = Source::read(&texts);
    let graph = Graph::of(&source);
    (source, graph)
}

/// The files on circles in a room of these files.
fn on_circles(files: &[(&str, &str)]) -> Vec<String> {
    let graph = house(files).1;
    let mut names: Vec<_> =
        graph.circles(|_| true).concat().into_iter().map(|file| graph.files[file].clone()).collect();
    names.sort();
    names
}

/// A room of two files behind a `mod.rs`, in which `b` needs `a`.
fn room_where_a_says(module: &str, a: &str) -> Vec<String> {
    let a = format!("pub struct A; {a}");
    let b = "use super::a::A; pub struct B; pub const NAME: &str = \"b\"; pub fn make(_: A) -> B { B }";
    on_circles(&[("room/mod.rs", module), ("room/a.rs", &a), ("room/b.rs", b)])
}

const PLAIN: &str = "pub mod a; pub mod b;";
const BOTH: [&str; 2] = ["room/a.rs", "room/b.rs"];

#[test]
fn an_import_closes_a_circle() {
    assert_eq!(room_where_a_says(PLAIN, "use super::b::B; fn f(_: B) {}"), BOTH);
    assert_eq!(room_where_a_says(PLAIN, "use crate::{room::{b::{self, B as Other}}};"), BOTH);
    assert_eq!(room_where_a_says(PLAIN, "fn f() { use crate::room::b::B; }"), BOTH);
    assert_eq!(room_where_a_says(PLAIN, ""), [""; 0]);
}

#[test]
fn a_circle_of_three_is_found_and_its_way_round_told() {
    let files = [
        ("room/mod.rs", "pub mod a; pub mod b; pub mod c;"),
        ("room/a.rs", "pub struct A; use super::b::B;"),
        ("room/b.rs", "pub struct B; use super::c::C;"),
        ("room/c.rs", "pub struct C; use super::a::A;"),
    ];
    let graph = house(&files).1;
    let circles = graph.circles(|file| file.starts_with("room/"));
    assert_eq!(circles.len(), 1);
    assert_eq!(circles[0].len(), 3);
    let way = graph.way_round(&circles[0]);
    assert_eq!(
        way,
        "room/a.rs names super::b::B of room/b.rs; room/b.rs names super::c::C of room/c.rs; \
         room/c.rs names super::a::A of room/a.rs"
    );
    assert!(graph.circles(|file| file.starts_with("room/") && file != "room/c.rs").is_empty());
}

#[test]
fn a_re_export_hides_no_circle() {
    assert_eq!(room_where_a_says("pub mod a; mod b; pub use b::B;", "use super::B;"), BOTH);
    assert_eq!(room_where_a_says("pub mod a; mod b; pub use self::b::B as New;", "use crate::room::New as _;"), BOTH);
    assert_eq!(room_where_a_says("pub mod a; mod b; pub use b::*;", "use super::B;"), BOTH);
    assert_eq!(room_where_a_says("pub mod a; mod b; pub(crate) use b::make;", "fn f() { super::make(A); }"), BOTH);
    // Through a second module, and a module that is itself renamed.
    let twice = "pub mod a; mod b; pub use inner::Again; mod inner { pub use super::b::B as Again; }";
    assert_eq!(room_where_a_says(twice, "use super::Again;"), BOTH);
    assert_eq!(room_where_a_says("pub mod a; mod b; pub use b as door;", "use super::door::B;"), BOTH);
    // A function named like its module.
    let files = [
        ("room/mod.rs", "mod a; mod energy; pub use energy::energy;"),
        ("room/a.rs", "pub struct A; fn f() { super::energy(); }"),
        ("room/energy.rs", "use super::a::A; pub fn energy() {}"),
    ];
    assert_eq!(on_circles(&files), ["room/a.rs", "room/energy.rs"]);
}

#[test]
fn a_path_in_the_code_closes_a_circle() {
    for code in [
        "fn f() { super::b::make(A); }",
        "fn f() { let _ = crate::room::b::NAME; }",
        "fn f(_: &[Option<super::b::B>]) {}",
        "impl From<super::b::B> for A { fn from(_: super::b::B) -> A { A } }",
        "fn f() { println!(\"{}\", super::b::NAME); }",
        "fn f() { assert!([vec![super::b::make(A)]].len() == 1); }",
        "const N: usize = self::inner::n(); mod inner { pub const fn n() -> usize { super::super::b::NAME.len() } }",
        "use super::b; fn f() { b::make(A); }",
        "use super::b as other; fn f() { matches!(x, other::NAME); }",
        "use crate::room; fn f() { room::b::make(A); }",
        "#[derive(Deserialize)] struct S { #[serde(default = \"super::b::make\")] field: A }",
        "struct S { field: A<{ super::b::NAME.len() }> }",
        "fn f(x: &str) -> bool { match x { super::b::NAME => true, _ => false } }",
    ] {
        assert_eq!(room_where_a_says(PLAIN, code), BOTH, "{code}");
    }
}

#[test]
fn a_glob_closes_a_circle_where_a_name_of_it_is_used() {
    assert_eq!(room_where_a_says(PLAIN, "use super::b::*; fn f() { make(A); }"), BOTH);
    assert_eq!(room_where_a_says(PLAIN, "use super::b::*; fn f(x: &str) -> bool { matches!(x, NAME) }"), BOTH);
    assert_eq!(room_where_a_says("pub mod a; mod b; pub use b::*;", "use super::*; fn f(_: B) {}"), BOTH);
    assert_eq!(room_where_a_says("pub mod a; mod b; pub use b::*; pub use a::*;", "use super::*;"), [""; 0]);
    // The variants of an enum.
    let files = [
        ("room/mod.rs", "pub mod a; pub mod kind;"),
        ("room/a.rs", "pub struct A; use super::kind::Kind::*;"),
        ("room/kind.rs", "pub enum Kind { One(super::a::A) }"),
    ];
    assert_eq!(on_circles(&files), ["room/a.rs", "room/kind.rs"]);
}

#[test]
fn a_mod_rs_is_a_file_like_others_in_what_it_does() {
    let both = ["room/a.rs", "room/mod.rs"];
    let a = ("room/a.rs", "pub struct A; use super::Kind;");
    assert_eq!(on_circles(&[("room/mod.rs", "mod a; pub enum Kind { One(a::A) }"), a]), both);
    assert_eq!(on_circles(&[("room/mod.rs", "mod a; pub use a::A; pub enum Kind { One(A) }"), a]), both);
    assert_eq!(on_circles(&[("room/mod.rs", "mod a; use a::A; pub enum Kind { One }"), a]), both);
}

#[test]
fn leading_on_is_no_need() {
    let a = ("room/a.rs", "use super::Kind; pub struct A;");
    let module = "mod a; pub use a::A; pub(crate) use self::a::A as Other; pub use a::*; pub enum Kind { One }";
    assert_eq!(on_circles(&[("room/mod.rs", module), a]), [""; 0]);
    // In any other file it is one.
    assert_eq!(room_where_a_says(PLAIN, "pub use super::b::B;"), BOTH);
}

#[test]
fn what_only_tests_need_closes_no_circle() {
    for code in [
        "#[cfg(test)] mod tests { use super::super::b::B; }",
        "#[cfg(test)] use super::b::B;",
        "#[cfg(all(test, unix))] fn f(_: super::b::B) {}",
        "impl A { #[cfg(test)] fn f(_: super::b::B) {} }",
        "#[test] fn f() { super::b::make(A); }",
    ] {
        assert_eq!(room_where_a_says(PLAIN, code), [""; 0], "{code}");
    }
    let files = [
        ("room/mod.rs", "pub mod a;"),
        ("room/a/mod.rs", "pub struct A; #[cfg(test)] mod tests; fn f() { tests::truth(); }"),
        ("room/a/tests.rs", "mod more; use super::A; pub fn truth() {}"),
    ];
    let (source, graph) = house(&files);
    assert_eq!(source.tests.len(), 1);
    assert!(graph.needs[3].is_empty());
    // `not(test)` is the program itself.
    assert_eq!(room_where_a_says(PLAIN, "#[cfg(not(test))] use super::b::B;"), BOTH);
    assert_eq!(room_where_a_says(PLAIN, "#[cfg(feature = \"desktop\")] use super::b::B;"), BOTH);
}

#[test]
fn what_only_looks_like_a_path_closes_no_circle() {
    let module = "pub mod a; mod b; pub use b::*;";
    for code in [
        "/// Made by [`super::b::make`].\nfn f() { let _ = \"super::b::make\"; } // super::b::make",
        "use super::*; fn f(x: &A) { x.make(); println!(\"{}\", x.make()); }",
        "use super::*; fn f(make: usize) -> usize { println!(\"{}\", make); make }",
        "use super::*; struct S { make: usize } fn f(s: &S) -> usize { s.make }",
        "struct B; fn f(_: B) {}",
    ] {
        assert_eq!(room_where_a_says(module, code), [""; 0], "{code}");
    }
}

fn wrong(files: &[(&str, &str)]) -> Vec<String> {
    let crates: BTreeSet<String> = ["egui", "libm", "rayon", "rfd"].map(str::to_owned).into();
    wrong_arrows(&house(files).1, &crates)
}

#[test]
fn an_arrow_that_points_back_is_found() {
    let physics = |text: &'static str| {
        let widgets = ("widgets/mod.rs", "mod colors; pub use colors::*;");
        wrong(&[("physics/mod.rs", text), widgets, ("widgets/colors.rs", "pub struct Red;")])
    };
    assert_eq!(physics("use crate::widgets::Red;"), ["physics/mod.rs names crate::widgets::Red of widgets"]);
    assert_eq!(physics("fn f(_: super::widgets::Red) {}").len(), 1);
    assert_eq!(physics("use egui::Ui;"), ["physics/mod.rs names egui::Ui"]);
    assert_eq!(physics("use egui as e; fn f(_: e::Ui) {}"), ["physics/mod.rs names egui::Ui"]);
    assert_eq!(physics("fn f(_: ::egui::Ui) {}"), ["physics/mod.rs names egui::Ui"]);
    assert_eq!(physics("use std::{fmt, fs};"), ["physics/mod.rs names std::fs"]);
    assert_eq!(physics("use std::time; fn f() { time::Instant::now(); }").len(), 2);
    assert_eq!(physics("use rayon::prelude::*; fn f() { libm::exp(1.0); } // egui::Ui\n"), [""; 0]);
    assert_eq!(physics("fn f() { rayon::ThreadPoolBuilder::new(); }").len(), 1);
    // The window's files may look the other way.
    assert_eq!(wrong(&[("labs/mod.rs", "use crate::physics::Spin;"), ("physics/mod.rs", "pub struct Spin;")]), [""; 0]);
}

#[test]
fn where_there_is_a_platform_it_alone_is_the_door_to_the_system() {
    let data = ("data/mod.rs", "use std::fs::File; fn f() { rfd::FileDialog::new(); }");
    assert_eq!(wrong(&[data]), [""; 0]);
    let platform = ("platform/mod.rs", "use std::fs::File; fn f() { rfd::FileDialog::new(); }");
    assert_eq!(wrong(&[data, platform]), ["data/mod.rs names rfd::FileDialog::new", "data/mod.rs names std::fs::File"]);
}

#[test]
fn a_window_behind_a_model_is_found() {
    let models = |settings: &'static str| {
        let (source, graph) = house(&[
            ("simulation/mod.rs", "pub trait Simulation {}"),
            ("labs/mod.rs", "pub mod ising;"),
            ("labs/ising/mod.rs", "mod hero; mod settings; mod sim; mod view; pub use settings::Settings;"),
            (
                "labs/ising/sim.rs",
                "use crate::simulation::Simulation as Model; use crate::simulation; \
                 struct Sim(super::Settings); impl simulation::Simulation for Sim {}",
            ),
            ("labs/ising/settings.rs", settings),
            ("labs/ising/view.rs", "pub struct Zoom(egui::Rect);"),
            ("labs/ising/hero.rs", "use egui::Ui; use super::sim::Sim;"),
        ]);
        window_in_models(&source, &graph)
    };
    assert_eq!(models("pub struct Settings;"), (2, vec![]));
    let wrong = vec!["labs/ising/settings.rs names egui::Color32".to_owned()];
    assert_eq!(models("pub struct Settings(egui::Color32);"), (2, wrong));
    let wrong = vec!["labs/ising/view.rs names egui::Rect".to_owned()];
    assert_eq!(models("pub struct Settings(super::view::Zoom);"), (3, wrong));
}
