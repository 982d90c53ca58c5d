//! The first screen: what is new on this device, what is asked, and what is coming.

use kinweave_core::app::{Coming, NewRecord, Prompt, ShareWith, Today};
use kinweave_core::model::kinds::{
    Band, Celebration, CelebrationEvent, CelebrationStep, CheckIn, Encouragement, KitForm, MemberProfile, NaloxoneKit,
};
use kinweave_core::model::{Body, Date};
use kinweave_core::views::{Language, MilestoneKey};
use kinweave_tests::phone::Phone;
use kinweave_tests::reyes::Reyes;

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn today(phone: &Phone, date: &str) -> Today {
    phone.home.today(day(date)).unwrap()
}

fn news(phone: &Phone, date: &str) -> Vec<String> {
    today(phone, date).news.records.into_iter().map(|record| record.kind).collect()
}

fn a_note(text: &str, open_on: Option<&str>) -> Encouragement {
    let open_on = open_on.map(day);
    Encouragement { to: [].into(), text: text.into(), encouragement_kind: Default::default(), open_on, link: None }
}

#[test]
fn news_is_what_others_wrote_since_this_device_was_looked_at() {
    let mut reyes = Reyes::new();
    reyes.clocks("2026-02-10T10:00");
    assert_eq!(news(&reyes.d1, "2026-02-10"), [""; 0], "who is who is no news");
    reyes.m1.home.add(NewRecord::new(a_note("Hello.", None)).with(ShareWith::Everyone)).unwrap();
    reyes.m1.home.add(NewRecord::new(a_note("For Saturday.", Some("2026-02-14"))).with(ShareWith::Everyone)).unwrap();
    reyes.d1.home.add(NewRecord::new(a_note("Mine.", None)).with(ShareWith::Everyone)).unwrap();
    reyes.all_meet();
    assert_eq!(news(&reyes.d1, "2026-02-10"), ["encouragement"], "neither one's own nor what isn't open yet");
    reyes.d1.home.mark_seen().unwrap();
    assert_eq!(news(&reyes.d1, "2026-02-10"), [""; 0]);
    reyes.all_meet();
    assert_eq!(news(&reyes.d2, "2026-02-10"), ["encouragement"], "another device has its own eyes");
    // What opens on its day is new on that day, though it came before; and an edit by somebody else is.
    reyes.clocks("2026-02-14T08:00");
    assert_eq!(news(&reyes.d1, "2026-02-14"), ["encouragement"]);
    reyes.d1.home.mark_seen().unwrap();
    reyes.d1.home.add(NewRecord::new(Celebration::idea("movie_night"))).unwrap();
    reyes.all_meet();
    assert_eq!(news(&reyes.d1, "2026-02-14"), [""; 0]);
    assert_eq!(news(&reyes.m1, "2026-02-14").iter().filter(|kind| *kind == "celebration").count(), 1);
    reyes.m1.home.mark_seen().unwrap();
    reyes.d1.edit(&reyes.d1.only("celebration"), &[("place", "Luigi's")]);
    reyes.all_meet();
    assert_eq!(news(&reyes.m1, "2026-02-14"), ["celebration"]);
    // It survives a pause, and is nowhere but here.
    reyes.m1.home.mark_seen().unwrap();
    reyes.m1.home.pause().unwrap();
    reyes.m1.home.resume(&reyes.m1.key).unwrap();
    assert_eq!(news(&reyes.m1, "2026-02-14"), [""; 0]);
}

#[test]
fn what_is_coming_is_named_by_its_day_and_what_is_over_is_not() {
    let mut reyes = Reyes::new();
    reyes.clocks("2026-02-08T09:00");
    let at = Some("2026-02-14T19:00[America/New_York]".parse().unwrap());
    let dinner =
        reyes.m1.home.add(NewRecord::new(Celebration { at, ..Celebration::idea("family_dinner_outing") })).unwrap();
    reyes.m1.home.add(NewRecord::new(Celebration::idea("movie_night"))).unwrap();
    let kit = |good: &str| NaloxoneKit {
        place: "hall cupboard".into(),
        form: KitForm::Nasal,
        pack_expires_on: Some(day(good)),
        trained: [].into(),
    };
    reyes.t1.home.add(NewRecord::new(kit("2026-04-09"))).unwrap();
    reyes.t1.home.add(NewRecord::new(kit("2026-04-10"))).unwrap();
    reyes.all_meet();
    let coming = |phone: &Phone, date: &str| -> Vec<String> {
        let named = |coming: &Coming| match coming {
            Coming::Celebration { on, .. } => format!("celebration {on:?}"),
            Coming::Milestones { on, titles } => format!("{on} {}", titles.join(", ")),
            Coming::Pack { place, text, .. } => format!("{place}: {text}"),
        };
        today(phone, date).coming.iter().map(named).collect()
    };
    let dinner_on = "celebration Some(2026-02-14)";
    let pack = "hall cupboard: The naloxone pack is good until 9 April 2026.";
    assert_eq!(coming(&reyes.d1, "2026-02-08"), ["celebration None", "2026-02-11 30 days", dinner_on, pack]);
    assert_eq!(coming(&reyes.m1, "2026-02-08"), ["celebration None", dinner_on, pack], "Dani's days are Dani's");
    assert_eq!(coming(&reyes.i1, "2026-02-08"), ["celebration None", dinner_on]);
    reyes.clocks("2026-02-14T22:00");
    let held = CelebrationEvent {
        celebration: dinner.reference,
        event: CelebrationStep::Held,
        happened_on: day("2026-02-14"),
        note: None,
    };
    reyes.m1.home.add(NewRecord::new(held).about(dinner.id)).unwrap();
    assert!(!coming(&reyes.m1, "2026-02-14").contains(&dinner_on.to_owned()));
}

