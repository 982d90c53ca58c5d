//! Makes tomorrow's core out of today's: a copy, a few edits, one more kind.
//!
//! A feature of the core would be shorter and wrong: code for tests would stand among what ships, and the leaks below must
//! not exist anywhere near a phone. An edit whose place is gone fails the build, and names it.

use std::fs;
use std::path::{Path, PathBuf};

/// File, what stands there today, and what stands there tomorrow.
const EDITS: &[(&str, &str, &str)] = &[
    // One more kind, a field more, a newer version of a kind, and the rules that say so.
    ("model/kinds/mod.rs", "kinds! {\n", "kinds! {\n    song::Song,\n"),
    (
        "model/kinds/celebration.rs",
        "    pub cost_note: Option<String>,\n",
        "    pub cost_note: Option<String>,\n    /// What to play.\n    \
         #[serde(default, skip_serializing_if = \"Option::is_none\")]\n    pub music: Option<String>,\n",
    ),
    (
        "model/kinds/celebration.rs",
        "            cost_note: None,\n",
        "            cost_note: None,\n            music: None,\n",
    ),
    (
        "model/kinds/celebration.rs",
        "            FieldSpec::words(\"cost_note\"),\n",
        "            FieldSpec::words(\"cost_note\"),\n            FieldSpec::words(\"music\"),\n",
    ),
    ("model/kinds/encouragement.rs", "        schema: 1,\n", "        schema: 2,\n"),
    ("model/op.rs", "pub const RULES: u16 = 1;", "pub const RULES: u16 = 2;"),
    // The leaks, asleep until a test springs one.
    (
        "records/author.rs",
        "        let tick = (tx.tick(&id)? + 1).min(TICK_MAX);\n",
        "        let mut tick = (tx.tick(&id)? + 1).min(TICK_MAX);\n        \
         if crate::leaks(crate::Leak::Tick) {\n            \
         for (other, _) in tx.audiences()? {\n                tick = tick.max(tx.tick(&other)? + 1);\n            }\n        }\n",
    ),
    (
        "records/write.rs",
        "            wall: self.now.wall(),\n",
        "            wall: crate::last_write(self.now.wall()),\n",
    ),
    (
        "sync/live.rs",
        "        if news.is_empty() {\n",
        "        if news.is_empty() && crate::leaks(crate::Leak::Retry) {\n            \
         self.send_digest(Scope::Sets, ledger, true);\n        }\n        if news.is_empty() {\n",
    ),
    (
        "app/system.rs",
        "                let times = drawn.entry((purpose.to_owned(), *audience, number)).or_insert(0);\n",
        "                if crate::leaks(crate::Leak::Randomness) {\n                    \
         let times = drawn.entry((String::new(), crate::records::NOWHERE, 0)).or_insert(0);\n                    \
         *times += 1;\n                    return hash(\"entropy\", &[&seed[..], &times.to_be_bytes()]);\n                }\n                \
         let times = drawn.entry((purpose.to_owned(), *audience, number)).or_insert(0);\n",
    ),
];

fn main() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let core = here.join("../../core");
    let out = PathBuf::from(std::env::var("OUT_DIR").expect("cargo names a folder")).join("core");
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-changed=kinds");
    for folder in ["src", "words"] {
        println!("cargo:rerun-if-changed={}", core.join(folder).display());
        let _ = fs::remove_dir_all(out.join(folder));
        copy(&core.join(folder), &out.join(folder));
    }
    copy(&here.join("kinds"), &out.join("src/model/kinds"));
    for (file, today, tomorrow) in EDITS {
        let path = out.join("src").join(file);
        let text = fs::read_to_string(&path).expect("a file of the core");
        assert_eq!(text.matches(today).count(), 1, "build.rs edits {file} where it says {today:?}: mend the edit");
        fs::write(&path, text.replacen(today, tomorrow, 1)).expect("a copy");
    }
    // The crate's root is included into another file, where a file's own attributes and documentation can't stand.
    let root = out.join("src/lib.rs");
    let text = fs::read_to_string(&root).expect("the root of the core");
    let lines = text.lines().filter(|line| !line.starts_with("//!") && !line.starts_with("#!["));
    fs::write(&root, lines.collect::<Vec<_>>().join("\n")).expect("a copy");
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder of the core") {
        let entry = entry.expect("its entries");
        let target = to.join(entry.file_name());
        if entry.file_type().expect("its type").is_dir() {
            copy(&entry.path(), &target);
        } else {
            // The core's own tests run with the core.
            let text = fs::read_to_string(entry.path()).expect("a text").replace("cfg(test)", "cfg(any())");
            fs::write(target, text).expect("a copy");
        }
    }
}
