//! What apps embed: an AAR for Android, an XCFramework for Apple's systems.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::run::{cargo_command, finish};
use crate::{bindings, kotlin, root, size, swift};

/// Rust's targets, Android's names for them, and the compilers of the NDK.
const ANDROID: [(&str, &str, &str); 3] = [
    ("aarch64-linux-android", "arm64-v8a", "aarch64-linux-android26-clang"),
    ("armv7-linux-androideabi", "armeabi-v7a", "armv7a-linux-androideabi26-clang"),
    ("x86_64-linux-android", "x86_64", "x86_64-linux-android26-clang"),
];

/// Android's oldest version that is supported is 8.0 (API 26). From Android 15 on pages may have 16 KiB.
const PAGE_SIZE: &str = "-C link-arg=-Wl,-z,max-page-size=16384";

/// The AAR, with the library for phones and emulators.
pub fn android() -> Result<(), String> {
    let libraries = android_libraries()?;
    kotlin::generate()?;
    kotlin::maven(
        kotlin::FOLDER,
        &["package", "-DskipTests", "-Pandroid,aar", &format!("-Dkinweave.android={}", libraries.display())],
    )?;
    println!("The AAR is in bindings/kotlin/target/android.");
    Ok(())
}

/// The library for each of Android's kinds of processor, in a folder each.
pub fn android_libraries() -> Result<PathBuf, String> {
    let tools = ndk_tools()?;
    let libraries = bindings::target().join("android");
    let _ = fs::remove_dir_all(&libraries);
    for (target, abi, compiler) in ANDROID {
        build_for_android(target, &tools, compiler)?;
        let folder = libraries.join(abi);
        fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        let built = bindings::target().join(target).join("dist/libkinweave_ffi.so");
        fs::copy(&built, folder.join("libkinweave_ffi.so")).map_err(|error| format!("{}: {error}", built.display()))?;
    }
    Ok(libraries)
}

fn build_for_android(target: &str, tools: &Path, compiler: &str) -> Result<(), String> {
    let mut build = cargo_command(size::BUILD);
    let (upper, lower) = (target.to_uppercase().replace('-', "_"), target.replace('-', "_"));
    let compiler = tools.join(compiler);
    build.args(["--target", target]).env(format!("CARGO_TARGET_{upper}_LINKER"), &compiler);
    build.env(format!("CC_{lower}"), &compiler).env(format!("AR_{lower}"), tools.join("llvm-ar"));
    build.env(format!("RANLIB_{lower}"), tools.join("llvm-ranlib"));
    build.env(format!("CARGO_TARGET_{upper}_RUSTFLAGS"), PAGE_SIZE);
    finish(&mut build)
}

/// The compilers of Android's NDK.
pub fn ndk_tools() -> Result<PathBuf, String> {
    let ndk = env::var_os("ANDROID_NDK_HOME").or_else(|| env::var_os("ANDROID_NDK_ROOT"));
    let ndk =
        PathBuf::from(ndk.ok_or("ANDROID_NDK_HOME is not set: install Android's NDK, and name its folder there")?);
    let host = if cfg!(target_os = "macos") { "darwin-x86_64" } else { "linux-x86_64" };
    let tools = ndk.join("toolchains/llvm/prebuilt").join(host).join("bin");
    if tools.is_dir() { Ok(tools) } else { Err(format!("{} is not there", tools.display())) }
}

/// The XCFramework, by the script that Swift developers use too.
pub fn ios() -> Result<(), String> {
    if !cfg!(target_os = "macos") {
        return Err("an XCFramework is made by Xcode, which runs on a Mac only".to_owned());
    }
    swift::generate()?;
    finish(&mut Command::new(root().join(swift::FOLDER).join("build-xcframework.sh")))
}
