//! The Boltzmann lab: machines that learn pictures in front of the class, and dream.

pub mod restricted;

use serde_json::{Value, json};

use super::kit::{Host, Lab};

/// Builds the lab of the Boltzmann machine, with its one page.
#[must_use]
pub fn lab(host: &Host) -> Lab {
    let pages: Vec<Box<dyn super::kit::Page>> = vec![Box::new(restricted::RestrictedPage::new(host))];
    Lab::new("rbm", ["rbm.title", "rbm.title.short"], pages, migrated)
}

/// Settings of the time when the lab was one page, with what is shown among what acts on the machine.
fn migrated(saved: &Value) -> Option<Value> {
    let settings = Some(&saved["settings"]).filter(|settings| !settings.is_null())?;
    let mut look = if saved["folds"].is_object() { saved["folds"].clone() } else { json!({}) };
    for key in ["own_scale", "shown_label"] {
        if let Some(value) = settings.get(key) {
            look[key] = value.clone();
        }
    }
    Some(json!({ "page": "restricted", "pages": { "restricted": { "settings": settings, "look": look } } }))
}
