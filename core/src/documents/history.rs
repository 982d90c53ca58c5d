//! What every change knew: the rules of a document that depend on a change's ancestors, and on nothing else.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::change::ParsedChange;
use super::error::ApplyError;
use super::operation::{OpName, Operation};
use crate::model::limits::START_OPERATION_STEP_MAX;
use crate::model::record::ChangeHash;

/// An operation's name in a document: an actor's index there, and a counter.
type OpId = (u32, u64);

/// How far an actor's changes are known.
#[derive(Clone, Copy)]
struct Reach {
    seq: u64,
    last_op: u64,
}

/// All that a change knew, itself included. One reach per actor says it all, because every change of an actor builds on
/// that actor's one before.
#[derive(Clone, Default)]
struct Clock(BTreeMap<u32, Reach>);

impl Clock {
    fn add(&mut self, actor: u32, reach: Reach) {
        let known = self.0.entry(actor).or_insert(reach);
        if known.seq < reach.seq {
            *known = reach;
        }
    }

    fn last_op(&self) -> u64 {
        self.0.values().map(|reach| reach.last_op).max().unwrap_or(0)
    }
}

/// What an operation left that later ones may refer to.
#[derive(Clone, PartialEq, Eq)]
enum Trace {
    Put(Arc<str>),
    Text,
    Letters(OpId),
}

/// The changes of a document.
#[derive(Default)]
pub(super) struct History {
    actors: BTreeMap<Vec<u8>, u32>,
    changes: BTreeMap<ChangeHash, Clock>,
    heads: BTreeSet<ChangeHash>,
    sequences: BTreeSet<(u32, u64)>,
    traces: BTreeMap<OpId, Trace>,
    texts: BTreeSet<String>,
}

/// A change that may become part of the history.
pub(super) struct Admitted {
    actor: u32,
    clock: Clock,
    traces: Vec<(OpId, Trace)>,
    texts: Vec<String>,
}

impl History {
    /// The changes that none here builds on, sorted.
    pub(super) fn heads(&self) -> impl Iterator<Item = &ChangeHash> {
        self.heads.iter()
    }

    /// Whether this change is here.
    pub(super) fn contains(&self, hash: &ChangeHash) -> bool {
        self.changes.contains_key(hash)
    }

    /// The root keys that hold a text.
    pub(super) fn texts(&self) -> &BTreeSet<String> {
        &self.texts
    }

    /// Whether `parsed` may become part of the history now.
    pub(super) fn admit(&self, parsed: &ParsedChange<'_>) -> Result<Admitted, ApplyError> {
        let info = &parsed.info;
        let mut clock = Clock::default();
        for dep in &info.deps {
            let known = self.changes.get(dep).ok_or(ApplyError::MissingDependency)?;
            known.0.iter().for_each(|(&actor, &reach)| clock.add(actor, reach));
        }
        // Only the create has no dependencies.
        if info.deps.is_empty() && !self.changes.is_empty() {
            return Err(ApplyError::BadChange);
        }
        let own = parsed.actors.first().copied().unwrap_or_default();
        let next_index = u32::try_from(self.actors.len()).map_err(|_| ApplyError::BadChange)?;
        let actor = self.actors.get(own).copied().unwrap_or(next_index);
        let step = info.start_op.checked_sub(clock.last_op()).ok_or(ApplyError::BadChange)?;
        let seq = clock.0.get(&actor).map_or(0, |reach| reach.seq) + 1;
        if step == 0 || step > START_OPERATION_STEP_MAX || info.seq != seq {
            return Err(ApplyError::BadChange);
        }
        let mut check = Check { history: self, clock: &clock, actors: vec![actor], parsed, new: Vec::new() };
        for other in parsed.actors.iter().skip(1) {
            let known = self.actors.get(*other).copied().filter(|index| clock.0.contains_key(index));
            check.actors.push(known.ok_or(ApplyError::BadChange)?);
        }
        let texts = check.operations().ok_or(ApplyError::BadChange)?;
        let traces = check.new;
        // Last, so that a change that is bad in itself is called so everywhere, whichever of two came first.
        if self.sequences.contains(&(actor, seq)) {
            return Err(ApplyError::DuplicateSequence);
        }
        clock.add(actor, Reach { seq, last_op: info.start_op + info.operations - 1 });
        Ok(Admitted { actor, clock, traces, texts })
    }

