//! How a world ends: nothing happens any more but that phones meet, until all of them should hold the same.

use kinweave_core::app::Error;

use super::network::Link;
use super::world::World;

/// More bytes than a burst has.
pub const ALL: usize = 1 << 24;
const DAY_MS: u64 = 24 * 60 * 60 * 1_000;
/// More deliveries than any honest meeting takes.
const DELIVERIES_MAX: usize = 2_000;

impl World {
    /// All lines end, and every two phones meet, twice, on two days: what a phone didn't give isn't asked of it again on the same day,
    /// though it may have heard meanwhile that it is gone for good (core/decisions/0026).
    pub(super) fn come_to_rest(&mut self) -> Result<(), String> {
        self.links.iter_mut().for_each(Link::cut);
        self.deliver_all()?;
        if self.has_second_copies() {
            self.copies_are_told_apart()?;
        }
        self.all_meet()?;
        self.devices.iter_mut().for_each(|device| device.let_pass_ms(DAY_MS));
        self.all_meet()
    }

    /// Whoever goes on with a phone and its copy says something to all, hears of the other from them, and comes back.
    fn copies_are_told_apart(&mut self) -> Result<(), String> {
        let with_key = |who: usize| self.devices.iter().filter(|it| it.key == self.devices[who].key).count();
        let copied: Vec<_> = (0..self.devices.len()).filter(|who| with_key(*who) > 1).collect();
        for who in copied {
            match self.deeds.say_to_all(&self.devices[who], self.step) {
                Ok(()) | Err(Error::SecondCopy) => {}
                Err(error) => return Err(format!("phone {who} was answered {error:?}")),
            }
        }
        self.all_meet()?;
        self.all_meet()?;
        for who in 0..self.devices.len() {
            self.devices[who].come_back_as_new().map_err(|error| format!("phone {who} was answered {error:?}"))?;
        }
        // Nobody knows the new ones at first, and two of them not each other.
        self.all_meet()?;
        self.all_meet()
    }

    /// Every two phones that know of each other meet.
    fn all_meet(&mut self) -> Result<(), String> {
        for who in 0..self.devices.len() {
            for whom in 0..who {
                // Whoever was met before the other's backup is unknown there: the second time they say who they are.
                let tries = if self.has_second_copies() { 2 } else { 1 };
                let before = self.meetings;
                for _ in 0..tries {
                    let Some(link) = Link::between_two(&self.devices, who, whom, false) else { break };
                    self.links.push(link);
                    self.deliver_all()?;
                    if self.meetings > before {
                        break;
                    }
                }
                let is_possible = Link::way(&self.devices, who, whom).is_some();
                if is_possible && self.meetings == before {
                    return Err(format!("{who} and {whom} didn't meet"));
                }
            }
        }
        Ok(())
    }

    fn deliver_all(&mut self) -> Result<(), String> {
        for _ in 0..DELIVERIES_MAX {
            let next = (0..self.links.len() * 2).find(|end| self.links[end / 2].has_news_for(end % 2));
            let Some(end) = next else { return Ok(()) };
            self.links[end / 2].deliver(&self.devices, end % 2, ALL, None);
            self.let_go()?;
        }
        Err("two phones never stop talking".to_owned())
    }
}
