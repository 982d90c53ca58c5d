//! Story 6.3: a setback that stays private until Dani is ready, with the family Reyes on real homes and sockets.
//!
//! That nobody can tell whether there was one is `nobody_can_tell.rs`: the same spring told twice.

use kinweave_core::app::{CardView, MilestoneState, NewRecord, Prompt, ShareWith};
use kinweave_core::model::audience::AudienceTag;
use kinweave_core::model::kinds::{CardMode, KitForm, NaloxoneKit, RecoveryCard};
use kinweave_core::model::{Body, Date};
use kinweave_core::views::CardReading;
use kinweave_tests::phone::Phone;
use kinweave_tests::private_world::{card, setback};
use kinweave_tests::reyes::Reyes;

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

/// What Dani's card says on a phone, on a date.
fn dani_on(phone: &Phone, today: &str) -> CardView {
    phone.home.card_of(phone.person("Dani"), day(today)).unwrap().expect("a card")
}

/// How often this phone's entries name the text, in any audience but those of its own member alone.
fn rows_elsewhere(phone: &Phone, text: &str) -> usize {
    let dump = phone.home.dump().unwrap();
    let shared = dump.iter().filter(|it| !matches!(it.audience.tag, AudienceTag::Me | AudienceTag::Journal));
    shared.flat_map(|it| &it.rows).filter(|row| row.contains(text)).count()
}

