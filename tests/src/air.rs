//! A local network without a network: what phones announce is seen by every phone that looks, at once.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use super::kinweave::app::{Announcement, Discovery, Error, Sighting};

type Tell = Arc<dyn Fn(Sighting) + Send + Sync>;

/// What is on the air, and who looks.
#[derive(Clone, Default)]
pub struct Air(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    announced: BTreeMap<String, Announcement>,
    lookers: Vec<Tell>,
    /// Everything that ever was on the air.
    past: Vec<Announcement>,
}

/// One phone's part in it.
pub struct OnAir {
    air: Air,
    own: Option<String>,
}

impl Air {
    /// For one phone.
    pub fn antenna(&self) -> Box<OnAir> {
        Box::new(OnAir { air: self.clone(), own: None })
    }

    /// Everything that was announced so far.
    pub fn past(&self) -> Vec<Announcement> {
        self.0.lock().expect("the air").past.clone()
    }

    /// Tells everyone who looks.
    pub fn tell(&self, sighting: &Sighting) {
        // From another thread, as platforms do: the owner thread may be the one that announces.
        let (lookers, sighting) = (self.0.lock().expect("the air").lookers.clone(), sighting.clone());
        std::thread::spawn(move || lookers.iter().for_each(|tell| tell(sighting.clone())));
    }
}

fn found(announcement: &Announcement) -> Sighting {
    let addresses = vec![SocketAddr::from(([127, 0, 0, 1], announcement.port))];
    Sighting::Found { instance: announcement.instance.clone(), text: announcement.text.clone(), addresses }
}

impl Discovery for OnAir {
    fn announce(&mut self, announcement: &Announcement) -> Result<(), Error> {
        self.withdraw();
        self.own = Some(announcement.instance.clone());
        let mut state = self.air.0.lock().expect("the air");
        state.past.push(announcement.clone());
        state.announced.insert(announcement.instance.clone(), announcement.clone());
        drop(state);
        self.air.tell(&found(announcement));
        Ok(())
    }

    fn withdraw(&mut self) {
        if let Some(instance) = self.own.take() {
            self.air.0.lock().expect("the air").announced.remove(&instance);
            self.air.tell(&Sighting::Lost { instance });
        }
    }

    fn look(&mut self, tell: Tell) -> Result<(), Error> {
        let mut state = self.air.0.lock().expect("the air");
        state.lookers.push(tell.clone());
        let there: Vec<_> = state.announced.values().map(found).collect();
        std::thread::spawn(move || there.into_iter().for_each(|sighting| tell(sighting)));
        Ok(())
    }
}
