//! Records: written, read, found and taken away.

use kinweave_core::app::foreign::AnyValue;
use kinweave_core::app::{Error, HistoryStep, ListQuery, NewRecord, Page, Record, SearchPage, SearchQuery, TrashItem};
use kinweave_core::model::{Body, RecordId, TrashId, VersionToken};

use crate::kinweave::Kinweave;

#[uniffi::export]
impl Kinweave {
    /// Makes a record, shared as its kind usually is unless [`NewRecord::with`] says otherwise.
    ///
    /// *Everyone* and *circle* turn into a fixed set of people here, for good: who joins later doesn't get it. Connected
    /// phones hear of it within two seconds; others when they are met.
    ///
    /// # Errors
    /// [`Error::InvalidInput`], [`Error::NotAllowed`] with the rule, [`Error::NotFound`] for a parent that isn't here.
    pub async fn add(&self, record: NewRecord) -> Result<Record, Error> {
        self.run(move |home| home.add(record)).await
    }

    /// Edits a record, from the version that the screen showed: what was not touched stays as others have left it.
    ///
    /// `body` is the whole body as it should read; only fields that differ from what was shown are written. Two people who
    /// changed one field apart get a conflict to settle, never a silent loss. Without a difference nothing is written.
    ///
    /// # Errors
    /// [`Error::Gone`] or [`Error::Moved`] if the record isn't here any more; [`Error::NotAllowed`] unless this member
    /// may change it; [`Error::InvalidInput`].
    pub async fn edit(&self, id: RecordId, version: VersionToken, body: Body) -> Result<Record, Error> {
        self.run(move |home| home.edit(id, &version, body)).await
    }

    /// Settles a field in conflict on a value, which may be one of the candidates or another.
    ///
    /// Two people who settle it differently at the same time see a new conflict.
    ///
    /// # Errors
    /// [`Error::NotFound`], [`Error::NotAllowed`] unless this member may change the record, [`Error::InvalidInput`] for a
    /// set or a long text, which merge by themselves, and for a value that the field can't hold.
    pub async fn resolve(&self, id: RecordId, field: String, value: AnyValue) -> Result<Record, Error> {
        self.run(move |home| home.resolve(id, &field, &value)).await
    }

    /// Takes a record away, with all that belongs to it. Other phones do the same when they hear of it; one that is far
    /// away still shows it until then, and nobody can take back a copy made by hand.
    ///
    /// This phone alone keeps what it said in the [`trash`](Self::trash) for 7 days. [`forget`](Self::forget) doesn't.
    ///
    /// # Errors
    /// [`Error::NotFound`]; [`Error::NotAllowed`] unless this member wrote it or is its subject.
    pub async fn erase(&self, id: RecordId) -> Result<(), Error> {
        self.run(move |home| home.erase(id)).await
    }

    /// One record, if the owner of this phone may see it today.
    ///
    /// # Errors
    /// [`Error::NotFound`], also for what isn't open yet and for what has expired.
    pub async fn get(&self, id: RecordId) -> Result<Record, Error> {
        self.run(move |home| home.get(id)).await
    }

    /// One page of records, 50 unless asked otherwise and at most 1,000. Pass [`Page::next`] as [`ListQuery::after`] for more.
    ///
    /// # Errors
    /// [`Error::InvalidInput`] for an `after` that no page gave, [`Error::NotFound`] for a parent that isn't here.
    pub async fn list(&self, query: ListQuery) -> Result<Page, Error> {
        self.run(move |home| home.list(&query)).await
    }

    /// Finds words in everything that the owner of this phone may read today, the newest first: what others wrote, what
    /// arrived a moment ago, and of words that people disagree on every wording. The journal is searched only if the
    /// query names its kind.
    ///
    /// A preset, such as the idea for a celebration, is found by the words that it is shown in too.
    ///
    /// "tomas" finds "Tomás", in both directions, and so for every script that has case and accents. Chinese, Japanese,
    /// Korean and Thai are found by any part of a text.
    ///
    /// # Errors
    /// [`Error::InvalidInput`] for a `text` that is empty, too long or without a single letter, and for an `after` that no
    /// page gave. Nothing else that can be typed is an error.
    pub async fn search(&self, query: SearchQuery) -> Result<SearchPage, Error> {
        self.run(move |home| home.search(&query)).await
    }

    /// How a record came to say what it says: who made it, who changed which field from what to what, what was written
    /// apart, and who settled it. Read from the changes themselves, so it is the same on every phone that holds them.
    ///
    /// Of words that only their author writes there is one step: no phone keeps an older wording. Of a very long history
    /// the last 500 steps are answered.
    ///
    /// # Errors
    /// [`Error::NotFound`], also for what isn't open yet and for what has expired.
    pub async fn history(&self, id: RecordId) -> Result<Vec<HistoryStep>, Error> {
        self.run(move |home| home.history(id)).await
    }

    /// Takes a record away for good, as [`erase`](Self::erase) does, and keeps nothing of it in the trash.
    ///
    /// When it returns, no page of this phone's file holds the words, nor what would confirm a guess at them. For that the
    /// whole file is written anew, which takes a second where there is much.
    ///
    /// # Errors
    /// [`Error::NotFound`]; [`Error::NotAllowed`] unless this member wrote it. With a storage error the record is gone all
    /// the same, and what is left to do is done when the home is next opened.
    pub async fn forget(&self, id: RecordId) -> Result<(), Error> {
        self.run(move |home| home.forget(id)).await
    }

    /// The same for many at once, all or none: the file is written anew once and not for each. A record that is named twice, or
    /// goes with another of them, goes once.
    ///
    /// # Errors
    /// Those of [`forget`](Self::forget), for any of them: then all are still here.
    pub async fn forget_all(&self, ids: Vec<RecordId>) -> Result<(), Error> {
        self.run(move |home| home.forget_all(ids)).await
    }

    /// What was removed with [`erase`](Self::erase) in the last 7 days on this phone, the latest first. Nobody else sees it,
    /// one's own other phones included.
    ///
    /// # Errors
    /// [`Error::NoCircle`].
    pub async fn trash(&self) -> Result<Vec<TrashItem>, Error> {
        self.run(move |home| home.trash()).await
    }

    /// Brings something back out of the trash: as a new record with the same words, shared with the same people. What
    /// others had added to the old one doesn't come back. They keep it no longer than they would have kept the old one.
    ///
    /// # Errors
    /// [`Error::NotFound`] for what isn't in the trash any more; [`Error::NotAllowed`] for what belonged to a record that
    /// isn't here any more.
    pub async fn restore(&self, id: TrashId) -> Result<Record, Error> {
        self.run(move |home| home.restore(id)).await
    }

    /// Empties the trash now. When it returns, no page of this phone's file holds what was in it.
    ///
    /// # Errors
    /// As for [`forget`](Self::forget).
    pub async fn empty_trash(&self) -> Result<(), Error> {
        self.run(move |home| home.empty_trash()).await
    }

    /// Keeps what is here, or no longer: with a legal hold nothing runs out on this phone, and its trash stays. What is
    /// removed by hand goes, here and wherever it was shared. Nobody is told, and no other phone does anything else for it.
    ///
    /// # Errors
    /// [`Error::NoCircle`].
    pub async fn set_legal_hold(&self, on: bool) -> Result<(), Error> {
        self.run(move |home| home.set_legal_hold(on)).await
    }

    /// Whether there is a legal hold on this phone.
    ///
    /// # Errors
    /// [`Error::NoCircle`].
    pub async fn legal_hold(&self) -> Result<bool, Error> {
        self.run(move |home| home.legal_hold()).await
    }
}