#[test]
fn story_6_3_a_setback_stays_private_until_dani_is_ready() {
    // 0
    let mut reyes = Reyes::new();
    let publish = |reyes: &Reyes, card: RecoveryCard| reyes.d1.home.publish_card(card, ShareWith::Circle).unwrap();
    reyes.clocks("2026-03-10T18:00");
    publish(&reyes, RecoveryCard::paused(day("2026-03-10")));
    reyes.d1.meet(&mut reyes.m1);
    let paused_in_march = dani_on(&reyes.m1, "2026-03-10");
    assert_eq!(paused_in_march.lines, ["Dani isn't sharing a count right now"]);
    reyes.clocks("2026-03-12T18:00");
    assert_eq!(dani_on(&reyes.m1, "2026-03-12"), paused_in_march);
    publish(&reyes, card(CardMode::Snapshot, "2026-03-12", 59, None));
    reyes.d1.meet(&mut reyes.m1);
    assert_eq!(dani_on(&reyes.m1, "2026-03-12").lines, ["59 days in all", "as of 12 March 2026"]);
    // 1
    reyes.clocks("2026-04-30T18:00");
    assert_eq!(reyes.d1.home.days().unwrap().unwrap().total, 108);
    publish(&reyes, card(CardMode::Counting, "2026-04-30", 108, Some("2026-05-07")));
    reyes.d1.meet(&mut reyes.m1);
    reyes.clocks("2026-05-01T09:00");
    assert_eq!(dani_on(&reyes.m1, "2026-05-01").lines, ["109 days in all"]);
    let counting = reyes.m1.only("recovery_card");
    // 2
    reyes.clocks("2026-05-02T22:00");
    let guidance = reyes.d1.home.setback_guidance(day("2026-05-02")).unwrap();
    assert_eq!(guidance.phrase_keys[0], "setback.tolerance");
    assert_eq!((guidance.phrase_keys[1].as_str(), guidance.naloxone_place), ("setback.naloxone_unknown", None));
    let kit = NaloxoneKit {
        place: "hall cupboard, top shelf".into(),
        form: KitForm::Nasal,
        pack_expires_on: Some(day("2027-03-31")),
        trained: [reyes.t1.me()].into(),
    };
    reyes.t1.home.add(NewRecord::new(kit)).unwrap();
    reyes.t1.meet(&mut reyes.m1);
    reyes.m1.meet(&mut reyes.d1);
    let guidance = reyes.d1.home.setback_guidance(day("2026-05-02")).unwrap();
    assert_eq!(guidance.naloxone_place.as_deref(), Some("hall cupboard, top shelf"));
    reyes.clocks("2026-05-03T21:00");
    reyes.d2.home.add(NewRecord::new(setback("2026-05-02", "2026-05-03"))).unwrap();
    reyes.clocks("2026-05-04T09:00");
    reyes.d1.home.add(NewRecord::new(setback("2026-05-02", "2026-05-04"))).unwrap();
    reyes.d1.meet(&mut reyes.d2);
    for phone in [&reyes.d1, &reyes.d2] {
        // 2 and 3 May, logged apart, are these two days once.
        let days = phone.home.days().unwrap().unwrap();
        assert_eq!((days.total, days.current), (110, 0));
        let today = phone.home.today(day("2026-05-04")).unwrap();
        let said = format!("{:?} {:?}", today.days_lines, today.check_in_lines);
        assert!(today.days_lines.contains(&"today counts".to_owned()), "{said}");
        assert!(!said.contains("\"0 ") && !said.to_lowercase().contains("reset"), "{said}");
    }
    assert_eq!(reyes.d1.only("recovery_card").body, counting.body, "logging never edits the card");
    // 3: the app asks Dani about the card, and nobody else.
    let prompts = |phone: &Phone| phone.home.today(day("2026-05-04")).unwrap().prompts;
    assert!(prompts(&reyes.d1).iter().any(|prompt| matches!(prompt, Prompt::Card { text, .. }
        if text == "Your card still counts until 7 May 2026. Pause it, update it, or leave it as it is?")));
    assert!(prompts(&reyes.m1).is_empty());
    reyes.clocks("2026-05-04T10:00");
    publish(&reyes, RecoveryCard::paused(day("2026-05-04")));
    assert!(!prompts(&reyes.d1).iter().any(|prompt| matches!(prompt, Prompt::Card { .. })), "it is answered");
    reyes.d1.meet(&mut reyes.m1);
    let paused_in_may = dani_on(&reyes.m1, "2026-05-04");
    let bytes = |view: &CardView| serde_json::to_vec(view).unwrap();
    assert_eq!(bytes(&paused_in_may), bytes(&paused_in_march), "in every byte as in March");
    assert_eq!(reyes.m1.all("recovery_card").len(), 1, "the last one went in the same step");
    for phone in [&reyes.m1, &reyes.l1, &reyes.t1, &reyes.i1] {
        assert!(phone.all("setback").is_empty());
        assert_eq!(rows_elsewhere(phone, "setback"), 0);
    }
    // 4
    reyes.clocks("2026-05-12T19:00");
    let lena = ShareWith::Chosen(vec![reyes.d1.person("Lena")]);
    let private = reyes.d1.all("setback");
    let share = |id| reyes.d1.home.share(id, lena.clone()).unwrap();
    let copies: Vec<_> = private.iter().map(|setback| share(setback.id)).collect();
    assert_eq!(share(private[0].id).id, copies[0].id, "shared again it is the same copy");
    reyes.d1.meet(&mut reyes.l1);
    reyes.d1.meet(&mut reyes.m1);
    reyes.l1.meet(&mut reyes.m1);
    assert_eq!(reyes.l1.all("setback").len(), 2);
    for copy in &copies {
        let read = reyes.l1.home.get(copy.id).unwrap();
        assert_eq!(read.body.to_fields()["learned"], "Call before, not after.");
        assert!(!read.editable, "Dani's words stay Dani's");
    }
    assert!(reyes.m1.all("setback").is_empty());
    assert_eq!(rows_elsewhere(&reyes.m1, "setback"), 0);
    let audiences = |phone: &Phone| phone.home.dump().unwrap().into_iter().map(|it| it.audience.id).collect::<Vec<_>>();
    assert!(copies.iter().all(|copy| !audiences(&reyes.m1).contains(&copy.audience.id)), "not even the set's id");
    // A copy and its source count once, on both devices: vectors d3 and d4.
    reyes.d1.meet(&mut reyes.d2);
    reyes.clocks("2026-06-01T08:00");
    for phone in [&reyes.d1, &reyes.d2] {
        assert_eq!(phone.all("setback").len(), 4);
        let days = phone.home.days().unwrap().unwrap();
        assert_eq!([days.total, days.current, days.longest, days.elapsed], [138, 28, 110, 140]);
    }
    // Editing a source offers to bring Lena's copy up to date; nothing goes by itself.
    let source = reyes.d1.home.get(private[1].id).unwrap();
    let Body::Setback(told) = source.body.clone() else { panic!("a setback") };
    let told = kinweave_core::model::kinds::Setback { learned: Some("Call, and wait for the answer.".into()), ..told };
    reyes.d1.home.edit(source.id, &source.version, told.into()).unwrap();
    let views = reyes.d1.home.copies(source.id).unwrap();
    assert_eq!((views.len(), views[0].is_outdated, views[0].since), (1, true, day("2026-05-12")));
    reyes.d1.meet(&mut reyes.l1);
    assert_eq!(reyes.l1.home.get(copies[1].id).unwrap().body.to_fields()["learned"], "Call before, not after.");
    let updated = reyes.d1.home.update_copy(views[0].id).unwrap();
    assert!(!reyes.d1.home.copies(source.id).unwrap()[0].is_outdated);
    reyes.d1.meet(&mut reyes.l1);
    let read = reyes.l1.home.get(updated.id).unwrap();
    assert_eq!(read.body.to_fields()["learned"], "Call, and wait for the answer.");
    // 1 June
    let words = Some("back on my feet".to_owned());
    publish(&reyes, RecoveryCard { words, ..card(CardMode::Snapshot, "2026-06-01", 138, None) });
    reyes.d1.meet(&mut reyes.m1);
    let back = dani_on(&reyes.m1, "2026-06-01");
    assert_eq!(back.lines, ["138 days in all", "back on my feet", "as of 1 June 2026"]);
    assert!(matches!(back.reading, CardReading::Shared(card) if card.total == Some(138)));
    assert!(reyes.i1.all("recovery_card").is_empty(), "a card for the circle is for its adults");
    // 3 June: for Dani alone.
    reyes.clocks("2026-06-03T07:00");
    let prompted = reyes.d1.home.today(day("2026-06-03")).unwrap().prompts;
    let Some(Prompt::Milestone { milestone }) = prompted.first() else { panic!("a milestone: {prompted:?}") };
    assert_eq!(milestone.prompt.as_deref(), Some("30 days in this stretch. Share it?"));
    assert_eq!(milestone.state, MilestoneState::Prompted);
    reyes.all_meet();
    for phone in [&reyes.l1, &reyes.m1, &reyes.t1, &reyes.i1] {
        assert!(phone.all("milestone").is_empty());
        assert_eq!(phone.home.today(day("2026-06-03")).unwrap().prompts, []);
    }
    reyes.assert_in_order();
}
