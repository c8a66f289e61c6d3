//! The real program under egui_kittest, its simulations driven by hand on a clock of the test.

use std::{sync::Arc, time::Duration};

use egui::accesskit::Role;
use egui_kittest::{Harness, HarnessBuilder, kittest::Queryable};
use spinscape::{
    app::{Options, Spinscape},
    labs::{
        boltzmann::restricted::RestrictedPage,
        hopfield::memory::MemoryPage,
        ising::{
            lattices::LatticesPage,
            magnet::{MagnetPage, frame::MagnetFrame},
            study::{ScalingPage, ScanPage},
        },
        kit::Seams,
        landscape::{noise::NoisePage, sharp::SharpPage, valleys::ValleysPage},
    },
    simulation::{Clock, ManualClock},
    text::Language,
};

#[derive(Debug)]
struct Dropped(std::path::PathBuf);

impl egui::DroppedFile for Dropped {
    fn path(&self) -> &std::path::Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        std::fs::read(&self.0).map_err(|error| error.to_string())
    }
}

pub struct App {
    pub harness: Harness<'static, Spinscape>,
    pub clock: Arc<ManualClock>,
}

/// A window of this size in points.
pub fn builder(size: [f32; 2]) -> HarnessBuilder<Spinscape> {
    Harness::builder().with_size(size).with_step_dt(1.0 / 60.0)
}

impl App {
    pub fn new(size: [f32; 2], language: Language) -> Self {
        Self::build(builder(size), language)
    }

    pub fn build(builder: HarnessBuilder<Spinscape>, language: Language) -> Self {
        Self::build_with(builder, language, Seams::default())
    }

    /// A program in which something goes otherwise than on a quick and healthy machine.
    pub fn with_seams(size: [f32; 2], language: Language, seams: Seams) -> Self {
        Self::build_with(builder(size), language, seams)
    }

    /// A program that keeps its settings, and what its models leave, beside this file.
    pub fn with_settings(size: [f32; 2], language: Language, settings: &std::path::Path) -> Self {
        let options = Options { settings_file: Some(settings.to_owned()), ..Options::default() };
        Self::build_options(builder(size), Options { language: Some(language), ..options })
    }

    fn build_with(builder: HarnessBuilder<Spinscape>, language: Language, seams: Seams) -> Self {
        Self::build_options(builder, Options { language: Some(language), seams, ..Options::default() })
    }

    fn build_options(builder: HarnessBuilder<Spinscape>, options: Options) -> Self {
        let clock = Arc::new(ManualClock::default());
        let options = Options { by_hand: Some(Arc::clone(&clock) as Arc<dyn Clock>), ..options };
        let mut app = Self { harness: builder.build_eframe(|cc| Spinscape::new(cc, options)), clock };
        app.frames(3);
        app
    }

    /// So many sixtieths of a second pass, each with a frame.
    pub fn frames(&mut self, count: usize) {
        for _ in 0..count {
            self.clock.pass(Duration::from_micros(16_667));
            self.harness.step();
        }
    }

    /// At the first speed of 240 sweeps a second.
    pub fn sweeps(&mut self, count: usize) {
        self.frames(count / 4 + 1);
    }

    /// A page of the lab on screen, in front or not.
    fn page<P: 'static>(&mut self, id: &str) -> &mut P {
        let page = self.harness.state_mut().lab().page_as_any(id).expect("a page of the lab on screen");
        page.downcast_mut().expect("the page with this name")
    }

    pub fn lab(&mut self) -> &mut MagnetPage {
        self.page("magnet")
    }

    pub fn lattices(&mut self) -> &mut LatticesPage {
        self.page("lattices")
    }

    pub fn scan(&mut self) -> &mut ScanPage {
        self.page("scan")
    }

    pub fn scaling(&mut self) -> &mut ScalingPage {
        self.page("scaling")
    }

    /// Brings a page of the lab on screen in front.
    pub fn show_page(&mut self, id: &str) {
        assert!(self.harness.state_mut().lab().show_page(id), "no page {id}");
    }

    /// The second tab's lab, brought on screen.
    pub fn hopfield(&mut self) -> &mut MemoryPage {
        self.harness.state_mut().show_lab("hopfield");
        self.page("memory")
    }

    /// The third tab's lab, brought on screen.
    pub fn rbm(&mut self) -> &mut RestrictedPage {
        self.harness.state_mut().show_lab("rbm");
        self.page("restricted")
    }

    /// The page of valleys, brought on screen.
    pub fn valleys(&mut self) -> &mut ValleysPage {
        self.harness.state_mut().show_lab("landscape");
        self.page("valleys")
    }

    /// The page of sharp and flat valleys, brought on screen.
    pub fn sharp(&mut self) -> &mut SharpPage {
        self.harness.state_mut().show_lab("landscape");
        self.show_page("sharp");
        self.page("sharp")
    }

    /// The page of data and noise, brought on screen.
    pub fn noise(&mut self) -> &mut NoisePage {
        self.harness.state_mut().show_lab("landscape");
        self.show_page("noise");
        self.page("noise")
    }

    pub fn frame(&mut self) -> MagnetFrame {
        self.lab().frame().clone()
    }

    pub fn click(&mut self, label: &str) {
        self.harness.get_by_role_and_label(Role::Button, label).click();
        self.frames(3);
    }

    pub fn press(&mut self, key: egui::Key) {
        self.harness.key_press(key);
        self.frames(3);
    }

    /// Sets a slider as a screen reader would.
    pub fn set_slider(&mut self, label: &str, value: f64) {
        self.harness.get_by_role_and_label(Role::Slider, label).set_value_accesskit(value);
        self.frames(3);
    }

    /// Drops files on the window.
    pub fn drop_files(&mut self, files: &[std::path::PathBuf]) {
        for file in files {
            self.harness.input_mut().dropped_files.push(Arc::new(Dropped(file.clone())));
        }
        self.frames(4);
    }

    /// Clicks at a place while these keys are held.
    pub fn click_at(&mut self, at: egui::Pos2, modifiers: egui::Modifiers) {
        self.harness.event_modifiers(egui::Event::PointerMoved(at), modifiers);
        self.frames(1);
        for pressed in [true, false] {
            let button = egui::PointerButton::Primary;
            self.harness.event_modifiers(egui::Event::PointerButton { pos: at, button, pressed, modifiers }, modifiers);
            self.frames(1);
        }
    }

    /// Drags with the pointer from one place to another, in steps.
    pub fn drag(&mut self, from: egui::Pos2, to: egui::Pos2) {
        self.harness.drag_at(from);
        self.frames(1);
        for step in 1..=10 {
            self.harness.hover_at(from + (to - from) * (step as f32 / 10.0));
            self.frames(1);
        }
        self.harness.drop_at(to);
        self.frames(2);
    }
}
