//! How a record came to say what it says.

use super::error::Error;
use super::kinweave::Kinweave;
use super::owner::Owner;
use crate::model::RecordId;
use crate::model::history::HistoryStep;
use crate::records::{self, Scope};

impl Kinweave {
    /// How a record came to say what it says: who made it, who changed which field from what to what, what was written
    /// apart, and who settled it. Read from the changes themselves, so it is the same on every phone that holds them.
    ///
    /// Of words that only their author writes there is one step: no phone keeps an older wording. Of a very long history
    /// the last 500 steps are answered.
    ///
    /// ```
    /// # use kinweave_core::app::{Kinweave, NewRecord, SettableClock, System};
    /// # use kinweave_core::model::ZonedTime;
    /// use kinweave_core::model::history::Deed;
    /// use kinweave_core::model::kinds::Celebration;
    ///
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let directory = tempfile::tempdir()?;
    /// # let clock = SettableClock::new("2026-02-14T10:00[America/New_York]".parse::<ZonedTime>()?.as_now());
    /// # let marta = Kinweave::open(&directory.path().join("marta"), &[1; 32], System::with_clock(clock))?;
    /// # marta.create_circle("Reyes", "Marta")?;
    /// let dinner = Celebration { place: Some("Luigi's".into()), ..Celebration::idea("family_dinner_outing") };
    /// let seen = marta.add(NewRecord::new(dinner.clone()))?;
    /// marta.edit(seen.id, &seen.version, Celebration { place: Some("Nonna's".into()), ..dinner }.into())?;
    ///
    /// let steps = marta.history(seen.id)?;
    /// assert_eq!([steps[0].deed, steps[1].deed], [Deed::Made, Deed::Edited]);
    /// assert_eq!(steps[1].changes[0].field, "place");
    /// assert_eq!((&steps[1].changes[0].from[0], &steps[1].changes[0].to), (&"Luigi's".into(), &"Nonna's".into()));
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// [`Error::NotFound`], also for what isn't open yet and for what has expired.
    pub fn history(&self, id: RecordId) -> Result<Vec<HistoryStep>, Error> {
        self.call(move |owner| owner.history(&id))
    }
}

impl Owner {
    fn history(&self, id: &RecordId) -> Result<Vec<HistoryStep>, Error> {
        let row = self.row(id)?;
        let scope = Scope { circle: &self.me()?.circle, roster: &self.roster };
        Ok(records::history(&self.store.read()?, scope, &row)?)
    }
}
