//! The text tables: complete, used, and drawable.

use std::{collections::BTreeSet, fs, path::Path};

use spinscape::text::{Language, ONE, RETOLD, Texts};

/// The source of the library, without its tests.
fn source(folder: &Path, found: &mut String) {
    for entry in fs::read_dir(folder).expect("the source is here") {
        let path = entry.expect("readable").path();
        if path.is_dir() {
            source(&path, found);
        } else if path.extension().is_some_and(|end| end == "rs") {
            found.push_str(&fs::read_to_string(&path).expect("text"));
        }
    }
}

fn whole_source() -> String {
    let mut found = String::new();
    source(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut found);
    found
}

fn placeholders(text: &str) -> BTreeSet<String> {
    let plain = text.replace("_{", "(");
    let mut found = BTreeSet::new();
    let mut rest = plain.as_str();
    while let Some((_, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}').expect("a placeholder ends");
        found.insert(name.to_owned());
        rest = after;
    }
    found
}

#[test]
fn both_languages_have_the_same_keys_with_the_same_placeholders() {
    let (english, chinese) = (Language::English.table(), Language::Chinese.table());
    let keys = |table: &std::collections::HashMap<String, String>| table.keys().cloned().collect::<BTreeSet<_>>();
    // Chinese has no plural, so it says the same of one.
    let several = |table| keys(table).into_iter().filter(|key| !key.ends_with(ONE)).collect::<BTreeSet<_>>();
    assert_eq!(several(english), keys(chinese));
    for (key, text) in english {
        if let Some(several) = key.strip_suffix(ONE) {
            assert!(placeholders(text).is_subset(&placeholders(&english[several])), "{key}");
            continue;
        }
        assert!(!text.trim().is_empty() && !chinese[key].trim().is_empty(), "{key} is empty");
        assert_eq!(placeholders(text), placeholders(&chinese[key]), "{key}");
    }
}

#[test]
fn every_key_is_used_and_every_used_key_exists() {
    let source = whole_source();
    for key in Language::English.table().keys() {
        // What is told in other words is used where the first words are.
        let used = key.strip_prefix(RETOLD).unwrap_or(key);
        let used = used.strip_suffix(ONE).unwrap_or(used);
        assert!(source.contains(&format!("\"{used}\"")), "{key} is never used");
        assert!(Language::English.table().contains_key(used), "{key} retells nothing");
    }
    // Keys are looked up by get and fill; both show a missing key as itself.
    for call in [".get(\"", ".fill(\"", ".plural(\""] {
        for (_, after) in source
            .match_indices(call)
            .map(|(at, _)| source[at + call.len()..].split_once('"').expect("a string ends"))
            .map(|(key, rest)| (rest, key))
        {
            if after == "version" {
                continue; // A field of the settings file.
            }
            assert!(Language::English.table().contains_key(after), "{after} is not in the tables");
        }
    }
}

#[test]
fn chinese_marks_do_not_leak_into_english() {
    for (key, text) in Language::English.table() {
        // The language's own button is named in the other language, so that it can be found.
        if key != "language.tip" {
            assert!(
                text.chars()
                    .all(|c| !('\u{3000}'..='\u{9fff}').contains(&c) && !('\u{ff00}'..='\u{ffef}').contains(&c)),
                "{key}"
            );
        }
    }
}

#[test]
fn every_character_is_in_the_bundled_fonts() {
    let faces = [spinscape::widgets::fonts::REGULAR, spinscape::widgets::fonts::BOLD];
    for data in faces {
        let face = ttf_parser::Face::parse(data, 0).expect("a font");
        for language in Language::ALL {
            for (key, text) in language.table() {
                for character in text.chars().filter(|c| !c.is_control()) {
                    assert!(face.glyph_index(character).is_some(), "{key}: {character:?} has no glyph");
                }
            }
        }
        for character in "0123456789+−×·…→←↑↓≥<⟨⟩ΔσβχξμTmeh|".chars().filter(|c| !"⟨⟩".contains(*c))
        {
            assert!(face.glyph_index(character).is_some(), "{character:?} has no glyph");
        }
    }
}

#[test]
fn the_first_language_is_that_of_the_locale() {
    for (locale, language) in [
        ("zh-Hans-CN", Language::Chinese),
        ("zh_CN.UTF-8", Language::Chinese),
        ("en-GB", Language::English),
        ("de_DE", Language::English),
        ("C", Language::English),
    ] {
        assert_eq!(Language::for_locale(locale), language, "{locale}");
    }
}

#[test]
fn placeholders_are_filled() {
    let text = Texts::new(Language::English).fill("notice.picture", &[("file", "ising-001.png")]);
    assert_eq!(text, "Picture saved: ising-001.png");
}

#[test]
fn one_thing_is_not_spoken_of_as_several() {
    let said = |language: Language, count: usize| {
        Texts::new(language).plural("hopfield.notice.imported", count, &[("count", &count.to_string())])
    };
    assert_eq!(said(Language::English, 1), "1 picture on the shelf.");
    assert_eq!(said(Language::English, 2), "2 pictures on the shelf.");
    assert_eq!(said(Language::Chinese, 1).replace('1', "2"), said(Language::Chinese, 2));
    let voters = Texts::new(Language::English).retold(true);
    assert_eq!(voters.plural("ising.brush.release", 1, &[("count", "1")]), "Let 1 firm voter change");
}

#[test]
fn who_is_told_of_voters_meets_no_spins() {
    // What has no counterpart among voters, or names what physicists call so.
    let physics = [
        "ising.title",
        "ising.edges.others.tip",
        "ising.status.staggered.tip",
        "ising.scene.glass",
        "ising.chance.pm",
        "ising.chance.gaussian",
    ];
    let words = ["spin", "spins", "magnet", "magnets", "patch", "patches", "field", "heat", "heating", "cooling"];
    for language in [Language::English, Language::Chinese] {
        let table = language.table();
        let speaks_of_spins = |text: &str| match language {
            Language::English => text
                .split(|c: char| !c.is_alphabetic())
                .any(|word| words.contains(&word.to_lowercase().as_str()) && word != "Heat"),
            Language::Chinese => ["自旋", "磁体", "磁场", "集团"].iter().any(|word| text.contains(word)),
        };
        for (key, text) in table.iter().filter(|(key, _)| key.starts_with("ising.") && !physics.contains(&key.as_str()))
        {
            let told = table.get(&format!("{RETOLD}{key}")).unwrap_or(text);
            // Glasses, replicas and what is solved are told as they are on the page of other lattices.
            let is_told_as_it_is =
                ["ising.about.", "ising.lowest", "ising.ladder."].iter().any(|part| key.starts_with(part));
            assert!(is_told_as_it_is || !speaks_of_spins(told), "{key} in {language:?}: {told}");
        }
    }
}
