//! The controls column, and the tabs of the compact layout.

use egui::{Popup, Rect, Stroke, Ui, vec2};

use super::{
    advanced, captions,
    scene::{Action, Scene},
    settings::{BATCH_STEPS, EPOCH_STEPS, GIBBS_STEPS, HIDDEN_STEPS, Preset, Question, RATES, Tab, stepped},
};
use crate::widgets::tip::Tip;
use crate::{
    data::samples::Source,
    labs::kit::{
        PageContext,
        controls::{TransportButton, column_ui, group_gap, transport_ui},
        deck,
    },
    physics::rbm::{Method, VisibleKind, machine::MOST_UNITS},
    widgets::{
        Tokens,
        buttons::{IconButton, Look, segmented},
        icons::{self, Icon},
        layout::Class,
        numbers,
        rich::{note, rich},
        slider::{BigSlider, Scale, heading},
        stepper::{Stepped, stepper},
        tokens::{CONTROL_RADIUS, bold, regular, size},
    },
};

/// Draws the column of controls, and notes in the scene what was done with them.
pub(super) fn controls_ui(scene: &mut Scene<'_>, ui: &mut Ui, rect: Rect, cx: &PageContext<'_>) {
    let gap = group_gap(cx.class);
    column_ui(
        ui,
        rect,
        scene,
        |ui, scene| transport_row_ui(scene, ui, cx),
        |ui, scene| {
            presets_ui(scene, ui, cx);
            ui.add_space(gap);
            // What is needed in the first minute is on screen, however low the window is.
            if cx.class == Class::Compact {
                rate_ui(scene, ui, cx);
                ui.add_space(gap);
                method_ui(scene, ui, cx);
            } else {
                method_ui(scene, ui, cx);
                ui.add_space(gap);
                rate_ui(scene, ui, cx);
            }
            hidden_ui(scene, ui, cx);
            batch_ui(scene, ui, cx);
            ui.add_space(gap);
            learn_from_ui(scene, ui, cx);
            ui.add_space(gap);
            advanced::advanced_ui(scene, ui, cx);
            ui.add_space(gap);
            files_ui(scene, ui, cx);
        },
    );
}

/// Draws the large card of the compact layout, with its tabs.
pub(super) fn tabs_card_ui(
    scene: &mut Scene<'_>,
    ui: &mut Ui,
    rect: Rect,
    cx: &PageContext<'_>,
    content: impl FnOnce(&mut Scene<'_>, &mut Ui, Tab),
) {
    let card = match scene.look.tab {
        Tab::Features => "features",
        Tab::Dreams => "dreams",
        Tab::Draw => "draw",
        Tab::Eyes => "eyes",
    };
    deck::card_ui(ui, rect, card, "rbm tabs", cx, |ui| {
        let t = cx.texts;
        let options = [
            (Tab::Features, t.get("rbm.tab.features")),
            (Tab::Dreams, t.get("rbm.tab.dreams")),
            (Tab::Draw, t.get("rbm.tab.draw")),
            (Tab::Eyes, t.get("rbm.tab.eyes")),
        ];
        segmented(ui, &mut scene.look.tab, &options);
        ui.add_space(6.0);
        let tab = scene.look.tab;
        content(scene, ui, tab);
    });
}

/// Divides what is left of a card between the pictures and the features.
pub(super) fn split(ui: &Ui) -> [Rect; 2] {
    let space = ui.available_rect_before_wrap();
    let left = Rect::from_min_size(space.min, vec2(0.27 * space.width(), space.height()));
    [left, Rect::from_min_max(egui::pos2(left.right() + 14.0, space.top()), space.max)]
}

fn transport_row_ui(scene: &mut Scene<'_>, ui: &mut Ui, cx: &PageContext<'_>) {
    let t = cx.texts;
    let learning = scene.is_learning();
    let (icon, label) = if learning {
        (Icon::Pause, t.get("pause"))
    } else if scene.has_ended() && scene.has_learned() {
        (Icon::Play, t.get("rbm.learn.more"))
    } else {
        (Icon::Play, t.get("rbm.learn"))
    };
    let main = TransportButton { icon, label, tip: t.get("rbm.learn.tip") };
    let restart = TransportButton { icon: Icon::Reset, label: t.get("reset"), tip: t.get("rbm.restart.tip") };
    match transport_ui(ui, &main, &[restart]) {
        Some(0) => scene.act(Action::Learn(!learning)),
        Some(_) => scene.act(Action::Restart),
        None => {}
    }
    let tokens = Tokens::of(ui);
    let planned = scene.settings.trainer.epochs;
    let done = scene.frame.epochs;
    ui.horizontal(|ui| {
        let of = t.fill("rbm.epoch.of", &[("planned", &numbers::whole(u64::from(planned)))]);
        ui.label(rich(t.get("rbm.epoch"), regular(size::BODY), tokens.text));
        ui.label(rich(&numbers::whole(done.floor() as u64), bold(size::BODY), tokens.text));
        ui.label(rich(&of, regular(size::BODY), tokens.text));
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            if let Some(left) = captions::time_left(scene, t) {
                ui.label(rich(&left, regular(size::CAPTION), tokens.t2));
            }
        });
    });
    let (bar, _) = ui.allocate_exact_size(vec2(ui.available_width(), 7.0), egui::Sense::hover());
    ui.painter().rect_filled(bar, 3, tokens.ctl);
    let part = (done / f64::from(planned)).clamp(0.0, 1.0) as f32;
    ui.painter().rect_filled(Rect::from_min_size(bar.min, vec2(bar.width() * part, bar.height())), 3, tokens.acc);
}

