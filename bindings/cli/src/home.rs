//! Where homes and keys are, and opening a home.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc;
use std::time::Duration;
use std::{env, fs, io};

use kinweave_core::app::{Error, Kinweave, System};
use kinweave_core::model::hash::hash;

use crate::answer::{Answer, Failure};
use crate::args::Global;
use crate::clock::TerminalClock;
use crate::handover::Remote;
use crate::key;
use crate::words::say;

const DEFAULT_HOME: &str = "family";

/// Another process may need the home for one command only; so long is it waited for, this often.
const BUSY_TRIES: u32 = 40;
const BUSY_WAIT: Duration = Duration::from_millis(50);

/// What was found at the home's place.
pub enum Opened {
    /// The home, ours alone.
    Here(Kinweave),
    /// Another process that has it and takes commands.
    There(Remote),
}

/// The directory of the home, absolute.
pub fn directory(global: &Global) -> Result<PathBuf, Failure> {
    let home = match &global.home {
        Some(home) => home.clone(),
        None => data_directory()?.join("homes").join(DEFAULT_HOME),
    };
    std::path::absolute(&home).map_err(|_| Failure::say(3, "home_not_made", &[("path", &home.to_string_lossy())]))
}

/// The key file: named by its option, or for this home beside all homes.
pub fn key_file(global: &Global, home: &Path) -> Result<PathBuf, Failure> {
    match &global.key_file {
        Some(path) => Ok(path.clone()),
        None => Ok(data_directory()?.join("keys").join(format!("{}.key", key_name(global.home.is_some(), home)))),
    }
}

/// Homes elsewhere may have the same last name: a bit of the whole path tells their keys apart.
fn key_name(elsewhere: bool, home: &Path) -> String {
    let name = home.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    if elsewhere { format!("{name}-{}", path_tag(home)) } else { name }
}

/// Eight hex digits that stand for a path.
pub fn path_tag(path: &Path) -> String {
    let hash: [u8; 32] = hash("terminal home", &[path.to_string_lossy().as_bytes()]);
    hash.iter().take(4).map(|byte| format!("{byte:02x}")).collect()
}

/// Opens the home, or reaches the process that has it. `make`: a home and a key may be made if there are none.
pub fn open(global: &Global, clock: &Arc<TerminalClock>, make: bool) -> Result<Opened, Failure> {
    let home = directory(global)?;
    if !make && !home.is_dir() {
        return Err(Failure::say(3, "no_home", &[("path", &home.to_string_lossy())]));
    }
    private_directory(&home)?;
    let key = key::load(global, &key_file(global, &home)?, make)?;
    let mut tries = 0;
    loop {
        match Kinweave::open(&home, &key, System::with_clock(clock.clone())) {
            Ok(kinweave) => return Ok(Opened::Here(kinweave)),
            Err(Error::Busy) => {}
            Err(error) => return Err(error.into()),
        }
        if let Some(remote) = Remote::connect(&home)? {
            return Ok(Opened::There(remote));
        }
        tries += 1;
        if tries == BUSY_TRIES {
            return Err(Error::Busy.into());
        }
        // A process that opens the home for one command serves no socket and tells nobody when it is done.
        pause(BUSY_WAIT);
    }
}

/// Takes over what can still be read of a damaged home.
pub fn salvage(global: &Global) -> Result<Answer, Failure> {
    let home = directory(global)?;
    let key = key::load(global, &key_file(global, &home)?, false)?;
    let salvaged = Kinweave::salvage(&home, &key, &System::with_clock(TerminalClock::new(global.now)))?;
    let text = match salvaged {
        Some(salvaged) => say("check.salvaged", &[("count", &salvaged.entries.to_string())]),
        None => say("check.nothing_to_salvage", &[]),
    };
    Answer::new(&salvaged, text)
}

fn pause(time: Duration) {
    let (_sender, receiver) = mpsc::channel::<()>();
    let _ = receiver.recv_timeout(time);
}

/// Makes a directory that only its owner may look into; one that is there must be so already.
pub fn private_directory(path: &Path) -> Result<(), Failure> {
    let shown = path.to_string_lossy();
    make_private(path).map_err(|_| Failure::say(3, "home_not_made", &[("path", &shown)]))?;
    if open_to_others(path) { Err(Failure::say(3, "home_open_to_others", &[("path", &shown)])) } else { Ok(()) }
}

fn make_private(path: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}

/// Whether others of this machine may read it. Elsewhere than on Unix the user's own directory is trusted.
pub fn open_to_others(path: &Path) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        fs::metadata(path).is_ok_and(|metadata| metadata.permissions().mode() & 0o077 != 0)
    }
    #[cfg(not(unix))]
    {
        let _ = path;
        false
    }
}

/// `kinweave` in the user's data directory, as each platform has it.
fn data_directory() -> Result<PathBuf, Failure> {
    let from = |name: &str| env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    let directory = if cfg!(windows) {
        from("LOCALAPPDATA")
    } else if cfg!(target_os = "macos") {
        from("HOME").map(|home| home.join("Library/Application Support"))
    } else {
        from("XDG_DATA_HOME").or_else(|| from("HOME").map(|home| home.join(".local/share")))
    };
    directory.map(|directory| directory.join("kinweave")).ok_or_else(|| Failure::say(3, "no_data_directory", &[]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_homes_of_one_name_have_two_key_files() {
        let global = Global::default();
        let [a, b] = ["/a/home", "/b/home"].map(|path| {
            let global = Global { home: Some(path.into()), ..global.clone() };
            key_name(global.home.is_some(), Path::new(path))
        });
        assert_ne!(a, b);
        assert!(a.starts_with("home-"));
        assert_eq!(key_name(false, Path::new("/a/family")), "family");
    }

    #[cfg(unix)]
    #[test]
    fn a_directory_is_made_for_its_owner_alone_and_an_open_one_is_refused() {
        use std::os::unix::fs::PermissionsExt;
        let place = tempfile::tempdir().unwrap();
        let home = place.path().join("a/b");
        private_directory(&home).unwrap();
        assert_eq!(fs::metadata(&home).unwrap().permissions().mode() & 0o777, 0o700);
        fs::set_permissions(&home, fs::Permissions::from_mode(0o755)).unwrap();
        let failure = private_directory(&home).unwrap_err();
        assert_eq!(failure.exit, 3);
        assert!(failure.text.contains("chmod 700"), "{}", failure.text);
    }
}
