//! Where a path leads: through imports, re-exports and globs to the file that defines the item.

use crate::source::{Source, Target};

/// What a path, or the first part of one, stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// An item that the file of this number defines.
    Item(usize),
    /// The module of this number.
    Module(usize),
    /// Something of another crate, by its path there.
    Outside(Vec<String>),
}

/// A question that is being answered further up: asking it again would go round in a circle.
type Open = Vec<(usize, String)>;

impl Source {
    /// All that a path can stand for where it is named; nothing for variables, type parameters and the language's own names.
    pub fn resolve(&self, module: usize, path: &[String]) -> Vec<Found> {
        self.follow(module, path, &mut Open::new())
    }

    fn follow(&self, module: usize, path: &[String], open: &mut Open) -> Vec<Found> {
        let Some((first, mut rest)) = path.split_first() else {
            return vec![];
        };
        let mut here = match first.as_str() {
            "crate" | "spinscape" => vec![Found::Module(0)],
            "self" => vec![Found::Module(module)],
            "super" => self.modules[module].parent.map(Found::Module).into_iter().collect(),
            "::" => vec![Found::Outside(vec![])],
            // What no module defines is another crate's, if it goes on.
            name => {
                let found = self.named(module, name, open);
                if found.is_empty() && name.starts_with(char::is_lowercase) {
                    vec![Found::Outside(vec![name.to_owned()])]
                } else {
                    found
                }
            }
        };
        while let Some((next, after)) = rest.split_first() {
            here = here.into_iter().flat_map(|found| self.step(found, next, open)).collect();
            rest = after;
        }
        let mut once: Vec<Found> = vec![];
        for found in here {
            if !once.contains(&found) {
                once.push(found);
            }
        }
        once
    }

    fn step(&self, from: Found, name: &str, open: &mut Open) -> Vec<Found> {
        match from {
            Found::Module(module) if name == "super" => {
                self.modules[module].parent.map(Found::Module).into_iter().collect()
            }
            Found::Module(module) => self.named(module, name, open),
            // A variant, a constant or a function of the type.
            Found::Item(file) => vec![Found::Item(file)],
            Found::Outside(mut path) => {
                path.push(name.to_owned());
                vec![Found::Outside(path)]
            }
        }
    }

    /// What a name stands for in a module; what it defines or imports by name hides what globs bring.
    fn named(&self, module: usize, name: &str, open: &mut Open) -> Vec<Found> {
        let Self { modules, .. } = self;
        let question = (module, name.to_owned());
        let asked_before = open.contains(&question);
        open.push(question);
        let found = if let Some(targets) = modules[module].names.get(name) {
            targets
                .iter()
                .flat_map(|target| match target {
                    Target::Item => vec![Found::Item(modules[module].file)],
                    Target::Module(inner) => vec![Found::Module(*inner)],
                    // As in `pub use energy::energy`, where the first is the module and no import.
                    Target::Path(_) if asked_before => vec![],
                    Target::Path(path) => self.follow(module, path, open),
                })
                .collect()
        } else if asked_before {
            vec![]
        } else {
            let globs = modules[module].globs.iter();
            let origins: Vec<Found> = globs.flat_map(|glob| self.follow(module, glob, open)).collect();
            origins
                .into_iter()
                .flat_map(|found| match found {
                    Found::Module(inner) => self.named(inner, name, open),
                    // The variants of an enum: the import itself has named it.
                    Found::Item(_) | Found::Outside(_) => vec![],
                })
                .collect()
        };
        open.pop();
        found
    }
}
