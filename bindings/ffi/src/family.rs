//! What a family sees: the first screen, days, celebrations, cards, promises.

use kinweave_core::app::foreign::CivilDate;
use kinweave_core::app::{
    CardView, CelebrationView, Error, KeptView, MilestoneView, PromiseView, Record, ShareWith, Today, TrendView,
};
use kinweave_core::model::kinds::{CommitmentEvent, RecoveryCard, RsvpAnswer};
use kinweave_core::model::{MemberId, RecordId};
use kinweave_core::views::{CheckInSummary, Days, MilestoneKey, SetbackGuidance};

use crate::kinweave::Kinweave;

#[uniffi::export]
impl Kinweave {
    /// The first screen in one call: what one is asked, what is new, what is coming and which promises are due, all of
    /// `date`. It says nothing about anything that wasn't done.
    ///
    /// New is what others wrote, changed, or had meant for a later day, since [`mark_seen`](Self::mark_seen); the newest
    /// first, at most 50.
    pub async fn today(&self, date: CivilDate) -> Result<Today, Error> {
        self.run(move |home| home.today(date)).await
    }

    /// Notes, on this device alone, that everything here was seen. Nobody else ever learns of it.
    pub async fn mark_seen(&self) -> Result<(), Error> {
        self.run(move |home| home.mark_seen()).await
    }

    /// The days of one's own timeline, counted in the owner's zone; none without one. Computed here, never sent.
    pub async fn days(&self) -> Result<Option<Days>, Error> {
        self.run(move |home| home.days()).await
    }

    /// One's own milestones, the oldest first. At most a few carry a question; none is ever announced by itself.
    pub async fn milestones(&self) -> Result<Vec<MilestoneView>, Error> {
        self.run(move |home| home.milestones()).await
    }

    /// Notes a milestone for oneself. [`share`](Self::share) then copies it to others. Noting it again answers the same
    /// record.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a milestone that the days haven't reached.
    pub async fn keep_milestone(&self, key: MilestoneKey) -> Result<Record, Error> {
        self.run(move |home| home.keep_milestone(&key)).await
    }

    /// Every celebration, the oldest first, with its state and everyone's answer.
    pub async fn celebrations(&self) -> Result<Vec<CelebrationView>, Error> {
        self.run(move |home| home.celebrations()).await
    }

    /// Whether a celebration of this milestone was held; once it was, for ever.
    pub async fn is_celebrated(&self, milestone: RecordId) -> Result<bool, Error> {
        self.run(move |home| home.is_celebrated(milestone)).await
    }

    /// Answers an invitation, or changes the answer. `note` has up to 140 characters.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a celebration that isn't here, [`Error::InvalidInput`].
    #[uniffi::method(default(note = None))]
    pub async fn answer(
        &self,
        celebration: RecordId,
        answer: RsvpAnswer,
        note: Option<String>,
    ) -> Result<Record, Error> {
        self.run(move |home| home.answer(celebration, answer, note)).await
    }

    /// Puts one's recovery card before these people, in the place of the last: the old one is taken away with it, from
    /// them and from whoever saw it before, in one step that happens whole or not at all. There is one card a member.
    ///
    /// # Errors
    /// [`Error::InvalidInput`] for a card whose values don't fit what it shows; [`Error::NotAllowed`] for people who may not
    /// have it.
    pub async fn publish_card(&self, card: RecoveryCard, with: ShareWith) -> Result<Record, Error> {
        self.run(move |home| home.publish_card(card, with)).await
    }

    /// The card of a member as it reads on `date`; none if none is here.
    pub async fn card_of(&self, member: MemberId, date: CivilDate) -> Result<Option<CardView>, Error> {
        self.run(move |home| home.card_of(member, date)).await
    }

    /// The cards of everybody else that are here, as they read on `date`, by name.
    pub async fn cards(&self, date: CivilDate) -> Result<Vec<CardView>, Error> {
        self.run(move |home| home.cards(date)).await
    }

    /// One's own card as others read it on `date`; none before there is one.
    pub async fn my_card(&self, date: CivilDate) -> Result<Option<CardView>, Error> {
        self.run(move |home| home.my_card(date)).await
    }

    /// One's own check-ins in a few numbers, none of which counts what wasn't there. Of those kept for oneself: what was
    /// given to others is a copy, or theirs.
    pub async fn check_in_summary(&self, date: CivilDate) -> Result<CheckInSummary, Error> {
        self.run(move |home| home.check_in_summary(date)).await
    }

    /// Whether one's own last two weeks were lighter or heavier than the two before, where there is enough to say so. For
    /// nobody else.
    pub async fn trend(&self, date: CivilDate) -> Result<TrendView, Error> {
        self.run(move |home| home.trend(date)).await
    }

    /// Says what became of a promise on one of its days, what its witness saw, or that one will bear witness. Each is a
    /// record of its own: neither side can overwrite the other, and of one's own words the last counts.
    ///
    /// # Errors
    /// [`Error::NotFound`]; [`Error::NotAllowed`] for a word that is the other side's to say; [`Error::InvalidInput`] on `due_on`
    /// for a day on which it isn't due, and on `about` for a record that is no promise.
    pub async fn promise_event(&self, commitment: RecordId, event: CommitmentEvent) -> Result<Record, Error> {
        self.run(move |home| home.promise_event(commitment, event)).await
    }

    /// Every promise that one made, was made, or bears witness to, with its days from four weeks before `date` to a week
    /// after it. None of them is judged: each day has what both sides said of it.
    pub async fn promises(&self, date: CivilDate) -> Result<Vec<PromiseView>, Error> {
        self.run(move |home| home.promises(date)).await
    }

    /// How promises went between the owner of this phone and each other person, both ways, over 28 and 90 days.
    ///
    /// Never a score of a person: never ranked, never added up over several.
    pub async fn kept_promises(&self, date: CivilDate) -> Result<Vec<KeptView>, Error> {
        self.run(move |home| home.kept_promises(date)).await
    }

    /// What to say after a setback, before anything is asked: phrase keys, the most pressing first, with the place of the
    /// naloxone if a kit is known here. Nothing of it is written down or leaves the phone.
    ///
    /// `today` is the owner's date: of several kits the first whose pack is still good then is named, else the last one
    /// told of. Expired is better than none.
    pub async fn setback_guidance(&self, today: CivilDate) -> Result<SetbackGuidance, Error> {
        self.run(move |home| home.setback_guidance(today)).await
    }
}
