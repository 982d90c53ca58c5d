//! The help is enough: every command has one, it names what can be typed, and it fits the screen.

mod support;

use support::{Desk, columns};

/// The commands that the help lists, each with its line.
fn listed(help: &str) -> Vec<String> {
    let command = |line: &str| {
        let rest =
            line.strip_prefix("  ").filter(|rest| rest.starts_with(|letter: char| letter.is_ascii_lowercase()))?;
        rest.split_once("  ").map(|(name, _)| name.to_owned())
    };
    help.lines().filter_map(command).collect()
}

#[test]
fn every_listed_command_has_a_help_of_its_own_in_both_languages() {
    let names = listed(&Desk::new().run("--help").done());
    assert!(names.len() > 30, "{names:?}");
    for language in ["en", "es"] {
        let desk = Desk::reading(language);
        assert_eq!(listed(&desk.run("--help").done()), names);
        for name in &names {
            let help = desk.run(&format!("{name} --help")).done();
            let usage = if language == "en" { "Usage: kinweave" } else { "Uso: kinweave" };
            assert!(help.contains(usage), "{help}");
            assert_eq!(help, desk.run(&format!("help {name}")).done());
            let english = ["Usage", "Options", "Arguments", "Commands", "Print help", "possible values", "[default"];
            assert!(language == "en" || !english.iter().any(|word| help.contains(word)), "{help}");
        }
    }
}

#[test]
fn nothing_is_wider_than_the_screen() {
    for language in ["en", "es"] {
        for width in [40, 80, 120] {
            let desk = Desk { columns: Some(width), ..Desk::reading(language) };
            desk.run("create 家族 --as 'Marta Guadalupe'").done();
            desk.run("encourage me 'A few words that are long enough to be broken on a narrow screen.'").done();
            desk.run("celebrate '家族家族家族家族家族家族家族家族家族' --with only-me").done();
            for line in ["", "--help", "who", "list", "status", "devices", "days", "celebrations", "show 0000", "tody"]
            {
                let outcome = desk.run(line);
                for text in outcome.out.lines().chain(outcome.err.lines()) {
                    assert!(columns(text) <= width, "{language}, {width} columns, {line}: {text}");
                }
            }
        }
    }
}

#[test]
fn what_is_not_understood_is_answered_in_words_and_says_what_was_meant() {
    let err = Desk::new().run("celbrate movie_night").refused(2);
    assert!(err.contains("celebrate") && err.contains("--help") && !err.contains("error:"), "{err}");
    let err = Desk::reading("es").run("rsvp 0123 quizas_no").refused(2);
    assert!(err.contains("no vale") && err.contains("sí") && err.contains("kinweave rsvp --help"), "{err}");
    let err = Desk::reading("es").run("create").refused(2);
    assert!(err.contains("Falta algo"), "{err}");
}

#[test]
fn words_of_the_model_may_be_typed_as_people_say_them() {
    let desk = Desk::reading("es");
    desk.run("create Reyes --as Marta").done();
    let id = desk.json("celebrate movie_night")["id"].as_str().unwrap().to_owned();
    let answer = desk.json(&format!("rsvp {id} quizás"));
    assert_eq!(answer["body"]["answer"], "maybe");
}

#[test]
fn completions_are_a_script_that_the_shell_reads() {
    let desk = Desk::new();
    for shell in ["bash", "zsh", "fish"] {
        let script = desk.run(&format!("completions {shell}")).done();
        assert!(script.contains("check") && script.contains("celebrate"), "{shell}");
        if shell == "bash" && std::path::Path::new("/bin/bash").exists() {
            let file = desk.data().join("kinweave.bash");
            std::fs::write(&file, &script).unwrap();
            let status = std::process::Command::new("/bin/bash").arg("-n").arg(&file).status().unwrap();
            assert!(status.success());
        }
    }
}