#[test]
fn questions_are_for_one_person_in_their_language_and_stop_when_they_ask_for_quiet() {
    let reyes = Reyes::new();
    reyes.clocks("2026-02-11T07:00");
    let asked = |phone: &Phone| -> Vec<String> {
        let text = |prompt: &Prompt| match prompt {
            Prompt::Milestone { milestone } => milestone.prompt.clone().unwrap(),
            other => format!("{other:?}"),
        };
        today(phone, "2026-02-11").prompts.iter().map(text).collect()
    };
    assert_eq!(asked(&reyes.d1), ["30 days by your count. Share it?"]);
    assert_eq!(asked(&reyes.m1), [""; 0]);
    reyes.d1.home.set_language(Language::Es).unwrap();
    assert!(asked(&reyes.d1)[0].starts_with("30 días"), "{:?}", asked(&reyes.d1));
    let mine = reyes.d1.all("member_profile").into_iter().find(|record| record.author == reyes.d1.me()).unwrap();
    let quiet = MemberProfile { quiet_until: Some(day("2026-02-11")), ..MemberProfile::named("Dani") };
    reyes.d1.home.edit(mine.id, &mine.version, quiet.into()).unwrap();
    assert_eq!(asked(&reyes.d1), [""; 0]);
}

#[test]
fn a_setback_told_of_late_takes_a_milestone_back_in_silence_unless_others_have_heard_of_it() {
    use kinweave_core::app::MilestoneState;
    use kinweave_tests::private_world::setback;
    let reyes = Reyes::new();
    reyes.clocks("2026-02-12T07:00");
    let view = |threshold| {
        let views = reyes.d1.home.milestones().unwrap();
        let is_first_run = |key: MilestoneKey| (key.threshold, key.run_started_on) == (threshold, day("2026-01-12"));
        views.into_iter().find(|view| view.key.is_some_and(is_first_run))
    };
    let keep = |threshold: u32| reyes.d1.home.keep_milestone(&view(threshold).unwrap().key.unwrap()).unwrap();
    let (fourteen, thirty) = (keep(14), keep(30));
    let shared = reyes.d1.home.share(fourteen.id, ShareWith::Everyone).unwrap();
    reyes.d1.home.add(NewRecord::new(setback("2026-01-20", "2026-01-21"))).unwrap();
    assert_eq!(view(30), None, "noted for oneself, it is passed over");
    assert!(reyes.d1.home.get(thirty.id).is_ok(), "and nothing is taken away");
    assert_eq!(view(14).map(|view| view.state), Some(MilestoneState::Shared));
    let dinner = Celebration { milestone: Some(shared.reference), ..Celebration::idea("family_dinner_outing") };
    let dinner = reyes.d1.home.add(NewRecord::new(dinner)).unwrap();
    let held = CelebrationEvent {
        celebration: dinner.reference,
        event: CelebrationStep::Held,
        happened_on: day("2026-02-12"),
        note: None,
    };
    reyes.d1.home.add(NewRecord::new(held).about(shared.id)).unwrap();
    assert_eq!(view(14).map(|view| view.state), Some(MilestoneState::Celebrated));
}

#[test]
fn whoever_comes_back_is_greeted_and_nothing_is_counted_that_was_not_there() {
    // Story 6.9, step 2.
    let reyes = Reyes::new();
    for at in 1..=31 {
        let on = day("2026-06-01") + chrono::Days::new(at);
        reyes.i1.home.add(NewRecord::new(CheckIn::of_band(on, Band::Okay))).unwrap();
    }
    reyes.clocks("2026-07-14T10:00");
    let said = today(&reyes.i1, "2026-07-14").check_in_lines;
    assert_eq!(said, ["Good to see you.", "31 check-ins in all"]);
    assert!(reyes.m1.all("check_in").is_empty());
    assert!(matches!(reyes.i1.all("check_in")[0].body, Body::CheckIn(_)));
}
