//! The key of a home: from the environment, or from a file that only its owner may read.

mod change;

use std::fs::{self, OpenOptions};
use std::io::{self, IsTerminal, Write};
use std::path::Path;
use std::{env, fmt};

use argon2::{Algorithm, Argon2, Params, Version};
use kinweave_core::model::hash::hash;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::answer::Failure;
use crate::args::Global;
use crate::home;
use crate::words::say;

pub const KEY_VARIABLE: &str = "KINWEAVE_KEY";
pub use change::change_passphrase;

const PASSPHRASE_VARIABLE: &str = "KINWEAVE_PASSPHRASE";
const NEW_PASSPHRASE_VARIABLE: &str = "KINWEAVE_NEW_PASSPHRASE";
const FORMAT: u32 = 1;
const FILE_BYTES_MAX: u64 = 4_096;

/// What a new wrapping costs; what an old one cost is in its file, up to these limits.
const MEMORY_KIB: u32 = 64 * 1024;
const PASSES: u32 = 3;
const MEMORY_KIB_MAX: u32 = 1024 * 1024;
const PASSES_MAX: u32 = 64;

pub type Key = Zeroizing<[u8; 32]>;

/// A key file. Under a passphrase `key` is the key XOR 32 bytes that Argon2id makes of it: each wrapping has a salt of
/// its own, so those bytes are used once, and a key is as random as they are.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct KeyFile {
    kinweave_key: u32,
    key: String,
    /// Of the key itself: tells a wrong passphrase before any home is opened, or made, with it.
    check: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    argon2id: Option<Wrapping>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Wrapping {
    memory_kib: u32,
    passes: u32,
    salt: String,
}

impl fmt::Debug for KeyFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("KeyFile(..)")
    }
}

/// The key from the environment, else from the file; `make` writes a new file where there is none.
pub fn load(global: &Global, path: &Path, make: bool) -> Result<Key, Failure> {
    if let Ok(text) = env::var(KEY_VARIABLE) {
        let text = Zeroizing::new(text);
        return from_hex(&text).ok_or_else(|| Failure::say(3, "key_form", &[("source", KEY_VARIABLE)]));
    }
    if path.exists() {
        return if global.passphrase && make {
            Err(Failure::say(3, "passphrase_late", &[]))
        } else {
            read(path, || passphrase(PASSPHRASE_VARIABLE, false))
        };
    }
    if !make {
        return Err(Failure::say(3, "no_key", &[("path", &path.to_string_lossy())]));
    }
    let passphrase = if global.passphrase { Some(passphrase(PASSPHRASE_VARIABLE, true)?) } else { None };
    write_new(path, passphrase.as_ref().map(|text| text.as_str()))
}

fn read(path: &Path, passphrase: impl FnOnce() -> Result<Zeroizing<String>, Failure>) -> Result<Key, Failure> {
    let malformed = || Failure::say(3, "key_form", &[("source", &path.to_string_lossy())]);
    let file = read_file(path)?;
    let held = from_hex(&file.key).filter(|_| file.kinweave_key == FORMAT).ok_or_else(malformed)?;
    let key = match &file.argon2id {
        None => held,
        Some(wrapping) => xor(&held, &wrapping.stretch(&passphrase()?).ok_or_else(malformed)?),
    };
    match (check(&key) == file.check, file.argon2id.is_some()) {
        (true, _) => Ok(key),
        (false, true) => Err(Failure::say(3, "passphrase_wrong", &[])),
        (false, false) => Err(malformed()),
    }
}

fn read_file(path: &Path) -> Result<KeyFile, Failure> {
    let shown = path.to_string_lossy();
    if home::open_to_others(path) {
        return Err(Failure::say(3, "key_open_to_others", &[("path", &shown)]));
    }
    let malformed = || Failure::say(3, "key_form", &[("source", &shown)]);
    if fs::metadata(path).map_err(|_| malformed())?.len() > FILE_BYTES_MAX {
        return Err(malformed());
    }
    let text = Zeroizing::new(fs::read_to_string(path).map_err(|_| malformed())?);
    serde_json::from_str(&text).map_err(|_| malformed())
}

fn write_new(path: &Path, passphrase: Option<&str>) -> Result<Key, Failure> {
    let shown = path.to_string_lossy();
    let key = random()?;
    let text = text_of(&key, passphrase)?;
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty() && !folder.exists()) {
        home::private_directory(folder)?;
    }
    write_private(path, text.as_bytes()).map_err(|_| Failure::say(3, "key_not_written", &[("path", &shown)]))?;
    Ok(key)
}

/// The key file as it is written: under a passphrase, if there is one.
fn text_of(key: &Key, passphrase: Option<&str>) -> Result<Zeroizing<String>, Failure> {
    let (held, argon2id) = match passphrase {
        None => (key.clone(), None),
        Some(text) => {
            let wrapping = Wrapping { memory_kib: MEMORY_KIB, passes: PASSES, salt: hex(&random()?[..16]) };
            let stretched = wrapping.stretch(text).ok_or_else(|| Failure::say(1, "unreadable", &[]))?;
            (xor(key, &stretched), Some(wrapping))
        }
    };
    let file = KeyFile { kinweave_key: FORMAT, key: hex(&held[..]), check: check(key), argon2id };
    let text = serde_json::to_string_pretty(&file).map_err(|_| Failure::say(1, "unreadable", &[]))?;
    Ok(Zeroizing::new(text))
}

