//! What `--version` says: this program's version, and those of the parts that matter to whoever reads a report.

use kinweave_core::app::Parts;

/// The lock file that this program was built with.
const LOCK: &str = include_str!("../../../Cargo.lock");
/// Parts that read what others send, or keep secrets.
const NAMED: [&str; 6] = ["automerge", "ed25519-dalek", "mdns-sd", "rusqlite", "snow", "zstd"];

/// A line each.
pub fn lines() -> String {
    let mut lines = vec![env!("CARGO_PKG_VERSION").to_owned()];
    if let Ok(Parts { rules, sqlite, sqlcipher, .. }) = Parts::of_this_build() {
        lines.extend([format!("rules {rules}"), format!("SQLite {sqlite}"), format!("SQLCipher {sqlcipher}")]);
    }
    lines.extend(NAMED.iter().filter_map(|name| Some(format!("{name} {}", locked(name)?))));
    lines.join("\n")
}

/// The version of a package in the lock file.
fn locked(name: &str) -> Option<&'static str> {
    let mut lines = LOCK.lines().skip_while(|line| line.strip_prefix("name = ") != Some(&format!("\"{name}\"")));
    lines.nth(1)?.strip_prefix("version = \"")?.strip_suffix('"')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_is_named_with_its_version() {
        let lines = lines();
        for part in ["rules ", "SQLite 3.", "SQLCipher 4."].into_iter().chain(NAMED) {
            let line = lines.lines().find(|line| line.starts_with(part)).unwrap_or_else(|| panic!("{part} in {lines}"));
            assert!(line.ends_with(|last: char| last.is_ascii_digit() || last.is_alphabetic()), "{line}");
        }
        assert_eq!(locked("no-such-package"), None);
    }
}
