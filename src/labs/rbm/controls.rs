//! The controls column, and the tabs of the compact layout.

use egui::{Popup, Rect, ScrollArea, Stroke, Ui, vec2};

use super::{
    RbmLab, draw, dreams_view, eyes, features,
    lab::Tab,
    more, pictures,
    settings::{BATCH_STEPS, EPOCH_STEPS, GIBBS_STEPS, HIDDEN_STEPS, Preset, RATES, stepped},
    words,
};
use crate::{
    data::samples::Source,
    labs::LabContext,
    physics::rbm::{Method, VisibleKind, machine::MOST_UNITS},
    widgets::{
        Tokens,
        buttons::{IconButton, Look, segmented},
        card::card_in,
        icons::{self, Icon},
        layout::Class,
        notices::Offer,
        numbers,
        rich::{note, rich},
        slider::{BigSlider, Scale, heading},
        stepper::{Stepped, stepper},
        tokens::{CONTROL_RADIUS, bold, regular, size},
    },
};

/// Draws the column; it scrolls where the window is low.
pub(super) fn show(lab: &mut RbmLab, ui: &mut Ui, rect: Rect, cx: &mut LabContext<'_>) {
    card_in(ui, rect, "controls", |ui| {
        transport(lab, ui, cx);
        ui.add_space(4.0);
        ScrollArea::vertical().auto_shrink([false, false]).show(ui, |ui| {
            ui.set_max_width(ui.available_width() - 4.0);
            ui.spacing_mut().item_spacing.y = 4.0;
            let gap = if cx.class == Class::Compact { 5.0 } else { 9.0 };
            presets(lab, ui, cx);
            ui.add_space(gap);
            method(lab, ui, cx);
            ui.add_space(gap);
            rate(lab, ui, cx);
            hidden(lab, ui, cx);
            batch(lab, ui, cx);
            ui.add_space(gap);
            learn_from(lab, ui, cx);
            ui.add_space(gap);
            more::show(lab, ui, cx);
            ui.add_space(gap);
            files(lab, ui, cx);
        });
    });
}

/// The large card of the compact layout.
pub(super) fn tabs(lab: &mut RbmLab, ui: &mut Ui, rect: Rect, cx: &LabContext<'_>) {
    card_in(ui, rect, "rbm tabs", |ui| {
        let t = cx.texts;
        let options = [
            (Tab::Features, t.get("rbm.tab.features")),
            (Tab::Dreams, t.get("rbm.tab.dreams")),
            (Tab::Draw, t.get("rbm.tab.draw")),
            (Tab::Eyes, t.get("rbm.tab.eyes")),
        ];
        segmented(ui, &mut lab.folds.tab, &options);
        ui.add_space(6.0);
        match lab.folds.tab {
            Tab::Features => {
                let space = ui.available_rect_before_wrap();
                let left = Rect::from_min_size(space.min, vec2(0.27 * space.width(), space.height()));
                let right = Rect::from_min_max(egui::pos2(left.right() + 14.0, space.top()), space.max);
                let mut child = ui.new_child(egui::UiBuilder::new().max_rect(left).id_salt("data"));
                pictures::content(lab, &mut child, cx);
                let mut child = ui.new_child(egui::UiBuilder::new().max_rect(right).id_salt("features"));
                features::content(lab, &mut child, cx);
            }
            Tab::Dreams => dreams_view::content(lab, ui, cx),
            Tab::Draw => draw::content(lab, ui, cx),
            Tab::Eyes => eyes::content(lab, ui, cx),
        }
    });
}

fn transport(lab: &mut RbmLab, ui: &mut Ui, cx: &mut LabContext<'_>) {
    let t = cx.texts;
    ui.horizontal(|ui| {
        let width = ui.available_width();
        let side = (width * 0.33).min(120.0);
        let learning = lab.is_learning();
        let (icon, label) = if learning {
            (Icon::Pause, t.get("pause"))
        } else if lab.has_ended() && lab.has_learned() {
            (Icon::Play, t.get("rbm.learn.more"))
        } else {
            (Icon::Play, t.get("rbm.learn"))
        };
        let main = IconButton::new(label).icon(icon).key("Space").look(Look::Primary).tight();
        let main = main.min_size(vec2(width - side - 8.0, 44.0));
        if main.show(ui).on_hover_text(t.get("rbm.learn.tip")).clicked() {
            lab.set_learning(!learning);
        }
        let restart = IconButton::new(t.get("reset")).icon(Icon::Reset).tight().min_size(vec2(side, 44.0));
        if restart.show(ui).on_hover_text(t.get("rbm.restart.tip")).clicked() {
            restart_with_notice(lab, cx);
        }
    });
    let tokens = Tokens::of(ui);
    let planned = lab.settings.trainer.epochs;
    let done = lab.frame().epochs;
    ui.horizontal(|ui| {
        let of = t.fill("rbm.epoch.of", &[("planned", &numbers::whole(u64::from(planned)))]);
        ui.label(rich(t.get("rbm.epoch"), regular(size::BODY), tokens.text));
        ui.label(rich(&numbers::whole(done.floor() as u64), bold(size::BODY), tokens.text));
        ui.label(rich(&of, regular(size::BODY), tokens.text));
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            if let Some(left) = words::time_left(lab, t) {
                ui.label(rich(&left, regular(size::CAPTION), tokens.t2));
            }
        });
    });
    let (bar, _) = ui.allocate_exact_size(vec2(ui.available_width(), 7.0), egui::Sense::hover());
    ui.painter().rect_filled(bar, 3, tokens.ctl);
    let part = (done / f64::from(planned)).clamp(0.0, 1.0) as f32;
    ui.painter().rect_filled(Rect::from_min_size(bar.min, vec2(bar.width() * part, bar.height())), 3, tokens.acc);
}

