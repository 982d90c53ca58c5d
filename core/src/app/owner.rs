//! The one thread that has the store, the roster and every session. Others send it inputs.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::Duration;

use super::answers::{ClockState, SecondCopy};
use super::asked::Asked;
use super::callbacks::Callbacks;
use super::clock_check::ClockCheck;
use super::connection::Connection;
use super::error::Error;
use super::held_back::HeldBack;
use super::ledger::{LedgerView, Notes, raise};
use super::log::{Log, LogLevel};
use super::me::Me;
use super::nearby::Nearby;
use super::observers::Observers;
use super::pairings::Pairings;
use super::ports::Input;
use super::system::{Randomness, Stopwatch, System};
use super::tcp::Listener;
use crate::identity::Roster;
use crate::model::limits::CONNECTIONS_MAX;
use crate::model::{AudienceId, Date, DeviceKey};
use crate::records::{Author, RecordError, begin_with_this_build, rebuild_after_update, trust};
use crate::store::{Store, Transaction};

/// Everything that only one thread may touch.
pub(super) struct Owner {
    pub store: Store,
    pub system: System,
    pub entropy: Randomness,
    pub me: Option<Me>,
    pub roster: Roster,
    pub notes: Notes,
    pub connections: BTreeMap<u64, Connection>,
    pub pairings: Pairings,
    pub listeners: Vec<Listener>,
    pub nearby: Option<Nearby>,
    pub observers: Observers,
    pub callbacks: Callbacks,
    pub log: Log,
    pub watch: Stopwatch,
    /// The rules that the phones met since this home was opened go by.
    pub rules_met: BTreeMap<DeviceKey, u16>,
    /// The clocks of those met last.
    pub clock_check: ClockCheck,
    /// What others didn't give today.
    pub held_back: HeldBack,
    /// What meetings ask of the log, while nothing is written.
    pub asked: RefCell<Asked>,
    /// That another phone writes with the keys of this one.
    pub second_copy: Option<SecondCopy>,
    /// The day of the last sweep.
    pub swept_on: Option<Date>,
    /// When, by the stopwatch, the file is to be written anew.
    pub finish_erasing_at_ms: Option<u64>,
    pub stopped: bool,
}

/// What is read from the store and kept at hand for as long as no other process can write there.
struct AtHand {
    me: Option<Me>,
    roster: Roster,
    clock_check: ClockCheck,
    held_back: HeldBack,
    second_copy: Option<SecondCopy>,
}

impl AtHand {
    fn load(store: &mut Store) -> Result<Self, Error> {
        let me = Me::load(&store.read()?)?;
        let roster = match &me {
            Some(me) => {
                let tx = store.begin()?;
                // A crash before the commit leaves what the older app made, and the next opening does it again.
                let is_rebuilt = rebuild_after_update(&tx, &me.circle)?;
                let roster = trust::roster(&tx, &me.circle)?;
                if is_rebuilt {
                    tx.commit()?;
                }
                roster
            }
            None => {
                let tx = store.begin()?;
                begin_with_this_build(&tx)?;
                tx.commit()?;
                Roster::default()
            }
        };
        let reader = store.read()?;
        let (clock_check, held_back) = (ClockCheck::load(&reader)?, HeldBack::load(&reader)?);
        Ok(Self { me, roster, clock_check, held_back, second_copy: SecondCopy::load(&reader)? })
    }
}

impl Owner {
    pub fn new(mut store: Store, system: System, callbacks: Callbacks) -> Result<Self, Error> {
        let at_hand = match AtHand::load(&mut store) {
            // Without who is who nothing can be done with it: as if the file couldn't be opened at all.
            Err(Error::Corrupt { .. }) => {
                return Err(Error::Corrupt { moved_aside: store.move_aside().is_ok() });
            }
            at_hand => at_hand?,
        };
        let AtHand { me, roster, clock_check, held_back, second_copy } = at_hand;
        let mut owner = Self {
            store,
            entropy: system.entropy(),
            me,
            roster,
            notes: Notes::new(),
            connections: BTreeMap::new(),
            pairings: Pairings::default(),
            listeners: Vec::new(),
            nearby: None,
            observers: Observers::default(),
            log: Log::new(system.log_sink(), callbacks.clone()),
            callbacks,
            watch: system.stopwatch(),
            system,
            rules_met: BTreeMap::new(),
            clock_check,
            held_back,
            asked: RefCell::default(),
            second_copy,
            swept_on: None,
            finish_erasing_at_ms: None,
            stopped: false,
        };
        owner.tidy();
        Ok(owner)
    }

