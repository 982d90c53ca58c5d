//! What one shares: as much as one likes, brought up to date by hand, and put before fewer people.

use kinweave_core::app::{CheckInPart, Error, NewRecord, Record, Rule, ShareWith};
use kinweave_core::model::audience::AudienceTag;
use kinweave_core::model::kinds::{Band, Celebration, CheckIn, Encouragement};
use kinweave_core::model::{Body, Date};
use kinweave_tests::phone::Phone;
use kinweave_tests::reyes::Reyes;

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn a_check_in() -> CheckIn {
    CheckIn {
        craving: Some(6),
        note: Some("A long shift.".into()),
        valence: Some(-0.25),
        ..CheckIn::of_band(day("2026-02-09"), Band::NeedCompany)
    }
}

fn shown(record: &Record) -> CheckIn {
    match &record.body {
        Body::CheckIn(check_in) => check_in.clone(),
        body => panic!("a check-in: {body:?}"),
    }
}

fn not_allowed<T: std::fmt::Debug>(outcome: Result<T, Error>, rule: Rule) {
    assert_eq!(outcome.unwrap_err(), Error::NotAllowed { rule });
}

#[test]
fn a_check_in_goes_to_others_as_far_as_its_author_says() {
    let mut reyes = Reyes::new();
    let own = reyes.d1.home.add(NewRecord::new(a_check_in())).unwrap();
    let lena = ShareWith::Chosen(vec![reyes.l1.me()]);
    let tomas = ShareWith::Chosen(vec![reyes.t1.me()]);
    let whole = |with_craving| CheckInPart::Whole { with_craving };
    reyes.d1.home.share(own.id, lena.clone()).unwrap();
    reyes.d1.home.share_check_in(own.id, ShareWith::Everyone, CheckInPart::Band).unwrap();
    reyes.d1.home.share_check_in(own.id, tomas.clone(), whole(true)).unwrap();
    not_allowed(reyes.d1.home.share_check_in(own.id, ShareWith::Everyone, whole(false)), Rule::AudienceNotAllowed);
    let young = ShareWith::Chosen(vec![reyes.i1.me()]);
    not_allowed(reyes.d1.home.add(NewRecord::new(a_check_in()).with(young.clone())), Rule::AudienceNotAllowed);
    let to_iris = shown(&reyes.d1.home.share(own.id, young).unwrap());
    assert!(to_iris.is_band_only(), "of itself a young person gets one word");
    reyes.all_meet();
    let read = |phone: &Phone| phone.all("check_in").iter().map(shown).collect::<Vec<_>>();
    assert!(read(&reyes.i1).iter().all(|check_in| check_in.is_band_only()));
    assert_eq!(read(&reyes.m1), [a_check_in().band_only().unwrap()]);
    assert!(read(&reyes.l1).contains(&a_check_in().for_others(false)));
    assert!(read(&reyes.t1).contains(&a_check_in()));
    let summary = reyes.d1.home.check_in_summary(day("2026-02-09")).unwrap();
    assert_eq!((summary.in_all, summary.days_shown), (1, 1), "copies aren't counted beside it");
    // An edit makes every copy outdated, and each keeps to its part when it is brought up to date.
    let edited = CheckIn { band: Some(Band::Hard), craving: Some(3), ..a_check_in() };
    reyes.d1.home.edit(own.id, &own.version, edited.clone().into()).unwrap();
    let copies = reyes.d1.home.copies(own.id).unwrap();
    assert_eq!((copies.len(), copies.iter().all(|copy| copy.is_outdated)), (4, true));
    for copy in &copies {
        reyes.d1.home.update_copy(copy.id).unwrap();
    }
    assert!(reyes.d1.home.copies(own.id).unwrap().iter().all(|copy| !copy.is_outdated));
    reyes.all_meet();
    assert_eq!(read(&reyes.m1), [edited.band_only().unwrap()]);
    assert!(read(&reyes.l1).contains(&edited.for_others(false)) && read(&reyes.t1).contains(&edited));
    // On the other device the notes of what was shared are the same.
    assert_eq!(reyes.d2.home.copies(own.id).unwrap(), reyes.d1.home.copies(own.id).unwrap());
    reyes.assert_in_order();
}

