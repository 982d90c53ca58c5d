//! The recovery card: what its owner shows of their days, on the day they choose, and nothing by itself.

use std::collections::BTreeSet;

use kinweave_core::app::{Clock, Error, ListQuery, Record, ShareWith};
use kinweave_core::model::kinds::{CardMode, CardShows, RecoveryCard};

use super::Session;
use crate::answer::{Answer, Failure};
use crate::args::{CardAction, PublishCard};
use crate::print;

impl Session {
    pub(super) fn card(&self, action: Option<CardAction>) -> Result<Answer, Failure> {
        let closed = |mode| RecoveryCard { mode, ..self.blank_card() };
        let today = self.clock.now().today();
        match action {
            None | Some(CardAction::Show { name: None }) => {
                let (cards, mine) = (self.app.cards(today)?, self.app.my_card(today)?);
                let text = print::cards(&cards, mine.as_ref());
                Answer::new(&serde_json::json!({ "cards": cards, "mine": mine }), text)
            }
            Some(CardAction::Show { name: Some(name) }) => {
                let person = self.person(&name)?;
                let card = self.app.card_of(person.member, today)?;
                Answer::new(&card, print::card(card.as_ref(), &person.name))
            }
            Some(CardAction::Publish(args)) => self.publish(args),
            Some(CardAction::Pause) => self.put(closed(CardMode::Paused), None),
            Some(CardAction::Hide) => self.put(closed(CardMode::Hidden), None),
        }
    }

    fn publish(&self, args: PublishCard) -> Result<Answer, Failure> {
        let days = self.app.days()?;
        let day = |wanted: bool, show| (wanted && days.is_some()).then_some(show);
        let mut shows: BTreeSet<CardShows> = [
            day(args.total, CardShows::Total),
            day(args.current, CardShows::Current),
            day(args.longest, CardShows::Longest),
            day(args.since, CardShows::Since),
            args.milestone.is_some().then_some(CardShows::MilestoneOnly),
        ]
        .into_iter()
        .flatten()
        .collect();
        if shows.is_empty() && args.words.is_some() {
            shows.insert(CardShows::WordsOnly);
        }
        if shows.is_empty() {
            return Err(Failure::say(1, "nothing_to_show", &[]));
        }
        let today = self.clock.now().today();
        let shown = |show| days.as_ref().filter(|_| shows.contains(&show));
        let card = RecoveryCard {
            mode: if args.counting.is_some() { CardMode::Counting } else { CardMode::Snapshot },
            total: shown(CardShows::Total).map(|days| days.total),
            current: shown(CardShows::Current).map(|days| days.current),
            longest: shown(CardShows::Longest).map(|days| days.longest),
            since: shown(CardShows::Since).map(|days| days.first_start_on),
            milestone: args.milestone,
            words: args.words,
            valid_until: args.counting.map(|days| today + chrono::Days::new(days.into())),
            shows,
            ..self.blank_card()
        };
        self.put(card, args.with.as_deref())
    }

    fn blank_card(&self) -> RecoveryCard {
        RecoveryCard { mode: CardMode::Snapshot, ..RecoveryCard::paused(self.clock.now().today()) }
    }

    /// Publishes it; unless said otherwise, for those who saw the last one.
    fn put(&self, card: RecoveryCard, with: Option<&str>) -> Result<Answer, Failure> {
        let with = match (with, self.own_card()?) {
            (None, Some(last)) => ShareWith::Chosen(last.audience.members),
            (with, _) => self.with(with)?,
        };
        let record = self.app.publish_card(card, with)?;
        let shown = self.app.my_card(self.clock.now().today())?;
        let text = print::published(&record, shown.as_ref(), &self.names());
        Answer::new(&serde_json::json!({ "card": record, "shown": shown }), text)
    }

    /// The live card of the owner of this device.
    pub(super) fn own_card(&self) -> Result<Option<Record>, Error> {
        let me = self.app.circle()?.me;
        let kinds = vec!["recovery_card".to_owned()];
        let page = self.app.list(&ListQuery { kinds, person: Some(me), ..ListQuery::default() })?;
        Ok(page.records.into_iter().find(|record| record.author == me))
    }
}