    /// Goes on after a pause, in which another process may have had the home.
    pub fn resume(&mut self, key: &[u8; 32]) -> Result<(), Error> {
        self.store.resume(key)?;
        match AtHand::load(&mut self.store) {
            Ok(AtHand { me, roster, clock_check, held_back, second_copy }) => {
                (self.me, self.roster, self.clock_check, self.held_back) = (me, roster, clock_check, held_back);
                self.second_copy = second_copy;
                (self.notes, self.asked) = (Notes::new(), RefCell::default());
            }
            Err(error) => {
                self.store.pause()?;
                return Err(error);
            }
        }
        self.tidy();
        // Whoever read while it was paused got no answer.
        self.tell_observers();
        Ok(())
    }

    /// Works until nobody can call any more.
    pub fn run(mut self, inputs: &Receiver<Input>) {
        while !self.stopped {
            let wait = self.next_turn_ms().map(|at| at.saturating_sub(self.watch.elapsed_ms()));
            let input = match wait {
                Some(ms) => inputs.recv_timeout(Duration::from_millis(ms)),
                None => inputs.recv().map_err(|_| RecvTimeoutError::Disconnected),
            };
            match input {
                Ok(input) => self.turn(Some(input)),
                Err(RecvTimeoutError::Timeout) => self.turn(None),
                Err(RecvTimeoutError::Disconnected) => break,
            }
        }
        self.shut();
    }

    /// What an input asks for, or, without one, what is due by now.
    pub fn turn(&mut self, input: Option<Input>) {
        match input {
            Some(input) => {
                self.tidy_if_new_day();
                self.handle(input);
            }
            None => {
                self.tidy_what_is_due();
                self.wake();
            }
        }
        self.tend_nearby();
    }

    /// When, by the stopwatch, something is due.
    pub fn next_turn_ms(&self) -> Option<u64> {
        [self.next_deadline_ms(), self.next_nearby_ms()].into_iter().flatten().min()
    }

    /// One input. A panic ends the connection that caused it and nothing else.
    fn handle(&mut self, input: Input) {
        let id = match &input {
            Input::Bytes(id, _) | Input::Accepted(id, _) | Input::HungUp(id) => Some(*id),
            _ => None,
        };
        if catch_unwind(AssertUnwindSafe(|| self.perform(input))).is_err()
            && let Some(id) = id
        {
            self.connections.remove(&id);
        }
    }

    fn perform(&mut self, input: Input) {
        match input {
            Input::Call(call) => call(self),
            Input::Accepted(id, pipe) if self.connections.len() < CONNECTIONS_MAX => self.accept(id, pipe),
            Input::Accepted(..) => {}
            Input::Dialled(id, pipe, device, stay, waiter) => self.dial(id, pipe, device, stay, waiter),
            Input::Joining(id, pipe, joining) => self.join(id, pipe, *joining),
            Input::Sighted(sighting) => self.sighted(sighting),
            Input::Bytes(id, bytes) => self.bytes(id, &bytes),
            Input::HungUp(id) => self.hung_up(id),
            Input::Stop => self.stopped = true,
        }
    }

    /// Ends everything that is open. What peers have shown to hold is written down first.
    pub fn shut(&mut self) {
        self.nearby = None;
        self.observers.clear();
        self.listeners.clear();
        self.connections.clear();
        let _ = self.write_notes();
        let _ = self.finish_erasing();
        let _ = self.store.close();
        self.me = None;
    }

