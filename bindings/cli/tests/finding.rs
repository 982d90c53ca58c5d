//! Finding words at the terminal, and reading how a record came to say what it says.

mod support;

use support::Desk;

#[test]
fn words_are_found_without_accents_and_a_find_that_finds_nothing_says_what_to_try() {
    let desk = Desk { now: Some("2026-05-04T18:00[America/New_York]"), ..Desk::new() };
    desk.run("create Reyes --as Tomás").done();
    desk.run("celebrate 'Cena en la montaña' --place 'Café Nonna'").done();
    desk.run("journal Solo en la montaña").done();
    let found = desk.run("search montana cena").done();
    assert!(found.contains("Cena en la montaña") && found.contains("Tomás"), "{found}");
    assert!(!desk.run("search montaña").done().contains("Solo"), "the journal isn't searched by accident");
    assert!(desk.run("search montaña --kind journal").done().contains("Solo en la montaña"));
    assert_eq!(desk.json("search nonna")["hits"][0]["excerpt"], "Café Nonna");
    assert!(desk.run("search river --person tomás").done().contains("Try fewer words"));
    desk.run("search '?!'").refused(1);
    let spanish = Desk { language: "es", ..desk };
    assert!(spanish.run("search nada").done().contains("Prueba con menos palabras"));
}

#[test]
fn the_history_of_a_record_reads_as_who_did_what() {
    let desk = Desk { now: Some("2026-05-04T18:00[America/New_York]"), ..Desk::new() };
    desk.run("create Reyes --as Marta").done();
    desk.run("celebrate picnic --place Luigis").done();
    let id = desk.json("list celebration")["records"][0]["id"].as_str().unwrap().to_owned();
    desk.run(&format!("edit {id} place='The park'")).done();
    desk.run(&format!("edit {id} place=")).done();
    let told = desk.run(&format!("history {id}")).done();
    let steps: Vec<&str> = told.lines().filter(|line| !line.starts_with(' ')).collect();
    assert_eq!(steps, ["Marta wrote it · 4 May 2026", "Marta changed it", "Marta changed it"], "{told}");
    assert!(told.contains("Luigis → The park") && told.contains("taken away (was The park)"), "{told}");
    let spanish = Desk { language: "es", ..desk };
    assert!(spanish.run(&format!("history {id}")).done().contains("Marta lo cambió"));
}
