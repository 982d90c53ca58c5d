//! What the phone apps promise of their own code: one room knows the library, every word is a resource in both languages, and both
//! apps say the same.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use kinweave_tests::sources::{root, sources};
use kinweave_tests::word_lint::Avoided;

const ANDROID: &str = "android-demo/app/src/main";
const IOS: &str = "ios-demo";
const LANGUAGES: [(&str, &str); 2] = [("values", "en"), ("values-es", "es")];

/// Path, relative to the folder, and text of each of its files that ends so.
fn files(folder: &str, end: &str) -> Vec<(String, String)> {
    let relative = |path: String| path[folder.len() + 1..].to_owned();
    sources(&[folder], &[end]).into_iter().map(|(path, text)| (relative(path), text)).collect()
}

fn kotlin() -> Vec<(String, String)> {
    files(&format!("{ANDROID}/kotlin/org/kinweave/demo"), "kt")
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

/// The texts of the iOS app's string catalog in a language, by name. In a gap's place is `%@` in the name, as Xcode wants it.
fn catalog(language: &str) -> BTreeMap<String, String> {
    let text = fs::read_to_string(root().join(IOS).join("App/Localizable.xcstrings")).unwrap();
    let catalog: serde_json::Value = serde_json::from_str(&text).unwrap();
    let words = |entry: &serde_json::Value| {
        let of_language = &entry["localizations"][language];
        let plain = &of_language["stringUnit"]["value"];
        let plural = &of_language["variations"]["plural"]["other"]["stringUnit"]["value"];
        plain.as_str().or(plural.as_str()).unwrap_or_default().to_owned()
    };
    catalog["strings"].as_object().unwrap().iter().map(|(name, entry)| (name.clone(), words(entry))).collect()
}

#[test]
fn the_library_is_known_in_two_rooms_of_the_ios_app() {
    let knowing: Vec<_> = files(IOS, "swift")
        .into_iter()
        .filter(|(path, text)| text.contains("import KinweaveKit") && !path.starts_with("LinuxPreview/"))
        .map(|(path, _)| path)
        .collect();
    assert!(knowing.contains(&"DemoKit/Sources/DemoCore/CoreFamily.swift".to_owned()));
    let rooms = ["DemoKit/Sources/DemoCore/", "App/Platform/"];
    let others: Vec<_> = knowing.into_iter().filter(|path| !rooms.iter().any(|room| path.starts_with(room))).collect();
    assert_eq!(others, [] as [&str; 0]);
}

#[test]
fn both_apps_say_the_same() {
    for (folder, language) in LANGUAGES {
        let android = strings(folder);
        let ios: BTreeMap<_, _> = catalog(language)
            .into_iter()
            .map(|(name, text)| (name.split(' ').next().unwrap().to_owned(), text))
            .collect();
        let mut shared = 0;
        for (name, text) in &ios {
            let Some(of_android) = android.get(name) else { continue };
            // Each platform marks a gap in its own way.
            let plain = |text: &str| text.replace("\\'", "'").replace("%@", "%1$s").replace("$@", "$s");
            assert_eq!(plain(text), plain(of_android), "{language}: {name}");
            shared += 1;
        }
        assert!(shared > 180, "only {shared} texts of {language} have one name in both apps");
    }
}

#[test]
fn every_text_of_the_ios_app_is_used_and_none_is_in_code() {
    let views = files(&format!("{IOS}/App"), "swift");
    for name in catalog("en").keys() {
        let named = name.split(' ').next().unwrap();
        let (plain, with_gaps) = (format!("\"{named}\""), format!("\"{named} \\("));
        let used = if named == name { &plain } else { &with_gaps };
        assert!(views.iter().any(|(_, text)| text.contains(used)), "{name} is used nowhere");
    }
    for language in ["en", "es"] {
        assert!(catalog(language).values().all(|text| !text.is_empty()), "a text has no {language}");
    }
    // Words in code would have a capital or a space; names have neither.
    for (path, text) in &views {
        for call in ["Text(\"", "Button(\"", "Section(\"", "Label(\"", "Quiet(\"", "navigationTitle(\""] {
            for (at, _) in text.match_indices(call) {
                let said = &text[at + call.len()..];
                let name: String = said.chars().take_while(|next| *next != '"' && *next != '\\').collect();
                let is_name = name.trim_end().chars().all(|next| next.is_ascii_lowercase() || next == '_');
                assert!(is_name, "{path} has words of its own: {name}");
            }
        }
    }
}

/// What isn't in the stand-in doesn't compile, so a table that matches it names all that the views use.
#[test]
fn the_table_of_apples_apis_is_what_the_stand_in_has_and_nothing_newer_than_ios_17() {
    let table = fs::read_to_string(root().join(IOS).join("LinuxPreview/APIS.md")).unwrap();
    let (table, _) = table.split_once("\n## ").unwrap();
    let rows = table.lines().filter(|line| line.starts_with("| `")).map(|line| {
        let cells: Vec<_> = line.split('|').map(str::trim).collect();
        assert!(cells[3].parse::<u32>().unwrap() <= 17, "{line}");
        (cells[1].trim_matches('`').to_owned(), cells[2].trim_matches('`').to_owned())
    });
    let rows: BTreeSet<_> = rows.collect();
    let mut there = BTreeSet::new();
    for (path, text) in files(&format!("{IOS}/LinuxPreview/Sources/SwiftUI"), "swift") {
        for line in text.lines() {
            let word = |after: &str| {
                let rest = &line[line.find(after)? + after.len()..];
                let name = rest.split(|next: char| !next.is_alphanumeric() && next != '_').next()?;
                (!name.starts_with('_')).then(|| name.to_owned())
            };
            let top = !line.starts_with(' ');
            let types = ["public struct ", "public enum ", "public protocol "];
            let found = if top { types.iter().find_map(|kind| word(kind)) } else { None };
            let modifier = (path == "Modifiers.swift").then(|| word("    public func ")).flatten();
            there.extend(found.or(modifier).map(|name| (name, path.clone())));
        }
    }
    assert_eq!(there, rows);
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

/// Group, artifact and version of everything a `pom.xml` depends on.
fn dependencies(pom: &str) -> Vec<[String; 3]> {
    let text = fs::read_to_string(root().join(pom)).unwrap();
    let inside = |text: &str, tag: &str| {
        let (_, rest) = text.split_once(&format!("<{tag}>"))?;
        Some(rest.split_once(&format!("</{tag}>"))?.0.to_owned())
    };
    let named = |version: String| match version.strip_prefix("${").and_then(|name| name.strip_suffix('}')) {
        Some(name) => inside(&text, name).unwrap(),
        None => version,
    };
    let all = text.split("<dependency>").skip(1);
    all.filter_map(|it| Some([inside(it, "groupId")?, inside(it, "artifactId")?, named(inside(it, "version")?)]))
        .collect()
}

#[test]
fn gradle_builds_the_android_app_of_the_same_parts_as_maven() {
    let poms = ["android-demo/app", "android-demo/androidx", "android-demo/androidx-test", "bindings/kotlin"];
    let of_maven: Vec<_> = poms.iter().flat_map(|folder| dependencies(&format!("{folder}/pom.xml"))).collect();
    for folder in ["android-demo/app", "bindings/kotlin"] {
        let gradle = fs::read_to_string(root().join(folder).join("build.gradle.kts")).unwrap();
        let named = gradle.split('"').filter_map(|quoted| {
            let parts: Vec<_> = quoted.trim_end_matches("@aar").split(':').collect();
            <[&str; 3]>::try_from(parts).ok()
        });
        let named: Vec<_> = named.collect();
        assert!(named.len() > 1, "{folder} names nothing");
        for [group, artifact, version] in named {
            // Maven names a part by its platform: `ui-android`, `annotation-jvm`.
            let same = |it: &&[String; 3]| it[0] == group && it[1].starts_with(artifact) && it[2] == version;
            assert!(of_maven.iter().find(same).is_some(), "{folder}: {group}:{artifact}:{version}");
        }
        let kotlin = fs::read_to_string(root().join(folder).join("pom.xml")).unwrap();
        let kotlin = kotlin.split_once("<kotlin.version>").unwrap().1.split_once('<').unwrap().0.to_owned();
        assert!(gradle.contains(&format!("kotlin(\"android\") version \"{kotlin}\"")), "{folder}: Kotlin {kotlin}");
    }
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
    let avoided = [include_str!("../words/en.toml"), include_str!("../words/es.toml")].map(Avoided::parse);
    for ((folder, language), avoided) in LANGUAGES.iter().zip(avoided) {
        for (name, text) in strings(folder).into_iter().chain(catalog(language)) {
            assert_eq!(avoided.found_in(&text), [], "{language}: {name}: {text}");
        }
    }
}