/// Restarts; what was learned can be brought back.
pub(super) fn restart_with_notice(lab: &mut RbmLab, cx: &mut LabContext<'_>) {
    let had = lab.has_learned();
    lab.restart();
    if had {
        cx.notices.offer(cx.texts.get("rbm.notice.restarted"), cx.texts.get("undo"), Offer::Undo);
    }
}

fn presets(lab: &mut RbmLab, ui: &mut Ui, cx: &mut LabContext<'_>) {
    let t = cx.texts;
    let button = IconButton::new(t.get("rbm.presets")).icon(Icon::Unfolded).min_size(vec2(ui.available_width(), 36.0));
    let response = button.show(ui).on_hover_text(t.get("rbm.presets.tip"));
    let mut chosen = None;
    Popup::menu(&response).show(|ui| {
        ui.set_min_width(280.0);
        for preset in Preset::ALL {
            let (name, what) = words::preset(preset, t);
            let button = IconButton::new(name).min_size(vec2(280.0, 34.0));
            if button.show(ui).on_hover_text(what).clicked() {
                chosen = Some(preset);
                ui.close();
            }
        }
    });
    if let Some(preset) = chosen {
        if lab.has_learned() {
            lab.asked_preset = Some(preset);
        } else {
            lab.take_preset(preset);
        }
    }
    if let Some(preset) = lab.preset.filter(|_| lab.asked_preset.is_none()) {
        note(ui, words::preset(preset, t).1);
    }
    if let Some(preset) = lab.asked_preset {
        let (name, _) = words::preset(preset, t);
        let question = format!("{name}: {}", t.get("rbm.ask"));
        match ask(ui, &question, t.get("rbm.ask.use.it"), t.get("rbm.ask.keep.this")) {
            Some(true) => {
                lab.take_preset(preset);
                cx.notices.offer(t.get("rbm.notice.restarted"), t.get("undo"), Offer::Undo);
            }
            Some(false) => lab.asked_preset = None,
            None => {}
        }
    }
}

