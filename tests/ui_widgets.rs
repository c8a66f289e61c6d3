//! Single widgets, and the rules of the window that all widgets share, as a person meets them.

mod common;

use std::collections::BTreeSet;

use common::app::App;
use egui::{Event, Key, Modifiers, PointerButton, Pos2, Rect, Ui, Vec2, accesskit::Role, pos2, vec2};
use egui_kittest::{
    Harness,
    kittest::{NodeT, Queryable},
};
use spinscape::{
    text::Language,
    widgets::{
        buttons::{IconButton, fold},
        card, fonts,
        plot::{Axes, painted, round_ticks},
        scroll::scroll_column_ui,
        slider::{BigSlider, typed_value},
        stepper::{Stepped, stepper},
        tip::Tip,
        tokens,
    },
};

const STANDARD: [f32; 2] = [1600.0, 1000.0];

/// Widgets alone in a window, in the fonts and the style of the program.
fn bench<S: 'static>(size: [f32; 2], state: S, mut draw: impl FnMut(&mut Ui, &mut S) + 'static) -> Harness<'static, S> {
    let mut begun = false;
    let frame = move |ui: &mut Ui, state: &mut S| {
        if begun {
            draw(ui, state);
        } else {
            // Fonts are there from the second frame on.
            fonts::install(ui.ctx());
            tokens::apply(ui.ctx());
            ui.ctx().request_repaint();
            begun = true;
        }
    };
    let mut harness = Harness::builder().with_size(size).with_step_dt(1.0 / 60.0).build_ui_state(frame, state);
    harness.step();
    harness
}

fn button(at: Pos2, pressed: bool) -> Event {
    Event::PointerButton { pos: at, button: PointerButton::Primary, pressed, modifiers: Modifiers::NONE }
}

/// A click that begins and ends within one frame, as at a few frames a second.
fn click_at(at: Pos2) -> Vec<Event> {
    vec![Event::PointerMoved(at), button(at, true), button(at, false)]
}

fn key(key: Key, physical_key: Option<Key>, modifiers: Modifiers) -> Event {
    Event::Key { key, physical_key, pressed: true, repeat: false, modifiers }
}

/// A key with what it types.
fn typed(character: &str, place: Key) -> Vec<Event> {
    let logical = Key::from_name(character).unwrap_or(place);
    vec![key(logical, Some(place), Modifiers::NONE), Event::Text(character.to_owned())]
}

/// All of these events in one frame.
fn frame_with<S>(harness: &mut Harness<'_, S>, events: impl IntoIterator<Item = Event>) {
    harness.input_mut().events.extend(events);
    harness.step();
}

fn app() -> App {
    App::new(STANDARD, Language::English)
}

/// Brings the pointer somewhere first: what is under it is known from the frame before.
fn point(app: &mut App, at: Pos2) {
    frame_with(&mut app.harness, [Event::PointerMoved(at)]);
    app.frames(1);
}

#[test]
fn a_click_on_a_slider_gives_it_the_arrows_of_the_same_frame_and_of_the_next() {
    let draw = |ui: &mut Ui, value: &mut f64| {
        let slider = BigSlider { name: "field", shown: format!("{value:.2}"), step: 0.1, ..BigSlider::plain() };
        slider.show(ui, value);
        ui.button("beside it").clicked();
    };
    let mut harness = bench([300.0, 200.0], 0.0, draw);
    let centre = harness.get_by_role_and_label(Role::Slider, "field").rect().center();
    frame_with(&mut harness, [Event::PointerMoved(centre)]);
    let mut events = click_at(centre);
    events.push(key(Key::ArrowRight, None, Modifiers::NONE));
    frame_with(&mut harness, events);
    assert!((harness.state() - 0.6).abs() < 1e-9, "{}", harness.state());
    for (arrow, expected) in [(Key::ArrowRight, 0.7), (Key::ArrowLeft, 0.6), (Key::ArrowUp, 0.7), (Key::ArrowDown, 0.6)]
    {
        frame_with(&mut harness, [key(arrow, None, Modifiers::NONE)]);
        assert!((harness.state() - expected).abs() < 1e-9, "{arrow:?}: {}", harness.state());
        assert!(harness.get_by_role_and_label(Role::Slider, "field").is_focused());
    }
}

