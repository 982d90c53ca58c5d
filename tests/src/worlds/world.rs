//! One world: what happens in it, step by step, all of it from one seed.

use std::panic::{AssertUnwindSafe, catch_unwind};

use kinweave_core::app::{Error, Line};
use kinweave_core::model::Now;
use kinweave_core::model::hash::hash;

use kinweave_disk::Harm;

use super::device::Device;
use super::liar::Liar;
use super::must_hold;
use super::network::Link;
use super::people::Deeds;
use super::rest::ALL;
use crate::chance::Chance;
use crate::paper::Homes;
use crate::phone::new_york;

/// How many phones are copied in a world.
const COPIES_MAX: usize = 2;
/// With how many it begins.
const PHONES: usize = 5;
/// How many things happen.
const STEPS: usize = 300;

/// What must never be, and in which world.
#[derive(Debug)]
pub struct Violation {
    /// Gives the world back.
    pub seed: u64,
    /// Where it was noticed.
    pub step: usize,
    /// What.
    pub what: String,
    /// What had happened until then, a line a step.
    pub story: Vec<String>,
}

/// A world that held.
#[derive(Debug, PartialEq, Eq)]
pub struct Report {
    /// The same for the same seed, on every machine.
    pub trace: [u8; 32],
    /// How many records there were.
    pub records: usize,
    /// How many meetings came to their end.
    pub meetings: usize,
    /// How often a disk did harm.
    pub harms: usize,
    /// How often a phone died.
    pub deaths: usize,
    /// How many phones were copied, and went on twice.
    pub copies: usize,
    /// How often a member's phone lied.
    pub lies: usize,
}

/// A world.
pub struct World {
    pub(super) devices: Vec<Device>,
    pub(super) deeds: Deeds,
    pub(super) links: Vec<Link>,
    /// One member, in some worlds.
    pub(super) liar: Option<Liar>,
    /// What was once said to a phone, for who says it again.
    tapes: Vec<(usize, Vec<u8>)>,
    chance: Chance,
    trace: [u8; 32],
    story: Vec<String>,
    pub(super) meetings: usize,
    harms: usize,
    deaths: usize,
    copies: usize,
    lies: usize,
    pub(super) step: usize,
}

impl World {
    /// Lets the world of this seed go by.
    ///
    /// # Errors
    /// The first thing that didn't hold.
    pub fn go_by(homes: &Homes, seed: u64) -> Result<Report, Violation> {
        kinweave_disk::install();
        kinweave_disk::begin_watching();
        let mut world = Self::new(homes, seed);
        let done = catch_unwind(AssertUnwindSafe(|| world.live()));
        let done = done.unwrap_or_else(|_| Err("a panic".to_owned()));
        done.map_err(|what| Violation { seed, step: world.step, what, story: world.story })
    }

    fn new(homes: &Homes, seed: u64) -> Self {
        let mut chance = Chance::from_seed(seed);
        let devices = homes.phones().iter().zip(homes.names()).map(|(phone, (member, key))| {
            let now = some_time(&mut chance);
            Device::copy_of(phone, *member, *key, chance.bytes(), now)
        });
        let devices: Vec<_> = devices.collect();
        let liar = chance.once_in(3).then(|| Liar::with_keys_of(&devices, devices.len() - 1));
        Self {
            devices,
            deeds: Deeds::default(),
            links: Vec::new(),
            liar,
            tapes: Vec::new(),
            chance,
            trace: [0; 32],
            story: Vec::new(),
            meetings: 0,
            harms: 0,
            deaths: 0,
            copies: 0,
            lies: 0,
            step: 0,
        }
    }

    fn live(&mut self) -> Result<Report, String> {
        for step in 0..STEPS {
            self.step = step;
            self.happen()?;
            if self.chance.once_in(16) {
                let who = self.chance.below(self.devices.len());
                must_hold::on(&self.devices[who])?;
            }
        }
        self.come_to_rest()?;
        let dumps = must_hold::everywhere(self)?;
        self.note(&dumps);
        let (records, meetings) = (self.deeds.written.len(), self.meetings);
        let Self { trace, harms, deaths, copies, lies, .. } = *self;
        Ok(Report { trace, records, meetings, harms, deaths, copies, lies })
    }

    fn note(&mut self, what: &str) {
        self.trace = hash("the trace of a world", &[&self.trace, what.as_bytes()]);
    }

