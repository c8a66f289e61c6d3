//! `cargo run --release --example screenshots`: the pictures of the README, from the real labs, offscreen.

#[path = "../tests/common/renderer.rs"]
mod renderer;

use std::{path::PathBuf, process::ExitCode, sync::Arc, time::Duration};

use clap::Parser;
use egui_kittest::Harness;
use spinscape::{
    app::{
        Options, Spinscape,
        preferences::ThemeChoice,
        startup::{self, Missing},
    },
    data::{drawings::DrawnSet, pictures},
    labs::{
        boltzmann::restricted::{
            RestrictedPage,
            settings::{Preset, Tab as RbmTab},
        },
        hopfield::memory::{MemoryPage, look::Tab, settings::drawn},
        ising::{
            lattices::{LatticesPage, settings::DisorderKind},
            magnet::{MagnetPage, ramp::RampKind},
            study::{ScalingPage, ScanPage},
        },
        kit::Lab,
        landscape::{noise::NoisePage, sharp::SharpPage, valleys::ValleysPage},
    },
    physics::{
        hopfield::Rule,
        ising::{exact, graph::Geometry},
        landscape::starts::Cooling,
    },
    platform::console,
    simulation::{Clock, ManualClock},
    text::Language,
    widgets::tokens::{DARK, LIGHT},
};

/// Renders every picture of the README. Needs a graphics driver, but no screen.
#[derive(Debug, Parser)]
#[command(name = "screenshots")]
struct Arguments {
    /// Folder to write to
    #[arg(long, default_value = "screenshots")]
    out: PathBuf,
    /// Only pictures whose names contain this
    #[arg(long, default_value = "")]
    only: String,
    /// Size of the window in place of each picture's own, as 1280x720
    #[arg(long, value_parser = size)]
    size: Option<[f32; 2]>,
    /// Scale in percent in place of each picture's own
    #[arg(long)]
    scale: Option<u32>,
}

/// Reads a size as 1280x720.
fn size(text: &str) -> Result<[f32; 2], String> {
    let number = |text: &str| text.parse::<u16>().ok().filter(|&number| number > 0).map(f32::from);
    let sides = text.split_once('x').and_then(|(width, height)| Some([number(width)?, number(height)?]));
    sides.ok_or_else(|| "a size is a width and a height, as 1280x720".to_owned())
}

/// One picture: how the window stands and what happened before.
struct Scene {
    name: &'static str,
    size: [f32; 2],
    scale: u32,
    theme: ThemeChoice,
    language: Language,
    prepare: Prepare,
    /// Sixtieths of a second that pass.
    frames: u32,
}

/// The lab that a scene shows, and what is done in it first.
#[derive(Clone, Copy)]
enum Prepare {
    Ising(fn(&mut MagnetPage)),
    Hopfield(fn(&mut MemoryPage)),
    Lattices(fn(&mut LatticesPage)),
    Scan(fn(&mut ScanPage)),
    Scaling(fn(&mut ScanPage), fn(&mut ScalingPage)),
    Rbm(fn(&mut RestrictedPage)),
    Valleys(fn(&mut ValleysPage)),
    Sharp,
    Noise(fn(&mut NoisePage)),
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    if renderer::offscreen_adapter().is_none() {
        startup::complain(&Missing::Adapter("wgpu: 0 adapters".to_owned()));
        return ExitCode::FAILURE;
    }
    match arguments.make() {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            console::say(&why);
            ExitCode::FAILURE
        }
    }
}

