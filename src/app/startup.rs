//! Opening the window, and what to say where it cannot open.

use std::process::ExitCode;

use web_time::Instant;

use super::{FIRST_SIZE, Options, Spinscape, preferences, system_language};
use crate::{platform::console, text::Texts, widgets::layout::SMALLEST};

/// What the window needs and did not find.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Missing {
    /// No screen to open a window on.
    Display(String),
    /// No graphics driver to draw with.
    Adapter(String),
    /// A screen with enough colours.
    Colours(String),
}

/// Opens the window and stays until it is closed. It closes by itself after its first frame, or when it has counted each
/// lab's frames for so many seconds; such a window neither reads nor writes settings.
#[must_use]
pub fn open_window(began: Instant, close_after_first_frame: bool, count_frames_for: Option<f64>) -> ExitCode {
    let measures = close_after_first_frame || count_frames_for.is_some();
    let options = Options {
        settings_file: if measures { None } else { preferences::default_path() },
        close_after_first_frame: close_after_first_frame.then_some(began),
        count_frames_for,
        ..Options::default()
    };
    match run(options) {
        Ok(()) => ExitCode::SUCCESS,
        Err(missing) => {
            complain(&missing);
            ExitCode::FAILURE
        }
    }
}

/// Prints what is missing and how to get it.
pub fn complain(missing: &Missing) {
    let texts = Texts::new(system_language());
    let (head, what, why) = match missing {
        Missing::Display(why) => ("startup.no_display", "startup.no_display.install", why),
        Missing::Colours(why) => ("startup.few_colours", "startup.few_colours.install", why),
        Missing::Adapter(why) => ("startup.no_adapter", "startup.no_adapter.install", why),
    };
    let why = texts.fill("startup.why", &[("why", why)]);
    console::complain(&format!("{}\n{}\n{why}", texts.get(head), texts.get(what)));
}

fn run(options: Options) -> Result<(), Missing> {
    if cfg!(target_os = "linux") {
        let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
        if !set("DISPLAY") && !set("WAYLAND_DISPLAY") && !set("WAYLAND_SOCKET") {
            return Err(Missing::Display("DISPLAY, WAYLAND_DISPLAY".to_owned()));
        }
    }
    let viewport = egui::ViewportBuilder::default()
        .with_title("Spinscape")
        .with_app_id("spinscape")
        .with_inner_size(FIRST_SIZE)
        .with_min_inner_size(SMALLEST * 0.7)
        .with_clamp_size_to_monitor_size(true);
    // There are no gradients to smooth, and software renderers pay for dithering at every pixel.
    let native = eframe::NativeOptions { viewport, dithering: false, ..eframe::NativeOptions::default() };
    let result = eframe::run_native("spinscape", native, Box::new(|cc| Ok(Box::new(Spinscape::new(cc, options)))));
    result.map_err(|error| {
        let why = error.to_string();
        match error {
            eframe::Error::Winit(_) | eframe::Error::WinitEventLoop(_) => Missing::Display(why),
            // What the graphics library says where a screen has 16 bits a pixel; it has no kind of error for it.
            _ if why.contains("no valid format for the surface") => Missing::Colours(why),
            _ => Missing::Adapter(why),
        }
    })
}