fn presets_ui(scene: &mut Scene<'_>, ui: &mut Ui, cx: &PageContext<'_>) {
    let t = cx.texts;
    let button = IconButton::new(t.get("rbm.presets")).icon(Icon::Unfolded).min_size(vec2(ui.available_width(), 36.0));
    let response = button.show(ui).tip(t.get("rbm.presets.tip"));
    let mut chosen = None;
    Popup::menu(&response).show(|ui| {
        ui.set_min_width(280.0);
        for preset in Preset::ALL {
            let (name, what) = captions::preset(preset, t);
            let button = IconButton::new(name).min_size(vec2(280.0, 34.0));
            if button.show(ui).tip(what).clicked() {
                chosen = Some(preset);
                ui.close();
            }
        }
    });
    if let Some(preset) = chosen {
        if scene.has_learned() {
            scene.look.question = Some(Question::Preset(preset));
        } else {
            scene.act(Action::TakePreset(preset));
        }
    }
    if let Some(Question::Preset(preset)) = scene.look.question {
        let (name, _) = captions::preset(preset, t);
        let question = format!("{name}: {}", t.get("rbm.ask"));
        match ask_ui(ui, &question, t.get("rbm.ask.use.it"), t.get("rbm.ask.keep.this")) {
            Some(true) => scene.act(Action::TakePreset(preset)),
            Some(false) => scene.look.question = None,
            None => {}
        }
    } else if let Some(preset) = scene.look.preset {
        note(ui, captions::preset(preset, t).1);
    }
}

/// A question in its place: yes, no, or not yet answered.
fn ask_ui(ui: &mut Ui, text: &str, yes: &str, no: &str) -> Option<bool> {
    let tokens = Tokens::of(ui);
    let mut answer = None;
    let frame = egui::Frame::new()
        .fill(tokens.warnbg)
        .stroke(Stroke::new(1.5, tokens.warn))
        .corner_radius(CONTROL_RADIUS)
        .inner_margin(10);
    let width = ui.available_width() - 24.0;
    frame.show(ui, |ui| {
        ui.horizontal(|ui| {
            let (rect, _) = ui.allocate_exact_size(vec2(20.0, 20.0), egui::Sense::hover());
            icons::paint(ui.painter(), rect, Icon::Warning, tokens.warn);
            // A column of its own: in a row a text would not wrap but push the whole panel wider.
            ui.vertical(|ui| {
                ui.set_max_width(width - 30.0);
                ui.label(rich(text, regular(size::BODY), tokens.text));
            });
        });
        ui.horizontal(|ui| {
            let width = (width - 8.0) / 2.0;
            if IconButton::new(yes).look(Look::Primary).tight().min_size(vec2(width, 34.0)).show(ui).clicked() {
                answer = Some(true);
            }
            if IconButton::new(no).tight().min_size(vec2(width, 34.0)).show(ui).clicked() {
                answer = Some(false);
            }
        });
    });
    answer
}

