//! The Hopfield lab: draw patterns, store them, spoil one, and watch the memory come back.

pub mod memory;

use serde_json::{Value, json};

use super::kit::{Host, Lab};

/// Builds the lab of the associative memory, with its one page.
#[must_use]
pub fn lab(host: &Host) -> Lab {
    let pages: Vec<Box<dyn super::kit::Page>> = vec![Box::new(memory::MemoryPage::new(host))];
    Lab::new("hopfield", ["hopfield.title", "hopfield.title.short"], pages, migrated)
}

/// Settings of the time when the lab was one page, with speed, pen and what is shown among what acts on the network.
fn migrated(saved: &Value) -> Option<Value> {
    if !saved["settings"].is_object() {
        return None;
    }
    let mut settings = saved["settings"].clone();
    let mut take = |keys: &[&str], from: Value| {
        let mut taken = from;
        for &key in keys {
            let value = settings.as_object_mut().and_then(|settings| settings.remove(key));
            if let (Some(value), Some(taken)) = (value, taken.as_object_mut()) {
                taken.insert(key.to_owned(), value);
            }
        }
        taken
    };
    let run = take(&["speed"], json!({}));
    let pen = take(&["tool", "brush"], json!({}));
    let folds = if saved["folds"].is_object() { saved["folds"].clone() } else { json!({}) };
    let look = take(&["zero_one"], folds);
    let page = json!({ "settings": settings, "run": run, "pen": pen, "look": look });
    Some(json!({ "page": "memory", "pages": { "memory": page } }))
}
