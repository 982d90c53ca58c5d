//! The project's own source files, as text.

use std::fs;
use std::path::{Path, PathBuf};

/// What builds leave in a folder.
const BUILT: [&str; 3] = ["target", "build", "Generated"];

/// The top of the repository.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("a repository").to_owned()
}

/// Path, relative to the root, and text of every file in these folders that ends in one of these ways, sorted. What builds leave
/// there isn't the project's, and links lead to what is listed elsewhere.
///
/// # Panics
/// If there is none.
pub fn sources(folders: &[&str], ends: &[&str]) -> Vec<(String, String)> {
    fn collect(folder: &Path, ends: &[&str], files: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            let name = path.file_name().and_then(|name| name.to_str()).expect("a name in UTF-8");
            if path.is_symlink() || name.starts_with('.') {
                continue;
            }
            if path.is_dir() && !BUILT.contains(&name) {
                collect(&path, ends, files);
            } else if path.is_file() && ends.iter().any(|end| name.ends_with(&format!(".{end}"))) {
                files.push(path);
            }
        }
    }
    let root = root();
    let mut files = Vec::new();
    folders.iter().for_each(|folder| collect(&root.join(folder), ends, &mut files));
    files.sort();
    assert!(!files.is_empty());
    let relative =
        |path: &Path| path.strip_prefix(&root).expect("a file here").display().to_string().replace('\\', "/");
    files.iter().map(|path| (relative(path), fs::read_to_string(path).expect("text"))).collect()
}