fn method_ui(scene: &mut Scene<'_>, ui: &mut Ui, cx: &PageContext<'_>) {
    let t = cx.texts;
    heading(ui, t.get("rbm.method"), "");
    let steps = scene.settings.trainer.method.steps();
    let mut persistent = matches!(scene.settings.trainer.method, Method::Pcd(_));
    segmented(ui, &mut persistent, &[(false, t.get("rbm.method.cd")), (true, t.get("rbm.method.pcd"))]);
    note(ui, t.get(if persistent { "rbm.method.pcd.note" } else { "rbm.method.cd.note" }));
    let words = (t.get("stepper.less"), t.get("stepper.more"));
    let tip = t.get("rbm.steps.tip");
    let steps = match stepper(ui, t.get("rbm.steps"), "k", &steps.to_string(), tip, words) {
        Stepped::No => steps,
        Stepped::Default => 1,
        direction => stepped(&GIBBS_STEPS, steps as usize, direction == Stepped::Up) as u32,
    };
    scene.settings.trainer.method = if persistent { Method::Pcd(steps) } else { Method::Cd(steps) };
}

fn rate_ui(scene: &mut Scene<'_>, ui: &mut Ui, cx: &PageContext<'_>) {
    let t = cx.texts;
    let slider = BigSlider {
        name: t.get("rbm.rate"),
        symbol: "η",
        shown: captions::rate(scene.settings.trainer.rate),
        ends: Some((t.get("rbm.rate.gentle"), t.get("rbm.rate.bold"))),
        scale: Scale { low: *RATES.start(), high: *RATES.end(), logarithmic: true },
        default: 0.05,
        ..BigSlider::plain()
    };
    slider.show(ui, &mut scene.settings.trainer.rate).tip(t.get("rbm.rate.tip"));
}

fn hidden_ui(scene: &mut Scene<'_>, ui: &mut Ui, cx: &PageContext<'_>) {
    let t = cx.texts;
    let current = scene.settings.configuration.hidden;
    let asked = match scene.look.question {
        Some(Question::Hidden(hidden)) => Some(hidden),
        _ => None,
    };
    let shown = asked.unwrap_or(current);
    let words = (t.get("stepper.less"), t.get("stepper.more"));
    let wanted =
        match stepper(ui, t.get("rbm.hidden"), "", &numbers::whole(shown as u64), t.get("rbm.hidden.tip"), words) {
            Stepped::No => None,
            Stepped::Default => Some(100),
            direction => Some(stepped(&HIDDEN_STEPS, shown, direction == Stepped::Up).clamp(1, MOST_UNITS)),
        };
    if let Some(wanted) = wanted.filter(|&wanted| wanted != shown) {
        if wanted == current {
            scene.look.question = None;
        } else if scene.has_learned() {
            scene.look.question = Some(Question::Hidden(wanted));
        } else {
            scene.act(Action::TakeHidden(wanted));
        }
    }
    let Some(Question::Hidden(wanted)) = scene.look.question else { return };
    let use_it = t.fill("rbm.ask.use", &[("value", &numbers::whole(wanted as u64))]);
    let keep = t.fill("rbm.ask.keep", &[("value", &numbers::whole(current as u64))]);
    match ask_ui(ui, t.get("rbm.ask"), &use_it, &keep) {
        Some(true) => scene.act(Action::TakeHidden(wanted)),
        Some(false) => scene.look.question = None,
        None => {}
    }
}