impl Arguments {
    /// Makes the pictures; the error says in words what was the matter.
    fn make(&self) -> Result<(), String> {
        let names: Vec<&str> = scenes().iter().map(|scene| scene.name).collect();
        if !names.iter().any(|name| name.contains(&self.only)) {
            return Err(format!("--only: no picture has '{}' in its name; there are {}", self.only, names.join(", ")));
        }
        for mut scene in scenes().into_iter().filter(|scene| scene.name.contains(&self.only)) {
            scene.size = self.size.unwrap_or(scene.size);
            scene.scale = self.scale.unwrap_or(scene.scale);
            let path = self.out.join(format!("{}.png", scene.name));
            let image = scene.render()?;
            let size = [image.width() as usize, image.height() as usize];
            pictures::write_png(&path, size, image.as_raw()).map_err(|error| error.to_string())?;
            // A reader that has gone wants no more words; the pictures are made.
            let _ = console::print(&path.display().to_string());
        }
        Ok(())
    }
}

fn scenes() -> Vec<Scene> {
    let dark = Scene {
        name: "ising-dark",
        size: [1600.0, 1000.0],
        scale: 100,
        theme: ThemeChoice::Dark,
        language: Language::English,
        prepare: Prepare::Ising(cooled_to_critical),
        frames: 900,
    };
    let quench = Prepare::Ising(|lab| {
        let settings = &mut lab.session.settings;
        (settings.size, settings.temperature) = (512, 1.8);
        lab.session.run.sweeps_per_second = Some(120.0);
    });
    let field_loop = Prepare::Ising(|lab| {
        let settings = &mut lab.session.settings;
        (settings.temperature, settings.drive_sweeps) = (1.6, 3600);
        lab.begin_ramp(RampKind::CycleField);
    });
    let scan = Prepare::Scan(ScanPage::start_scan);
    let scaling = Prepare::Scaling(
        |scan| {
            (scan.settings.from, scan.settings.to) = (2.0, 2.6);
            scan.start_scan();
        },
        |scaling| scaling.settings.exponents = [2.27, 1.0, 0.125, 1.75],
    );
    let honeycomb = Prepare::Lattices(|page| {
        page.session.settings.geometry = Geometry::Honeycomb;
        page.session.settings.temperature = Geometry::Honeycomb.critical_temperature();
    });
    let cube = Prepare::Lattices(|page| {
        page.session.settings.geometry = Geometry::Cubic;
        page.session.settings.temperature = Geometry::Cubic.critical_temperature();
    });
    let glass = Prepare::Lattices(|page| {
        let lattices = &mut page.session.settings;
        (lattices.geometry, lattices.side) = (Geometry::Square, 16);
        lattices.disorder_kind = DisorderKind::PlusMinus;
        (lattices.tempering, lattices.temperature) = (true, 0.4);
        page.session.run.sweeps_per_second = Some(2000.0);
    });
    let recall = Prepare::Hopfield(|lab| lab.set_running(true));
    let hebb_race = Prepare::Hopfield(|lab| {
        lab.session.settings.rule = Rule::Hebb;
        lab.show_tab(Tab::Race);
        lab.show_tab(Tab::Phase);
        lab.start_race();
        lab.set_running(true);
    });
    let experiments = Prepare::Hopfield(|lab| {
        lab.session.settings.rule = Rule::Hebb;
        lab.show_tab(Tab::Experiments);
        lab.start_capacity();
    });
    let hopfield = Scene { name: "hopfield-dark", prepare: recall, frames: 240, ..copy(&dark) };
    let learn = Prepare::Rbm(|lab| {
        lab.put_a_picture();
        lab.set_learning(true);
    });
    let voters = Prepare::Ising(|lab| {
        lab.tell_of_voters(true);
        lab.session.settings.size = 128;
        lab.set_temperature(2.0);
    });
    let shelf = Prepare::Hopfield(|lab| {
        lab.edit(|settings| {
            let pictures = [(DrawnSet::Digits, 0..10), (DrawnSet::Letters, 0..26), (DrawnSet::Pictures, 0..8)];
            let drawn_of = |(set, places): (DrawnSet, std::ops::Range<usize>)| {
                let side = settings.side;
                places.map(move |place| drawn(set, place, side))
            };
            settings.memories = pictures.into_iter().flat_map(drawn_of).collect();
        });
        lab.set_running(true);
    });
    let bars = Prepare::Rbm(|lab| {
        lab.take_preset(Preset::Bars);
        lab.set_learning(true);
    });
    let magnet = Prepare::Rbm(|lab| {
        lab.take_preset(Preset::Magnet);
        lab.set_learning(true);
    });
    let dreams = Prepare::Rbm(|lab| {
        lab.show_tab(RbmTab::Dreams);
        lab.set_learning(true);
    });
    let rbm = Scene { name: "rbm-dark", prepare: learn, frames: 400, ..copy(&dark) };
    vec![
        Scene { name: "rbm-chinese", language: Language::Chinese, ..copy(&rbm) },
        Scene { name: "rbm-light", theme: ThemeChoice::Light, ..copy(&rbm) },
        Scene { name: "rbm-projector", scale: 140, ..copy(&rbm) },
        Scene { name: "rbm-compact", size: [1024.0, 768.0], ..copy(&rbm) },
        Scene { name: "rbm-dreams-compact", size: [1024.0, 768.0], prepare: dreams, ..copy(&rbm) },
        Scene { name: "rbm-bars", prepare: bars, ..copy(&rbm) },
        Scene { name: "rbm-magnet", prepare: magnet, ..copy(&rbm) },
        rbm,
        Scene { name: "ising-chinese", language: Language::Chinese, ..copy(&dark) },
        Scene { name: "ising-light", theme: ThemeChoice::Light, prepare: quench, frames: 400, ..copy(&dark) },
        Scene { name: "ising-projector", scale: 140, prepare: Prepare::Ising(|_| {}), frames: 60, ..copy(&dark) },
        Scene { name: "ising-hysteresis", prepare: field_loop, frames: 800, ..copy(&dark) },
        Scene { name: "ising-scan", prepare: scan, frames: 20, ..copy(&dark) },
        Scene { name: "ising-honeycomb", prepare: honeycomb, frames: 120, ..copy(&dark) },
        Scene { name: "ising-cube", prepare: cube, frames: 120, ..copy(&dark) },
        Scene { name: "ising-glass", prepare: glass, frames: 400, ..copy(&dark) },
        Scene { name: "ising-scaling", prepare: scaling, frames: 20, ..copy(&dark) },
        Scene { name: "ising-scan-compact", size: [1024.0, 768.0], prepare: scan, frames: 20, ..copy(&dark) },
        Scene { name: "ising-inside", prepare: Prepare::Ising(look_inside), frames: 240, ..copy(&dark) },
        Scene { name: "ising-voters", prepare: voters, frames: 300, ..copy(&dark) },
        Scene { name: "ising-compact", size: [1024.0, 768.0], frames: 500, ..copy(&dark) },
        Scene { name: "hopfield-chinese", language: Language::Chinese, ..copy(&hopfield) },
        Scene { name: "hopfield-light", theme: ThemeChoice::Light, ..copy(&hopfield) },
        Scene { name: "hopfield-projector", scale: 140, ..copy(&hopfield) },
        Scene { name: "hopfield-compact", size: [1024.0, 768.0], ..copy(&hopfield) },
        Scene { name: "hopfield-shelf", prepare: shelf, ..copy(&hopfield) },
        Scene { name: "hopfield-race", prepare: hebb_race, ..copy(&hopfield) },
        Scene { name: "hopfield-capacity", prepare: experiments, frames: 20, ..copy(&hopfield) },
        Scene { name: "landscape-valleys", prepare: Prepare::Valleys(count_starts), frames: 20, ..copy(&dark) },
        Scene {
            name: "landscape-valleys-compact",
            size: [1024.0, 768.0],
            prepare: Prepare::Valleys(count_starts),
            frames: 20,
            ..copy(&dark)
        },
        Scene { name: "landscape-sharp", prepare: Prepare::Sharp, frames: 600, ..copy(&dark) },
        Scene { name: "landscape-noise", prepare: Prepare::Noise(|page| page.go_to(0.16)), frames: 20, ..copy(&dark) },
        hopfield,
        dark,
    ]
}

