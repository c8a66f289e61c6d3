//! The race: the same spoiled picture recalled by all rules, side by side.

use std::sync::Arc;

use egui::{Align2, Rect, Role, Sense, Stroke, StrokeKind, Ui, Vec2, WidgetInfo, pos2, vec2};

use super::{
    HopfieldLab,
    settings::{HopfieldSettings, Picture},
    words,
};
use crate::{
    labs::LabContext,
    physics::hopfield::{
        Recall, Rule, Verdict,
        verdict::{judge, nearest},
    },
    simulation::{Job, Outcome, Watcher},
    widgets::{
        Tokens,
        buttons::{IconButton, Look, focus_ring},
        icons::Icon,
        numbers, rich,
        tokens::{bold, regular, size},
    },
};

/// A racer that has not come to rest by then is stopped.
const MOST_SWEEPS: u64 = 150;

/// What one rule made of the probe.
#[derive(Clone, Debug)]
struct Racer {
    rule: Rule,
    /// Nothing if the rule could not learn these memories.
    end: Option<End>,
}

#[derive(Clone, Debug)]
struct End {
    picture: Arc<[i8]>,
    updates: u64,
    verdict: Verdict,
    overlap: f64,
}

/// What a race was run with.
#[derive(Clone, PartialEq)]
struct Start {
    probe: Picture,
    pictures: Vec<Picture>,
    power: u32,
}

/// What the race keeps.
#[derive(Default)]
pub(super) struct Race {
    job: Option<Job<Vec<Racer>>>,
    racers: Vec<Racer>,
    start: Option<Start>,
}

fn start_of(settings: &HopfieldSettings) -> Start {
    let pictures = settings.memories.iter().filter(|memory| memory.on).map(|memory| memory.picture.clone());
    Start { probe: settings.pad.clone(), pictures: pictures.collect(), power: settings.power }
}

fn run(settings: &HopfieldSettings, watcher: &Watcher) -> Option<Vec<Racer>> {
    let memories = settings.patterns()?;
    let count = Rule::ALL.len() as f64;
    let mut racers = Vec::new();
    for (place, rule) in Rule::ALL.into_iter().enumerate() {
        let rule = if matches!(rule, Rule::Polynomial(_)) { Rule::Polynomial(settings.power) } else { rule };
        let part = |done: f64| (place as f64 + done) / count;
        let end = match rule.learn(&memories, &|done| watcher.go_on(part(done))) {
            Ok(None) => return None,
            // A rule that cannot learn these pictures does not race, and its tile says so.
            Err(_) => None,
            Ok(Some(learned)) => {
                let network = Arc::new(learned.network);
                let mut recall = Recall::new(network, &settings.pad.0, settings.dynamics(), settings.seed).ok()?;
                recall.run(MOST_SWEEPS);
                Some(End {
                    picture: recall.state().into(),
                    updates: recall.updates(),
                    verdict: judge(recall.state(), &memories, recall.settled()),
                    overlap: nearest(recall.state(), &memories).map_or(0.0, |(_, overlap)| overlap),
                })
            }
        };
        racers.push(Racer { rule, end });
        if !watcher.go_on(part(1.0)) {
            return None;
        }
    }
    Some(racers)
}

impl Race {
    fn follow(&mut self) {
        if let Some(outcome) = self.job.as_ref().and_then(Job::take) {
            self.job = None;
            if let Outcome::Done(racers) = outcome {
                self.racers = racers;
            }
        }
    }
}

impl HopfieldLab {
    /// Lets all rules recall the picture on the pad.
    pub fn start_race(&mut self) {
        let settings = self.settings.clone();
        self.race.start = Some(start_of(&settings));
        self.race.racers.clear();
        self.race.job = Some(self.host.job("hopfield race", move |watcher| run(&settings, watcher)));
        self.race.follow();
    }
}

