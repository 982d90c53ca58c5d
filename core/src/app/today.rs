//! The first screen in one call.

use chrono::Days as CivilDays;

use super::answers::{CelebrationState, ClockState, Coming, MilestoneState, News, Prompt, Today};
use super::error::Error;
use super::kinweave::Kinweave;
use super::owner::Owner;
use crate::model::codec::{decode, encode};
use crate::model::kinds::CardMode;
use crate::model::{Body, Date, MemberId, Row};
use crate::store::{NewsSince, RowQuery};
use crate::views::{self, CardReading};

/// Where this device notes what its owner has seen. It is never synced: another device has its own eyes.
const META: &str = "seen_until";
/// Records that are news to nobody.
const QUIET: [&str; 4] = ["member_profile", "circle_info", "device_name", "share"];
const NEWS_MAX: u32 = 50;
/// So far ahead goes what is coming; a naloxone pack is named earlier.
const COMING_DAYS: u64 = 7;
const PACK_DAYS: u64 = 60;

impl Kinweave {
    /// The first screen in one call: what one is asked, what is new, what is coming and which promises are due, all of
    /// `date`. It says nothing about anything that wasn't done.
    ///
    /// New is what others wrote, changed, or had meant for a later day, since [`mark_seen`](Self::mark_seen); the newest
    /// first, at most 50.
    pub fn today(&self, date: Date) -> Result<Today, Error> {
        self.call(move |owner| owner.today(date))
    }

    /// Notes, on this device alone, that everything here was seen. Nobody else ever learns of it.
    pub fn mark_seen(&self) -> Result<(), Error> {
        self.call(|owner| owner.mark_seen())
    }
}

impl Owner {
    fn today(&self, date: Date) -> Result<Today, Error> {
        // All of one moment.
        let _reader = self.store.read()?;
        let days = self.days_on(date)?;
        Ok(Today {
            date,
            prompts: self.prompts(date)?,
            news: self.news()?,
            coming: self.coming(date)?,
            promises_due: self.promises_due(date)?,
            check_in_lines: self.system.words().check_in_lines(&self.check_in_summary(date)?),
            days_lines: days.map(|days| self.system.words().days_lines(&days)).unwrap_or_default(),
        })
    }

    fn mark_seen(&mut self) -> Result<(), Error> {
        let today = self.scope()?.today;
        let tx = self.store.begin()?;
        tx.set_meta(META, &encode(&(tx.last_seq()?, today)))?;
        tx.commit()?;
        self.tell_observers();
        Ok(())
    }

    fn news(&self) -> Result<News, Error> {
        let reader = self.store.read()?;
        let seen = reader.meta(META)?.and_then(|bytes| decode::<(u64, Date)>(&bytes));
        let (seq, date) = seen.unwrap_or((0, Date::MIN));
        let query = RowQuery {
            news: Some(NewsSince { seq, date }),
            but_kinds: QUIET.map(str::to_owned).to_vec(),
            limit: NEWS_MAX,
            ..RowQuery::all(self.scope()?)
        };
        let page = reader.list(&query)?;
        let has_more = page.next.is_some();
        let records = page.rows.into_iter().map(|row| self.record(row)).collect::<Result<_, _>>()?;
        Ok(News { records, has_more })
    }

    fn prompts(&self, date: Date) -> Result<Vec<Prompt>, Error> {
        let mut prompts = Vec::new();
        let words = self.system.words();
        // First, since all that follows goes by it.
        if let ClockState::Odd { minutes } = self.clock_state() {
            prompts.push(Prompt::Clock { minutes, text: words.phrase("clock.odd", &[]).unwrap_or_default() });
        }
        if !self.is_quiet(date)? {
            // The newest first: it is what the day is about.
            let asked = self.milestones_on(date)?.into_iter().rev().filter(|it| it.state == MilestoneState::Prompted);
            prompts.extend(asked.map(|milestone| Prompt::Milestone { milestone }));
        }
        prompts.extend(self.card_prompt(date)?);
        let names: std::collections::BTreeMap<MemberId, String> =
            self.circle()?.people.into_iter().map(|person| (person.member, person.name)).collect();
        for promise in self.promises(date)?.into_iter().filter(|promise| promise.asks_me) {
            let title = promise.commitment.body.to_fields().get("title").and_then(|it| it.as_str().map(str::to_owned));
            let name = names.get(&promise.owner).cloned().unwrap_or_default();
            let args = [("name", name.as_str()), ("title", title.as_deref().unwrap_or_default())];
            let text = words.phrase("promise.witness_asked", &args).unwrap_or_default();
            prompts.push(Prompt::Witness { promise: promise.commitment.id, text });
        }
        let admissions = self.pending()?.into_iter().filter(|admission| admission.waits_for_me);
        prompts.extend(admissions.map(|admission| Prompt::Admission { admission }));
        Ok(prompts)
    }