#[test]
fn after_a_click_on_a_slider_the_arrows_are_its_own_and_space_still_pauses() {
    let mut app = app();
    app.frames(20);
    assert!(app.harness.state_mut().lab().page().is_running());
    let centre = app.harness.get_by_role_and_label(Role::Slider, "Outside field").rect().center();
    point(&mut app, centre);
    frame_with(&mut app.harness, click_at(centre));
    let temperature = app.lab().session.settings.temperature;
    for (arrow, direction) in [(Key::ArrowRight, 1.0), (Key::ArrowUp, 1.0), (Key::ArrowLeft, -1.0)] {
        let before = app.lab().session.settings.field;
        frame_with(&mut app.harness, [key(arrow, None, Modifiers::NONE)]);
        assert!(direction * (app.lab().session.settings.field - before) > 0.0, "{arrow:?}");
        assert!(app.harness.state_mut().lab().page().is_running(), "{arrow:?} did not step the model");
        assert_eq!(app.lab().session.settings.temperature, temperature, "{arrow:?}");
    }
    app.press(Key::Space);
    assert!(!app.harness.state_mut().lab().page().is_running());
}

#[test]
fn a_stepper_that_was_clicked_has_the_arrows() {
    let draw =
        |ui: &mut Ui, value: &mut i32| match stepper(ui, "steps", "k", &value.to_string(), "tip", ("less", "more")) {
            Stepped::Up => *value += 1,
            Stepped::Down => *value -= 1,
            Stepped::Default | Stepped::No => {}
        };
    let mut harness = bench([300.0, 200.0], 5, draw);
    let plus = harness.get_by_label("steps: more").rect().center();
    frame_with(&mut harness, [Event::PointerMoved(plus)]);
    frame_with(&mut harness, click_at(plus));
    assert_eq!(*harness.state(), 6);
    frame_with(&mut harness, [key(Key::ArrowUp, None, Modifiers::NONE)]);
    assert_eq!(*harness.state(), 7);
    frame_with(&mut harness, [key(Key::ArrowLeft, None, Modifiers::NONE)]);
    assert_eq!(*harness.state(), 6);
}

fn digits() -> Vec<Event> {
    [("2", Key::Num2), (".", Key::Period), ("4", Key::Num4)]
        .into_iter()
        .flat_map(|(text, place)| typed(text, place))
        .collect()
}

#[test]
fn click_digits_and_enter_within_one_frame_are_a_typed_value() {
    let mut app = app();
    let shown =
        format!("Temperature: {}", spinscape::widgets::numbers::fixed(app.lab().session.settings.temperature, 3));
    let centre = app.harness.get_by_role_and_label(Role::Button, &shown).rect().center();
    point(&mut app, centre);
    let mut events = click_at(centre);
    events.extend(digits());
    events.push(key(Key::Enter, Some(Key::Enter), Modifiers::NONE));
    frame_with(&mut app.harness, events);
    app.frames(2);
    assert_eq!(app.lab().session.settings.temperature, 2.4, "and the lab is still the magnet");
    assert!(app.harness.query_by_role(Role::TextInput).is_none(), "the field has closed");
}