#[test]
fn narrowing_puts_it_before_fewer_and_takes_it_from_the_others_in_one_step() {
    let mut reyes = Reyes::new();
    let (lena, marta) = (reyes.l1.me(), reyes.m1.me());
    let own = reyes.d1.home.add(NewRecord::new(a_check_in())).unwrap();
    let both = ShareWith::Chosen(vec![lena, marta]);
    let wide = reyes.d1.home.share_check_in(own.id, both, CheckInPart::Whole { with_craving: false }).unwrap();
    reyes.all_meet();
    assert_eq!(reyes.l1.all("check_in").len(), 1);
    not_allowed(reyes.d1.home.narrow(wide.id, ShareWith::Circle), Rule::AudienceNotAllowed);
    not_allowed(reyes.m1.home.narrow(wide.id, ShareWith::OnlyMe), Rule::NotAWriter);
    let narrower = reyes.d1.home.narrow(wide.id, ShareWith::Chosen(vec![lena])).unwrap();
    assert_eq!(narrower.body, wide.body);
    let copies = reyes.d1.home.copies(own.id).unwrap();
    assert_eq!(copies.iter().map(|copy| copy.id).collect::<Vec<_>>(), [narrower.id]);
    reyes.all_meet();
    reyes.d1.meet(&mut reyes.l1);
    assert!(reyes.m1.all("check_in").is_empty());
    assert_eq!(reyes.l1.all("check_in").len(), 1);
    // Back to oneself alone: the source is what is left.
    assert_eq!(reyes.d1.home.narrow(narrower.id, ShareWith::OnlyMe).unwrap().id, own.id);
    reyes.d1.meet(&mut reyes.l1);
    assert!(reyes.l1.all("check_in").is_empty());
    assert!(reyes.d1.home.copies(own.id).unwrap().is_empty());
    reyes.assert_in_order();
}

#[test]
fn words_that_others_wrote_in_a_copy_are_never_undone_by_sharing_again() {
    let mut reyes = Reyes::new();
    let plan = reyes.d1.home.add(NewRecord::new(Celebration::idea("movie_night")).with(ShareWith::OnlyMe)).unwrap();
    let copy = reyes.d1.home.share(plan.id, ShareWith::Everyone).unwrap();
    reyes.all_meet();
    reyes.m1.edit(&reyes.m1.only("celebration"), &[("place", "Luigi's")]);
    reyes.all_meet();
    let again = reyes.d1.home.share(plan.id, ShareWith::Everyone).unwrap();
    assert_eq!((again.id, &again.body.to_fields()["place"]), (copy.id, &"Luigi's".into()));
    assert!(!reyes.d1.home.copies(plan.id).unwrap()[0].is_outdated);
}

#[test]
fn the_journal_stays_where_it_is() {
    let reyes = Reyes::new();
    let page = kinweave_core::model::kinds::Journal { on: day("2026-02-09"), text: "The river.".into(), prompt: None };
    let page = reyes.d1.home.add(NewRecord::new(page)).unwrap();
    for with in [ShareWith::Everyone, ShareWith::OnlyMe, ShareWith::Chosen(vec![reyes.l1.me()])] {
        let shared = reyes.d1.home.share(page.id, with.clone());
        assert!(shared.is_err() || shared.is_ok_and(|record| record.audience.tag == AudienceTag::Journal), "{with:?}");
        let narrowed = reyes.d1.home.narrow(page.id, with.clone());
        assert!(
            narrowed.is_err() || narrowed.is_ok_and(|record| record.audience.tag == AudienceTag::Journal),
            "{with:?}"
        );
    }
    assert_eq!(reyes.d1.only("journal").audience.tag, AudienceTag::Journal);
}

#[test]
fn signs_are_one_of_a_sort_each_and_go_with_what_they_stand_under() {
    use kinweave_core::model::kinds::Emoji;
    let mut reyes = Reyes::new();
    let note = Encouragement {
        to: [reyes.d1.me()].into(),
        text: "Proud of you.".into(),
        encouragement_kind: Default::default(),
        open_on: None,
        link: None,
    };
    let note = reyes.m1.home.add(NewRecord::new(note).with(ShareWith::Everyone)).unwrap();
    reyes.all_meet();
    let heart = reyes.d1.home.react(note.id, Emoji::Heart).unwrap();
    assert_eq!(reyes.d1.home.react(note.id, Emoji::Heart).unwrap().id, heart.id);
    reyes.d1.home.react(note.id, Emoji::Sun).unwrap();
    reyes.i1.home.react(note.id, Emoji::Heart).unwrap();
    reyes.all_meet();
    assert_eq!(reyes.l1.all("reaction").len(), 3);
    reyes.d1.home.unreact(note.id).unwrap();
    reyes.d1.home.unreact(note.id).unwrap();
    reyes.all_meet();
    let left = reyes.l1.all("reaction");
    assert_eq!((left.len(), left[0].author), (1, reyes.i1.me()));
}