fn copy(scene: &Scene) -> Scene {
    Scene { ..*scene }
}

/// Brings a page in front and does something on it.
fn on_page<P: 'static>(lab: &mut Lab, id: &str, prepare: impl FnOnce(&mut P)) {
    lab.show_page(id);
    if let Some(page) = lab.page_as_any(id).and_then(|page| page.downcast_mut()) {
        prepare(page);
    }
}

fn cooled_to_critical(lab: &mut MagnetPage) {
    lab.session.settings.temperature = exact::critical_temperature();
}

fn count_starts(lab: &mut ValleysPage) {
    lab.start(Cooling::Quench);
    lab.roll();
}

fn look_inside(lab: &mut MagnetPage) {
    let settings = &mut lab.session.settings;
    (settings.size, settings.temperature) = (64, 2.0);
    (lab.session.run.look_inside, lab.session.run.attempts_per_second) = (true, 4.0);
}

impl Scene {
    fn render(&self) -> Result<image::RgbaImage, String> {
        let clock = Arc::new(ManualClock::default());
        let options = Options {
            by_hand: Some(Arc::clone(&clock) as Arc<dyn Clock>),
            language: Some(self.language),
            ..Options::default()
        };
        let scale = self.scale as f32 / 100.0;
        let mut harness = Harness::builder()
            .with_size(self.size)
            .with_step_dt(1.0 / 60.0)
            .with_render_cursor(false)
            .wgpu()
            .build_eframe(|cc| Spinscape::new(cc, options));
        let ctx = harness.ctx.clone();
        harness.state_mut().set_theme(&ctx, self.theme);
        harness.state_mut().set_scale(self.scale);
        harness.run_steps(2);
        // The window's own scale makes its points larger; the picture keeps its pixels.
        harness.set_size(egui::Vec2::from(self.size) / scale);
        let lab = match self.prepare {
            Prepare::Ising(_) | Prepare::Lattices(_) | Prepare::Scan(_) | Prepare::Scaling(..) => "ising",
            Prepare::Hopfield(_) => "hopfield",
            Prepare::Rbm(_) => "rbm",
            Prepare::Valleys(_) | Prepare::Sharp | Prepare::Noise(_) => "landscape",
        };
        harness.state_mut().show_lab(lab);
        harness.run_steps(2);
        let lab = harness.state_mut().lab();
        match self.prepare {
            Prepare::Ising(prepare) => on_page(lab, "magnet", |page: &mut MagnetPage| {
                page.know_the_thermometer();
                prepare(page);
            }),
            Prepare::Lattices(prepare) => on_page(lab, "lattices", prepare),
            Prepare::Scan(prepare) => on_page(lab, "scan", prepare),
            Prepare::Scaling(scan, scaling) => {
                on_page(lab, "scan", scan);
                on_page(lab, "scaling", scaling);
            }
            Prepare::Hopfield(prepare) => on_page(lab, "memory", prepare),
            Prepare::Rbm(prepare) => on_page(lab, "restricted", prepare),
            Prepare::Valleys(prepare) => on_page(lab, "valleys", prepare),
            Prepare::Sharp => on_page(lab, "sharp", |_: &mut SharpPage| {}),
            Prepare::Noise(prepare) => on_page(lab, "noise", prepare),
        }
        for _ in 0..self.frames {
            clock.pass(Duration::from_micros(16_667));
            harness.step();
        }
        let mut image = harness.render()?;
        // A real window is cleared with its ground before it is drawn on; offscreen there is none.
        let ground = if self.theme == ThemeChoice::Light { LIGHT.win } else { DARK.win };
        for pixel in image.pixels_mut() {
            let behind = u32::from(255 - pixel[3]);
            for (channel, ground) in pixel.0.iter_mut().zip([ground.r(), ground.g(), ground.b(), 255]) {
                *channel += (u32::from(ground) * behind / 255) as u8;
            }
        }
        Ok(image)
    }
}