    fn happen(&mut self) -> Result<(), String> {
        let who = self.chance.below(self.devices.len());
        let what = match self.chance.below(80) {
            0..=11 => self.somebody_acts(who)?,
            12..=64 => self.something_arrives()?,
            65..=67 => self.somebody_calls(who),
            68 => self.a_line_breaks(),
            69 | 70 => self.time_passes(who),
            71 => self.a_clock_is_set(who),
            72 => self.a_battery_ends(who)?,
            73 => self.somebody_repeats()?,
            74 => self.a_backup_is_restored(who),
            75 | 76 => self.somebody_lies(who)?,
            _ => self.somebody_waits(who),
        };
        let line = format!("{} phone {who}: {what}", self.step);
        self.note(&line);
        self.story.push(line);
        Ok(())
    }

    fn somebody_acts(&mut self, who: usize) -> Result<String, String> {
        let before = must_hold::dump(&self.devices[who])?;
        self.plan_some_harm();
        let is_second = matches!(self.devices[who].home.second_copy(), Ok(Some(_)));
        let done = match is_second && self.chance.once_in(2) {
            true => self.devices[who].come_back_as_new().map(|()| "comes back".to_owned()),
            false => self.deeds.act(&mut self.chance, &self.devices[who], self.step),
        };
        let (harm, error) = match (kinweave_disk::spare(), done) {
            (harm, Ok(what)) => {
                // What was answered for is done, also where the disk failed while it was cleaned up behind it.
                if let Some(harm) = harm {
                    self.harmed(who, harm)?;
                }
                if is_second && what != "comes back" && must_hold::dump(&self.devices[who])? != before {
                    return Err(format!("phone {who} writes on, though a second copy of it exists"));
                }
                return Ok(what);
            }
            (None, Err(error)) => return Err(format!("phone {who} was answered {error:?}")),
            (Some(harm), Err(error)) => (harm, error),
        };
        let is_told = matches!(error, Error::DiskFull | Error::StorageUnavailable);
        if !is_told {
            return Err(format!("phone {who} met {harm:?} and was answered {error:?}"));
        }
        self.harmed(who, harm)?;
        // Taking away may have been done before what follows from it failed.
        let after = must_hold::dump(&self.devices[who])?;
        if after != before && !self.deeds.tried_to_erase {
            return Err(format!("phone {who} met {harm:?}, was answered {error:?}, and has changed all the same"));
        }
        Ok(format!("{error:?}"))
    }

    fn something_arrives(&mut self) -> Result<String, String> {
        let with_news = (0..self.links.len() * 2).filter(|end| self.links[end / 2].has_news_for(end % 2));
        let with_news: Vec<usize> = with_news.collect();
        if with_news.is_empty() {
            return Ok("silence".to_owned());
        }
        let end = *self.chance.pick(&with_news);
        let count = if self.chance.once_in(3) { self.chance.below(2_000) + 1 } else { ALL };
        let flips = self.chance.once_in(80);
        self.plan_some_harm();
        let link = &mut self.links[end / 2];
        let delivered = link.deliver(&self.devices, end % 2, count, flips.then_some(&mut self.chance));
        if let Some(harm) = kinweave_disk::spare() {
            let (one, other) = link.between();
            link.is_tampered = true;
            self.harmed([one, other][end % 2], harm)?;
        }
        self.let_go()?;
        Ok(format!("{delivered} bytes on {end}"))
    }

    /// Forgets links that are over, and looks at how their meetings ended.
    pub(super) fn let_go(&mut self) -> Result<(), String> {
        for link in &self.links {
            match link.begun.end() {
                None => {}
                Some(Ok(_)) => self.meetings += 1,
                Some(Err(Error::PeerUnreachable)) => {}
                Some(Err(_)) if link.is_tampered => {}
                Some(Err(error)) => return Err(format!("an honest meeting {:?} ended with {error:?}", link.between())),
            }
        }
        let (over, going_on) = self.links.drain(..).partition::<Vec<_>, _>(Link::is_over);
        self.links = going_on;
        self.tapes.extend(over.iter().map(Link::tape));
        Ok(())
    }

    fn somebody_calls(&mut self, who: usize) -> String {
        let whom = (who + 1 + self.chance.below(self.devices.len() - 1)) % self.devices.len();
        let stays = self.chance.once_in(3);
        self.links.extend(Link::between_two(&self.devices, who, whom, stays));
        format!("calls {whom}, stays {stays}")
    }