    /// After a setback the card is as it was, and its owner alone is asked what it should say. Only while it counts on:
    /// one that stands still says nothing that isn't true.
    fn card_prompt(&self, date: Date) -> Result<Option<Prompt>, Error> {
        let (me, spans, days) = (self.me()?.member, self.use_spans()?, self.days_on(date)?);
        for row in self.rows_of(&["recovery_card"])?.into_iter().filter(|row| row.author == me) {
            let Body::RecoveryCard(card) = Body::from_fields(&row.kind, row.fields) else { continue };
            let Some(valid_until) = card.valid_until.filter(|_| card.mode == CardMode::Counting) else { continue };
            let is_since = spans.iter().any(|span| span.started_on >= card.as_of || span.resumed_on > Some(card.as_of));
            let CardReading::Shared(shown) = views::read_card(&card, date) else { continue };
            let says_more = days.as_ref().is_some_and(|days| {
                shown.total > Some(days.total)
                    || shown.current > Some(days.current)
                    || shown.longest > Some(days.longest)
            });
            if shown.is_of_today && (is_since || says_more) {
                let words = self.system.words();
                let text = words.phrase("card.ask", &[("date", &words.date(valid_until))]).unwrap_or_default();
                return Ok(Some(Prompt::Card { card: row.id, valid_until, text }));
            }
        }
        Ok(None)
    }

    fn coming(&self, date: Date) -> Result<Vec<Coming>, Error> {
        let until = date.checked_add_days(CivilDays::new(COMING_DAYS)).unwrap_or(date);
        let mut coming = Vec::new();
        for celebration in self.celebrations()? {
            let Body::Celebration(body) = &celebration.celebration.body else { continue };
            let on = body.at.map(|at| at.local().date());
            let is_open = !matches!(celebration.state, CelebrationState::Held | CelebrationState::Cancelled);
            if is_open && on.is_none_or(|on| on >= date) {
                coming.push(Coming::Celebration { on, celebration: Box::new(celebration) });
            }
        }
        if !self.is_quiet(date)?
            && let Some((timeline, _)) = self.timeline()?
        {
            let next = views::upcoming(timeline.first_start_on, &self.use_spans()?, date);
            for next in next.into_iter().filter(|next| next.due_on <= until) {
                let titles = next.milestones.iter().map(|key| self.system.words().milestone_title(key)).collect();
                coming.push(Coming::Milestones { on: next.due_on, titles });
            }
        }
        coming.extend(self.packs(date)?);
        coming.sort_by_key(Coming::on);
        Ok(coming)
    }

    /// Naloxone packs that run out soon, or have.
    fn packs(&self, date: Date) -> Result<Vec<Coming>, Error> {
        let until = date.checked_add_days(CivilDays::new(PACK_DAYS)).unwrap_or(date);
        let words = self.system.words();
        let pack = |row: Row| match Body::from_fields(&row.kind, row.fields) {
            Body::NaloxoneKit(kit) => kit.pack_expires_on.filter(|on| *on <= until).map(|on| {
                let text = words.phrase("naloxone.pack_expires", &[("date", &words.date(on))]).unwrap_or_default();
                Coming::Pack { on, kit: row.id, place: kit.place, text }
            }),
            _ => None,
        };
        Ok(self.rows_of(&["naloxone_kit"])?.into_iter().filter_map(pack).collect())
    }

    /// Whether the owner would rather not be prompted on this date.
    fn is_quiet(&self, date: Date) -> Result<bool, Error> {
        let me = self.me()?.member;
        let profiles = self.rows_of(&["member_profile"])?;
        let mine = profiles.into_iter().filter(|row| row.author == me).max_by_key(|row| (row.tick, row.id));
        Ok(mine.is_some_and(|row| match Body::from_fields(&row.kind, row.fields) {
            Body::MemberProfile(profile) => profile.quiet_until.is_some_and(|until| date <= until),
            _ => false,
        }))
    }
}
