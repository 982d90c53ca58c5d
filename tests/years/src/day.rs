//! What a family writes on a day.

use std::collections::{BTreeMap, VecDeque};

use kinweave_core::model::kind::Kind;
use kinweave_core::model::kinds::{
    Band, CardMode, CardShows, Celebration, CheckIn, CheckInKind, Commitment, CommitmentEvent, Emoji, Encouragement,
    Journal, PromiseEvent, Reaction, RecoveryCard, Rsvp, RsvpAnswer,
};
use kinweave_core::model::{Audience, Body, MemberId, RecordRef, Row};
use kinweave_core::records::{Draft, RecordError};
use kinweave_core::store::Transaction;
use kinweave_tests::chance::Chance;

use crate::family::Desk;

/// Sets of people in use from the beginning; each year brings some more.
const SETS: usize = 12;
const SETS_MORE_A_YEAR: usize = 3;
/// What can still be answered, reacted to or edited.
const REMEMBERED: usize = 60;
const WORDS: &str = include_str!("../words.txt");

/// Day after day.
pub struct Days {
    chance: Chance,
    words: Vec<&'static str>,
    sets: Vec<Audience>,
    notes: VecDeque<(usize, Row)>,
    dinners: VecDeque<Row>,
    promises: Vec<(usize, RecordRef, Audience)>,
    cards: BTreeMap<MemberId, Row>,
    days: usize,
    written: usize,
}

impl Days {
    /// None has passed yet.
    pub fn new(chance: Chance) -> Self {
        let words = WORDS.split_whitespace().collect();
        let (notes, dinners, promises, sets) = (VecDeque::new(), VecDeque::new(), Vec::new(), Vec::new());
        Self { chance, words, sets, notes, dinners, promises, cards: BTreeMap::new(), days: 0, written: 0 }
    }

    /// One day, on which these devices are in use. Answers how many entries were written.
    pub fn one(&mut self, desk: &mut Desk, tx: &Transaction<'_>, devices: &[usize]) -> usize {
        let before = self.written;
        while self.sets.len() < (SETS + SETS_MORE_A_YEAR * (self.days / 365)).min(most_sets(desk)) {
            let set = self.another_set(desk);
            self.sets.push(set);
        }
        let of = |member| -> Vec<usize> {
            devices.iter().copied().filter(|at| desk.writers[*at].member == member).collect()
        };
        // Of each member one device a day; of Marta one for what is hers alone.
        let today: Vec<_> = desk.members.iter().map(|member| *self.chance.pick(&of(*member))).collect();
        let marta = *self.chance.pick(&of(desk.writers[0].member));
        for device in today {
            self.of_member(desk, tx, device).expect("a day without mistakes");
        }
        self.in_private(desk, tx, marta).expect("a day without mistakes");
        self.days += 1;
        self.written - before
    }

    fn of_member(&mut self, desk: &mut Desk, tx: &Transaction<'_>, device: usize) -> Result<(), RecordError> {
        let everyone = Audience::set(desk.members.clone());
        let check_in = CheckIn { note: Some(self.text(14)), band: Some(Band::Okay), ..a_check_in(desk) };
        self.create(desk, tx, device, &check_in.into(), &everyone, None)?;
        let note = Encouragement { text: self.text(18), ..Encouragement::example() };
        let set = self.a_set_of(desk.writers[device].member, &everyone);
        let note = Encouragement { to: [].into(), ..note };
        let row = self.create(desk, tx, device, &note.into(), &set, None)?;
        remember(&mut self.notes, (device, row));
        for _ in 0..2 {
            self.react(desk, tx, device)?;
        }
        if self.days.is_multiple_of(30) {
            let promise = Commitment { title: self.text(4), to: [].into(), witness: None, ..Commitment::example() };
            let promise = Commitment { starts_on: desk.today(), ends_on: None, ..promise };
            let row = self.create(desk, tx, device, &promise.into(), &everyone, None)?;
            self.promises.retain(|(of, ..)| desk.writers[*of].member != desk.writers[device].member);
            self.promises.push((device, row.first, everyone.clone()));
        }
        let mine = self.promises.iter().find(|(of, ..)| desk.writers[*of].member == desk.writers[device].member);
        if let Some((_, promise, audience)) = mine.cloned() {
            let (due_on, on) = (Some(desk.today()), desk.today());
            let event = CommitmentEvent { due_on, event: PromiseEvent::Kept, on, moved_to: None, note: None };
            self.create(desk, tx, device, &event.into(), &audience, Some(promise))?;
        }
        if self.chance.once_in(3) {
            self.write_a_note_anew(desk, tx, device)?;
        }
        if self.chance.once_in(4) {
            self.publish_a_card(desk, tx, device, &everyone)?;
        }
        match self.chance.below(12) {
            0 => {
                let dinner = Celebration { place: Some(self.text(3)), ..Celebration::idea("family_dinner_outing") };
                let row = self.create(desk, tx, device, &dinner.into(), &everyone, None)?;
                remember(&mut self.dinners, row);
            }
            1..=4 => self.change_a_dinner(desk, tx, device)?,
            _ => {}
        }
        Ok(())
    }

