//! Story 6.1: thirty days and a dinner, in a circle that starts without a person in recovery.

use kinweave_core::app::{CelebrationState, Error, MilestoneState, NewRecord, Rule, ShareWith};
use kinweave_core::model::kinds::{
    Celebration, CelebrationEvent, CelebrationStep, Encouragement, RecoveryTimeline, RsvpAnswer,
};
use kinweave_core::model::{AgeBand, Role};
use kinweave_tests::phone::{Phone, new_york};

struct Family {
    m1: Phone,
    l1: Phone,
    t1: Phone,
    i1: Phone,
    d1: Phone,
}

impl Family {
    fn everyone_reads(&self, local: &str) {
        for phone in [&self.m1, &self.l1, &self.t1, &self.i1, &self.d1] {
            phone.clock.set(new_york(local));
        }
    }
}

/// Steps 0 and 2: Marta's circle, and Dani's coming home.
fn a_family() -> Family {
    let start = new_york("2026-01-20T10:00");
    let [mut m1, mut l1, mut t1, mut i1, d1] = [1, 2, 3, 4, 5].map(|seed| Phone::new(seed, start));
    m1.home.create_circle("Reyes", "Marta").unwrap();
    let marta = m1.me();
    m1.invite(&l1, "Lena", Role::Member, None);
    m1.invite(&t1, "Tomás", Role::Member, None);
    m1.invite(&i1, "Iris", Role::YoungMember(AgeBand::From13To17), Some(marta));
    for phone in [&mut l1, &mut t1, &mut i1] {
        m1.meet(phone);
    }
    let mut family = Family { m1, l1, t1, i1, d1 };
    family.everyone_reads("2026-02-09T10:00");
    family.m1.invite(&family.d1, "Dani", Role::Member, None);
    family
}

