//! What a machine needs to build and check Kinweave.

use std::process::{Command, Stdio};

/// One thing that has to be there.
struct Need {
    name: &'static str,
    for_what: &'static str,
    /// A command that succeeds if it is there.
    probe: &'static [&'static str],
    how: &'static str,
}

const RUSTFMT: Need = Need {
    name: "rustfmt",
    for_what: "the format check",
    probe: &["cargo", "fmt", "--version"],
    how: "rustup component add rustfmt",
};

const CLIPPY: Need = Need {
    name: "clippy",
    for_what: "the lints",
    probe: &["cargo", "clippy", "--version"],
    how: "rustup component add clippy",
};

const TOOLS: &str = "Debian, Ubuntu: sudo apt-get install gcc libc6-dev make perl · macOS: xcode-select --install";

const NEEDS: &[Need] = &[
    RUSTFMT,
    CLIPPY,
    Need { name: "a C compiler", for_what: "SQLite, OpenSSL and zstd", probe: &["cc", "--version"], how: TOOLS },
    #[cfg(target_os = "linux")]
    Need {
        name: "ip",
        for_what: "the test in which phones find each other; without it that one is not run",
        probe: &["ip", "-V"],
        how: "Debian, Ubuntu: sudo apt-get install iproute2",
    },
    Need { name: "make", for_what: "OpenSSL", probe: &["make", "--version"], how: TOOLS },
    // Some systems split perl: these are the modules that OpenSSL's configuration loads.
    Need {
        name: "perl",
        for_what: "OpenSSL",
        probe: &["perl", "-MFindBin", "-MFile::Compare", "-MIPC::Cmd", "-e1"],
        how: TOOLS,
    },
];

/// Reports what is there and what is not. Changes nothing.
pub fn run() -> Result<(), String> {
    let mut missing = 0;
    for need in NEEDS {
        if is_there(need) {
            println!("   found  {}", need.name);
        } else {
            missing += 1;
            println!(" MISSING  {} (for {})\n          {}", need.name, need.for_what, need.how);
        }
    }
    match missing {
        0 => Ok(()),
        missing => Err(format!("{missing} of {} are missing", NEEDS.len())),
    }
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
    let mut probe = Command::new(need.probe[0]);
    probe.args(&need.probe[1..]).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    probe.status().is_ok_and(|status| status.success())
}
