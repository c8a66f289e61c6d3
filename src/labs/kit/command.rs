//! What can be done on a page or in the window, as data: keys, the sheet of keys, tooltips and the README's table are made
//! from the same list.

use egui::{InputState, Key, Modifiers};

/// The name of a command, as lessons and tests use it.
pub type CommandId = &'static str;

/// A key, with what is held with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shortcut {
    /// What is held.
    pub modifiers: Modifiers,
    /// The key.
    pub key: Key,
}

/// Returns the shortcut of a key without Ctrl, Alt and Shift.
#[must_use]
pub const fn key(key: Key) -> Shortcut {
    Shortcut { modifiers: Modifiers::NONE, key }
}

/// A key with Shift.
#[must_use]
pub const fn shift(key: Key) -> Shortcut {
    Shortcut { modifiers: Modifiers::SHIFT, key }
}

/// A key with Ctrl, or with Command on a Mac.
#[must_use]
pub const fn ctrl(key: Key) -> Shortcut {
    Shortcut { modifiers: Modifiers::COMMAND, key }
}

/// One command.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CommandInfo {
    /// Its name.
    pub id: CommandId,
    /// The key of the words that say what it does, for the sheet of keys and the palette.
    pub words: &'static str,
    /// What triggers it; a key that is held repeats it.
    pub shortcuts: &'static [Shortcut],
}

impl Shortcut {
    /// What is printed on the keys, in the order in which they are pressed.
    #[must_use]
    pub fn caps(&self) -> Vec<&'static str> {
        let mut caps = Vec::new();
        for (held, cap) in [
            (self.modifiers.command || self.modifiers.ctrl, "Ctrl"),
            (self.modifiers.shift, "Shift"),
            (self.modifiers.alt, "Alt"),
        ] {
            if held {
                caps.push(cap);
            }
        }
        caps.push(match self.key {
            Key::ArrowUp => "↑",
            Key::ArrowDown => "↓",
            Key::ArrowLeft => "←",
            Key::ArrowRight => "→",
            Key::OpenBracket => "[",
            Key::CloseBracket => "]",
            Key::PageUp => "Page Up",
            Key::PageDown => "Page Down",
            key => key.name(),
        });
        caps
    }

    /// Takes one press out of the input. What is held must be just what is asked for, so that the order of commands does
    /// not matter.
    #[must_use]
    pub fn consume(&self, input: &mut InputState) -> bool {
        let wanted = self.modifiers;
        let place = input.events.iter().position(|event| match event {
            egui::Event::Key { key, pressed: true, modifiers, .. } => {
                *key == self.key && modifiers.matches_exact(wanted)
            }
            _ => false,
        });
        place.map(|place| input.events.remove(place)).is_some()
    }
}

/// The commands whose keys were pressed, in the order of the list, each as often as it was pressed.
#[must_use]
pub fn pressed(input: &mut InputState, commands: &[CommandInfo]) -> Vec<CommandId> {
    let mut found = Vec::new();
    for command in commands {
        for shortcut in command.shortcuts {
            while shortcut.consume(input) {
                found.push(command.id);
            }
        }
    }
    found
}

/// A name that says a command of `commands` by its keys, for a tooltip: «Space».
#[must_use]
pub fn caps_of(commands: &[CommandInfo], id: CommandId) -> String {
    let first = commands.iter().find(|command| command.id == id).and_then(|command| command.shortcuts.first());
    first.map(|shortcut| shortcut.caps().join(" ")).unwrap_or_default()
}
