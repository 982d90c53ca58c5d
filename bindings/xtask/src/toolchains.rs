//! Compilers of other languages: found, or set up where that is possible.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Debian's release whose Swift is used where there is none on the path.
const DEBIAN: &str = "trixie";
const SWIFT_PACKAGES: &str = "swiftlang,libc6-dev,libstdc++-14-dev,ca-certificates";

/// Debian's package of what Android's resources are compiled against.
const ANDROID_FRAMEWORK: &str = "/usr/share/android-framework-res/framework-res.apk";

/// The oldest Java that Kotlin's tests run on.
pub const JAVA_MIN: u32 = 17;

/// A Swift compiler of version 6 or later.
pub enum Swift {
    /// The one on the path.
    OnPath,
    /// One in a Debian of its own, entered for each command.
    InRoot(PathBuf),
}

impl Swift {
    /// The one that is there; none if there isn't.
    pub fn find() -> Option<Self> {
        if swift_version().is_some_and(|major| major >= 6) {
            return Some(Self::OnPath);
        }
        let root = swift_root()?;
        (root.is_dir() && is_there("bwrap")).then_some(Self::InRoot(root))
    }

    /// The one that is there, or one that is brought: on Debian and Ubuntu, as root, into a folder that later runs use too.
    pub fn find_or_set_up() -> Result<Self, String> {
        if let Some(swift) = Self::find() {
            return Ok(swift);
        }
        let root = swift_root().ok_or("no home folder to keep Swift in")?;
        install(&[("mmdebstrap", "mmdebstrap"), ("bwrap", "bubblewrap")])?;
        let new = root.with_extension("new");
        let _ = fs::remove_dir_all(&new);
        fs::create_dir_all(&new).map_err(|error| format!("{}: {error}", new.display()))?;
        println!("Swift is missing; bringing Debian's into {}", root.display());
        let include = format!("--include={SWIFT_PACKAGES}");
        let mut bring = Command::new("mmdebstrap");
        bring.args(["--variant=apt", "--mode=root", &include, DEBIAN]).arg(&new);
        succeed(&mut bring)?;
        // Whole or not at all: a run that was interrupted leaves nothing that looks like a compiler.
        fs::rename(&new, &root).map_err(|error| format!("{}: {error}", root.display()))?;
        Self::find().ok_or_else(|| "Swift was brought and doesn't run".to_owned())
    }

    /// `swift` in this folder, with these folders in sight.
    pub fn command(&self, folder: &Path, in_sight: &[&Path]) -> Command {
        let mut words = self.enter(folder, in_sight);
        words.push("swift".into());
        let mut swift = Command::new(&words[0]);
        swift.args(&words[1..]).current_dir(folder);
        swift
    }

    /// The words before a command by which it runs where the compiler is.
    pub fn enter(&self, folder: &Path, in_sight: &[&Path]) -> Vec<OsString> {
        let Self::InRoot(root) = self else { return Vec::new() };
        let mut words: Vec<OsString> = vec!["bwrap".into(), "--bind".into(), root.into(), "/".into()];
        words.extend(["--dev", "/dev", "--proc", "/proc", "--tmpfs", "/tmp"].map(OsString::from));
        for seen in in_sight {
            words.extend(["--bind".into(), seen.into(), seen.into()]);
        }
        // Whoever runs this may keep temporary files where nothing in here sees them.
        words.extend(["--setenv", "HOME", "/root", "--unsetenv", "TMPDIR"].map(OsString::from));
        words.extend(["--die-with-parent", "--chdir"].map(OsString::from));
        words.push(folder.into());
        words
    }
}

/// Maven and a JDK, brought if that is possible.
pub fn maven() -> Result<(), String> {
    install(&[("mvn", "maven"), ("javac", "default-jdk-headless")])?;
    match java_version() {
        Some(major) if major >= JAVA_MIN => Ok(()),
        found => Err(format!("Kotlin's tests need Java {JAVA_MIN} or later, and this one is {found:?}")),
    }
}

/// Android's compiler of resources and the framework that it needs, brought if that is possible.
pub fn android_resources() -> Result<(), String> {
    install(&[("aapt2", "aapt"), ("unzip", "unzip")])?;
    if Path::new(ANDROID_FRAMEWORK).exists() { Ok(()) } else { bring(&["android-framework-res"]) }
}

/// What aligns and signs an APK, brought if that is possible.
pub fn apk_tools() -> Result<(), String> {
    install(&[("zipalign", "zipalign"), ("apksigner", "apksigner"), ("unzip", "unzip")])
}

/// A browser that draws pages without a screen, brought if that is possible.
pub fn browser() -> Result<&'static str, String> {
    install(&[("chromium", "chromium")])?;
    Ok("chromium")
}

/// Whether both are there.
pub fn has_android_resources() -> bool {
    is_there("aapt2") && is_there("unzip") && Path::new(ANDROID_FRAMEWORK).exists()
}

/// Installs what is missing of these commands, by Debian's packages.
fn install(commands: &[(&str, &str)]) -> Result<(), String> {
    let missing: Vec<_> = commands.iter().filter(|(command, _)| !is_there(command)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    bring(&missing.iter().map(|(_, package)| *package).collect::<Vec<_>>())
}

/// Installs these packages of Debian's, or says that somebody should.
fn bring(packages: &[&str]) -> Result<(), String> {
    let by_hand = format!("install {}", packages.join(", "));
    if !is_there("apt-get") || !is_root() {
        return Err(by_hand);
    }
    println!("{} missing; {by_hand}", if packages.len() == 1 { "One package is" } else { "Some packages are" });
    succeed(Command::new("apt-get").args(["update", "-qq"]))?;
    let mut bring = Command::new("apt-get");
    bring.args(["install", "-y", "-qq", "--no-install-recommends"]).args(packages);
    succeed(bring.env("DEBIAN_FRONTEND", "noninteractive"))
}

/// Looked for and not run: every program has another way to be asked.
fn is_there(command: &str) -> bool {
    succeeds(&["sh", "-c", "command -v \"$0\"", command])
}

/// Whether this command is there and succeeds.
pub fn succeeds(words: &[&str]) -> bool {
    let mut probe = Command::new(words[0]);
    probe.args(&words[1..]).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    probe.status().is_ok_and(|status| status.success())
}

fn is_root() -> bool {
    output(Command::new("id").arg("-u")).is_some_and(|id| id.trim() == "0")
}

/// The major version of the Java that Maven would use.
pub fn java_version() -> Option<u32> {
    // "javac 17.0.15"; before 9 it was "javac 1.8.0".
    let text = output(Command::new("javac").arg("-version"))?;
    text.split_whitespace().nth(1)?.split('.').next()?.parse().ok()
}

fn swift_version() -> Option<u32> {
    let text = output(Command::new("swift").arg("--version"))?;
    let (_, rest) = text.split_once("Swift version ")?;
    rest.split('.').next()?.parse().ok()
}

fn swift_root() -> Option<PathBuf> {
    let home = || env::var_os("HOME").map(|home| PathBuf::from(home).join(".cache"));
    let cache = env::var_os("XDG_CACHE_HOME").filter(|cache| !cache.is_empty()).map(PathBuf::from).or_else(home)?;
    Some(cache.join("kinweave").join(format!("swift-{DEBIAN}")))
}

fn output(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).output().ok().filter(|output| output.status.success())?;
    Some(String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr))
}

fn succeed(command: &mut Command) -> Result<(), String> {
    let shown = command.get_program().to_string_lossy().into_owned();
    match command.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("{shown} ended with {status}")),
        Err(error) => Err(format!("{shown} could not start: {error}")),
    }
}
