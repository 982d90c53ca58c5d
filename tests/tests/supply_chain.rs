//! What is built in: nothing under a licence, from a place, or of a sort that `.deny.toml` doesn't allow.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
}

fn settings() -> toml::Table {
    std::fs::read_to_string(root().join(".deny.toml")).unwrap().parse().unwrap()
}

fn list(settings: &toml::Table, section: &str, name: &str) -> BTreeSet<String> {
    let list = settings[section][name].as_array().unwrap();
    list.iter().map(|item| item.as_str().unwrap().to_owned()).collect()
}

/// Every package that `Cargo.lock` names and this machine would build, tests and tools included.
fn packages() -> Vec<Value> {
    let mut metadata = Command::new(std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned()));
    metadata.args(["metadata", "--format-version", "1", "--locked"]).current_dir(root());
    let output = metadata.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    metadata["packages"].as_array().unwrap().clone()
}

/// Whether a licence expression can be met with these licences alone. The older `A/B` means `A OR B`.
fn is_met(expression: &str, allowed: &BTreeSet<String>) -> bool {
    let expression = spdx::Expression::parse_mode(expression, spdx::ParseMode::LAX).unwrap();
    expression.evaluate(|required| {
        let name = required.license.to_string();
        allowed.contains(&name)
    })
}

#[test]
fn every_licence_is_one_that_an_app_can_be_shipped_under() {
    let allowed = list(&settings(), "licenses", "allow");
    assert!(is_met("MIT/Apache-2.0", &allowed) && is_met("(MIT OR GPL-3.0-only) AND Zlib", &allowed));
    assert!(!is_met("GPL-3.0-only", &allowed) && !is_met("MIT AND LGPL-2.1-only", &allowed));
    let packages = packages();
    assert!(packages.len() > 100);
    let licence = |package: &Value| package["license"].as_str().map(str::to_owned);
    let wrong: Vec<_> = packages
        .iter()
        .filter(|package| !licence(package).is_some_and(|licence| is_met(&licence, &allowed)))
        .map(|package| format!("{}: {:?}", package["name"], licence(package)))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn everything_comes_from_the_one_registry_and_nothing_speaks_to_a_server() {
    let settings = settings();
    let (registries, banned) = (list(&settings, "sources", "allow-registry"), list(&settings, "bans", "deny"));
    for package in packages() {
        let (name, source) = (package["name"].as_str().unwrap(), package["source"].as_str());
        let known = source.is_none_or(|source| registries.iter().any(|it| source == format!("registry+{it}")));
        assert!(known, "{name} comes from {source:?}");
        assert!(!banned.contains(name), "{name} has no place here");
    }
}
