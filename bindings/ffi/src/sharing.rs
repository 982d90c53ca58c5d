//! Sharing with others, and signs under their records.

use kinweave_core::app::{CheckInPart, CopyView, Error, Record, ShareWith};
use kinweave_core::model::RecordId;
use kinweave_core::model::kinds::Emoji;

use crate::kinweave::Kinweave;

#[uniffi::export]
impl Kinweave {
    /// Copies one's own record to others. The copy knows nothing of its source; only one's own devices remember which is
    /// which. Shared once more with the same people, the copy that they have is brought up to date and answered.
    ///
    /// Of a check-in everything goes but the craving; to a set with a young member in it only the band. For another
    /// choice see [`share_check_in`](Self::share_check_in).
    ///
    /// # Errors
    /// [`Error::NotFound`]; [`Error::NotAllowed`] for somebody else's record, a page of the journal, or a kind that may
    /// not go there.
    pub async fn share(&self, id: RecordId, with: ShareWith) -> Result<Record, Error> {
        self.run(move |home| home.share(id, with)).await
    }

    /// Copies as much of one's own check-in to others as one likes: the day in one word, or all of it.
    ///
    /// # Errors
    /// Those of [`share`](Self::share); [`Error::InvalidInput`] on `band` if the check-in has none to share, and on `id` if it
    /// is no check-in; [`Error::NotAllowed`] for more than a band to a set with a young member in it.
    pub async fn share_check_in(&self, id: RecordId, with: ShareWith, part: CheckInPart) -> Result<Record, Error> {
        self.run(move |home| home.share_check_in(id, with, part)).await
    }

    /// Who has a copy of one's own record, since when, and whether it still says what the record says. Known from one's
    /// own devices' notes alone.
    ///
    /// # Errors
    /// [`Error::NotFound`].
    pub async fn copies(&self, id: RecordId) -> Result<Vec<CopyView>, Error> {
        self.run(move |home| home.copies(id)).await
    }

    /// Brings a copy up to date with its source. What its readers had is taken away with it. A copy of a check-in keeps to
    /// the part that it was.
    ///
    /// # Errors
    /// [`Error::NotFound`] if it is no copy of one's own, or its source isn't here any more; those of
    /// [`share`](Self::share).
    pub async fn update_copy(&self, copy: RecordId) -> Result<Record, Error> {
        self.run(move |home| home.update_copy(copy)).await
    }

    /// Puts one's own record before fewer people. They get a new one; the old goes, with what others wrote to it, and to
    /// whoever isn't among them it is gone like anything that was taken away. All of it, or nothing, survives a crash.
    ///
    /// Of a copy narrowed to oneself the source is what is left, and answered.
    ///
    /// # Errors
    /// [`Error::NotFound`]; [`Error::NotAllowed`] for somebody else's record, and for people who couldn't read it before.
    pub async fn narrow(&self, id: RecordId, with: ShareWith) -> Result<Record, Error> {
        self.run(move |home| home.narrow(id, with)).await
    }

    /// Puts one of twelve signs under a record, for everyone who can read that. One of each sort a member: done again it
    /// answers the sign that is there.
    ///
    /// # Errors
    /// [`Error::NotFound`]; [`Error::NotAllowed`] under what nobody else can read.
    pub async fn react(&self, id: RecordId, emoji: Emoji) -> Result<Record, Error> {
        self.run(move |home| home.react(id, emoji)).await
    }

    /// Takes one's own signs under a record away. Idempotent.
    ///
    /// # Errors
    /// [`Error::NotFound`].
    pub async fn unreact(&self, id: RecordId) -> Result<(), Error> {
        self.run(move |home| home.unreact(id)).await
    }
}