/// A question in its place: yes, no, or not yet answered.
fn ask(ui: &mut Ui, text: &str, yes: &str, no: &str) -> Option<bool> {
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

fn method(lab: &mut RbmLab, ui: &mut Ui, cx: &LabContext<'_>) {
    let t = cx.texts;
    heading(ui, t.get("rbm.method"), "");
    let steps = lab.settings.trainer.method.steps();
    let mut persistent = matches!(lab.settings.trainer.method, Method::Pcd(_));
    segmented(ui, &mut persistent, &[(false, t.get("rbm.method.cd")), (true, t.get("rbm.method.pcd"))]);
    note(ui, t.get(if persistent { "rbm.method.pcd.note" } else { "rbm.method.cd.note" }));
    let words = (t.get("rbm.less"), t.get("rbm.more_of"));
    let tip = t.get("rbm.steps.tip");
    let steps = match stepper(ui, t.get("rbm.steps"), "k", &steps.to_string(), tip, words) {
        Stepped::No => steps,
        Stepped::Default => 1,
        direction => stepped(&GIBBS_STEPS, steps as usize, direction == Stepped::Up) as u32,
    };
    lab.settings.trainer.method = if persistent { Method::Pcd(steps) } else { Method::Cd(steps) };
}

fn rate(lab: &mut RbmLab, ui: &mut Ui, cx: &LabContext<'_>) {
    let t = cx.texts;
    let slider = BigSlider {
        name: t.get("rbm.rate"),
        symbol: "η",
        shown: words::rate(lab.settings.trainer.rate),
        ends: Some((t.get("rbm.rate.gentle"), t.get("rbm.rate.bold"))),
        scale: Scale { low: *RATES.start(), high: *RATES.end(), logarithmic: true },
        default: 0.05,
        ..BigSlider::plain()
    };
    slider.show(ui, &mut lab.settings.trainer.rate).on_hover_text(t.get("rbm.rate.tip"));
}

fn hidden(lab: &mut RbmLab, ui: &mut Ui, cx: &mut LabContext<'_>) {
    let t = cx.texts;
    let current = lab.settings.makeup.hidden;
    let shown = lab.asked_hidden.unwrap_or(current);
    let words = (t.get("rbm.less"), t.get("rbm.more_of"));
    let wanted =
        match stepper(ui, t.get("rbm.hidden"), "", &numbers::whole(shown as u64), t.get("rbm.hidden.tip"), words) {
            Stepped::No => None,
            Stepped::Default => Some(100),
            direction => Some(stepped(&HIDDEN_STEPS, shown, direction == Stepped::Up).clamp(1, MOST_UNITS)),
        };
    if let Some(wanted) = wanted.filter(|&wanted| wanted != shown) {
        if wanted == current {
            lab.asked_hidden = None;
        } else if lab.has_learned() {
            lab.asked_hidden = Some(wanted);
        } else {
            lab.keep_for_undo();
            lab.settings.makeup.hidden = wanted;
            lab.settings.makeup.run += 1;
        }
    }
    let Some(wanted) = lab.asked_hidden else { return };
    let use_it = t.fill("rbm.ask.use", &[("value", &numbers::whole(wanted as u64))]);
    let keep = t.fill("rbm.ask.keep", &[("value", &numbers::whole(current as u64))]);
    match ask(ui, t.get("rbm.ask"), &use_it, &keep) {
        Some(true) => {
            lab.asked_hidden = None;
            lab.settings.makeup.hidden = wanted;
            restart_with_notice_of_size(lab, current, cx);
        }
        Some(false) => lab.asked_hidden = None,
        None => {}
    }
}

/// The step of undo has the size of before.
fn restart_with_notice_of_size(lab: &mut RbmLab, before: usize, cx: &mut LabContext<'_>) {
    let wanted = std::mem::replace(&mut lab.settings.makeup.hidden, before);
    lab.keep_for_undo();
    lab.settings.makeup.hidden = wanted;
    lab.restart_without_undo();
    cx.notices.offer(cx.texts.get("rbm.notice.restarted"), cx.texts.get("undo"), Offer::Undo);
}

fn batch(lab: &mut RbmLab, ui: &mut Ui, cx: &LabContext<'_>) {
    let t = cx.texts;
    let words = (t.get("rbm.less"), t.get("rbm.more_of"));
    let value = lab.settings.trainer.batch;
    match stepper(ui, t.get("rbm.batch"), "", &value.to_string(), t.get("rbm.batch.tip"), words) {
        Stepped::No => {}
        Stepped::Default => lab.settings.trainer.batch = 100,
        direction => lab.settings.trainer.batch = stepped(&BATCH_STEPS, value, direction == Stepped::Up),
    }
    let value = lab.settings.trainer.epochs as usize;
    let shown = numbers::whole(value as u64);
    match stepper(ui, t.get("rbm.epochs"), "", &shown, t.get("rbm.epochs.tip"), words) {
        Stepped::No => {}
        Stepped::Default => lab.settings.trainer.epochs = 150,
        direction => lab.settings.trainer.epochs = stepped(&EPOCH_STEPS, value, direction == Stepped::Up) as u32,
    }
}

fn learn_from(lab: &mut RbmLab, ui: &mut Ui, cx: &mut LabContext<'_>) {
    let t = cx.texts;
    heading(ui, t.get("rbm.learn_from"), "");
    let name = words::source(&lab.settings.makeup.source, t);
    let button = IconButton::new(&name).icon(Icon::Unfolded).min_size(vec2(ui.available_width(), 36.0)).show(ui);
    let button = button.on_hover_text(t.get("rbm.learn_from.tip"));
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
            let selected = source == lab.settings.makeup.source;
            if IconButton::new(&words::source(&source, t))
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
        if mine.show(ui).on_hover_text(t.get("rbm.drawings.tip")).clicked() {
            chosen = lab.drawings();
            if chosen.is_none() {
                cx.notices.say(t.get("rbm.drawings.none"));
            }
        }
        let file = IconButton::new(t.get("rbm.pictures.file")).icon(Icon::Picture).tight().min_size(vec2(width, 34.0));
        if file.show(ui).on_hover_text(t.get("rbm.pictures.file.tip")).clicked() {
            lab.open_pictures_dialog();
        }
    });
    if let Some(source) = chosen {
        let had = lab.has_learned();
        lab.learn_from(source);
        if had {
            cx.notices.offer(t.get("rbm.notice.restarted"), t.get("undo"), Offer::Undo);
        }
    }
    if lab.settings.makeup.kind == VisibleKind::Gaussian {
        note(ui, t.get("rbm.kind.gaussian.note"));
    }
}

fn files(lab: &mut RbmLab, ui: &mut Ui, cx: &LabContext<'_>) {
    let t = cx.texts;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        let width = (ui.available_width() - 6.0) / 2.0;
        let save = IconButton::new(t.get("rbm.save")).tight().min_size(vec2(width, 36.0));
        let ready = lab.frame().ready && !lab.files.is_busy();
        if ui.add_enabled_ui(ready, |ui| save.show(ui)).inner.on_hover_text(t.get("rbm.save.tip")).clicked() {
            lab.save_machine();
        }
        let open = IconButton::new(t.get("rbm.open")).tight().min_size(vec2(width, 36.0));
        if open.show(ui).on_hover_text(t.get("rbm.open.tip")).clicked() {
            lab.open_machine_dialog();
        }
    });
}
