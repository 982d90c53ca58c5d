//! Finding words.

use super::answers::{SearchHit, SearchPage, SearchQuery};
use super::error::Error;
use super::family::PAGE_ROWS;
use super::kinweave::Kinweave;
use super::owner::Owner;
use crate::model::kinds::Journal;
use crate::model::{InvalidInput, InvalidReason, Kind};
use crate::store::{RowQuery, Wanted};

impl Kinweave {
    /// Finds words in everything that the owner of this phone may read today, the newest first: what others wrote, what
    /// arrived a moment ago, and of words that people disagree on every wording. The journal is searched only if the
    /// query names its kind.
    ///
    /// A preset, such as the idea for a celebration, is found by the words that it is shown in too.
    ///
    /// "tomas" finds "Tomás", in both directions, and so for every script that has case and accents. Chinese, Japanese,
    /// Korean and Thai are found by any part of a text.
    ///
    /// ```
    /// use kinweave_core::app::{Kinweave, NewRecord, SearchQuery, SettableClock, System};
    /// use kinweave_core::model::ZonedTime;
    /// use kinweave_core::model::kinds::Celebration;
    ///
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let directory = tempfile::tempdir()?;
    /// # let clock = SettableClock::new("2026-02-14T10:00[America/New_York]".parse::<ZonedTime>()?.as_now());
    /// # let home = directory.path().join("marta");
    /// let marta = Kinweave::open(&home, &[1; 32], System::with_clock(clock))?;
    /// marta.create_circle("Reyes", "Marta")?;
    /// let dinner = Celebration { place: Some("Café Nonna".into()), ..Celebration::idea("family_dinner_outing") };
    /// marta.add(NewRecord::new(dinner))?;
    ///
    /// let found = marta.search(&SearchQuery::new("dinner cafe"))?;
    /// assert_eq!(found.hits[0].excerpt, "family_dinner_outing");
    /// assert_eq!(marta.search(&SearchQuery::new("cafe non"))?.hits[0].excerpt, "Café Nonna");
    /// assert!(marta.search(&SearchQuery::new("\"nonna cafe\""))?.hits.is_empty());
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// [`Error::InvalidInput`] for a `text` that is empty, too long or without a single letter, and for an `after` that no
    /// page gave. Nothing else that can be typed is an error.
    pub fn search(&self, query: &SearchQuery) -> Result<SearchPage, Error> {
        let query = query.clone();
        self.call(move |owner| owner.search(&query))
    }
}

impl Owner {
    fn search(&mut self, query: &SearchQuery) -> Result<SearchPage, Error> {
        let mut wanted = Wanted::parse(&query.text)?;
        // Presets stand in a record by their key, and are read in the reader's own words.
        let presets = self.system.words().texts().filter_map(|(key, texts)| {
            let preset = key.strip_prefix("idea.")?;
            Some((texts.first().copied()?.to_owned(), preset.to_owned()))
        });
        wanted.find_also(&presets.collect::<Vec<_>>());
        let after = match &query.after {
            Some(text) => Some(text.parse().map_err(|_| InvalidInput::new("after", InvalidReason::Malformed))?),
            None => None,
        };
        let rows = RowQuery {
            kinds: query.kinds.clone(),
            person: query.person,
            from: query.from,
            to: query.to,
            with_journal: query.kinds.iter().any(|kind| kind == Journal::SPEC.name),
            limit: if query.limit == 0 { PAGE_ROWS } else { query.limit },
            ..RowQuery::all(self.scope()?)
        };
        let (rows, next) = self.store.search(&wanted, &rows, after)?;
        let hit = |row| Ok(SearchHit { excerpt: wanted.excerpt(&row), record: self.record(row)? });
        let hits = rows.into_iter().map(hit).collect::<Result<_, Error>>()?;
        Ok(SearchPage { hits, next: next.map(|next| next.to_string()) })
    }
}