#[test]
fn digits_and_enter_in_the_frame_after_a_click_on_a_value_reach_no_shortcut() {
    let mut app = app();
    app.press(Key::Num2);
    app.frames(3);
    let stored = app.hopfield().session.settings.memories.len();
    let speed = app.harness.get_by_role_and_label(Role::Slider, "Speed").rect();
    let above = |rect: Rect| rect.bottom() <= speed.top() + 8.0 && rect.bottom() > speed.top() - 30.0;
    let values = app.harness.get_all_by_role(Role::Button);
    let value = values.map(|node| node.rect()).find(|rect| above(*rect) && rect.right() > speed.center().x);
    let centre = value.expect("the speed has a value over its slider").center();
    point(&mut app, centre);
    frame_with(&mut app.harness, click_at(centre));
    assert!(app.harness.get_by_role(Role::TextInput).is_focused(), "the cursor is there in the frame of the click");
    let mut events = digits();
    events.push(key(Key::Enter, Some(Key::Enter), Modifiers::NONE));
    frame_with(&mut app.harness, events);
    app.frames(2);
    assert_eq!(app.harness.state_mut().lab().id(), "hopfield");
    assert_eq!(app.hopfield().session.settings.memories.len(), stored, "Enter stored no picture");
    assert!(app.harness.query_by_role(Role::TextInput).is_none());
}

#[test]
fn a_value_that_is_typed_keeps_its_place_and_escape_leaves_it() {
    let draw = |ui: &mut Ui, (value, row): &mut (f64, f32)| {
        let shown = format!("{value:.1}");
        ui.horizontal(|ui| {
            if let Some(typed) = typed_value(ui, egui::Id::unique("value"), "value", &shown, 16.0, egui::Color32::WHITE)
            {
                *value = typed;
            }
            *row = ui.button("beside it").rect.left();
        });
    };
    let mut harness = bench([300.0, 200.0], (1.5, 0.0), draw);
    let place = harness.state().1;
    let at = harness.get_by_label("value: 1.5").rect();
    assert!(at.width() >= 28.0 && at.height() >= 28.0, "{at:?}");
    frame_with(&mut harness, [Event::PointerMoved(at.center())]);
    frame_with(&mut harness, click_at(at.center()));
    frame_with(&mut harness, typed("7", Key::Num7));
    assert_eq!(harness.state().1, place, "nothing beside it has moved");
    frame_with(&mut harness, [key(Key::Escape, None, Modifiers::NONE)]);
    harness.step();
    assert_eq!(harness.state().0, 1.5);
    // With the keyboard alone: Enter opens the field and is not typed into it.
    harness.get_by_label("value: 1.5").focus();
    harness.step();
    frame_with(&mut harness, [key(Key::Enter, None, Modifiers::NONE)]);
    assert!(harness.get_by_role(Role::TextInput).is_focused());
    frame_with(&mut harness, typed("3", Key::Num3));
    frame_with(&mut harness, [key(Key::Enter, None, Modifiers::NONE)]);
    assert_eq!(harness.state().0, 3.0);
}

#[test]
fn labs_are_called_by_the_place_of_a_digit_and_by_ctrl_and_digit() {
    let mut app = app();
    let id = |app: &mut App| app.harness.state_mut().lab().id();
    let scale = app.harness.state().preferences().scale;
    // Czech: the keys of 1, 2 and 3 type +, ě and š.
    for (character, place, lab) in [("ě", Key::Num2, "hopfield"), ("+", Key::Num1, "ising"), ("š", Key::Num3, "rbm")]
    {
        frame_with(&mut app.harness, typed(character, place));
        app.frames(1);
        assert_eq!(id(&mut app), lab, "{character}");
    }
    // French: the keys of 6 and 0 and others type -, à; = and ? stand there elsewhere.
    for (character, place) in [("-", Key::Num6), ("=", Key::Num0), ("?", Key::Num9), ("+", Key::Num1)] {
        frame_with(&mut app.harness, typed(character, place));
        app.frames(1);
        assert_eq!(app.harness.state().preferences().scale, scale, "{character}");
        assert!(
            app.harness.query_by_label("Keys").is_none() && app.harness.query_by_label("Close").is_none(),
            "{character}"
        );
    }
    for (place, lab) in [(Key::Num2, "hopfield"), (Key::Num1, "ising")] {
        frame_with(&mut app.harness, [key(place, Some(place), Modifiers::COMMAND | Modifiers::CTRL)]);
        app.frames(1);
        assert_eq!(id(&mut app), lab);
    }
    // Without Num Lock the keypad's 2 is an arrow.
    frame_with(&mut app.harness, [key(Key::ArrowDown, Some(Key::Num2), Modifiers::NONE)]);
    app.frames(1);
    assert_eq!(id(&mut app), "ising");
    // On the keys that are made for it, the signs change the scale.
    frame_with(&mut app.harness, typed("=", Key::Equals));
    app.frames(1);
    assert!(app.harness.state().preferences().scale > scale);
}

