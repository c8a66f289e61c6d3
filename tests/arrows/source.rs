//! The source as modules: what each file defines, what it imports, and what it names.
//!
//! The files are parsed, so prose, texts and method calls are not mistaken for paths. Two things are not read: what stands
//! under `#[cfg(test)]`, and the `pub use` lines of a `mod.rs` as a need of its own (they still say where a name leads).

use std::collections::{BTreeSet, HashMap, HashSet};

use syn::{
    Item,
    buffer::{Cursor, TokenBuffer},
    visit::{self, Visit},
};

use crate::syntax::{Leaf, after_colons, bound_by, head, implemented, is_for_tests, leaves_of};

/// What a name of a module stands for.
pub enum Target {
    /// An item that this module's file defines.
    Item,
    /// The module of this number.
    Module(usize),
    /// A path, seen from this module: an import or a re-export.
    Path(Vec<String>),
}

/// A module: a file, or a `mod` with a body inside of one.
pub struct Module {
    /// The module around it; none for the roots.
    pub parent: Option<usize>,
    /// The number of its file.
    pub file: usize,
    /// Its names. One name can stand for a module and an item at once.
    pub names: HashMap<String, Vec<Target>>,
    /// Where it imports everything from.
    pub globs: Vec<Vec<String>>,
}

/// A path as it stands in a module; `::` is the first segment of one that begins outside.
pub struct Mention {
    /// The module in which it stands.
    pub module: usize,
    /// Its segments.
    pub path: Vec<String>,
}

/// All files, with their modules.
pub struct Source {
    /// Paths below `src`, with `/`.
    pub files: Vec<String>,
    /// The modules; the first is the library's root.
    pub modules: Vec<Module>,
    /// All that is named, anywhere.
    pub mentions: Vec<Mention>,
    /// The numbers of the files that hold tests only.
    pub tests: BTreeSet<usize>,
    /// For each file, the traits that it implements, by their paths.
    pub implemented: Vec<Mention>,
}

impl Source {
    /// Reads files, each a path below `src` and its text. The first must be `lib.rs`.
    pub fn read(texts: &[(String, String)]) -> Self {
        assert_eq!(texts[0].0, "lib.rs", "the library's root comes first");
        let mut source =
            Self { files: vec![], modules: vec![], mentions: vec![], tests: BTreeSet::new(), implemented: vec![] };
        let mut numbers = HashMap::new();
        for (number, (file, _)) in texts.iter().enumerate() {
            source.files.push(file.clone());
            numbers.insert(module_path(file), number);
            source.modules.push(Module { parent: None, file: number, names: HashMap::new(), globs: vec![] });
        }
        for (path, &number) in &numbers {
            if let Some((_, around)) = path.split_last() {
                source.modules[number].parent = numbers.get(around).copied();
            }
        }
        for (number, (file, text)) in texts.iter().enumerate() {
            let parsed = syn::parse_file(text).unwrap_or_else(|error| panic!("{file}: {error}"));
            let path = module_path(file);
            let children = numbers
                .iter()
                .filter(|(child, _)| child.split_last().is_some_and(|(_, around)| *around == path))
                .map(|(child, &number)| (child[child.len() - 1].clone(), number))
                .collect();
            let re_exports = file == "lib.rs" || file.ends_with("/mod.rs");
            let mut reader =
                Reader { source: &mut source, module: number, children, re_exports, depth: 0, bindings: vec![] };
            reader.visit_file(&parsed);
        }
        source.leave_out_tests();
        source
    }

    /// A module that only tests see takes those below it along.
    fn leave_out_tests(&mut self) {
        let files = self.files.len();
        for number in 0..files {
            let mut above = Some(number);
            while let Some(module) = above {
                if self.tests.contains(&module) {
                    self.tests.insert(number);
                }
                above = self.modules[module].parent;
            }
        }
    }
}

/// The path of the module that a file is.
fn module_path(file: &str) -> Vec<String> {
    let path = file.trim_end_matches(".rs");
    let path = path.strip_suffix("/mod").unwrap_or(path);
    if path == "lib" { vec![] } else { path.split('/').map(str::to_owned).collect() }
}

struct Reader<'a> {
    source: &'a mut Source,
    module: usize,
    /// The files that are modules of this one.
    children: HashMap<String, usize>,
    /// Whether `pub use` only leads on: in a `mod.rs`.
    re_exports: bool,
    /// How many functions are around: what is defined in one is no name of the module.
    depth: usize,
    /// What the functions around bind, so that a variable is not mistaken for an item.
    bindings: Vec<HashSet<String>>,
}

