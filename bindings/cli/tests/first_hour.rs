//! What somebody meets in the first hour who has read nothing: the program itself says what to do next.

mod support;

use support::Desk;

#[test]
fn without_a_home_the_program_says_how_to_begin_and_is_content() {
    for (language, steps) in [("en", "Three steps"), ("es", "Tres pasos")] {
        let out = Desk::reading(language).run("").done();
        assert!(out.contains(steps), "{out}");
        for command in ["kinweave create", "kinweave join", "kinweave invite", "kinweave check-in"] {
            assert!(out.contains(command), "{language}: {command} is not in\n{out}");
        }
    }
}

#[test]
fn what_needs_a_home_says_so_and_names_the_two_ways_to_one() {
    let err = Desk::new().run("days").refused(3);
    assert!(err.contains("kinweave create") && err.contains("kinweave join"), "{err}");
    let err = Desk::reading("es").run("days").refused(3);
    assert!(err.contains("No hay ningún hogar") && err.contains("kinweave create"), "{err}");
}

#[test]
fn the_commands_that_a_text_names_exist() {
    for language in ["en", "es"] {
        let desk = Desk::reading(language);
        let table: toml::Table = match language {
            "en" => include_str!("../words/en.toml").parse().unwrap(),
            _ => include_str!("../words/es.toml").parse().unwrap(),
        };
        let mut texts = Vec::new();
        every_text(&toml::Value::Table(table), &mut texts);
        let mut named = std::collections::BTreeSet::new();
        for text in &texts {
            named.extend(
                text.match_indices("kinweave ")
                    .filter_map(|(at, word)| command_word(&text[..at], &text[at + word.len()..])),
            );
        }
        assert!(named.len() > 20, "{named:?}");
        for name in named {
            let outcome = desk.run(&format!("help {name}"));
            assert_eq!(outcome.exit, 0, "{language}: a text names `kinweave {name}`: {outcome:?}");
        }
    }
}

fn every_text(value: &toml::Value, texts: &mut Vec<String>) {
    match value {
        toml::Value::String(text) => texts.push(text.clone()),
        toml::Value::Table(table) => table.values().for_each(|value| every_text(value, texts)),
        _ => {}
    }
}

/// The command that stands after "kinweave" where it is meant to be typed: after a quote, a colon or a comma.
fn command_word(before: &str, after: &str) -> Option<String> {
    let is_typed = before.is_empty() || ["`", ": ", ", "].iter().any(|end| before.ends_with(end));
    let word: String = after.chars().take_while(|letter| letter.is_ascii_lowercase() || *letter == '-').collect();
    (is_typed && word.len() > 1).then_some(word)
}

#[test]
fn a_circle_begins_with_one_command_and_a_hint() {
    let desk = Desk::new();
    let out = desk.run("create Reyes --as Marta").done();
    assert!(out.contains("Circle Reyes") && out.contains("Marta") && out.contains("kinweave invite"), "{out}");
    let err = desk.run("create Again --as Marta").refused(1);
    assert!(err.contains("--home"), "{err}");
    assert_eq!(desk.json("who")["people"][0]["name"], "Marta");
    let out = desk.run("status").done();
    assert!(out.contains("kinweave invite"), "{out}");
}

#[test]
fn a_new_circle_speaks_spanish_to_who_reads_it() {
    let desk = Desk::reading("es");
    let out = desk.run("create Reyes --as Marta").done();
    assert!(out.contains("Círculo Reyes") && out.contains("persona adulta · tú"), "{out}");
    let out = desk.run("celebrate movie_night --at 2026-02-14T19:00 --with only-me").done();
    assert!(out.contains("celebración") && out.contains("para solo tú") && out.contains("sáb"), "{out}");
    let err = desk.run("keep '30 días'").refused(1);
    assert!(err.contains("Ningún") || err.contains("ningún"), "{err}");
}

#[test]
fn the_language_comes_from_the_option_the_variable_or_the_locale_in_this_order() {
    let desk = Desk::new();
    let said = |variables: &[(&str, &str)], words: &[&str]| {
        let mut command = desk.command();
        command.env_remove("KINWEAVE_LANGUAGE").envs(variables.iter().copied()).args(words);
        support::outcome(&mut command).done()
    };
    assert!(said(&[], &[]).contains("Three steps"));
    assert!(said(&[("LANG", "es_MX.UTF-8")], &[]).contains("Tres pasos"));
    assert!(said(&[("LANG", "de_DE.UTF-8")], &[]).contains("Three steps"));
    assert!(said(&[("LC_ALL", "C"), ("LANG", "es_MX.UTF-8")], &[]).contains("Three steps"));
    assert!(said(&[("LANG", "es_MX.UTF-8"), ("KINWEAVE_LANGUAGE", "en")], &[]).contains("Three steps"));
    assert!(said(&[("KINWEAVE_LANGUAGE", "en")], &["--language", "es"]).contains("Tres pasos"));
}

#[test]
fn a_pipe_gets_no_colours_and_programs_get_json() {
    let desk = Desk::new();
    desk.run("create Reyes --as Marta").done();
    desk.run("encourage me 'A good day.' --with only-me").done();
    let out = desk.run("list").done();
    assert!(!out.contains('\u{1b}') && out.contains("A good day."), "{out}");
    assert_eq!(desk.json("list encouragement")["records"][0]["body"]["text"], "A good day.");
    let outcome = desk.run("show 00000000 --json");
    let error: serde_json::Value = serde_json::from_str(&outcome.err).unwrap();
    assert_eq!((outcome.exit, error["exit"].as_i64()), (1, Some(1)), "{outcome:?}");
}