    fn in_private(&mut self, desk: &mut Desk, tx: &Transaction<'_>, device: usize) -> Result<(), RecordError> {
        let me = desk.writers[device].member;
        let check_in = CheckIn { note: Some(self.text(20)), craving: Some(3), ..a_check_in(desk) };
        self.create(desk, tx, device, &check_in.into(), &Audience::Me(me), None)?;
        let page = Journal { on: desk.today(), text: self.text(60), prompt: None };
        self.create(desk, tx, device, &page.into(), &Audience::Journal(me), None).map(drop)
    }

    fn react(&mut self, desk: &mut Desk, tx: &Transaction<'_>, device: usize) -> Result<(), RecordError> {
        let me = desk.writers[device].member;
        let readable: Vec<_> = self.notes.iter().filter(|(_, row)| self.is_for(tx, row, me)).cloned().collect();
        if readable.is_empty() {
            return Ok(());
        }
        let (_, row) = self.chance.pick(&readable).clone();
        let audience = tx.audience(&row.audience)?.expect("a known audience");
        self.create(desk, tx, device, &Reaction { emoji: Emoji::Heart }.into(), &audience, Some(row.first)).map(drop)
    }

    fn is_for(&self, tx: &Transaction<'_>, row: &Row, member: MemberId) -> bool {
        tx.audience(&row.audience).ok().flatten().is_some_and(|it| it.named_members().contains(&member))
    }

    fn write_a_note_anew(&mut self, desk: &mut Desk, tx: &Transaction<'_>, device: usize) -> Result<(), RecordError> {
        let Some(at) = self.notes.iter().rposition(|(of, _)| *of == device) else { return Ok(()) };
        let row = self.notes[at].1.clone();
        let mut fields = row.fields.clone();
        fields.insert("text".to_owned(), self.text(18).into());
        let body = Body::from_fields(&row.kind, fields);
        self.written += 1;
        self.notes[at].1 = desk.author(device).edit(tx, &row, &row.version, &body)?;
        Ok(())
    }

    /// Of each member's cards the latest takes the place of the one before.
    fn publish_a_card(
        &mut self,
        desk: &mut Desk,
        tx: &Transaction<'_>,
        device: usize,
        to: &Audience,
    ) -> Result<(), RecordError> {
        let me = desk.writers[device].member;
        let (total, shows) = (Some(self.days as u32), [CardShows::Total].into());
        let card = RecoveryCard { mode: CardMode::Snapshot, total, shows, ..RecoveryCard::paused(desk.today()) }.into();
        let row = match self.cards.remove(&me) {
            None => self.create(desk, tx, device, &card, to, None)?,
            Some(before) => {
                self.written += 1;
                desk.author(device).edit(tx, &before, &before.version, &card)?
            }
        };
        self.cards.insert(me, row);
        Ok(())
    }

    fn change_a_dinner(&mut self, desk: &mut Desk, tx: &Transaction<'_>, device: usize) -> Result<(), RecordError> {
        if self.dinners.is_empty() {
            return Ok(());
        }
        let at = self.chance.below(self.dinners.len());
        let row = self.dinners[at].clone();
        if self.chance.once_in(2) {
            let audience = tx.audience(&row.audience)?.expect("a known audience");
            let answer = Rsvp { answer: RsvpAnswer::Yes, note: None };
            return self.create(desk, tx, device, &answer.into(), &audience, Some(row.first)).map(drop);
        }
        let mut fields = row.fields.clone();
        fields.insert("place".to_owned(), self.text(3).into());
        let body = Body::from_fields(&row.kind, fields);
        self.written += 1;
        self.dinners[at] = desk.author(device).edit(tx, &row, &row.version, &body)?;
        Ok(())
    }

    fn create(
        &mut self,
        desk: &mut Desk,
        tx: &Transaction<'_>,
        device: usize,
        body: &Body,
        audience: &Audience,
        about: Option<RecordRef>,
    ) -> Result<Row, RecordError> {
        self.written += 1;
        desk.author(device).create(tx, &Draft { body, audience, about, expires_on: None })
    }

    /// A set of some people, Marta among them, that isn't in use yet.
    fn another_set(&mut self, desk: &Desk) -> Audience {
        loop {
            let marta = desk.writers[0].member;
            let others = desk.members.iter().copied().filter(|member| *member == marta || self.chance.once_in(2));
            let set = Audience::set(others);
            if !self.sets.contains(&set) {
                return set;
            }
        }
    }

    fn a_set_of(&mut self, member: MemberId, otherwise: &Audience) -> Audience {
        let own: Vec<_> = self.sets.iter().filter(|set| set.named_members().contains(&member)).cloned().collect();
        if own.is_empty() { otherwise.clone() } else { self.chance.pick(&own).clone() }
    }

    fn text(&mut self, words: usize) -> String {
        let words: Vec<_> = (0..words).map(|_| *self.chance.pick(&self.words)).collect();
        words.join(" ")
    }
}

/// All sets of five people with Marta among them, but for herself alone.
fn most_sets(desk: &Desk) -> usize {
    (1 << (desk.members.len() - 1)) - 1
}

fn a_check_in(desk: &Desk) -> CheckIn {
    CheckIn { on: desk.today(), check_in_kind: CheckInKind::Daily, ..CheckIn::example() }
}

fn remember<T>(among: &mut VecDeque<T>, one: T) {
    among.push_back(one);
    if among.len() > REMEMBERED {
        among.pop_front();
    }
}
