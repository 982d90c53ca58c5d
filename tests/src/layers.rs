//! The rooms of the core and what each may import: the table of `core/ARCHITECTURE.md`, held against the text of the code.
//!
//! Every path counts, in `use` lines and in the middle of code, in tests too; comments and strings do not.

use std::fmt;

use crate::rust_text::{Token, is_name, tokens};

/// Each room and the rooms that it may import.
pub const ROOMS: &[(&str, &[&str])] = &[
    ("model", &[]),
    ("documents", &["model"]),
    ("store", &["model"]),
    ("identity", &["model"]),
    ("views", &["model"]),
    ("channel", &["model"]),
    ("records", &["model", "documents", "store", "identity"]),
    ("sync", &["model"]),
    ("app", &["model", "documents", "store", "identity", "views", "channel", "records", "sync"]),
];

/// Crates that have a home, and the rooms or the file of `core/src` that are it.
pub const HOMES: &[(&str, &[&str])] = &[
    ("argon2", &[]),
    ("automerge", &["documents"]),
    ("blake2", &["model"]),
    ("ed25519_dalek", &["identity"]),
    ("getrandom", &["app/system.rs"]),
    ("if_addrs", &["app/mdns.rs"]),
    ("jiff", &["model/zone.rs"]),
    ("mdns_sd", &["app/mdns.rs"]),
    ("rusqlite", &["store"]),
    ("snow", &["channel"]),
    ("socket2", &["app/tcp.rs"]),
    ("toml", &["views"]),
    ("uniffi", &["lib.rs", "model", "identity", "views", "app"]),
    ("x25519_dalek", &["channel"]),
    ("zeroize", &["identity", "channel", "app/key_store.rs"]),
    ("zstd", &["sync"]),
];

/// An import that the table does not allow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// The file, relative to `core/src`.
    pub path: String,
    /// The line of the import, from 1.
    pub line: usize,
    /// The import, written out from the crate's root.
    pub import: String,
    /// What the table says instead.
    pub rule: String,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "core/src/{}:{}: {}: {}", self.path, self.line, self.import, self.rule)
    }
}

/// What the files, given as path relative to `core/src` and text, import against the table.
pub fn violations<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Vec<Violation> {
    files.into_iter().flat_map(|(path, text)| file_violations(path, text)).collect()
}

fn file_violations(path: &str, text: &str) -> Vec<Violation> {
    let module = module_of(path);
    let room = module.first().map(String::as_str);
    let violation = |line, import: String, rule| Violation { path: path.to_owned(), line, import, rule };
    // `lib.rs` is in no room and names them all.
    let allowed = match room.map(|room| ROOMS.iter().find(|(name, _)| *name == room)) {
        None => None,
        Some(Some((_, allowed))) => Some(*allowed),
        Some(None) => return vec![violation(1, path.to_owned(), "a room that is not in the table".to_owned())],
    };
    let mut found = Vec::new();
    for mention in mentions(module.clone(), text) {
        let import = mention.path.join("::");
        let rule = match mention.path.first().map(String::as_str) {
            Some("crate") => allowed.and_then(|allowed| room_rule(room?, allowed, mention.path.get(1))),
            Some(name) => home_rule(path, name),
            None => None,
        };
        found.extend(rule.map(|rule| violation(mention.line, import, rule)));
    }
    found
}

fn room_rule(room: &str, allowed: &[&str], target: Option<&String>) -> Option<String> {
    let target = target.map(String::as_str);
    if target.is_some_and(|target| target == room || allowed.contains(&target)) {
        return None;
    }
    Some(match target.filter(|target| ROOMS.iter().any(|(name, _)| name == target)) {
        None => format!("`{room}` goes through the root of the crate; it has to name the room it means"),
        Some(target) if allowed.is_empty() => format!("`{room}` may import no room, and `{target}` is one"),
        Some(target) => format!("`{room}` may import {}, not `{target}`", allowed.join(", ")),
    })
}

fn home_rule(path: &str, name: &str) -> Option<String> {
    let (_, homes) = HOMES.iter().find(|(crate_name, _)| *crate_name == name)?;
    let at_home = homes
        .iter()
        .any(|home| path.strip_prefix(home).is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '.'])));
    if at_home {
        return None;
    }
    Some(if homes.is_empty() {
        format!("`{name}` has no home in the core")
    } else {
        format!("`{name}` may be used in {} only", homes.join(" and "))
    })
}

