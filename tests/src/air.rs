//! A local network without a network: what phones announce is seen by every phone that looks, at once.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::{Arc, Condvar, Mutex, MutexGuard};
use std::time::Duration;

use super::kinweave::app::{Announcement, Discovery, Error, Sighting, SightingSink};

const PATIENCE: Duration = Duration::from_secs(20);

/// What is on the air, and who looks.
#[derive(Clone, Default)]
pub struct Air(Arc<(Mutex<State>, Condvar)>);

#[derive(Default)]
struct State {
    announced: BTreeMap<String, Announcement>,
    lookers: Vec<Arc<SightingSink>>,
    /// Everything that ever was on the air.
    past: Vec<Announcement>,
}

/// One phone's part in it.
pub struct OnAir {
    air: Air,
    own: Mutex<Option<String>>,
}

impl Air {
    /// For one phone.
    pub fn antenna(&self) -> Arc<OnAir> {
        Arc::new(OnAir { air: self.clone(), own: Mutex::default() })
    }

    /// Everything that was announced, as soon as it is so many.
    pub fn past(&self, count: usize) -> Vec<Announcement> {
        let (state, heard) = &*self.0;
        let state = state.lock().expect("the air");
        let (state, _) = heard.wait_timeout_while(state, PATIENCE, |state| state.past.len() < count).expect("the air");
        state.past.clone()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.0.lock().expect("the air")
    }

    /// Tells everyone who looks.
    pub fn tell(&self, sighting: &Sighting) {
        let lookers = self.state().lookers.clone();
        lookers.iter().for_each(|looker| looker.tell(sighting.clone()));
    }
}

fn found(announcement: &Announcement) -> Sighting {
    let addresses = vec![SocketAddr::from(([127, 0, 0, 1], announcement.port))];
    Sighting::Found { instance: announcement.instance.clone(), text: announcement.text.clone(), addresses }
}

impl Discovery for OnAir {
    fn announce(&self, announcement: Announcement) -> Result<(), Error> {
        self.withdraw()?;
        *self.own.lock().expect("a name") = Some(announcement.instance.clone());
        let mut state = self.air.state();
        state.past.push(announcement.clone());
        state.announced.insert(announcement.instance.clone(), announcement.clone());
        drop(state);
        self.air.0.1.notify_all();
        self.air.tell(&found(&announcement));
        Ok(())
    }

    fn withdraw(&self) -> Result<(), Error> {
        let own = self.own.lock().expect("a name").take();
        if let Some(instance) = own {
            self.air.state().announced.remove(&instance);
            self.air.tell(&Sighting::Lost { instance });
        }
        Ok(())
    }

    fn look(&self, sightings: Arc<SightingSink>) -> Result<(), Error> {
        let mut state = self.air.state();
        state.lookers.push(sightings.clone());
        let there: Vec<_> = state.announced.values().map(found).collect();
        drop(state);
        there.into_iter().for_each(|sighting| sightings.tell(sighting));
        Ok(())
    }

    fn stop(&self) -> Result<(), Error> {
        self.withdraw()
    }
}