#[test]
fn a_click_that_takes_two_seconds_is_a_click_and_a_long_press_of_a_finger_is_what_it_was() {
    let mut app = app();
    assert!(app.harness.state_mut().lab().page().is_running());
    let centre = app.harness.get_by_role_and_label(Role::Button, "Pause").rect().center();
    point(&mut app, centre);
    frame_with(&mut app.harness, [button(centre, true)]);
    app.frames(120);
    frame_with(&mut app.harness, [button(centre, false)]);
    app.frames(2);
    assert!(!app.harness.state_mut().lab().page().is_running());

    let touch = |phase: egui::TouchPhase| Event::Touch {
        device_id: egui::TouchDeviceId(0),
        id: egui::TouchId(0),
        phase,
        pos: centre,
        force: None,
    };
    frame_with(&mut app.harness, [touch(egui::TouchPhase::Start), Event::PointerMoved(centre), button(centre, true)]);
    app.frames(1);
    let limit = |app: &App| app.harness.ctx.options(|options| options.input_options.max_click_duration);
    assert_eq!(limit(&app), egui::InputOptions::default().max_click_duration);
    frame_with(&mut app.harness, [touch(egui::TouchPhase::End), button(centre, false), Event::PointerGone]);
    app.frames(2);
    assert_eq!(limit(&app), 3.0);
}

#[test]
fn rows_are_as_wide_in_a_column_that_scrolls_as_in_one_that_does_not() {
    let draw = |ui: &mut Ui, (rows, width): &mut (usize, f32)| {
        scroll_column_ui(ui, "column", |ui| {
            *width = ui.available_width();
            for row in 0..*rows {
                ui.add_sized(vec2(*width, 30.0), egui::Button::new(row.to_string()));
            }
        });
    };
    let mut harness = bench([300.0, 200.0], (2, 0.0), draw);
    let short = harness.state().1;
    harness.state_mut().0 = 30;
    for _ in 0..5 {
        harness.step();
        assert_eq!(harness.state().1, short);
    }
    let row = harness.get_by_label("1").rect();
    assert!(row.right() <= 300.0 - 8.0, "the bar has its own room: {row:?}");
}

#[test]
fn what_opens_under_a_heading_comes_into_view() {
    for inside in [60.0, 500.0] {
        let draw = move |ui: &mut Ui, open: &mut bool| {
            scroll_column_ui(ui, "column", |ui| {
                ui.add_sized(vec2(100.0, 150.0), egui::Button::new("above"));
                if fold(ui, open, "More") {
                    ui.add_sized(vec2(100.0, inside), egui::Button::new("inside"));
                }
            });
        };
        let mut harness = bench([300.0, 200.0], false, draw);
        harness.get_by_label("More").click();
        for _ in 0..60 {
            harness.step();
        }
        let (heading, inside) = (harness.get_by_label("More").rect(), harness.get_by_label("inside").rect());
        assert!(*harness.state() && heading.top() >= -1.0, "{heading:?}");
        assert!(inside.bottom() <= 200.0 || heading.top() <= 24.0, "{heading:?}, {inside:?}");
        assert!(inside.top() < 150.0, "{inside:?}");
    }
}

/// A card at the right edge of a window with two controls, one under the other.
fn column(ui: &mut Ui, _: &mut ()) {
    let rect = Rect::from_min_max(pos2(560.0, 10.0), pos2(790.0, 390.0));
    card::card_in(ui, rect, "column", |ui| {
        for name in ["first", "second"] {
            IconButton::new(name).min_size(vec2(200.0, 36.0)).show(ui).tip(format!("what the {name} does"));
        }
    });
}