/// `views/card.rs` is module `views::card`; `views/mod.rs` is `views`; `lib.rs` is the root.
fn module_of(path: &str) -> Vec<String> {
    let mut names: Vec<_> = path.trim_end_matches(".rs").split('/').map(str::to_owned).collect();
    names.pop_if(|last| last == "mod" || (path == "lib.rs" && last == "lib"));
    names
}

/// A path that occurs in the code, from `crate` or from a third-party crate on.
struct Mention {
    line: usize,
    path: Vec<String>,
}

/// All paths of a file that start at `crate`, at `super` or at a name. `super` is followed out of inline modules too.
fn mentions(mut module: Vec<String>, text: &str) -> Vec<Mention> {
    let tokens = tokens(text);
    let word = |at: usize| tokens.get(at).map_or("", |token| token.text.as_str());
    let (mut found, mut inline, mut depth, mut at) = (Vec::new(), Vec::new(), 0_usize, 0);
    while at < tokens.len() {
        match word(at) {
            "{" => depth += 1,
            "}" => {
                depth = depth.saturating_sub(1);
                if inline.pop_if(|opened| *opened == depth).is_some() {
                    module.pop();
                }
            }
            "mod" if is_name(word(at + 1)) && word(at + 2) == "{" => {
                module.push(word(at + 1).to_owned());
                inline.push(depth);
                depth += 1;
                at += 2;
            }
            // `impl Trait + use<'a>` imports nothing.
            "use" if word(at + 1) != "<" => {
                at = tree(&tokens, at + 1, &[], &module, &mut found);
                continue;
            }
            "extern" if word(at + 1) == "crate" => {
                at = tree(&tokens, at + 2, &[], &module, &mut found);
                continue;
            }
            name if is_name(name) && word(at + 1) == "::" => {
                at = straight(&tokens, at, &module, &mut found);
                continue;
            }
            _ => {}
        }
        at += 1;
    }
    found
}

/// Reads the path in the middle of code that starts at `at`, and answers where it ends.
fn straight(tokens: &[Token], mut at: usize, module: &[String], found: &mut Vec<Mention>) -> usize {
    let line = tokens[at].line;
    let mut path = vec![tokens[at].text.clone()];
    while let [colons, name, ..] = &tokens[at + 1..]
        && colons.text == "::"
        && is_name(&name.text)
    {
        path.push(name.text.clone());
        at += 2;
    }
    found.push(Mention { line, path: from_root(path, module) });
    at + 1
}

/// Reads one tree of a `use` line with what stands before it, and answers where the tree ends.
fn tree(tokens: &[Token], mut at: usize, before: &[String], module: &[String], found: &mut Vec<Mention>) -> usize {
    let mut path = before.to_vec();
    let mut line = None;
    while let Some(token) = tokens.get(at) {
        match token.text.as_str() {
            "{" => {
                at += 1;
                while tokens.get(at).is_some_and(|token| !matches!(token.text.as_str(), "}" | ";")) {
                    at = tree(tokens, at, &path, module, found);
                    at += usize::from(tokens.get(at).is_some_and(|token| token.text == ","));
                }
                return at + 1;
            }
            "," | "}" | ";" => break,
            "as" => at += 1,
            "::" => {}
            name => {
                line.get_or_insert(token.line);
                path.push(name.to_owned());
            }
        }
        at += 1;
    }
    found.extend(line.map(|line| Mention { line, path: from_root(path, module) }));
    at
}

