//! The page of other magnets: other lattices, edges, next neighbours, disorder and spin glasses, exchange of neighbours.
//!
//! [`settings`] is all that can be set, [`sim`] the magnet behind the page, [`frame`] what it shows, [`atlas`] what each pixel of its picture shows,
//! and [`ladder`] the replicas of a parallel tempering.

use egui::{Key, Modifiers, Rect, Ui};

use super::{controls, hero, plots, scenes};
use crate::{
    labs::{
        Host, LabContext, StatusItem,
        ising::{
            IsingLab,
            common::thermometer_card,
            lattices::{
                frame::{LatticeCommand, LatticeFrame},
                settings::LatticeSettings,
                sim::LatticeSimulation,
            },
            study::page::Page,
        },
    },
    simulation::{Driver, Message, Published, Speed, Status},
    text::Texts,
    widgets::{layout::LabLayout, notices::Offer, numbers},
};

/// What the page keeps.
pub(in crate::labs::ising) struct Lattices {
    /// None until the page is opened for the first time.
    pub(in crate::labs::ising) driver: Option<Driver<LatticeSimulation>>,
    pub(in crate::labs::ising) sent: LatticeSettings,
    pub(in crate::labs::ising) running: bool,
    is_shown: bool,
    /// Annealings that had ended when the one under way was begun.
    annealing: Option<u64>,
    pub(in crate::labs::ising) hero: hero::Hero,
    pub(in crate::labs::ising) tab: plots::Tab,
}

impl Default for Lattices {
    fn default() -> Self {
        Self {
            driver: None,
            sent: LatticeSettings::default(),
            running: true,
            is_shown: false,
            annealing: None,
            hero: hero::Hero::default(),
            tab: plots::Tab::default(),
        }
    }
}

fn speed(settings: &LatticeSettings) -> Speed {
    settings.sweeps_per_second.map_or(Speed::Unlimited, Speed::Limited)
}

impl Lattices {
    pub(in crate::labs::ising) fn command(&mut self, command: LatticeCommand) {
        if let Some(driver) = &mut self.driver {
            driver.command(command);
        }
    }

    pub(in crate::labs::ising) fn published(&self) -> Option<&Published<LatticeFrame>> {
        self.driver.as_ref().map(Driver::published)
    }

    pub(in crate::labs::ising) fn frame(&self) -> Option<&LatticeFrame> {
        self.driver.as_ref().map(Driver::frame)
    }

    pub(in crate::labs::ising) fn send(&mut self, message: Message<LatticeCommand>) {
        if let Some(driver) = &mut self.driver {
            driver.send(message);
        }
    }

    pub(in crate::labs::ising) fn begin(&mut self, host: &Host, settings: &LatticeSettings) {
        self.driver =
            Some(host.drive("lattices", &std::sync::Arc::new(std::sync::atomic::AtomicBool::new(true)), || {
                LatticeSimulation::new(settings.clone())
            }));
        self.sent.clone_from(settings);
        self.hero = hero::Hero::default();
        self.annealing = None;
        self.send(Message::Speed(speed(settings)));
        self.send(Message::Run(self.running && self.is_shown));
    }

    /// Runs while it is on screen.
    pub fn show_or_rest(&mut self, shown: bool) {
        if self.is_shown != shown {
            self.is_shown = shown;
            self.send(Message::Run(self.running && shown));
        }
    }

    /// Does what is due on the host's clock.
    pub fn turn_by_hand(&mut self) {
        if let Some(driver) = &mut self.driver {
            driver.turn_until_idle();
        }
    }

    /// Whether a picture has come.
    pub fn has_frame(&self) -> bool {
        self.published().is_some_and(|published| published.sequence > 0)
    }

    /// Whether it runs by itself.
    pub fn is_running(&self) -> bool {
        self.running && self.driver.as_ref().is_some_and(|driver| driver.failure().is_none())
    }