    /// Makes it part of the history.
    pub(super) fn record(&mut self, parsed: &ParsedChange<'_>, admitted: Admitted) {
        let own = parsed.actors.first().copied().unwrap_or_default();
        self.actors.insert(own.to_vec(), admitted.actor);
        self.sequences.insert((admitted.actor, parsed.info.seq));
        self.traces.extend(admitted.traces);
        self.texts.extend(admitted.texts);
        parsed.info.deps.iter().for_each(|dep| {
            self.heads.remove(dep);
        });
        self.heads.insert(parsed.info.hash);
        self.changes.insert(parsed.info.hash, admitted.clock);
    }
}

/// What was already done to a root key in the change under check.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Touched {
    Deleted,
    Done,
}

/// Checks the operations of one change against what it knew.
struct Check<'a> {
    history: &'a History,
    clock: &'a Clock,
    /// From the change's own indexes to the document's.
    actors: Vec<u32>,
    parsed: &'a ParsedChange<'a>,
    new: Vec<(OpId, Trace)>,
}

impl Check<'_> {
    /// Checks every operation and returns the keys of texts it makes.
    ///
    /// A change touches a root key once, or deletes and then puts: more would let a few bytes of run lengths stand for
    /// thousands of operations. That a reference is to something known is not only a bound: automerge panics where an
    /// element is missing, and would do so on some phones only.
    fn operations(&mut self) -> Option<Vec<String>> {
        let parsed = self.parsed;
        let mut touched: BTreeMap<&str, Touched> = BTreeMap::new();
        let (mut texts, mut removed) = (Vec::new(), BTreeSet::new());
        let mut id = (*self.actors.first()?, parsed.info.start_op);
        for operation in &parsed.operations {
            let trace = match operation {
                Operation::Put { key, over } => {
                    let before = touched.insert(key, Touched::Done);
                    self.may_touch(key, over, before != Some(Touched::Done))?;
                    Some(Trace::Put(Arc::from(*key)))
                }
                Operation::Delete { key, over } => {
                    let before = touched.insert(key, Touched::Deleted);
                    self.may_touch(key, over, before.is_none() && !over.is_empty())?;
                    None
                }
                Operation::MakeText { key } => {
                    if touched.insert(key, Touched::Done).is_some() || !parsed.info.deps.is_empty() {
                        return None;
                    }
                    texts.push((*key).to_owned());
                    Some(Trace::Text)
                }
                Operation::Insert { text, after } => {
                    let text = self.known(*text, &Trace::Text)?;
                    if let Some(after) = after {
                        self.known(*after, &Trace::Letters(text))?;
                    }
                    Some(Trace::Letters(text))
                }
                Operation::Remove { text, letters } => {
                    let text = self.known(*text, &Trace::Text)?;
                    let letters = self.known(*letters, &Trace::Letters(text))?;
                    if !removed.insert(letters) {
                        return None;
                    }
                    None
                }
            };
            // Deletes leave no trace, but use up a counter.
            self.new.extend(trace.map(|trace| (id, trace)));
            id.1 += 1;
        }
        Some(texts)
    }

    /// Whether a root key may be put or deleted over these: all known, of this key, in order, and no text.
    fn may_touch(&self, key: &str, over: &[OpName], in_turn: bool) -> Option<()> {
        if !in_turn || self.history.texts.contains(key) {
            return None;
        }
        let put = Trace::Put(Arc::from(key));
        over.iter().try_for_each(|name| self.known(*name, &put).map(|_| ()))?;
        let order = |name: &OpName| (name.counter, self.parsed.actors.get(name.actor));
        over.is_sorted_by(|a, b| order(a) < order(b)).then_some(())
    }

    /// The operation of this name, if an ancestor or this change itself made it before, and it left this trace.
    fn known(&self, name: OpName, trace: &Trace) -> Option<OpId> {
        let id = (*self.actors.get(name.actor)?, name.counter);
        let found = if name.actor == 0 && name.counter >= self.parsed.info.start_op {
            let at = self.new.binary_search_by_key(&name.counter, |((_, counter), _)| *counter).ok()?;
            self.new.get(at).map(|(_, trace)| trace)?
        } else {
            self.clock.0.get(&id.0).filter(|reach| id.1 <= reach.last_op)?;
            self.history.traces.get(&id)?
        };
        (found == trace).then_some(id)
    }
}