fn rest<S>(harness: &mut Harness<'_, S>, at: Pos2) {
    frame_with(harness, [Event::PointerMoved(at)]);
    for _ in 0..60 {
        harness.step();
    }
}

#[test]
fn a_tooltip_stands_beside_the_column_and_covers_no_control() {
    let mut harness = bench([800.0, 400.0], (), column);
    let (first, second) = (harness.get_by_label("first").rect(), harness.get_by_label("second").rect());
    rest(&mut harness, first.center());
    let tip = harness.get_by_label("what the first does").rect();
    assert!(!tip.intersects(first) && !tip.intersects(second) && tip.right() <= 560.0, "{tip:?}");
}

#[test]
fn a_tooltip_is_away_while_its_control_is_used_and_until_the_pointer_has_left() {
    let mut harness = bench([800.0, 400.0], (), column);
    let (first, second) = (harness.get_by_label("first").rect(), harness.get_by_label("second").rect());
    let says = |harness: &Harness<'_, ()>| harness.query_by_label("what the first does").is_some();
    rest(&mut harness, first.center());
    assert!(says(&harness));
    frame_with(&mut harness, [button(first.center(), true)]);
    harness.step();
    assert!(!says(&harness), "away while the button is down");
    rest(&mut harness, first.center() + vec2(3.0, 0.0));
    assert!(!says(&harness));
    frame_with(&mut harness, [button(first.center(), false)]);
    rest(&mut harness, first.center() + vec2(-4.0, 0.0));
    assert!(!says(&harness), "away after it");
    rest(&mut harness, second.center());
    rest(&mut harness, first.center());
    assert!(says(&harness), "back when the pointer comes back");
}

#[test]
fn a_title_gives_way_to_the_buttons_of_its_row() {
    for width in [120.0, 200.0, 400.0] {
        let draw = |ui: &mut Ui, (): &mut ()| {
            card::title_row_with(ui, "A rather long title of a card", "|m_{s}|", |ui| {
                IconButton::new("Measure").show(ui)
            });
        };
        let harness = bench([width, 60.0], (), draw);
        let button = harness.get_by_label("Measure").rect();
        let title = harness.get_by_label_contains("A ").rect();
        assert!(title.right() <= button.left() && button.right() <= width, "{width}: {title:?}, {button:?}");
    }
}

#[test]
fn the_smallest_button_is_a_target() {
    let draw = |ui: &mut Ui, (): &mut ()| {
        IconButton::new("7").tight().min_size(vec2(10.0, 10.0)).show(ui);
    };
    let size = bench([200.0, 60.0], (), draw).get_by_label("7").rect().size();
    assert!(size.x >= 28.0 && size.y >= 28.0, "{size:?}");
}

#[test]
fn a_list_of_twelve_choices_is_shown_whole() {
    let draw = |ui: &mut Ui, (): &mut ()| {
        let list = egui::ComboBox::from_label("size").show_ui(ui, |ui| {
            for index in 0..12 {
                ui.selectable_label(false, format!("choice {index}")).clicked();
            }
        });
        assert!(list.response.rect.width() > 0.0);
    };
    let mut harness = bench([300.0, 640.0], (), draw);
    harness.get_by_role(Role::ComboBox).click();
    for _ in 0..5 {
        harness.step();
    }
    let places: Vec<Rect> = (0..12).map(|index| harness.get_by_label(&format!("choice {index}")).rect()).collect();
    assert!(places.iter().all(|place| place.bottom() <= 640.0 && place.top() >= 0.0), "{places:?}");
    let bars: Vec<Rect> = harness.query_all_by_role(Role::ScrollBar).map(|bar| bar.rect()).collect();
    assert!(bars.is_empty(), "{bars:?} beside {places:?}");
}

