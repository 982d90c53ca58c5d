//! The people of the circle.

use kinweave_core::app::{CircleView, PendingAdmission, Person};
use kinweave_core::model::{AgeBand, Role};

use super::Names;
use super::names::name;
use crate::layout::Table;
use crate::screen;
use crate::words::say;

pub fn circle(circle: &CircleView) -> String {
    let names = Names::new(Some(circle));
    let mut lines = vec![say("people.circle", &[("name", &circle.name)])];
    let mut table = Table::new();
    for person in &circle.people {
        table.row([name(person), what(person, &names)]);
    }
    lines.extend(table.lines(2, screen::current().width));
    lines.join("\n")
}

fn what(person: &Person, names: &Names) -> String {
    let mut parts = vec![role(person.role)];
    parts.extend(person.guardian.map(|guardian| say("people.guardian", &[("name", &names.of(&guardian))])));
    parts.extend(person.is_me.then(|| say("people.you", &[])));
    parts.join(" · ")
}

pub fn role(role: Role) -> String {
    let key = match role {
        Role::Member => "people.adult",
        Role::YoungMember(AgeBand::From13To17) => "people.young_13_17",
        Role::YoungMember(AgeBand::Under13) => "people.young_under_13",
        Role::ProfessionalGuest => "people.guest",
    };
    say(key, &[])
}

/// Who waits to be let in, and for whose word.
pub fn waiting(waiting: &[PendingAdmission], names: &Names) -> String {
    if waiting.is_empty() {
        return say("people.nobody_waits", &[]);
    }
    let mut table = Table::new();
    for pending in waiting {
        let asked = names.all(&pending.waiting_for);
        table.row([pending.member.short(), say("people.waits_for", &[("names", &asked)])]);
    }
    table.lines(0, screen::current().width).join("\n")
}
