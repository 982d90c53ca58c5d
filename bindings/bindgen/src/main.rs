//! UniFFI's own generator, of the very version that the library was built with; and `kinweave-bindgen surface LIBRARY`,
//! which prints all that a library exports.

mod surface;

use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [command, library] = arguments.as_slice() else { return generate() };
    if command != "surface" {
        return generate();
    }
    match surface::of_library(library) {
        Ok(text) => {
            print!("{text}");
            ExitCode::SUCCESS
        }
        Err(why) => {
            eprintln!("{why}");
            ExitCode::FAILURE
        }
    }
}

fn generate() -> ExitCode {
    uniffi::uniffi_bindgen_main();
    ExitCode::SUCCESS
}