/// Every text that the last frame painted, with its place.
fn painted_texts<S>(harness: &Harness<'_, S>) -> Vec<(String, Rect)> {
    fn collect(shape: &egui::Shape, found: &mut Vec<(String, Rect)>) {
        match shape {
            egui::Shape::Text(text) => found.push((text.galley.text().to_owned(), text.visual_bounding_rect())),
            egui::Shape::Vec(shapes) => shapes.iter().for_each(|shape| collect(shape, found)),
            _ => {}
        }
    }
    let mut found = Vec::new();
    harness.output().shapes.iter().for_each(|clipped| collect(&clipped.shape, &mut found));
    found.retain(|(text, _)| !text.is_empty());
    found
}

#[test]
fn names_and_ticks_of_a_plot_never_collide_nor_leave_its_card() {
    let cases = [([-0.5004, -0.4996], [0.0, 1e-5]), ([0.0, 3000.0], [-2e7, 2e7]), ([-1.05, 1.05], [0.0, 0.07])];
    for (x, y) in cases {
        for size in [[150.0, 90.0], [260.0, 160.0], [500.0, 300.0]] {
            let draw = move |ui: &mut Ui, (): &mut ()| {
                let axes = Axes {
                    x,
                    y,
                    x_ticks: round_ticks(x[0], x[1], 6),
                    y_ticks: round_ticks(y[0], y[1], 6),
                    x_label: Some("a rather long name of the axis (J per spin)"),
                    y_label: "|m| L^{β/ν}",
                };
                painted(ui, "plot", &axes, |_| {}, |_, _| {});
            };
            let harness = bench(size, (), draw);
            let texts = painted_texts(&harness);
            let card = Rect::from_min_size(Pos2::ZERO, Vec2::from(size));
            for (index, (text, place)) in texts.iter().enumerate() {
                assert!(card.expand(0.5).contains_rect(*place), "{size:?}: {text} at {place:?}");
                for (other, second) in &texts[index + 1..] {
                    let common = place.shrink(1.5).intersect(second.shrink(1.5));
                    assert!(!common.is_positive(), "{size:?}: {text} at {place:?} and {other} at {second:?}");
                }
            }
            let distinct: BTreeSet<&str> = texts.iter().map(|(text, _)| text.as_str()).collect();
            assert!(distinct.len() >= texts.len() - 1, "{texts:?}: only the noughts of both axes look alike");
            assert!(texts.len() >= 5, "{size:?}: two ticks on each axis at least: {texts:?}");
        }
    }
}

#[test]
fn notices_cover_no_control() {
    for size in [STANDARD, [1280.0, 720.0], [1000.0, 680.0]] {
        for lab in [Key::Num1, Key::Num2, Key::Num3] {
            let mut app = App::new(size, Language::English);
            app.press(lab);
            // What was set up at the start can be taken back in some labs; then there is nothing more.
            for _ in 0..20 {
                app.harness.key_press_modifiers(Modifiers::COMMAND, Key::Z);
                app.frames(4);
            }
            let texts = app.harness.state().notice_texts();
            let text = texts.first().unwrap_or_else(|| panic!("{lab:?}: there is nothing to undo")).clone();
            let notice = app.harness.get_by_label(&text).rect();
            let roles =
                [Role::Slider, Role::ComboBox, Role::SpinButton, Role::DisclosureTriangle, Role::Tab, Role::Button];
            let (own, window) = (notice.expand2(vec2(60.0, 16.0)), Rect::from_min_size(Pos2::ZERO, Vec2::from(size)));
            assert!(window.contains_rect(notice), "{size:?}, {lab:?}: {notice:?}");
            for node in app.harness.root().children_recursive() {
                let (role, name) = (node.accesskit_node().role(), node.accesskit_node().label().unwrap_or_default());
                let covered = roles.contains(&role) && node.rect().intersects(notice) && name != "Close";
                assert!(!covered, "{size:?}, {lab:?}: {name} is covered by {own:?}");
            }
        }
    }
}
