//! The story, as lines that are sent to phones and what must come back. Change a word, and what is printed changes.
//!
//! `{c1}` and `{m1}` stand for records, which each phone is asked for itself (`IDS`). Member ids in what comes back are
//! replaced by names before they are compared and printed.

pub const MARTA: &str = "Marta";
pub const LENA: &str = "Lena";
pub const TOMAS: &str = "Tomás";
pub const IRIS: &str = "Iris";
pub const DANI: &str = "Dani";
pub const ALL: &[&str] = &[MARTA, LENA, TOMAS, IRIS, DANI];

pub const ZONE: &str = "America/New_York";

/// One thing that happens, or is looked at.
pub enum Step {
    /// The clocks of all phones move on.
    Time { now: &'static str, title: &'static str },
    /// The owner of a phone does something on it.
    Do { who: &'static str, line: &'static str },
    /// The same, and the phone says no for this reason.
    Refused { who: &'static str, line: &'static str, rule: &'static str, words: &'static str },
    /// Two people sit together: one lets the other in.
    Pair { inviter: &'static str, line: &'static str, newcomer: &'static str, join: &'static str },
    /// Two phones are near each other; the first dials.
    Meet { dials: &'static str, answers: &'static str },
    /// What these people see on their phones.
    Show { who: &'static [&'static str], view: View },
    /// What must be so on each of these phones.
    Expect { who: &'static [&'static str], line: &'static str, at: &'static str, is: Is, words: &'static str },
    /// What this phone holds for itself is on no other phone.
    Alone { who: &'static str, words: &'static str },
}

/// What a person looks at.
pub enum View {
    People,
    Days,
    Milestones,
    Celebrations,
    Notes,
}