/// Never over a file that is there: it might be the only copy of a key. On disk before the first record is.
fn write_private(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

impl Wrapping {
    fn stretch(&self, passphrase: &str) -> Option<Key> {
        if self.memory_kib > MEMORY_KIB_MAX || self.passes > PASSES_MAX {
            return None;
        }
        let params = Params::new(self.memory_kib, self.passes, 1, Some(32)).ok()?;
        let salt = bytes_of_hex(&self.salt)?;
        let mut key = Zeroizing::new([0; 32]);
        let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
        argon2.hash_password_into(passphrase.as_bytes(), &salt, &mut key[..]).ok()?;
        Some(key)
    }
}

/// From the environment, for scripts, or typed unseen; twice where it is new.
fn passphrase(variable: &str, new: bool) -> Result<Zeroizing<String>, Failure> {
    let needed = if variable == NEW_PASSPHRASE_VARIABLE { "passphrase_new_needed" } else { "passphrase_needed" };
    let ask = |question| {
        let typed = rpassword::prompt_password(say(question, &[])).map(Zeroizing::new);
        typed.map_err(|_| Failure::say(3, needed, &[]))
    };
    let passphrase = match env::var(variable) {
        Ok(text) => Zeroizing::new(text),
        Err(_) if !io::stdin().is_terminal() => return Err(Failure::say(3, needed, &[])),
        Err(_) if new => {
            let first = ask("ask.passphrase_new")?;
            if *first != *ask("ask.passphrase_again")? {
                return Err(Failure::say(3, "passphrases_differ", &[]));
            }
            first
        }
        Err(_) => ask("ask.passphrase")?,
    };
    if passphrase.is_empty() { Err(Failure::say(3, "passphrase_empty", &[])) } else { Ok(passphrase) }
}

/// 32 random bytes from the system.
pub fn random() -> Result<Key, Failure> {
    let mut bytes = Zeroizing::new([0; 32]);
    getrandom::fill(&mut bytes[..]).map_err(|_| Failure::say(3, "no_randomness", &[]))?;
    Ok(bytes)
}

fn check(key: &Key) -> String {
    let hash: [u8; 32] = hash("terminal key check", &[&key[..]]);
    hex(&hash[..8])
}

fn xor(a: &Key, b: &Key) -> Key {
    let mut bytes = a.clone();
    bytes.iter_mut().zip(b.iter()).for_each(|(byte, other)| *byte ^= other);
    bytes
}

/// As the environment and the file hold it.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn from_hex(text: &str) -> Option<Key> {
    let bytes = Zeroizing::new(bytes_of_hex(text.trim())?);
    Some(Zeroizing::new(bytes.as_slice().try_into().ok()?))
}

fn bytes_of_hex(text: &str) -> Option<Vec<u8>> {
    let digits = text.as_bytes();
    if !digits.len().is_multiple_of(2) || !digits.iter().all(u8::is_ascii_hexdigit) {
        return None;
    }
    let pair = |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok();
    digits.chunks_exact(2).map(pair).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn never() -> Result<Zeroizing<String>, Failure> {
        Err(Failure::say(3, "passphrase_needed", &[]))
    }

    fn typed(text: &str) -> impl FnOnce() -> Result<Zeroizing<String>, Failure> {
        let text = Zeroizing::new(text.to_owned());
        move || Ok(text)
    }

    #[test]
    fn a_key_file_reads_back_and_is_never_written_over() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("keys/family.key");
        let key = write_new(&path, None).unwrap();
        assert_eq!(read(&path, never).unwrap(), key);
        assert_eq!(write_new(&path, None).unwrap_err().exit, 3);
        assert_eq!(read(&path, never).unwrap(), key);
    }

    #[test]
    fn a_passphrase_opens_its_key_and_no_other_does() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("family.key");
        let key = write_new(&path, Some("apple river stone")).unwrap();
        assert!(!fs::read_to_string(&path).unwrap().contains(&hex(&key[..])));
        assert_eq!(read(&path, typed("apple river stone")).unwrap(), key);
        let wrong = read(&path, typed("apple river")).unwrap_err();
        assert_eq!(wrong, Failure::say(3, "passphrase_wrong", &[]));
        assert_eq!(read(&path, never).unwrap_err(), Failure::say(3, "passphrase_needed", &[]));
    }

    #[cfg(unix)]
    #[test]
    fn a_key_file_is_its_owners_alone_and_refused_otherwise() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("family.key");
        write_new(&path, None).unwrap();
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
        let failure = read(&path, never).unwrap_err();
        assert!(failure.exit == 3 && failure.text.contains("chmod 600"), "{failure:?}");
    }

    #[test]
    fn what_is_no_key_is_said_to_be_none() {
        let key = random().unwrap();
        assert_eq!(from_hex(&format!("{}\n", hex(&key[..]))), Some(key));
        for text in ["", "00", &"zz".repeat(32), &"+1".repeat(32), &"ab".repeat(33)] {
            assert!(from_hex(text).is_none(), "{text}");
        }
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("odd.key");
        for text in ["", "{}", r#"{"kinweave_key":9,"key":"00","check":""}"#] {
            let _ = fs::remove_file(&path);
            write_private(&path, text.as_bytes()).unwrap();
            assert!(read(&path, never).is_err(), "{text}");
        }
        let greedy = Wrapping { memory_kib: u32::MAX, passes: 1, salt: "00".repeat(16) };
        assert!(greedy.stretch("x").is_none());
    }
}