    pub(in crate::labs::ising) fn status(&self) -> Status {
        self.driver.as_ref().map(|driver| *driver.status()).unwrap_or_default()
    }
}

impl IsingLab {
    /// The newest frame of the page of lattices, once it was opened.
    #[must_use]
    pub fn lattice_frame(&self) -> Option<&LatticeFrame> {
        self.lattices.frame()
    }

    /// Takes frames of the page, and tells it what changed.
    pub(in crate::labs::ising) fn follow_lattices(&mut self) {
        let Some(driver) = &mut self.lattices.driver else { return };
        driver.poll();
        let frame = driver.frame();
        // While it cools by itself, and for the frame at its end, the knob follows.
        if let Some(before) = self.lattices.annealing {
            let has_ended = frame.annealings > before;
            if frame.anneal.is_some() || has_ended {
                self.settings.lattices.temperature = frame.settings.temperature;
                self.lattices.sent.temperature = frame.settings.temperature;
            }
            if has_ended {
                self.lattices.annealing = None;
            }
        }
        self.send_lattices();
    }

    fn send_lattices(&mut self) {
        let repaired = self.settings.lattices.clone().repaired();
        self.settings.lattices = repaired;
        let settings = &self.settings.lattices;
        if *settings == self.lattices.sent || self.lattices.driver.is_none() {
            return;
        }
        let speed = (speed(settings) != speed(&self.lattices.sent)).then(|| speed(settings));
        let settings = settings.clone();
        self.lattices.sent.clone_from(&settings);
        self.restarted = None;
        if let Some(speed) = speed {
            self.lattices.send(Message::Speed(speed));
        }
        self.lattices.command(LatticeCommand::Settings(settings));
    }

    pub(in crate::labs::ising) fn run_lattices(&mut self, running: bool) {
        self.lattices.running = running;
        self.lattices.send(Message::Run(running));
    }

    pub(in crate::labs::ising) fn step_lattices(&mut self) {
        self.run_lattices(false);
        self.lattices.send(Message::Step(1));
    }

    pub(in crate::labs::ising) fn restart_lattices(&mut self, cx: &mut LabContext<'_>) {
        self.send_lattices();
        self.lattices.command(LatticeCommand::Restart);
        self.restarted = Some(Page::Lattices);
        cx.notices.offer(cx.texts.get("ising.notice.restarted"), cx.texts.get("undo"), Offer::Undo);
    }

    /// Takes a restart of the page back.
    pub(in crate::labs::ising) fn undo_lattices(&mut self) {
        self.lattices.command(LatticeCommand::UndoRestart);
    }

    /// Begins to cool to T = 0.
    pub(in crate::labs::ising) fn anneal_lattices(&mut self) {
        self.send_lattices();
        self.lattices.annealing = self.lattices.frame().map(|frame| frame.annealings);
        self.lattices.command(LatticeCommand::Anneal(true));
        self.run_lattices(true);
    }

    /// Stops the cooling, because the person takes the knob.
    pub(in crate::labs::ising) fn take_the_heat(&mut self) {
        if self.lattices.annealing.take().is_some() {
            self.lattices.command(LatticeCommand::Anneal(false));
        }
    }
}

/// Draws the page in place of the magnet.
pub(in crate::labs::ising) fn show(lab: &mut IsingLab, ui: &mut Ui, layout: &LabLayout, cx: &mut LabContext<'_>) {
    if lab.lattices.driver.is_none() {
        lab.settings.lattices = lab.settings.lattices.clone().repaired();
        let settings = lab.settings.lattices.clone();
        lab.lattices.begin(&lab.host.clone(), &settings);
    }
    hero::show(lab, ui, layout.hero, cx);
    thermometer(lab, ui, layout.upright, cx);
    controls::show(lab, ui, layout.controls, cx, layout.below.is_some());
    if let Some(below) = layout.below {
        scenes::card(lab, ui, below, cx);
    }
    plots::show(lab, ui, layout, cx);
    let failure = lab.lattices.driver.as_ref().and_then(|driver| driver.failure().map(str::to_owned));
    if let Some(failure) = failure
        && crate::labs::ising::magnet::page::failure_banner(ui, layout.hero, &failure, cx.texts)
    {
        let settings = lab.settings.lattices.clone();
        lab.lattices.begin(&lab.host.clone(), &settings);
    }
    lab.send_lattices();
    if lab.lattices.driver.as_ref().is_some_and(Driver::is_waiting) {
        ui.ctx().request_repaint();
    }
}