fn batch_ui(scene: &mut Scene<'_>, ui: &mut Ui, cx: &PageContext<'_>) {
    let t = cx.texts;
    let words = (t.get("stepper.less"), t.get("stepper.more"));
    let value = scene.settings.trainer.batch;
    match stepper(ui, t.get("rbm.batch"), "", &value.to_string(), t.get("rbm.batch.tip"), words) {
        Stepped::No => {}
        Stepped::Default => scene.settings.trainer.batch = 100,
        direction => scene.settings.trainer.batch = stepped(&BATCH_STEPS, value, direction == Stepped::Up),
    }
    let value = scene.settings.trainer.epochs as usize;
    let shown = numbers::whole(value as u64);
    match stepper(ui, t.get("rbm.epochs"), "", &shown, t.get("rbm.epochs.tip"), words) {
        Stepped::No => {}
        Stepped::Default => scene.settings.trainer.epochs = 150,
        direction => scene.settings.trainer.epochs = stepped(&EPOCH_STEPS, value, direction == Stepped::Up) as u32,
    }
}

fn learn_from_ui(scene: &mut Scene<'_>, ui: &mut Ui, cx: &PageContext<'_>) {
    let t = cx.texts;
    heading(ui, t.get("rbm.learn_from"), "");
    let name = captions::source(&scene.settings.configuration.source, t);
    let button = IconButton::new(&name).icon(Icon::Unfolded).min_size(vec2(ui.available_width(), 36.0)).show(ui);
    let button = button.tip(t.get("rbm.learn_from.tip"));
    let sources = [
        Source::Digits { count: 1000 },
        Source::Digits { count: 6000 },
        Source::Digits { count: 50_000 },
        Source::Bars { side: 3 },
        Source::Bars { side: 4 },
        Source::Magnet { side: 8, temperature: 1.8, count: 5000 },
        Source::Magnet { side: 8, temperature: 2.269, count: 5000 },
        Source::Magnet { side: 8, temperature: 3.0, count: 5000 },
        Source::Magnet { side: 16, temperature: 2.269, count: 5000 },
    ];
    let mut chosen = None;
    Popup::menu(&button).show(|ui| {
        ui.set_min_width(280.0);
        for source in sources {
            let selected = source == scene.settings.configuration.source;
            if IconButton::new(&captions::source(&source, t))
                .selected(selected)
                .min_size(vec2(280.0, 32.0))
                .show(ui)
                .clicked()
            {
                chosen = Some(source);
                ui.close();
            }
        }
    });
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        let width = (ui.available_width() - 6.0) / 2.0;
        let mine = IconButton::new(t.get("rbm.drawings")).icon(Icon::Pencil).tight().min_size(vec2(width, 34.0));
        if mine.show(ui).tip(t.get("rbm.drawings.tip")).clicked() {
            scene.act(Action::LearnFromShelf);
        }
        let file = IconButton::new(t.get("rbm.pictures.file")).icon(Icon::Picture).tight().min_size(vec2(width, 34.0));
        if file.show(ui).tip(t.get("rbm.pictures.file.tip")).clicked() {
            scene.act(Action::OpenPictures);
        }
    });
    if let Some(source) = chosen {
        scene.act(Action::LearnFrom(source));
    }
    if scene.settings.configuration.kind == VisibleKind::Gaussian {
        note(ui, t.get("rbm.kind.gaussian.note"));
    }
}

fn files_ui(scene: &mut Scene<'_>, ui: &mut Ui, cx: &PageContext<'_>) {
    let t = cx.texts;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        let width = (ui.available_width() - 6.0) / 2.0;
        let save = IconButton::new(t.get("rbm.save")).tight().min_size(vec2(width, 36.0));
        let ready = scene.frame.ready && !scene.has_files_under_way;
        if ui.add_enabled_ui(ready, |ui| save.show(ui)).inner.tip(t.get("rbm.save.tip")).clicked() {
            scene.act(Action::SaveMachine);
        }
        let open = IconButton::new(t.get("rbm.open")).tight().min_size(vec2(width, 36.0));
        if open.show(ui).tip(t.get("rbm.open.tip")).clicked() {
            scene.act(Action::OpenMachine);
        }
    });
}
