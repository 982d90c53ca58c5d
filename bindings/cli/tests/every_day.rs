//! A day at the terminal: the check-in, the journal, promises, the card, and a day on which it was hard.

mod support;

use serde_json::json;
use support::Desk;

fn desk() -> Desk {
    let desk = Desk { now: Some("2026-05-04T18:00[America/New_York]"), ..Desk::new() };
    desk.run("create Reyes --as Dani").done();
    desk
}

#[test]
fn a_check_in_is_one_line_and_stays_with_its_author() {
    let desk = desk();
    let said = desk.run("check-in --band good --feelings hopeful,tired --note 'Slept well' --ask hug").done();
    assert!(said.contains("for you alone"), "{said}");
    let record = &desk.json("list check_in")["records"][0];
    assert_eq!(record["audience"]["tag"], "me");
    let body = &record["body"];
    assert_eq!((&body["band"], &body["ask"], &body["on"]), (&json!("good"), &json!("hug"), &json!("2026-05-04")));
    // Tiredness is a need, whatever people call it.
    assert_eq!((&body["labels"], &body["halt"]), (&json!(["hopeful"]), &json!(["tired"])));
    let shown = desk.run("mood").done();
    assert!(shown.contains('▇') && shown.contains("good"), "{shown}");
}

#[test]
fn a_check_in_that_says_nothing_or_what_is_not_known_is_answered_with_what_fits() {
    let desk = desk();
    assert!(desk.run("check-in").refused(1).contains("--band good"));
    assert!(desk.run("check-in --band so-so").refused(2).contains("need company"));
    assert!(desk.run("check-in --feelings green").refused(2).contains("hopeful"));
    assert!(desk.run("check-in --band good --craving 11").refused(1).contains("craving"));
    assert!(desk.run("check-in --band good --whole").refused(2).contains("--share"));
    assert_eq!(desk.json("list check_in")["records"], json!([]));
}

#[test]
fn the_journal_is_written_read_and_left_out_of_every_list_that_does_not_name_it() {
    let desk = desk();
    desk.run("journal We went to the river").done();
    assert!(desk.run("journal").done().contains("We went to the river"));
    assert!(!desk.run("list").done().contains("river"));
    assert!(!desk.run("today").done().contains("river"));
    let id = desk.json("list journal")["records"][0]["id"].as_str().unwrap().to_owned();
    desk.run(&format!("share {id} --with everyone")).refused(1);
}

#[test]
fn after_a_setback_kind_words_come_first_and_nothing_is_written_before_it_is_said() {
    for (language, first, never) in
        [("en", "Your body may be less used to it", "reset"), ("es", "Tu cuerpo puede estar", "reinici")]
    {
        let desk = Desk { language, ..desk() };
        desk.run("naloxone --place 'Kitchen drawer' --form nasal").done();
        let words = desk.run("setback").done();
        assert!(words.starts_with(first) && words.contains("Kitchen drawer"), "{words}");
        assert!(!words.to_lowercase().contains(never), "{words}");
        assert!(words.lines().take_while(|line| !line.is_empty()).count() <= 5, "{words}");
        assert_eq!(desk.json("list setback")["records"], json!([]));
    }
}

#[test]
fn a_setback_is_noted_for_oneself_and_no_card_changes_by_it() {
    let desk = desk();
    desk.run("timeline set 2026-01-12").done();
    desk.run("card publish --total --words 'One day at a time'").done();
    let card = desk.json("list recovery_card")["records"][0].clone();
    let said = desk.run("setback --from 2026-05-02 --to 2026-05-04 --before 'tired, pay day' --count new-run").done();
    assert!(said.contains("for you alone") && said.contains("kinweave card pause"), "{said}");
    // 2 and 3 May are left out, and everything before them stays.
    assert!(said.contains("110 days in all") && said.contains("today counts"), "{said}");
    desk.run("setback --from 2026-05-03 --kind close-call").done();
    assert_eq!(desk.json("days")["total"], 110);
    assert_eq!(desk.json("list recovery_card")["records"][0], card);
    let setback = &desk.json("list setback --oldest-first")["records"][0];
    assert_eq!(setback["audience"]["tag"], "me");
    assert_eq!(setback["body"]["before"], json!(["pay day", "tired"]));
    assert!(desk.run("setback --from 2026-05-04 --to 2026-05-02").refused(1).contains("resumed_on"));
}

