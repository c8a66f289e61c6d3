//! The real program in a real window, and where there is none.
#![cfg(target_os = "linux")]

#[path = "common/renderer.rs"]
mod renderer;

use std::{
    io::Read,
    process::{Command, Stdio},
    time::{Duration, Instant},
};

fn spinscape() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_spinscape"));
    // Nothing of the person who runs the tests.
    command.env_remove("WAYLAND_DISPLAY").env_remove("WAYLAND_SOCKET").env("LC_ALL", "C.UTF-8").env("LANG", "C.UTF-8");
    command
}

#[test]
fn without_a_display_it_says_what_to_install_and_exits_with_1() {
    let output = spinscape().env_remove("DISPLAY").output().expect("the program starts");
    let error = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{error}");
    for word in ["no display", "Debian", "Fedora", "macOS", "Windows", "apt install"] {
        assert!(error.contains(word), "{word} is missing in: {error}");
    }
    assert!(!error.contains("panicked") && !error.contains("backtrace"), "{error}");
}

#[test]
fn on_a_screen_with_too_few_colours_it_says_so_and_not_that_a_driver_is_missing() {
    let Some((mut screen, display)) = screen(16) else { return };
    let output = spinscape().env("DISPLAY", display).output().expect("the program starts");
    screen.kill().and_then(|()| screen.wait()).expect("the screen ends");
    let error = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{error}");
    assert!(error.contains("too few colours") && error.contains("-depth 24"), "{error}");
    assert!(!error.contains("driver"), "{error}");
}

/// Starts a screen of its own with so many bits a pixel, and returns its name.
fn virtual_screen(depth: u8) -> Option<(std::process::Child, String)> {
    let size = format!("1280x800x{depth}");
    let screen = Command::new("Xvfb")
        .args(["-displayfd", "1", "-screen", "0", &size, "-nolisten", "tcp"])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn();
    let mut screen = screen.ok()?;
    let mut number = String::new();
    let mut pipe = screen.stdout.take()?;
    let mut byte = [0];
    while pipe.read(&mut byte).is_ok_and(|count| count == 1) && byte[0] != b'\n' {
        number.push(char::from(byte[0]));
    }
    Some((screen, format!(":{}", number.trim())))
}

/// A screen of its own and its name, or none with the reason printed; none is a failure where a renderer is required.
fn screen(depth: u8) -> Option<(std::process::Child, String)> {
    let required = std::env::var_os("SPINSCAPE_REQUIRE_RENDERER").is_some();
    let adapter = renderer::offscreen_adapter();
    if let (Some(_), Some(screen)) = (adapter, virtual_screen(depth)) {
        return Some(screen);
    }
    assert!(!required, "a renderer is required, but there is no Xvfb or no graphics driver");
    println!("skipped: there is no Xvfb or no graphics driver");
    None
}

fn wait_until(mut is_so: impl FnMut() -> bool) {
    let began = Instant::now();
    while !is_so() && began.elapsed() < Duration::from_secs(120) {
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn a_window_that_is_asked_to_end_keeps_what_its_models_have_come_to() {
    let Some((mut screen, display)) = screen(24) else { return };
    let home = tempfile::tempdir().expect("a temporary folder");
    let mut program = spinscape()
        .env("DISPLAY", display)
        .env("HOME", home.path())
        .env("XDG_CONFIG_HOME", home.path())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    // The first start is written down once the window stands; some sweeps later it is asked to end.
    let folder = home.path().join("spinscape");
    wait_until(|| folder.join("settings.json").exists());
    std::thread::sleep(Duration::from_secs(2));
    let asked = Command::new("kill").arg(program.id().to_string()).status().expect("kill is there");
    assert!(asked.success());
    wait_until(|| program.try_wait().expect("a child").is_some());
    let _ = program.kill();
    let output = program.wait_with_output().expect("a child");
    screen.kill().expect("our own screen");
    screen.wait().expect("our own screen");
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{error}");
    assert!(folder.join("carried/ising").exists(), "the magnet is left for the next start: {error}");
}

#[test]
fn the_window_opens_draws_and_closes() {
    let Some((mut screen, display)) = screen(24) else { return };
    let mut program = spinscape()
        .arg("--first-frame")
        .env("DISPLAY", display)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    wait_until(|| program.try_wait().expect("a child").is_some());
    // If it hangs it is ended, and the test fails on what it printed.
    let _ = program.kill();
    let output = program.wait_with_output().expect("a child");
    screen.kill().expect("our own screen");
    screen.wait().expect("our own screen");
    let (out, error) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{out}{error}");
    assert!(out.contains("first frame after"), "{out}{error}");
}
