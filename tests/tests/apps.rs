//! What the phone apps promise of their own code: one room knows the library, and every word is a resource in both languages.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use kinweave_tests::word_lint::Avoided;

const ANDROID: &str = "android-demo/app/src/main";

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

/// Path, relative to the app's package, and text of each of its Kotlin files.
fn kotlin() -> Vec<(String, String)> {
    fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() { collect(&path, files) } else { files.push(path) }
        }
    }
    let package = root().join(ANDROID).join("kotlin/org/kinweave/demo");
    let mut files = Vec::new();
    collect(&package, &mut files);
    files.sort();
    let relative = |path: &Path| path.strip_prefix(&package).unwrap().to_str().unwrap().to_owned();
    files.iter().map(|path| (relative(path), fs::read_to_string(path).unwrap())).collect()
}

/// The texts of a language, by name.
fn strings(folder: &str) -> BTreeMap<String, String> {
    let text = fs::read_to_string(root().join(ANDROID).join("res").join(folder).join("strings.xml")).unwrap();
    let texts = text.split("<string name=\"").skip(1).map(|rest| {
        let (name, rest) = rest.split_once("\">").unwrap();
        (name.to_owned(), rest.split_once("</string>").unwrap().0.to_owned())
    });
    texts.collect()
}

#[test]
fn the_library_is_known_in_two_rooms_of_the_android_app() {
    let imports = |text: &str| {
        text.lines()
            .any(|line| line.starts_with("import org.kinweave.") && !line.starts_with("import org.kinweave.demo."))
    };
    let files = kotlin();
    let knowing: Vec<_> = files.iter().filter(|(_, text)| imports(text)).map(|(path, _)| &path[..]).collect();
    assert!(knowing.contains(&"family/core/CoreFamily.kt"));
    let others: Vec<_> = knowing
        .into_iter()
        .filter(|path| !path.starts_with("family/core/") && !path.starts_with("platform/"))
        .collect();
    assert_eq!(others, [] as [&str; 0]);
}

#[test]
fn every_text_is_there_in_both_languages_with_the_same_gaps() {
    let (english, spanish) = (strings("values"), strings("values-es"));
    assert!(english.len() > 100);
    assert_eq!(english.keys().collect::<Vec<_>>(), spanish.keys().collect::<Vec<_>>());
    for (name, text) in &english {
        for gap in ["%1$s", "%2$s", "%3$s"] {
            assert_eq!(text.contains(gap), spanish[name].contains(gap), "{name}: {gap}");
        }
    }
}

#[test]
fn every_text_is_used_and_none_is_in_code() {
    let files = kotlin();
    for name in strings("values").keys() {
        let used = format!("R.string.{name}");
        let is_used = |text: &str| {
            text.match_indices(&used).any(|(at, _)| {
                !text[at + used.len()..].starts_with(|next: char| next.is_ascii_alphanumeric() || next == '_')
            })
        };
        // The launcher reads the first from the manifest.
        assert!(files.iter().any(|(_, text)| is_used(text)), "{name} is used nowhere");
    }
    let drawn =
        ["Text(\"", "Body(\"", "Headline(\"", "Section(\"", "MainButton(\"", "OtherButton(\"", "QuietButton(\""];
    for (path, text) in &files {
        assert!(!drawn.iter().any(|call| text.contains(call)), "{path} has words of its own");
    }
}

#[test]
fn no_text_shames() {
    let languages = [("values", include_str!("../words/en.toml")), ("values-es", include_str!("../words/es.toml"))];
    for (folder, avoided) in languages {
        let avoided = Avoided::parse(avoided);
        for (name, text) in strings(folder) {
            assert_eq!(avoided.found_in(&text), [], "{folder}: {name}: {text}");
        }
    }
}