/// The same path with its `self` and `super` replaced by the module they stand for.
fn from_root(path: Vec<String>, module: &[String]) -> Vec<String> {
    let mut here = module.to_vec();
    let mut rest = path.iter().peekable();
    let mut relative = false;
    while let Some(step) = rest.next_if(|step| matches!(step.as_str(), "self" | "super")) {
        relative = true;
        if step == "super" {
            here.pop();
        }
    }
    if !relative {
        return path;
    }
    std::iter::once("crate".to_owned()).chain(here).chain(rest.cloned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn imports(path: &str, text: &str) -> Vec<(usize, String)> {
        violations([(path, text)]).into_iter().map(|violation| (violation.line, violation.import)).collect()
    }

    fn one(path: &str, text: &str) -> String {
        let found = imports(path, text);
        assert_eq!(found.len(), 1, "{text}: {found:?}");
        found[0].1.clone()
    }

    #[test]
    fn what_the_table_allows_is_no_violation() {
        assert_eq!(imports("views/card.rs", "use crate::model::Date;\nuse super::days::Day;\nuse std::fmt;"), []);
        assert_eq!(imports("records/write.rs", "use crate::{documents::Document, store::{self, Store}};"), []);
        assert_eq!(imports("app/owner.rs", "fn f() -> crate::sync::Engine { crate::views::today() }"), []);
        assert_eq!(imports("lib.rs", "pub mod model;\npub use app::Kinweave;\npub use crate::model::Date;"), []);
        assert_eq!(imports("store/open.rs", "use rusqlite::Connection;"), []);
        assert_eq!(imports("app/system.rs", "fn f() { getrandom::fill(b); }"), []);
    }

    #[test]
    fn every_form_of_import_counts() {
        assert_eq!(one("views/card.rs", "use crate::store::Store;"), "crate::store::Store");
        assert_eq!(one("views/card.rs", "pub(crate) use crate::store::*;"), "crate::store::*");
        assert_eq!(one("views/card.rs", "pub use crate::store as shop;"), "crate::store");
        assert_eq!(
            one("views/card.rs", "use crate::{model::{Date, Now}, store::{open::open}};"),
            "crate::store::open::open"
        );
        assert_eq!(one("views/card.rs", "use {crate::model::Date, crate::sync};"), "crate::sync");
        assert_eq!(one("views/card.rs", "fn f(s: &crate::store::Store) {}"), "crate::store::Store");
        assert_eq!(one("views/card.rs", "pub(in crate::store) fn f() {}"), "crate::store");
        assert_eq!(one("views/card.rs", "#[cfg(test)]\nmod tests { use crate::store::Store; }"), "crate::store::Store");
        assert_eq!(one("model/ids.rs", "use crate::views::Card;"), "crate::views::Card");
        assert_eq!(one("model/ids.rs", "fn f() -> impl T + use<'_> { crate::views::card() }"), "crate::views::card");
        assert_eq!(
            one("model/ids.rs", "macro_rules! m { ($($t:tt)*) => { use x::{$($t);*}; $crate::views::card() } }"),
            "crate::views::card"
        );
    }

    #[test]
    fn climbing_out_of_a_room_counts_as_the_import_it_is() {
        assert_eq!(one("views/card.rs", "use super::super::store::Store;"), "crate::store::Store");
        assert_eq!(one("views/mod.rs", "use super::store::Store;"), "crate::store::Store");
        assert_eq!(one("views/card.rs", "mod t { use super::super::super::sync::Engine; }"), "crate::sync::Engine");
        assert_eq!(imports("views/card.rs", "mod t { use super::super::days::Day; }\nuse super::days::Day;"), []);
        assert_eq!(one("views/card.rs", "mod t { fn f() {} }\nuse super::super::store::Store;"), "crate::store::Store");
    }

    #[test]
    fn the_root_of_the_crate_is_no_way_around_the_table() {
        assert_eq!(one("views/card.rs", "use crate::Kinweave;"), "crate::Kinweave");
        assert_eq!(one("views/card.rs", "use crate::*;"), "crate::*");
        assert_eq!(one("views/card.rs", "use crate as all;"), "crate");
        assert_eq!(one("views/card.rs", "use super::super::*;"), "crate::*");
        assert_eq!(one("cellar/mod.rs", ""), "cellar/mod.rs");
    }

    #[test]
    fn third_party_crates_stay_at_home() {
        assert_eq!(one("records/read.rs", "use automerge::AutoCommit;"), "automerge::AutoCommit");
        assert_eq!(one("records/read.rs", "use ::automerge as a;"), "automerge");
        assert_eq!(one("records/read.rs", "extern crate automerge;"), "automerge");
        assert_eq!(one("records/read.rs", "fn f() { ::rusqlite::Connection::open(p) }"), "rusqlite::Connection::open");
        assert_eq!(one("store/rows.rs", "#[derive(uniffi::Record)] struct S;"), "uniffi::Record");
        assert_eq!(one("app/owner.rs", "fn f() { getrandom::fill(b); }"), "getrandom::fill");
        assert_eq!(one("lib.rs", "pub use zeroize::Zeroize;"), "zeroize::Zeroize");
    }

    #[test]
    fn comments_do_not_count_and_lines_are_right() {
        let text = "//! crate::store\n/* use crate::store::Store; */\n/// [`x`](crate::store)\nuse crate::{\n    model::Date,\n    store::Store,\n};";
        assert_eq!(imports("views/card.rs", text), [(6, "crate::store::Store".to_owned())]);
    }

    #[test]
    fn a_violation_reads_like_a_compiler_error() {
        let found = violations([("views/card.rs", "\nuse crate::store::Store;")]);
        assert_eq!(
            found[0].to_string(),
            "core/src/views/card.rs:2: crate::store::Store: `views` may import model, not `store`"
        );
    }
}