/// What is expected at a place of an answer.
pub enum Is {
    /// This JSON.
    Json(&'static str),
    /// A list of these, in any order.
    Set(&'static str),
    /// A list of this length.
    Count(usize),
    /// These words occur somewhere.
    Has(&'static str),
    /// They don't.
    Lacks(&'static str),
}

/// How a phone finds a record: on whose, by which line, at which place of the answer.
pub const IDS: &[(&str, &str, &str, &str)] = &[
    ("c1", "", "list celebration", "/records/0/id"),
    ("m1", DANI, "milestones", "/3/copies/0"),
    ("m1", "", "list milestone", "/records/0/id"),
];

use Step::{Alone, Do, Expect, Meet, Pair, Refused, Show, Time};

pub const STORY: &[Step] = &[
    // 0. A circle that starts without Dani, who is in residential care without a phone.
    Time { now: "2026-01-20T18:00", title: "Marta starts a circle. Dani is in residential care, without a phone." },
    Do { who: MARTA, line: "create Reyes --as Marta" },
    Pair { inviter: MARTA, line: "invite", newcomer: LENA, join: "--as Lena" },
    Pair { inviter: MARTA, line: "invite", newcomer: TOMAS, join: "--as Tomás" },
    Pair { inviter: MARTA, line: "invite --young 13_17 --guardian Marta", newcomer: IRIS, join: "--as Iris" },
    Meet { dials: MARTA, answers: LENA },
    Meet { dials: MARTA, answers: TOMAS },
    Meet { dials: MARTA, answers: IRIS },
    Show { who: &[MARTA, LENA, TOMAS, IRIS], view: View::People },
    // 1. Nobody writes about another.
    Refused {
        who: MARTA,
        line: r#"add recovery_timeline --body '{"first_start_on":"2026-01-12"}' --subject Dani"#,
        rule: "subject_must_be_author",
        words: "Marta can't write Dani's timeline: you write about yourself",
    },
    Refused {
        who: MARTA,
        line: r#"add recovery_timeline --body '{"first_start_on":"2026-01-12"}' --subject Nobody"#,
        rule: "subject_must_be_author",
        words: "the same answer for somebody who isn't here: it tells nothing about who is",
    },
    // 2. Dani comes home.
    Time { now: "2026-02-09T17:30", title: "Dani is home and joins at Marta's phone." },
    Pair { inviter: MARTA, line: "invite", newcomer: DANI, join: "--as Dani" },
    Do { who: DANI, line: "timeline set 2026-01-12" },
    Show { who: &[DANI], view: View::Milestones },
    Expect {
        who: &[DANI],
        line: "milestones",
        at: "",
        is: Is::Lacks("Share it?"),
        words: "what was passed before the timeline existed is listed, and not asked about",
    },
    Expect { who: &[DANI], line: "milestones", at: "", is: Is::Count(3), words: "1, 7 and 14 days are listed" },
    Time { now: "2026-02-10T12:00", title: "Marta's phone meets the others and brings the news that Dani is here." },
    Meet { dials: MARTA, answers: LENA },
    Meet { dials: MARTA, answers: TOMAS },
    Meet { dials: MARTA, answers: IRIS },
    Expect { who: ALL, line: "who", at: "/people", is: Is::Count(5), words: "all five phones know all five people" },
    Time { now: "2026-02-11T07:00", title: "Dani opens the phone." },
    Show { who: &[DANI], view: View::Days },
    Show { who: &[DANI], view: View::Milestones },
    Expect {
        who: &[DANI],
        line: "milestones",
        at: "/3/prompt",
        is: Is::Json(r#""30 days by your count. Share it?""#),
        words: "Dani is asked once, and only Dani",
    },
    Expect { who: &[DANI], line: "days", at: "/total", is: Is::Json("30"), words: "30 days, by Dani's count" },
    Alone { who: DANI, words: "no other phone holds a byte of it" },
    // 3. Dani shares it.
    Time { now: "2026-02-11T18:10", title: "Dani shares it, and would like a dinner." },
    Do { who: DANI, line: r#"share "30 days" --with everyone"# },
    Do { who: DANI, line: r#"celebrate family_dinner_outing --milestone "30 days" --with everyone"# },
    Expect {
        who: &[DANI],
        line: "list milestone",
        at: "/records",
        is: Is::Count(2),
        words: "what is shared is a copy; Dani's own stays private",
    },
    Meet { dials: DANI, answers: MARTA },
    Meet { dials: DANI, answers: LENA },
    Meet { dials: MARTA, answers: TOMAS },
    Meet { dials: MARTA, answers: IRIS },
    Show { who: ALL, view: View::Celebrations },
    Expect {
        who: &[MARTA, LENA, TOMAS, IRIS],
        line: "list milestone",
        at: "/records/0/author",
        is: Is::Json(r#""Dani""#),
        words: "Dani's milestone is on every phone, brought to Tomás and Iris by Marta's",
    },
    // 4. Two places, apart.
    Time { now: "2026-02-12T09:00", title: "Apart from each other, Marta and Lena each have an idea." },
    Do { who: MARTA, line: r#"edit {c1} "place=Luigi's" at=2026-02-14T19:00"# },
    Do { who: LENA, line: r#"edit {c1} "place=Nonna's kitchen" at=2026-02-14T19:00"# },
    Meet { dials: MARTA, answers: LENA },
    Meet { dials: MARTA, answers: TOMAS },
    Show { who: ALL, view: View::Celebrations },
    Expect {
        who: &[MARTA, LENA, TOMAS],
        line: "list celebration --conflicts",
        at: "/records/0/conflicts/0/candidates",
        is: Is::Set(r#"[{"value":"Luigi's","member":"Marta"},{"value":"Nonna's kitchen","member":"Lena"}]"#),
        words: "the two places stand side by side, each with the name of who wrote it",
    },
    Expect {
        who: &[MARTA, LENA, TOMAS],
        line: "list celebration",
        at: "/records/0/conflicts",
        is: Is::Count(1),
        words: "about the hour both wrote the same, so there is nothing to settle",
    },
    Expect {
        who: &[MARTA, LENA, TOMAS],
        line: "list celebration",
        at: "/records/0/body/at",
        is: Is::Json(r#""2026-02-14T19:00-05:00[America/New_York]""#),
        words: "the hour has one value",
    },
    Do { who: TOMAS, line: r#"resolve {c1} place "Nonna's kitchen""# },
    Meet { dials: TOMAS, answers: MARTA },
    Meet { dials: MARTA, answers: LENA },
    Meet { dials: MARTA, answers: DANI },
    Meet { dials: MARTA, answers: IRIS },
    Show { who: ALL, view: View::Celebrations },
    Expect {
        who: ALL,
        line: "list celebration",
        at: "/records/0/body/place",
        is: Is::Json(r#""Nonna's kitchen""#),
        words: "one place on all five phones",
    },
    Expect {
        who: ALL,
        line: "list celebration --conflicts",
        at: "/records",
        is: Is::Count(0),
        words: "nothing is left to settle",
    },
    // 5. Answers, and a note that waits.
    Time {
        now: "2026-02-12T20:00",
        title: "Apart again, everyone answers. Lena changes her mind twice. Iris writes a note.",
    },
    Do { who: MARTA, line: "rsvp {c1} yes" },
    Do { who: LENA, line: "rsvp {c1} yes" },
    Do { who: LENA, line: "rsvp {c1} maybe" },
    Do { who: TOMAS, line: "rsvp {c1} yes" },
    Do { who: DANI, line: "rsvp {c1} yes" },
    Do { who: IRIS, line: "rsvp {c1} yes" },
    Do { who: IRIS, line: r#"encourage Dani "I saved you the corner seat." --with everyone --open-on 2026-02-14"# },
    Do { who: LENA, line: "rsvp {c1} yes" },
    Meet { dials: MARTA, answers: LENA },
    Meet { dials: MARTA, answers: TOMAS },
    Meet { dials: MARTA, answers: IRIS },
    Meet { dials: MARTA, answers: DANI },
    Meet { dials: MARTA, answers: LENA },
    Meet { dials: MARTA, answers: TOMAS },
    Meet { dials: MARTA, answers: IRIS },
    Meet { dials: MARTA, answers: DANI },
    Show { who: ALL, view: View::Celebrations },
    Expect {
        who: ALL,
        line: "celebrations",
        at: "/0/answers",
        is: Is::Set(
            r#"[{"member":"Dani","answer":"yes"},{"member":"Iris","answer":"yes"},{"member":"Lena","answer":"yes"},
                {"member":"Marta","answer":"yes"},{"member":"Tomás","answer":"yes"}]"#,
        ),
        words: "five answers on five phones; Lena's last one counts",
    },
    Expect { who: ALL, line: "list rsvp", at: "/records", is: Is::Count(5), words: "one answer a person" },
    Time { now: "2026-02-13T20:00", title: "The note has arrived everywhere, and stays closed." },
    Show { who: ALL, view: View::Notes },
    Expect {
        who: &[MARTA, LENA, TOMAS, DANI],
        line: "list --limit 500",
        at: "",
        is: Is::Lacks("corner seat"),
        words: "nobody but Iris can read it yet",
    },
    Expect {
        who: &[IRIS],
        line: "list encouragement",
        at: "/records",
        is: Is::Count(1),
        words: "Iris can, who wrote it",
    },
    Time { now: "2026-02-14T08:00", title: "It is the day." },
    Show { who: ALL, view: View::Notes },
    Expect {
        who: ALL,
        line: "list encouragement",
        at: "/records/0/body/text",
        is: Is::Has("corner seat"),
        words: "now everyone can read it",
    },
    // 6. What became of it.
    Time { now: "2026-02-15T10:00", title: "Tomás notes that they went. Lena, apart, had noted that it was off." },
    Do { who: TOMAS, line: "celebration held {c1} --on 2026-02-14" },
    Do { who: LENA, line: "celebration cancelled {c1} --on 2026-02-14" },
    Meet { dials: MARTA, answers: LENA },
    Meet { dials: MARTA, answers: TOMAS },
    Meet { dials: MARTA, answers: IRIS },
    Meet { dials: MARTA, answers: DANI },
    Meet { dials: MARTA, answers: LENA },
    Meet { dials: MARTA, answers: TOMAS },
    Show { who: ALL, view: View::Celebrations },
    Expect {
        who: ALL,
        line: "celebrations",
        at: "/0/state",
        is: Is::Json(r#""held""#),
        words: "of the two, that they went counts",
    },
    Time { now: "2026-02-16T19:00", title: "Dani removes the dinner. That it was celebrated stays." },
    Do { who: DANI, line: "erase {c1}" },
    Meet { dials: DANI, answers: MARTA },
    Meet { dials: MARTA, answers: LENA },
    Meet { dials: MARTA, answers: TOMAS },
    Meet { dials: MARTA, answers: IRIS },
    Meet { dials: MARTA, answers: DANI },
    Meet { dials: MARTA, answers: LENA },
    Meet { dials: MARTA, answers: TOMAS },
    Meet { dials: MARTA, answers: IRIS },
    Show { who: ALL, view: View::Celebrations },
    Expect { who: ALL, line: "list celebration", at: "/records", is: Is::Count(0), words: "the dinner is gone" },
    Expect {
        who: ALL,
        line: "celebrated {m1}",
        at: "/celebrated",
        is: Is::Json("true"),
        words: "the thirty days stay celebrated on all five phones",
    },
    Show { who: &[DANI], view: View::Milestones },
];
