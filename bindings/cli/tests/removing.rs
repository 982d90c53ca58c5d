//! Removing at the terminal, thinking better of it, and what a home keeps.

mod support;

use serde_json::json;
use support::Desk;

#[test]
fn what_was_removed_is_brought_back_or_forgotten() {
    let desk = Desk { now: Some("2026-05-04T18:00[America/New_York]"), ..Desk::new() };
    desk.run("create Reyes --as Dani").done();
    desk.run("journal 'A long day by the river'").done();
    let id = desk.json("list journal")["records"][0]["id"].as_str().unwrap().to_owned();
    assert!(desk.run(&format!("erase {id}")).done().contains("7 days"));
    assert!(desk.run("list journal").done().contains("Nothing here yet"));
    let trash = desk.run("trash").done();
    assert!(trash.contains("by the river") && trash.contains("11 May"), "{trash}");
    assert!(desk.run("restore ffff0000ffff").refused(1).contains("kinweave trash"));

    let in_trash = desk.json("trash")[0]["id"].as_str().unwrap().to_owned();
    desk.run(&format!("restore {}", &in_trash[..8])).done();
    let back = desk.json("list journal")["records"][0]["id"].as_str().unwrap().to_owned();
    assert_ne!(back, id, "a new record");
    assert_eq!(desk.json("trash"), json!([]));

    desk.run(&format!("erase {back}")).done();
    assert!(desk.run("trash --empty").done().contains("empty"));
    desk.run("journal 'Another one'").done();
    let id = desk.json("list journal")["records"][0]["id"].as_str().unwrap().to_owned();
    assert!(desk.run(&format!("forget {id}")).done().contains("at once"));
    assert_eq!(desk.json("trash"), json!([]));
}

#[test]
fn a_home_says_what_it_keeps_and_for_whom() {
    let desk = Desk::new();
    desk.run("create Reyes --as Dani").done();
    desk.run("journal 'A long day'").done();
    let storage = desk.run("storage").done();
    assert!(storage.contains("in all") && storage.contains("your journal"), "{storage}");
    assert_eq!(desk.json("hold")["legal_hold"], false);
    assert!(desk.run("hold on").done().contains("kinweave hold off"));
    assert!(desk.run("storage").done().contains("kinweave hold off"));
    assert_eq!(desk.json("storage")["clock"]["clock"], "unconfirmed");
    assert_eq!(desk.json("hold off")["legal_hold"], false);
}
