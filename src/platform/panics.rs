//! What is said when the program comes upon a mistake of its own: one line, with the place in the source and no path of the
//! machine that it was built on.

use std::{io::Write, panic::PanicHookInfo};

/// From now on says mistakes in one line.
pub fn say_shortly() {
    std::panic::set_hook(Box::new(|info| {
        // Where nobody listens there is nobody to tell either.
        let _ = writeln!(std::io::stderr(), "{}", sentence(info));
    }));
}

fn sentence(info: &PanicHookInfo<'_>) -> String {
    let place = info.location().map(|at| format!("{}:{}", short(at.file()), at.line())).unwrap_or_default();
    let payload = info.payload();
    let text = payload.downcast_ref::<&str>().copied().or_else(|| payload.downcast_ref::<String>().map(String::as_str));
    format!("spinscape: a mistake in the program ({place}): {}", text.unwrap_or("no more is known"))
}

/// A path of the source without the folders of the machine: that of a library begins with its name.
fn short(path: &str) -> String {
    let path = path.replace('\\', "/");
    // Libraries lie in a folder of their registry, the standard library in one of its commit.
    let of_library = path.split_once("/registry/src/").and_then(|(_, rest)| rest.split_once('/')).map(|(_, rest)| rest);
    let of_rust = path.split_once("/library/").filter(|_| path.contains("/rustc/")).map(|(_, rest)| rest);
    let own = path.rfind("/src/").map(|at| &path[at + 1..]);
    of_library.or(of_rust).or(own).unwrap_or(&path).to_owned()
}

#[cfg(test)]
mod tests {
    use super::short;

    #[test]
    fn paths_say_which_source_and_nothing_of_the_machine() {
        for (path, expected) in [
            ("src/app/mod.rs", "src/app/mod.rs"),
            ("/home/someone/spinscape/src/app/mod.rs", "src/app/mod.rs"),
            ("/home/someone/.cargo/registry/src/index-123/egui-0.37.0/src/ui.rs", "egui-0.37.0/src/ui.rs"),
            ("/rustc/59807616e1fa/library/core/src/option.rs", "core/src/option.rs"),
            ("C:\\Users\\someone\\spinscape\\src\\main.rs", "src/main.rs"),
        ] {
            assert_eq!(short(path), expected);
        }
    }
}
