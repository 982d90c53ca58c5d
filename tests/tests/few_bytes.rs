//! Phones on a bad line: what a meeting costs in bytes.

use kinweave_core::app::{NewRecord, ShareWith};
use kinweave_core::model::kinds::{Celebration, Encouragement, Milestone, MilestoneBasis};
use kinweave_core::model::{AgeBand, Body, Role};
use kinweave_tests::phone::{Phone, new_york};

const NEW_RECORDS_A_SIDE: usize = 50;
const MEETING_BYTES_MAX: u64 = 40_000;
const NOTHING_NEW_BYTES_MAX: u64 = 1_000;

/// As people write: no two sentences alike.
const SENTENCES: [&str; 10] = [
    "I saved you the corner seat.",
    "Thank you for calling on Tuesday, it meant a lot to me.",
    "The soup is in the freezer; take as much as you like.",
    "You looked rested today.",
    "Grandma asked about you and was so glad to hear you're well.",
    "I walked past the old house and thought of us.",
    "No need to answer. Just so you know that I think of you.",
    "Shall we go to the lake again when it gets warmer?",
    "Proud of you.",
    "The bus leaves at ten past eight, I'll wait at the stop by the bakery.",
];

fn a_body(who: &str, number: usize) -> Body {
    let sentence = SENTENCES[(number * 7 + who.len()) % SENTENCES.len()];
    match number % 5 {
        0 => {
            Celebration { place: Some(format!("{who}'s kitchen {number}")), ..Celebration::idea("movie_night") }.into()
        }
        1 => Milestone {
            basis: MilestoneBasis::OwnWords,
            threshold: None,
            reached_on: format!("2026-02-{:02}", number % 28 + 1).parse().unwrap(),
            run_started_on: None,
            life_event: None,
            words: Some(format!("{sentence} ({number})")),
        }
        .into(),
        _ => Encouragement {
            to: Default::default(),
            text: format!("{number}: {sentence} {who}"),
            encouragement_kind: Default::default(),
            open_on: None,
            link: None,
        }
        .into(),
    }
}

#[test]
fn fifty_and_fifty_new_records_move_in_under_40_kb_and_nothing_new_in_under_1_kb() {
    let start = new_york("2026-02-14T10:00");
    let [mut marta, mut marta_tablet, mut lena, mut lena_tablet] = [1, 2, 3, 4].map(|seed| Phone::new(seed, start));
    let [mut tomas, tomas_tablet, mut iris, iris_tablet, mut dani, dani_tablet] =
        [5, 6, 7, 8, 9, 10].map(|seed| Phone::new(seed, start));
    marta.home.create_circle("Reyes", "Marta").unwrap();
    let guardian = marta.me();
    marta.invite(&lena, "Lena", Role::Member, None);
    marta.invite(&tomas, "Tomás", Role::Member, None);
    marta.invite(&iris, "Iris", Role::YoungMember(AgeBand::From13To17), Some(guardian));
    marta.invite(&dani, "Dani", Role::Member, None);
    let owns = [
        (&mut marta, &marta_tablet),
        (&mut lena, &lena_tablet),
        (&mut tomas, &tomas_tablet),
        (&mut iris, &iris_tablet),
        (&mut dani, &dani_tablet),
    ];
    for (first, second) in owns {
        first.add_device(second);
    }
    for _ in 0..2 {
        for phone in [&lena, &tomas, &iris, &dani, &marta_tablet, &lena_tablet] {
            assert!(phone.meet(&mut marta).equal);
        }
    }
    assert!(marta.meet(&mut lena).equal);
    assert_eq!((marta.home.circle().unwrap().people.len(), marta.home.devices().unwrap().len()), (5, 10));

    let chosen = ShareWith::Chosen(vec![marta.me(), lena.me()]);
    let write = |phone: &Phone, who: &str, numbers: std::ops::Range<usize>| {
        for number in numbers {
            let with = if number % 2 == 0 { ShareWith::Everyone } else { chosen.clone() };
            phone.home.add(NewRecord::new(a_body(who, number)).with(with)).unwrap();
        }
    };
    let half = NEW_RECORDS_A_SIDE / 2;
    write(&marta, "Marta", 0..half);
    write(&marta_tablet, "Marta", half..2 * half);
    write(&lena, "Lena", 0..half);
    write(&lena_tablet, "Lena", half..2 * half);
    assert!(marta.meet(&mut marta_tablet).equal);
    assert!(lena.meet(&mut lena_tablet).equal);

    let kinds = ["encouragement", "milestone", "celebration"];
    let held = |phone: &Phone| kinds.iter().map(|kind| phone.all(kind).len()).sum::<usize>();
    assert_eq!((held(&marta), held(&lena)), (NEW_RECORDS_A_SIDE, NEW_RECORDS_A_SIDE));
    let meeting = marta.meet(&mut lena);
    assert_eq!((held(&marta), held(&lena)), (2 * NEW_RECORDS_A_SIDE, 2 * NEW_RECORDS_A_SIDE));
    let again = marta.meet(&mut lena);
    let [meeting_bytes, again_bytes] = [&meeting, &again].map(|meeting| meeting.bytes_sent + meeting.bytes_received);
    println!("50 + 50 new records: {meeting_bytes} bytes, {} ms", meeting.duration_ms);
    println!("nothing new: {again_bytes} bytes, {} ms", again.duration_ms);
    assert!(meeting.equal && meeting_bytes < MEETING_BYTES_MAX, "{meeting_bytes} bytes for 50 + 50 records");
    assert!(again.equal && again_bytes < NOTHING_NEW_BYTES_MAX, "{again_bytes} bytes for nothing new");
}