    fn a_line_breaks(&mut self) -> String {
        if self.links.is_empty() {
            return "no line".to_owned();
        }
        let which = self.chance.below(self.links.len());
        self.links[which].cut();
        format!("line {which} breaks")
    }

    fn time_passes(&mut self, who: usize) -> String {
        let ms = self.chance.below(40_000) as u64;
        self.devices[who].let_pass_ms(ms);
        format!("{ms} ms")
    }

    /// Until something is due, and no longer.
    fn somebody_waits(&mut self, who: usize) -> String {
        let due_ms = self.devices[who].hand.due_in_ms().filter(|ms| *ms < 5_000);
        if let Some(ms) = due_ms {
            self.devices[who].let_pass_ms(ms);
        }
        format!("waits {due_ms:?}")
    }

    fn a_clock_is_set(&mut self, who: usize) -> String {
        let now = some_time(&mut self.chance);
        self.devices[who].set_clock(now);
        format!("{}", now.unix_ms)
    }

    /// Sometimes the disk will do harm in the middle of what comes next. What nobody runs into is over with it.
    fn plan_some_harm(&mut self) {
        if self.chance.once_in(8) {
            let among = [Harm::Full, Harm::FailedWrite, Harm::FailedSync, Harm::PowerCut];
            kinweave_disk::harm(self.chance.below(24) as u64, *self.chance.pick(&among));
        }
    }

    /// Whose power went is soon charged again; other harm is over.
    fn harmed(&mut self, who: usize, harm: Harm) -> Result<(), String> {
        self.harms += 1;
        if harm == Harm::PowerCut {
            self.die(who);
        }
        must_hold::on(&self.devices[who])
    }

    fn die(&mut self, who: usize) {
        self.deaths += 1;
        let chance = &mut self.chance;
        self.devices[who].die_and_come_back(|| chance.once_in(2));
        self.links.iter_mut().for_each(|link| link.lost(who));
    }

    fn a_battery_ends(&mut self, who: usize) -> Result<String, String> {
        let before = must_hold::dump(&self.devices[who])?;
        self.die(who);
        if must_hold::dump(&self.devices[who])? != before {
            return Err(format!("phone {who} came back with something else than it had"));
        }
        Ok("dies".to_owned())
    }

    /// A phone goes on twice from here on.
    fn a_backup_is_restored(&mut self, who: usize) -> String {
        if self.copies == COPIES_MAX {
            return "no copy".to_owned();
        }
        self.copies += 1;
        let restored = self.devices[who].restored(self.chance.bytes());
        self.devices.push(restored);
        format!("is copied to {}", self.devices.len() - 1)
    }

    /// Somebody who listened says once more what a phone has heard before.
    fn somebody_repeats(&mut self) -> Result<String, String> {
        if self.tapes.is_empty() {
            return Ok("no tape".to_owned());
        }
        let (whom, said) = self.chance.pick(&self.tapes).clone();
        let device = &self.devices[whom];
        let before = must_hold::dump(device)?;
        let stranger =
            device.hand.accept(std::sync::Arc::new(Line::default())).map_err(|error| format!("{error:?}"))?;
        device.hand.bytes(stranger, said).map_err(|error| format!("{error:?}"))?;
        device.hand.hung_up(stranger).map_err(|error| format!("{error:?}"))?;
        if must_hold::dump(device)? != before {
            return Err(format!("phone {whom} did what was said twice"));
        }
        Ok(format!("repeats to {whom}"))
    }

    /// To a phone whose keys it knows: a copy has those of another.
    fn somebody_lies(&mut self, who: usize) -> Result<String, String> {
        let Some(liar) = self.liar.as_mut().filter(|liar| liar.device != who && who < PHONES) else {
            return Ok("nobody lies".to_owned());
        };
        self.lies += 1;
        liar.lie(&mut self.chance, &self.devices[who], who)
            .map_err(|error| format!("phone {who} was answered {error:?}"))
    }

    /// Whether some phone may have to come back as another.
    pub(super) fn has_second_copies(&self) -> bool {
        self.copies > 0 || self.liar.as_ref().is_some_and(|liar| liar.has_written)
    }
}

fn some_time(chance: &mut Chance) -> Now {
    if chance.once_in(2) { new_york("2026-02-14T10:00") } else { chance.time() }
}
