//! How large the library is, beside a stub that links the same parts and does nothing with them.

use std::fs;

use crate::bindings;
use crate::run::cargo;

/// What the library may weigh, as a multiple of the stub.
const RATIO_MAX: f64 = 1.25;

/// Builds the library as it ships beside other code. Made in one go with the static one, it would keep all that is public there.
pub const BUILD: &str = "rustc --profile dist -p kinweave-ffi --lib --crate-type cdylib";

/// Prints both, stripped, as they would ship.
pub fn run() -> Result<(), String> {
    cargo(BUILD)?;
    cargo("build --profile dist -p kinweave-stub")?;
    let [library, stub] = ["kinweave_ffi", "kinweave_stub"].map(bytes);
    let (library, stub) = (library?, stub?);
    let ratio = library as f64 / stub as f64;
    println!("libkinweave_ffi   {library:>10} bytes");
    println!("libkinweave_stub  {stub:>10} bytes: SQLCipher, automerge, snow and UniFFI alone");
    println!("ratio             {ratio:>10.2} (at most {RATIO_MAX})");
    if ratio <= RATIO_MAX { Ok(()) } else { Err("the library is too large".to_owned()) }
}

fn bytes(name: &str) -> Result<u64, String> {
    let end = if cfg!(target_os = "macos") { "dylib" } else { "so" };
    let path = bindings::target().join("dist").join(format!("lib{name}.{end}"));
    fs::metadata(&path).map(|file| file.len()).map_err(|error| format!("{}: {error}", path.display()))
}