#[test]
fn a_card_shows_what_was_chosen_and_one_that_shows_nothing_is_not_published() {
    let desk = desk();
    desk.run("timeline set 2026-01-12").done();
    assert!(desk.run("card publish").refused(1).contains("kinweave card pause"));
    desk.run("card publish --total --counting 7").done();
    let card = desk.json("list recovery_card")["records"][0]["body"].clone();
    assert_eq!((&card["total"], &card["mode"]), (&json!(112), &json!("counting")));
    assert_eq!(card["valid_until"], "2026-05-11");
    desk.run("card pause").done();
    let cards = desk.json("list recovery_card")["records"].as_array().unwrap().clone();
    assert_eq!(cards.len(), 1, "{cards:?}");
    assert_eq!((&cards[0]["body"]["mode"], &cards[0]["body"]["total"]), (&json!("paused"), &json!(null)));
    assert!(desk.run("card publish --total --counting 31").refused(2).contains("31"));
}

#[test]
fn a_promise_is_made_in_words_and_told_of_by_its_day() {
    let desk = desk();
    let said = desk.run("promise make 'Call grandmother' --every sun --on 2026-04-26").done();
    assert!(said.contains("every week: Sun"), "{said}");
    let id = desk.json("list commitment")["records"][0]["id"].as_str().unwrap().to_owned();
    desk.run(&format!("promise kept {id} --due 2026-05-03 --note 'She laughed'")).done();
    let event = desk.json("list commitment_event")["records"][0]["body"].clone();
    assert_eq!((&event["event"], &event["due_on"]), (&json!("kept"), &json!("2026-05-03")));
    desk.run(&format!("promise moved {id} --due 2026-05-10 --to 2026-05-11")).done();
    assert!(desk.run("promise").done().contains("Call grandmother"));
    assert!(desk.run("promise make x --every blue").refused(1).contains("FREQ=WEEKLY"));
    let other = desk.json("celebrate movie_night")["id"].as_str().unwrap().to_owned();
    assert!(desk.run(&format!("promise kept {other}")).refused(1).contains("isn't a promise"));
}

#[test]
fn a_sign_is_given_by_name_or_as_it_is_and_taken_back() {
    let desk = desk();
    let id = desk.json("celebrate movie_night")["id"].as_str().unwrap().to_owned();
    assert!(desk.run(&format!("react {id} thumbs-up")).done().contains('👍'));
    desk.run(&format!("react {id} 🌱")).done();
    assert_eq!(desk.json("list reaction")["records"].as_array().unwrap().len(), 2);
    assert!(desk.run(&format!("react {id} rocket")).refused(1).contains("growing"));
    desk.run(&format!("react {id} --remove")).done();
    assert_eq!(desk.json("list reaction")["records"], json!([]));
}

#[test]
fn the_days_come_with_a_picture_of_what_is_next_and_never_of_what_lies_behind() {
    let desk = desk();
    assert!(desk.run("days").done().contains("kinweave timeline set"));
    desk.run("timeline set 2026-04-08").done();
    let days = desk.run("days").done();
    assert!(days.contains("26 days in all") && days.contains('█') && days.contains("30 days"), "{days}");
}

#[test]
fn the_kit_is_noted_once_and_then_changed() {
    let desk = desk();
    assert!(desk.run("naloxone").refused(1).contains("--place"));
    desk.run("naloxone --place Hall --expires 2027-01-31 --trained me").done();
    desk.run("naloxone --place 'Kitchen drawer'").done();
    let kits = desk.json("list naloxone_kit")["records"].clone();
    assert_eq!(kits.as_array().unwrap().len(), 1);
    assert_eq!(
        (&kits[0]["body"]["place"], &kits[0]["body"]["pack_expires_on"]),
        (&json!("Kitchen drawer"), &json!("2027-01-31"))
    );
}

#[test]
fn days_may_be_named_from_today_in_the_readers_language() {
    let desk = Desk { language: "es", ..desk() };
    desk.run("check-in --band bien --on ayer").done();
    assert_eq!(desk.json("list check_in --from yesterday --to ayer")["records"][0]["body"]["on"], "2026-05-03");
    let err = desk.run("check-in --band bien --on pronto").refused(2);
    assert!(err.contains("hoy, ayer, mañana"), "{err}");
}