fn thermometer(lab: &mut IsingLab, ui: &mut Ui, rect: Rect, cx: &LabContext<'_>) {
    let settings = &lab.settings.lattices;
    let magnet = thermometer_card::Magnet {
        critical: settings.critical_temperature(),
        never_orders: settings.never_orders(),
        hottest: settings.hottest(),
        with_tip: true,
    };
    if thermometer_card::show(ui, rect, cx, &magnet, &mut lab.settings.lattices.temperature) {
        lab.take_the_heat();
    }
}

/// Keys of the page.
pub(in crate::labs::ising) fn keys(lab: &mut IsingLab, ui: &Ui, cx: &mut LabContext<'_>) {
    let pressed = |modifiers: Modifiers, key: Key| ui.input_mut(|input| input.consume_key(modifiers, key));
    for (key, direction) in [(Key::ArrowUp, 1.0), (Key::ArrowDown, -1.0)] {
        for (modifiers, step) in [(Modifiers::SHIFT, 0.1), (Modifiers::NONE, 0.01)] {
            while pressed(modifiers, key) {
                let settings = &mut lab.settings.lattices;
                let moved = ((settings.temperature / step).round() + direction) * step;
                settings.temperature = moved.clamp(0.0, settings.hottest());
                lab.take_the_heat();
            }
        }
    }
    while pressed(Modifiers::NONE, Key::ArrowRight) {
        lab.step_lattices();
    }
    if pressed(Modifiers::NONE, Key::Space) {
        lab.run_lattices(!lab.lattices.running);
    }
    if pressed(Modifiers::NONE, Key::R) {
        lab.restart_lattices(cx);
    }
}

/// The status bar's items.
pub(in crate::labs::ising) fn status(lab: &IsingLab, t: Texts) -> Vec<StatusItem> {
    let Some(frame) = lab.lattices.frame() else { return Vec::new() };
    let status = lab.lattices.status();
    let item = |before: &str, value: String, after: &str, tip: &'static str| StatusItem {
        before: before.to_owned(),
        value,
        after: after.to_owned(),
        tip: t.get(tip).to_owned(),
    };
    let mut items = vec![item(t.get("ising.status.sweep"), numbers::whole(frame.sweeps), "", "ising.status.sweep.tip")];
    if status.running {
        let rate = numbers::three_digits(status.steps_per_second);
        items.push(item("", rate, t.get("ising.status.sweeps_per_second"), "ising.status.sweeps_per_second.tip"));
        let millions = numbers::three_digits(status.work_per_second / 1e6);
        items.push(item("", millions, t.get("ising.status.mega"), "ising.status.flips.tip"));
    }
    let [across, down, deep] = frame.lengths;
    let size =
        if deep > 1 { format!("{across} \u{d7} {down} \u{d7} {deep}") } else { format!("{across} \u{d7} {down}") };
    items.push(item("", size, "", "ising.status.size.tip"));
    let (symbol, tip) = match frame.settings.is_staggered() {
        true => ("m_{s}", "ising.status.staggered.tip"),
        false => ("m", "ising.status.m.tip"),
    };
    items.push(item(symbol, numbers::fixed(frame.order, 3), "", tip));
    items.push(item("e", numbers::fixed(frame.energy, 3), "J", "ising.status.e.tip"));
    items.push(item(t.get("seed.short"), lab.settings.lattices.seed.to_string(), "", "seed.tip"));
    items
}
