//! Settings from a file of another version: what fits is taken, and one unknown value loses one value.

use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Map, Value};

/// Reads `saved` over the defaults of `T`, value by value. Returns what was read, and whether all of it fitted.
#[must_use]
pub fn read<T: Default + Serialize + DeserializeOwned>(saved: &Value) -> (T, bool) {
    let Ok(mut base) = serde_json::to_value(T::default()) else { return (T::default(), false) };
    if base.is_object() && !saved.is_object() {
        // A list would be taken for the fields in their order.
        return (T::default(), false);
    }
    if let Ok(read) = serde_json::from_value(saved.clone()) {
        return (read, true);
    }
    let fits = |candidate: &Value| serde_json::from_value::<T>(candidate.clone()).is_ok();
    let whole = lay_over(&mut base, &mut Vec::new(), saved, &fits);
    (serde_json::from_value(base).unwrap_or_default(), whole)
}

/// The part of a value that is reached by these keys. A key that is missing is made.
fn at<'a>(base: &'a mut Value, path: &[String]) -> &'a mut Value {
    path.iter().fold(base, |value, key| &mut value[key.as_str()])
}

/// Puts `saved` at `path` where that fits, else as many of its parts as fit. Returns whether all of it fitted.
fn lay_over(base: &mut Value, path: &mut Vec<String>, saved: &Value, fits: &dyn Fn(&Value) -> bool) -> bool {
    let before = std::mem::replace(at(base, path), saved.clone());
    if fits(base) {
        return true;
    }
    *at(base, path) = before;
    match saved {
        Value::Object(parts) => {
            if !at(base, path).is_object() {
                let default = std::mem::replace(at(base, path), Value::Object(Map::new()));
                if !fits(base) {
                    // A choice among kinds, not a set of values: the default stays whole.
                    *at(base, path) = default;
                    return false;
                }
            }
            for (key, part) in parts {
                let was = at(base, path).get(key).cloned();
                path.push(key.clone());
                lay_over(base, path, part, fits);
                path.pop();
                if was.is_none()
                    && !fits(base)
                    && let Some(object) = at(base, path).as_object_mut()
                {
                    object.remove(key);
                }
            }
            false
        }
        Value::Array(parts) => {
            let was = std::mem::replace(at(base, path), Value::Array(Vec::new()));
            if !fits(base) {
                *at(base, path) = was;
                return false;
            }
            for part in parts {
                let Some(list) = at(base, path).as_array_mut() else { return false };
                list.push(part.clone());
                if !fits(base)
                    && let Some(list) = at(base, path).as_array_mut()
                {
                    list.pop();
                }
            }
            false
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;
    use serde_json::json;

    use super::*;

    #[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
    enum Kind {
        #[default]
        Calm,
        Wild(u8),
    }

    #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
    #[serde(default)]
    struct Inner {
        kind: Kind,
        sizes: Vec<u8>,
    }

    #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
    #[serde(default)]
    struct Outer {
        number: f64,
        limit: Option<u32>,
        inner: Inner,
    }

    #[test]
    fn one_unknown_value_loses_one_value() {
        let saved = json!({"number": 2.5, "limit": 7, "inner": {"kind": "Furious", "sizes": [1, 2, 3]}, "later": 1});
        let (read, whole) = read::<Outer>(&saved);
        assert!(!whole);
        let inner = Inner { kind: Kind::Calm, sizes: vec![1, 2, 3] };
        assert_eq!(read, Outer { number: 2.5, limit: Some(7), inner });
        let saved = json!({"number": "two", "inner": {"kind": {"Wild": 3}, "sizes": [1, "x", 300, 4]}});
        let (read, whole) = super::read::<Outer>(&saved);
        assert!(!whole);
        assert_eq!(read, Outer { number: 0.0, limit: None, inner: Inner { kind: Kind::Wild(3), sizes: vec![1, 4] } });
    }

    #[test]
    fn what_was_written_by_this_version_fits_whole() {
        let inner = Inner { kind: Kind::Wild(9), sizes: vec![5] };
        let written = Outer { number: -1.0, limit: None, inner };
        let saved = serde_json::to_value(&written).expect("plain data");
        assert_eq!(read::<Outer>(&saved), (written, true));
        assert_eq!(read::<Outer>(&json!([1, 2])), (Outer::default(), false));
    }
}
