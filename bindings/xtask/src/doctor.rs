//! What a machine needs to build and check Kinweave.

use std::process::Command;

use crate::package;
use crate::toolchains::{self, Swift};

/// One thing that has to be there.
struct Need {
    name: &'static str,
    for_what: &'static str,
    probe: Probe,
    how: &'static str,
}

/// How it is seen whether something is there.
enum Probe {
    /// This command succeeds.
    Command(&'static [&'static str]),
    /// This finds it.
    Look(fn() -> bool),
}

const RUSTFMT: Need = Need {
    name: "rustfmt",
    for_what: "the format check",
    probe: Probe::Command(&["cargo", "fmt", "--version"]),
    how: "rustup component add rustfmt",
};

const CLIPPY: Need = Need {
    name: "clippy",
    for_what: "the lints",
    probe: Probe::Command(&["cargo", "clippy", "--version"]),
    how: "rustup component add clippy",
};

const TOOLS: &str = "Debian, Ubuntu: sudo apt-get install gcc libc6-dev make perl · macOS: xcode-select --install";

/// What the checks need.
const NEEDS: &[Need] = &[
    RUSTFMT,
    CLIPPY,
    Need {
        name: "a C compiler",
        for_what: "SQLite, OpenSSL and zstd",
        probe: Probe::Command(&["cc", "--version"]),
        how: TOOLS,
    },
    #[cfg(target_os = "linux")]
    Need {
        name: "ip",
        for_what: "the test in which phones find each other; without it that one is not run",
        probe: Probe::Command(&["ip", "-V"]),
        how: "Debian, Ubuntu: sudo apt-get install iproute2",
    },
    Need { name: "make", for_what: "OpenSSL", probe: Probe::Command(&["make", "--version"]), how: TOOLS },
    // Some systems split perl: these are the modules that OpenSSL's configuration loads.
    Need {
        name: "perl",
        for_what: "OpenSSL",
        probe: Probe::Command(&["perl", "-MFindBin", "-MFile::Compare", "-MIPC::Cmd", "-e1"]),
        how: TOOLS,
    },
    Need {
        name: "a JDK of 17 or later",
        for_what: "Kotlin's tests; without it they are not run",
        probe: Probe::Look(|| toolchains::java_version().is_some_and(|major| major >= toolchains::JAVA_MIN)),
        how: "Debian, Ubuntu: sudo apt-get install default-jdk-headless · as root `cargo xtask test` does so itself",
    },
    Need {
        name: "Maven",
        for_what: "Kotlin's tests; without it they are not run",
        probe: Probe::Command(&["mvn", "--version"]),
        how: "Debian, Ubuntu: sudo apt-get install maven · as root `cargo xtask test` does so itself",
    },
    Need {
        name: "aapt2, and Android's framework for it",
        for_what: "the Android app's tests; without them they are not run",
        probe: Probe::Look(toolchains::has_android_resources),
        how: "Debian: sudo apt-get install aapt android-framework-res unzip · as root `cargo xtask test` does so itself",
    },
    Need {
        name: "Swift 6",
        for_what: "Swift's tests; without it they are not run",
        probe: Probe::Look(|| Swift::find().is_some()),
        how: "swift.org/install · on Debian and Ubuntu as root `cargo xtask test` brings Debian's, in a folder of its own",
    },
];

/// What only `cargo xtask package` needs.
const PACKAGING: &[Need] = &[
    Need {
        name: "Android's NDK",
        for_what: "`cargo xtask package android`",
        probe: Probe::Look(|| package::ndk_tools().is_ok()),
        how: "install it with Android Studio, and name its folder in ANDROID_NDK_HOME",
    },
    Need {
        name: "Xcode",
        for_what: "`cargo xtask package ios`",
        probe: Probe::Command(&["xcodebuild", "-version"]),
        how: "on a Mac, from the App Store",
    },
];

/// Reports what is there and what is not. Changes nothing. It fails if the checks lack something, not for packaging.
pub fn run() -> Result<(), String> {
    let missing = report(NEEDS);
    report(PACKAGING);
    match missing {
        0 => Ok(()),
        missing => Err(format!("{missing} of {} are missing", NEEDS.len())),
    }
}

fn report(needs: &[Need]) -> usize {
    let mut missing = 0;
    for need in needs {
        if is_there(need) {
            println!("   found  {}", need.name);
        } else {
            missing += 1;
            println!(" MISSING  {} (for {})\n          {}", need.name, need.for_what, need.how);
        }
    }
    missing
}

/// Adds the two parts of the Rust toolchain that the checks need, if rustup can. Anything else is for a person to install.
pub fn set_up() -> Result<(), String> {
    for need in [RUSTFMT, CLIPPY] {
        if is_there(&need) {
            continue;
        }
        println!("{} is missing; adding it: {}", need.name, need.how);
        let command: Vec<_> = need.how.split(' ').collect();
        let added = Command::new(command[0]).args(&command[1..]).status().is_ok_and(|status| status.success());
        if !added || !is_there(&need) {
            return Err(format!("{} is needed for {}, and `{}` did not bring it", need.name, need.for_what, need.how));
        }
    }
    Ok(())
}

fn is_there(need: &Need) -> bool {
    match need.probe {
        Probe::Command(words) => toolchains::succeeds(words),
        Probe::Look(look) => look(),
    }
}
