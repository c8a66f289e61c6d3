//! Small questions to a piece of syntax.

use std::collections::HashSet;

use syn::{
    Attribute, Item, UseTree,
    buffer::Cursor,
    visit::{self, Visit},
};

/// What an import is called where it is imported.
pub enum Leaf {
    /// By this name.
    Name(String),
    /// `as _`: a trait for its methods only.
    Nameless,
    /// `*`: by all names there.
    Everything,
}

/// Collects what a `use` imports: each a path and what it is called.
pub fn leaves_of(tree: &UseTree, mut above: Vec<String>, leaves: &mut Vec<(Vec<String>, Leaf)>) {
    match tree {
        UseTree::Path(path) => {
            above.push(path.ident.to_string());
            leaves_of(&path.tree, above, leaves);
        }
        UseTree::Name(name) => {
            let name = name.ident.to_string();
            if name != "self" {
                above.push(name);
            }
            let name = above.last().cloned().unwrap_or_default();
            leaves.push((above, Leaf::Name(name)));
        }
        UseTree::Rename(rename) => {
            let name = rename.ident.to_string();
            if name != "self" {
                above.push(name);
            }
            let new = rename.rename.to_string();
            leaves.push((above, if new == "_" { Leaf::Nameless } else { Leaf::Name(new) }));
        }
        UseTree::Glob(_) => leaves.push((above, Leaf::Everything)),
        UseTree::Group(group) => {
            for tree in &group.items {
                leaves_of(tree, above.clone(), leaves);
            }
        }
    }
}

/// Its attributes, and the name that it defines beside modules and imports.
pub fn head(item: &Item) -> (&[Attribute], Option<String>) {
    let (attributes, name) = match item {
        Item::Const(item) => (&item.attrs, Some(&item.ident)),
        Item::Enum(item) => (&item.attrs, Some(&item.ident)),
        Item::Fn(item) => (&item.attrs, Some(&item.sig.ident)),
        Item::Static(item) => (&item.attrs, Some(&item.ident)),
        Item::Struct(item) => (&item.attrs, Some(&item.ident)),
        Item::Trait(item) => (&item.attrs, Some(&item.ident)),
        Item::Type(item) => (&item.attrs, Some(&item.ident)),
        Item::Union(item) => (&item.attrs, Some(&item.ident)),
        Item::Macro(item) => (&item.attrs, item.ident.as_ref()),
        Item::Impl(item) => (&item.attrs, None),
        Item::Mod(item) => (&item.attrs, None),
        Item::Use(item) => (&item.attrs, None),
        _ => return (&[], None),
    };
    (attributes, name.map(ToString::to_string))
}

/// Whether it stands under `#[test]` or a `#[cfg]` that asks for tests.
pub fn is_for_tests(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        let path = attribute.path();
        let mut tests = path.is_ident("test");
        if path.is_ident("cfg") {
            // What cannot be read as a list of paths, such as `feature = "…"`, asks for no test.
            let _ = attribute.parse_nested_meta(|meta| {
                tests |= meta.path.is_ident("test");
                if meta.path.is_ident("all") {
                    return meta.parse_nested_meta(|part| {
                        tests |= part.path.is_ident("test");
                        Ok(())
                    });
                }
                Ok(())
            });
        }
        tests
    })
}

/// The trait that an `impl` block implements.
pub fn implemented(item: &syn::ItemImpl) -> Option<&syn::Path> {
    item.trait_.as_ref().map(|(path, _)| path)
}

/// What stands behind `::`, if that is what comes next.
pub fn after_colons(at: Cursor<'_>) -> Option<Cursor<'_>> {
    let (first, rest) = at.punct()?;
    let (second, rest) = rest.punct()?;
    (first.as_char() == ':' && second.as_char() == ':').then_some(rest)
}

/// The variables that are bound in what `read` reads.
pub fn bound_by(read: impl FnOnce(&mut Bindings)) -> HashSet<String> {
    let mut all = Bindings(HashSet::new());
    read(&mut all);
    all.0
}

/// Collects variables: names in patterns that begin small.
pub struct Bindings(HashSet<String>);

impl<'ast> Visit<'ast> for Bindings {
    fn visit_pat_ident(&mut self, pattern: &'ast syn::PatIdent) {
        let name = pattern.ident.to_string();
        if !name.starts_with(char::is_uppercase) {
            self.0.insert(name);
        }
        visit::visit_pat_ident(self, pattern);
    }
}
