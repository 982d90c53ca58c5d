//! Another passphrase for a key file, or none. The key stays the same, so no home has to be opened or written for it.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use serde_json::json;

use super::{Key, NEW_PASSPHRASE_VARIABLE, PASSPHRASE_VARIABLE, passphrase, read, read_file, text_of, write_private};
use crate::answer::{Answer, Failure};
use crate::args::{Global, PassphraseAction};
use crate::home;
use crate::words::say;

/// Adds, changes or removes the passphrase of the key file that belongs to the named home.
pub fn change_passphrase(global: &Global, action: PassphraseAction) -> Result<Answer, Failure> {
    let path = home::key_file(global, &home::directory(global)?)?;
    if !path.exists() {
        return Err(Failure::say(3, "no_key", &[("path", &path.to_string_lossy())]));
    }
    let had_one = read_file(&path)?.argon2id.is_some();
    if !had_one && matches!(action, PassphraseAction::Remove) {
        return Err(Failure::say(1, "no_passphrase", &[]));
    }
    let key = read(&path, || passphrase(PASSPHRASE_VARIABLE, false))?;
    let (new, done) = match action {
        PassphraseAction::Remove => (None, "removed"),
        PassphraseAction::Set => {
            let new = passphrase(NEW_PASSPHRASE_VARIABLE, true)?;
            (Some(new), if had_one { "changed" } else { "added" })
        }
    };
    replace(&path, &key, new.as_ref().map(|text| text.as_str()))?;
    let shown = path.to_string_lossy();
    Answer::new(&json!({ "passphrase": done, "key_file": shown }), say(&format!("passphrase.{done}"), &[]))
}

/// Writes the whole new file beside the old one, and lets it take the old one's place in one step: whenever the power goes,
/// the file opens with the old passphrase or with the new one. Writing into the old file would leave neither.
fn replace(path: &Path, key: &Key, passphrase: Option<&str>) -> Result<(), Failure> {
    let not_written = |_: io::Error| Failure::say(3, "key_not_written", &[("path", &path.to_string_lossy())]);
    let text = text_of(key, passphrase)?;
    let beside = beside(path);
    // Left by a process that ended before its last step: the old file is whole.
    if beside.exists() {
        fs::remove_file(&beside).map_err(not_written)?;
    }
    write_private(&beside, text.as_bytes()).map_err(not_written)?;
    fs::rename(&beside, path).map_err(not_written)?;
    // The new name is on the disk only when its directory is. Windows has no such handle, and renames safely without.
    if cfg!(unix) {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        File::open(folder).and_then(|folder| folder.sync_all()).map_err(not_written)?;
    }
    Ok(())
}

fn beside(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".new");
    path.with_file_name(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::key::write_new;
    use zeroize::Zeroizing;

    fn opens(path: &Path, passphrase: &str) -> Result<Key, Failure> {
        read(path, || Ok(Zeroizing::new(passphrase.to_owned())))
    }

    #[test]
    fn the_key_stays_and_only_the_newest_passphrase_opens_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("family.key");
        let key = write_new(&path, None).unwrap();
        replace(&path, &key, Some("apple river")).unwrap();
        assert_eq!(opens(&path, "apple river").unwrap(), key);
        replace(&path, &key, Some("stone cloud")).unwrap();
        assert!(opens(&path, "apple river").is_err());
        assert_eq!(opens(&path, "stone cloud").unwrap(), key);
        replace(&path, &key, None).unwrap();
        assert_eq!(opens(&path, "never asked").unwrap(), key);
        assert!(!beside(&path).exists());
    }

    #[test]
    fn what_a_killed_process_left_beside_the_key_does_no_harm() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("family.key");
        let key = write_new(&path, Some("apple river")).unwrap();
        fs::write(beside(&path), "half a fi").unwrap();
        assert_eq!(opens(&path, "apple river").unwrap(), key);
        replace(&path, &key, Some("stone cloud")).unwrap();
        assert_eq!(opens(&path, "stone cloud").unwrap(), key);
        assert!(!beside(&path).exists());
    }

    #[cfg(unix)]
    #[test]
    fn the_new_file_is_its_owners_alone() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("family.key");
        let key = write_new(&path, None).unwrap();
        replace(&path, &key, Some("apple river")).unwrap();
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    }
}