/// Draws the race.
pub(super) fn content(lab: &mut HopfieldLab, ui: &mut Ui, cx: &LabContext<'_>) {
    let (t, tokens) = (cx.texts, Tokens::of(ui));
    lab.race.follow();
    let now = start_of(&lab.settings);
    ui.horizontal(|ui| {
        let go = IconButton::new(t.get("hopfield.race.start")).icon(Icon::Play).tight().min_size(vec2(110.0, 32.0));
        let ready = !now.pictures.is_empty() && lab.race.job.is_none();
        let button = ui.add_enabled_ui(ready, |ui| go.show(ui)).inner;
        if button.on_hover_text(t.get("hopfield.race.tip")).clicked() {
            lab.start_race();
        }
        if let Some(job) = &lab.race.job {
            ui.add(
                egui::ProgressBar::new(job.progress() as f32).desired_width(180.0).corner_radius(6).fill(tokens.acc),
            );
            if IconButton::new(t.get("cancel"))
                .icon(Icon::Close)
                .look(Look::Normal)
                .tight()
                .min_size(vec2(90.0, 32.0))
                .show(ui)
                .clicked()
            {
                job.cancel();
            }
        } else {
            let stale = lab.race.start.as_ref().is_some_and(|start| *start != now);
            let key = if lab.race.racers.is_empty() || stale { "hopfield.race.hint" } else { "hopfield.race.done" };
            ui.label(rich(t.get(key), regular(size::CAPTION), tokens.t2));
        }
    });
    let space = ui.available_rect_before_wrap();
    if lab.race.racers.is_empty() {
        return;
    }
    let probe = lab.race.start.as_ref().map(|start| start.probe.clone());
    let racers = lab.race.racers.clone();
    let columns = racers.len() + 1;
    let rows = if space.width() / columns as f32 >= 92.0 { 1 } else { 2 };
    let columns = columns.div_ceil(rows);
    let cell = vec2(space.width() / columns as f32, space.height() / rows as f32);
    let place = |index: usize| {
        let offset = vec2((index % columns) as f32 * cell.x, (index / columns) as f32 * cell.y);
        Rect::from_min_size(space.min + offset, cell).shrink(3.0)
    };
    let picture_side = (cell.x - 18.0).min(cell.y - 96.0).clamp(32.0, 140.0);
    if let Some(probe) = probe {
        let rect = place(0);
        let centre = pos2(rect.center().x, rect.top() + 26.0 + picture_side / 2.0);
        ui.painter().text(
            pos2(rect.center().x, rect.top() + 8.0),
            Align2::CENTER_CENTER,
            t.get("hopfield.race.probe"),
            regular(size::CAPTION),
            tokens.t2,
        );
        lab.thumbnails.draw(ui, Rect::from_center_size(centre, Vec2::splat(picture_side)), &probe.0);
    }
    for (index, racer) in racers.iter().enumerate() {
        tile(lab, ui, place(index + 1), racer, picture_side, cx);
    }
}

fn tile(lab: &mut HopfieldLab, ui: &mut Ui, rect: Rect, racer: &Racer, side: f32, cx: &LabContext<'_>) {
    let (t, tokens) = (cx.texts, Tokens::of(ui));
    let name = words::rule(racer.rule, t);
    let response = ui.interact(rect, ui.scope_id().with(("racer", name)), Sense::click());
    let (verdict, mood) = match &racer.end {
        Some(end) => words::of_verdict(lab, &end.verdict, end.updates, t),
        None => (t.get("hopfield.race.cannot").to_owned(), words::Mood::Neutral),
    };
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("{name}: {verdict}")));
    let chosen = lab.settings.rule == racer.rule;
    let outline = match (chosen, response.hovered()) {
        (true, _) => Some(tokens.acc),
        (false, true) => Some(tokens.edge),
        _ => None,
    };
    if let Some(color) = outline {
        ui.painter().rect_stroke(rect, 6, Stroke::new(2.0, color), StrokeKind::Inside);
    }
    if response.has_focus() {
        focus_ring(ui, rect);
    }
    let title = ui.fonts_mut(|fonts| fonts.layout_job(rich(name, bold(size::CAPTION), tokens.text)));
    ui.painter().galley(pos2(rect.center().x - title.size().x / 2.0, rect.top() + 4.0), title, tokens.text);
    let picture = Rect::from_min_size(pos2(rect.center().x - side / 2.0, rect.top() + 26.0), Vec2::splat(side));
    let ink = match mood {
        words::Mood::Good => tokens.ok,
        words::Mood::Caution => tokens.warn,
        words::Mood::Neutral => tokens.t2,
    };
    if let Some(end) = &racer.end {
        lab.thumbnails.draw(ui, picture, &end.picture);
        ui.painter().rect_stroke(picture.expand(1.0), 3, Stroke::new(2.5, ink), StrokeKind::Outside);
        let values = [("updates", numbers::whole(end.updates)), ("overlap", numbers::fixed(end.overlap, 2))];
        let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let key = if rect.width() < 118.0 { "hopfield.race.result.short" } else { "hopfield.race.result" };
        let text = t.fill(key, &values);
        let at = pos2(rect.center().x, picture.bottom() + 12.0);
        ui.painter().text(at, Align2::CENTER_CENTER, text, regular(size::TICK), tokens.t2);
    }
    let mut job = rich(&verdict, regular(size::TICK), ink);
    job.wrap.max_width = rect.width() - 8.0;
    job.wrap.max_rows = 2;
    job.halign = egui::Align::Center;
    let galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
    ui.painter().galley(pos2(rect.center().x, picture.bottom() + 22.0), galley, ink);
    if response.on_hover_text(verdict).clicked() {
        lab.settings.rule = racer.rule;
    }
}