    /// Writes in one transaction, and tells sessions and observers once it is committed.
    pub fn write<T>(
        &mut self,
        write: impl FnOnce(&mut Author<'_>, &Transaction<'_>) -> Result<T, RecordError>,
    ) -> Result<T, Error> {
        let me = self.me.as_ref().ok_or(Error::NoCircle)?;
        if self.second_copy.is_some() {
            return Err(Error::SecondCopy);
        }
        let now = self.system.now();
        let tx = self.store.begin()?;
        let mut author = Author {
            circle: me.circle,
            member: me.member,
            key: &me.keys.sign,
            roster: &self.roster,
            now,
            entropy: &mut self.entropy,
            touched: BTreeSet::new(),
        };
        let value = write(&mut author, &tx)?;
        let touched = author.touched;
        let mut roster = None;
        for id in &touched {
            // Who is who follows from keys and roster feeds alone; nothing else need fold it anew.
            if roster.is_none() && tx.audience(id)?.is_some_and(|audience| audience.is_trust()) {
                roster = Some(trust::roster(&tx, &me.circle)?);
            }
        }
        tx.commit()?;
        if let Some(roster) = roster {
            self.roster = roster;
        }
        self.tell(None, &touched.into_iter().collect::<Vec<_>>());
        Ok(value)
    }

    /// Tells every other session, and the observers, that something is new in these audiences.
    pub fn tell(&mut self, from: Option<u64>, audiences: &[AudienceId]) {
        if audiences.is_empty() {
            return;
        }
        let others: Vec<u64> = self.connections.keys().copied().filter(|id| Some(*id) != from).collect();
        for id in others {
            self.new_entries(id, audiences);
        }
        self.tell_observers();
    }

    /// Tells the observers alone: of what concerns no other phone.
    pub fn tell_observers(&self) {
        self.observers.tell(&self.callbacks);
    }

    /// Runs `work` with what the sync engine needs to see.
    pub fn with_ledger<T>(&mut self, work: impl FnOnce(&mut LedgerView<'_>) -> T) -> Option<T> {
        let me = self.me.as_ref()?;
        let now = self.system.now();
        let (now_ms, today) = (now.unix_ms, now.today());
        let is_date_sure = self.clock_state() == ClockState::Confirmed;
        let (store, roster, notes) = (&mut self.store, &mut self.roster, &mut self.notes);
        let (held_back, asked, second_copy) = (&self.held_back, &self.asked, &mut self.second_copy);
        let was_noticed = second_copy.is_some();
        let mut view =
            LedgerView { store, me, roster, notes, held_back, asked, second_copy, now_ms, today, is_date_sure };
        let done = work(&mut view);
        if self.second_copy.is_some() != was_noticed {
            self.log.say(LogLevel::Warning, "a second copy of this phone exists".to_owned());
            self.tell_observers();
        }
        Some(done)
    }

    /// Writes down what peers have shown to hold, and when they did.
    pub fn write_notes(&mut self) -> Result<(), Error> {
        if self.notes.is_empty() && !self.clock_check.is_new() && !self.held_back.is_new() {
            return Ok(());
        }
        let (clock_check, held_back, notes) = (&mut self.clock_check, &mut self.held_back, &mut self.notes);
        let tx = self.store.begin()?;
        clock_check.save(&tx)?;
        held_back.save(&tx)?;
        for (device, shown) in std::mem::take(notes) {
            let mut known: BTreeMap<_, _> = tx.peer_vectors(&device)?.into_iter().map(|(id, v, _)| (id, v)).collect();
            for (audience, (vector, seen_at_ms)) in shown {
                let before = known.remove(&audience);
                let mut merged = before.clone().unwrap_or_default();
                raise(&mut merged, &vector);
                match before {
                    Some(before) if before == merged => tx.put_peer_seen(&device, &audience, seen_at_ms)?,
                    _ => tx.put_peer_vector(&device, &audience, &merged, seen_at_ms)?,
                }
            }
        }
        Ok(tx.commit()?)
    }
}