impl Reader<'_> {
    fn mention(&mut self, path: Vec<String>) {
        let variable = path.len() == 1 && self.bindings.iter().any(|bound| bound.contains(&path[0]));
        if !variable {
            self.source.mentions.push(Mention { module: self.module, path });
        }
    }

    fn define(&mut self, name: String, target: Target) {
        self.source.modules[self.module].names.entry(name).or_default().push(target);
    }

    fn imports(&mut self, item: &syn::ItemUse) {
        let start = if item.leading_colon.is_some() { vec!["::".to_owned()] } else { vec![] };
        let mut leaves = vec![];
        leaves_of(&item.tree, start, &mut leaves);
        let leads_on = self.re_exports && !matches!(item.vis, syn::Visibility::Inherited);
        for (path, name) in leaves {
            if !leads_on {
                self.source.mentions.push(Mention { module: self.module, path: path.clone() });
            }
            match name {
                Leaf::Everything => self.source.modules[self.module].globs.push(path),
                Leaf::Name(name) => self.define(name, Target::Path(path)),
                Leaf::Nameless => {}
            }
        }
    }

    fn module(&mut self, item: &syn::ItemMod) {
        let name = item.ident.to_string();
        let Some((_, items)) = &item.content else {
            if let Some(&child) = self.children.get(&name) {
                self.define(name, Target::Module(child));
            }
            return;
        };
        let inner = self.source.modules.len();
        let file = self.source.modules[self.module].file;
        let module = Module { parent: Some(self.module), file, names: HashMap::new(), globs: vec![] };
        self.source.modules.push(module);
        self.define(name, Target::Module(inner));
        let around = std::mem::replace(&mut self.module, inner);
        for item in items {
            self.visit_item(item);
        }
        self.module = around;
    }

    /// Reads the paths among the tokens of a macro; `texts` are read too where they are paths, as in serde's attributes.
    fn tokens(&mut self, mut at: Cursor<'_>, texts: bool) {
        let mut dots = 0;
        while !at.eof() {
            if let Some((first, mut rest)) = at.ident() {
                let mut path = vec![first.to_string()];
                while let Some((next, after)) = after_colons(rest).and_then(Cursor::ident) {
                    path.push(next.to_string());
                    rest = after;
                }
                // After one dot it is a field or a method; after two a range ends.
                if dots != 1 {
                    self.mention(path);
                }
                at = rest;
            } else if let Some((inside, _, _, rest)) = at.any_group() {
                self.tokens(inside, texts);
                at = rest;
            } else if let Some((punct, rest)) = at.punct() {
                dots = if punct.as_char() == '.' { dots + 1 } else { 0 };
                at = rest;
                continue;
            } else if let Some((literal, rest)) = at.literal() {
                let path = literal.to_string();
                if texts && let Ok(path) = syn::parse_str::<syn::Path>(path.trim_matches('"')) {
                    self.visit_path(&path);
                }
                at = rest;
            } else {
                at = at.token_tree().map_or_else(Cursor::empty, |(_, rest)| rest);
            }
            dots = 0;
        }
    }

    fn within(&mut self, bound: HashSet<String>, read: impl FnOnce(&mut Self)) {
        self.bindings.push(bound);
        self.depth += 1;
        read(self);
        self.depth -= 1;
        self.bindings.pop();
    }
}

impl<'ast> Visit<'ast> for Reader<'_> {
    fn visit_item(&mut self, item: &'ast Item) {
        let (attributes, name) = head(item);
        if is_for_tests(attributes) {
            if let Item::Mod(module) = item
                && let Some(&child) = self.children.get(&module.ident.to_string())
            {
                self.source.tests.insert(child);
            }
            return;
        }
        if let Some(name) = name
            && self.depth == 0
        {
            self.define(name, Target::Item);
        }
        match item {
            Item::Use(item) => self.imports(item),
            Item::Mod(item) => self.module(item),
            _ => visit::visit_item(self, item),
        }
    }

    fn visit_item_impl(&mut self, item: &'ast syn::ItemImpl) {
        if let Some(implemented) = implemented(item) {
            let path = implemented.segments.iter().map(|segment| segment.ident.to_string()).collect();
            self.source.implemented.push(Mention { module: self.module, path });
        }
        visit::visit_item_impl(self, item);
    }

    fn visit_item_fn(&mut self, item: &'ast syn::ItemFn) {
        let bound = bound_by(|all| all.visit_item_fn(item));
        self.within(bound, |reader| visit::visit_item_fn(reader, item));
    }

    fn visit_impl_item_fn(&mut self, item: &'ast syn::ImplItemFn) {
        if !is_for_tests(&item.attrs) {
            let bound = bound_by(|all| all.visit_impl_item_fn(item));
            self.within(bound, |reader| visit::visit_impl_item_fn(reader, item));
        }
    }

    fn visit_trait_item_fn(&mut self, item: &'ast syn::TraitItemFn) {
        let bound = bound_by(|all| all.visit_trait_item_fn(item));
        self.within(bound, |reader| visit::visit_trait_item_fn(reader, item));
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let outside = path.leading_colon.as_ref().map(|_| "::".to_owned());
        let segments = path.segments.iter().map(|segment| segment.ident.to_string());
        self.mention(outside.into_iter().chain(segments).collect());
        visit::visit_path(self, path);
    }

    fn visit_pat_ident(&mut self, pattern: &'ast syn::PatIdent) {
        // A constant or a variant; small letters bind a variable.
        let name = pattern.ident.to_string();
        if name.starts_with(char::is_uppercase) {
            self.mention(vec![name]);
        }
        visit::visit_pat_ident(self, pattern);
    }

    fn visit_macro(&mut self, call: &'ast syn::Macro) {
        self.visit_path(&call.path);
        self.tokens(TokenBuffer::new2(call.tokens.clone()).begin(), false);
    }

    fn visit_meta_list(&mut self, list: &'ast syn::MetaList) {
        self.tokens(TokenBuffer::new2(list.tokens.clone()).begin(), list.path.is_ident("serde"));
    }
}