#[test]
fn story_6_1_thirty_days_and_a_dinner() {
    let mut family = a_family();
    // 1
    let mut of_dani = NewRecord::new(RecoveryTimeline::starting("2026-01-12".parse().unwrap()));
    for subject in ["Dani", "nobody by that name"] {
        of_dani.subject = Some(subject.to_owned());
        let refused = family.m1.home.add(of_dani.clone());
        assert_eq!(refused, Err(Error::NotAllowed { rule: Rule::SubjectMustBeAuthor }));
    }
    // 2
    let timeline = RecoveryTimeline::starting("2026-01-12".parse().unwrap());
    family.d1.home.add(NewRecord::new(timeline)).unwrap();
    let milestones = family.d1.home.milestones().unwrap();
    assert_eq!(milestones.iter().map(|m| m.title.as_str()).collect::<Vec<_>>(), ["1 day", "7 days", "14 days"]);
    assert!(milestones.iter().all(|m| m.state == MilestoneState::Reached && m.prompt.is_none()));
    family.everyone_reads("2026-02-10T10:00");
    for phone in [&mut family.l1, &mut family.t1, &mut family.i1] {
        family.m1.meet(phone);
    }
    assert_eq!(family.i1.home.circle().unwrap().people.len(), 5);
    family.everyone_reads("2026-02-11T07:00");
    let milestones = family.d1.home.milestones().unwrap();
    let prompts: Vec<_> = milestones.iter().filter(|milestone| milestone.prompt.is_some()).collect();
    assert_eq!(prompts.len(), 1);
    assert_eq!(prompts[0].prompt.as_deref(), Some("30 days by your count. Share it?"));
    assert_eq!(family.d1.home.days().unwrap().unwrap().current, 30);
    for phone in [&family.m1, &family.l1, &family.t1, &family.i1] {
        assert!(phone.all("milestone").is_empty() && phone.all("recovery_timeline").is_empty());
    }
    // 3
    family.everyone_reads("2026-02-11T18:10");
    let private = family.d1.home.keep_milestone(prompts[0].key.as_ref().unwrap()).unwrap();
    let m1 = family.d1.home.share(private.id, ShareWith::Everyone).unwrap();
    assert_ne!(m1.id, private.id);
    assert!(family.d1.home.get(private.id).is_ok(), "the private one stays");
    let dinner = Celebration { milestone: Some(m1.reference), ..Celebration::idea("family_dinner_outing") };
    let c1 = family.d1.home.add(NewRecord::new(dinner)).unwrap();
    family.d1.meet(&mut family.m1);
    family.d1.meet(&mut family.l1);
    family.m1.meet(&mut family.t1);
    family.m1.meet(&mut family.i1);
    // 4
    let (at, place) = ("2026-02-14T19:00-05:00[America/New_York]", "place");
    family.m1.edit(&family.m1.only("celebration"), &[(place, "Luigi's"), ("at", at)]);
    family.l1.edit(&family.l1.only("celebration"), &[(place, "Nonna's kitchen"), ("at", at)]);
    family.m1.meet(&mut family.l1);
    family.m1.meet(&mut family.t1);
    for phone in [&family.m1, &family.l1, &family.t1] {
        let celebration = phone.only("celebration");
        assert_eq!(celebration.conflicts.len(), 1, "equal values are no conflict");
        let conflict = &celebration.conflicts[0];
        assert_eq!(conflict.field, place);
        let mut candidates: Vec<_> =
            conflict.candidates.iter().map(|candidate| (candidate.value.as_str().unwrap(), candidate.member)).collect();
        candidates.sort();
        assert_eq!(candidates, [("Luigi's", phone.person("Marta")), ("Nonna's kitchen", phone.person("Lena"))]);
    }
    family.t1.home.resolve(c1.id, place, &"Nonna's kitchen".into()).unwrap();
    family.t1.meet(&mut family.m1);
    for phone in [&mut family.l1, &mut family.d1, &mut family.i1] {
        family.m1.meet(phone);
    }
    for phone in [&family.m1, &family.l1, &family.t1, &family.i1, &family.d1] {
        let celebration = phone.only("celebration");
        assert!(celebration.conflicts.is_empty());
        assert_eq!(celebration.body.to_fields()[place], "Nonna's kitchen");
        assert_eq!(celebration.body.to_fields()["at"], at);
    }
    // 5
    family.everyone_reads("2026-02-12T12:00");
    let answers = [
        (&family.m1, RsvpAnswer::Yes),
        (&family.t1, RsvpAnswer::Yes),
        (&family.d1, RsvpAnswer::Yes),
        (&family.i1, RsvpAnswer::Yes),
        (&family.l1, RsvpAnswer::Yes),
        (&family.l1, RsvpAnswer::Maybe),
        (&family.l1, RsvpAnswer::Yes),
    ];
    for (phone, answer) in answers {
        phone.home.answer(c1.id, answer, None).unwrap();
    }
    let note = Encouragement {
        to: [family.i1.person("Dani")].into(),
        text: "I saved you the corner seat.".to_owned(),
        open_on: Some("2026-02-14".parse().unwrap()),
        encouragement_kind: Default::default(),
        link: None,
    };
    family.i1.home.add(NewRecord::new(note)).unwrap();
    for _ in 0..2 {
        for phone in [&mut family.l1, &mut family.t1, &mut family.d1, &mut family.i1] {
            family.m1.meet(phone);
        }
    }
    family.everyone_reads("2026-02-13T12:00");
    for phone in [&family.m1, &family.l1, &family.t1, &family.d1] {
        assert!(phone.all("encouragement").is_empty(), "closed until the day");
        let answers = phone.home.celebrations().unwrap().remove(0).answers;
        assert_eq!(answers.len(), 5);
        assert!(answers.iter().all(|answer| answer.answer == RsvpAnswer::Yes));
        assert_eq!(phone.all("rsvp").len(), 5, "one record per member");
    }
    assert_eq!(family.i1.all("encouragement").len(), 1);
    family.everyone_reads("2026-02-14T08:00");
    for phone in [&family.m1, &family.l1, &family.t1, &family.d1, &family.i1] {
        phone.only("encouragement");
    }
    // 6
    let step = |event| CelebrationEvent {
        celebration: c1.reference,
        event,
        happened_on: "2026-02-14".parse().unwrap(),
        note: None,
    };
    family.everyone_reads("2026-02-15T12:00");
    family.t1.home.add(NewRecord::new(step(CelebrationStep::Held)).about(m1.id)).unwrap();
    family.l1.home.add(NewRecord::new(step(CelebrationStep::Cancelled)).about(m1.id)).unwrap();
    for _ in 0..2 {
        for phone in [&mut family.l1, &mut family.t1, &mut family.d1, &mut family.i1] {
            family.m1.meet(phone);
        }
    }
    for phone in [&family.m1, &family.l1, &family.t1, &family.i1, &family.d1] {
        assert_eq!(phone.home.celebrations().unwrap()[0].state, CelebrationState::Held);
        assert!(phone.home.is_celebrated(m1.id).unwrap());
    }
    family.d1.home.erase(c1.id).unwrap();
    for _ in 0..2 {
        for phone in [&mut family.l1, &mut family.t1, &mut family.d1, &mut family.i1] {
            family.m1.meet(phone);
        }
    }
    for phone in [&family.m1, &family.l1, &family.t1, &family.i1, &family.d1] {
        assert!(phone.all("celebration").is_empty() && phone.all("rsvp").is_empty());
        assert!(phone.home.is_celebrated(m1.id).unwrap(), "what was celebrated stays so");
        assert_eq!(phone.home.check().unwrap(), Vec::<String>::new());
    }
    let celebrated = family.d1.home.milestones().unwrap();
    assert!(celebrated.iter().any(|m| m.title == "30 days" && m.state == MilestoneState::Celebrated));
}

#[test]
fn story_6_1_dani_and_lena_meet_by_roster_proof_without_the_tenth_of_february() {
    let mut family = a_family();
    assert_eq!(family.l1.home.circle().unwrap().people.len(), 4, "Lena's phone doesn't know Dani");
    family.d1.meet(&mut family.l1);
    assert_eq!(family.l1.home.circle().unwrap().people.len(), 5);
}
