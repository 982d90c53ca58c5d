//! The operations of a change, decoded here before automerge sees them, and only of the sorts that this version writes.

use super::columns::{booleans, differences, runs};
use super::reader::Reader;

/// An operation's name inside one change: an index in the change's list of actors, and a counter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct OpName {
    /// The counter first: automerge orders operations by it.
    pub(super) counter: u64,
    /// 0 is the change's own actor.
    pub(super) actor: usize,
}

/// One operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Operation<'a> {
    /// Puts a scalar at a root key, over those it names.
    Put { key: &'a str, over: Vec<OpName> },
    /// Takes away what is at a root key.
    Delete { key: &'a str, over: Vec<OpName> },
    /// Makes an empty text at a root key.
    MakeText { key: &'a str },
    /// Inserts letters after one, or at the beginning.
    Insert { text: OpName, after: Option<OpName> },
    /// Removes letters.
    Remove { text: OpName, letters: OpName },
}

/// Decodes the columns of a change: first the list of (specification, length), then their data to the last byte.
pub(super) fn decode<'a>(reader: &mut Reader<'a>) -> Option<Vec<Operation<'a>>> {
    let columns = Columns::read(reader)?;
    let count = columns.action.len();
    let mut values = Reader::new(columns.values);
    let mut over = columns.over_actor.iter().zip(&columns.over_counter);
    let mut operations = Vec::with_capacity(count);
    for index in 0..count {
        let mut preceding = Vec::new();
        // Each name read uses up one of at most 4,096, whatever number is claimed.
        for _ in 0..at(&columns.over_count, index)? {
            let (&actor, &counter) = over.next()?;
            preceding.push(name(actor, counter)??);
        }
        let row = Row {
            text: name(at(&columns.object_actor, index), at(&columns.object_counter, index))?,
            key: at(&columns.key, index),
            element_actor: at(&columns.element_actor, index),
            element_counter: at(&columns.element_counter, index),
            insert: columns.insert.get(index).copied()?,
            action: columns.action.get(index).copied()??,
            value: value(at(&columns.value_meta, index)?, &mut values)?,
            over: preceding,
        };
        operations.push(row.operation()?);
    }
    let used = over.next().is_none() && values.is_empty();
    (used && !operations.is_empty()).then_some(operations)
}

/// A column that is left out is all null.
fn at<T: Copy>(column: &[Option<T>], index: usize) -> Option<T> {
    column.get(index).copied().flatten()
}

/// A name of two nullable halves: both or neither.
fn name(actor: Option<u64>, counter: Option<u64>) -> Option<Option<OpName>> {
    match (actor, counter) {
        (None, None) => Some(None),
        (Some(actor), Some(counter)) if counter > 0 => {
            Some(Some(OpName { counter, actor: usize::try_from(actor).ok()? }))
        }
        _ => None,
    }
}

/// What a value is, as far as it matters to whether it may stand somewhere.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Value {
    Null,
    Letters,
    Scalar,
}

/// The next value. Counters and timestamps are not among them, nor types that nobody knows yet.
fn value(meta: u64, values: &mut Reader<'_>) -> Option<Value> {
    let bytes = values.take(meta >> 4)?;
    let mut inner = Reader::new(bytes);
    let whole = match meta & 0xf {
        0 => return bytes.is_empty().then_some(Value::Null),
        1 | 2 => bytes.is_empty(),
        3 => inner.unsigned().is_some() && inner.is_empty(),
        4 => inner.signed().is_some() && inner.is_empty(),
        // JSON has no other numbers.
        5 => f64::from_le_bytes(bytes.try_into().ok()?).is_finite(),
        6 => {
            let text = std::str::from_utf8(bytes).ok()?;
            return Some(if text.is_empty() { Value::Scalar } else { Value::Letters });
        }
        7 => super::value::structure(bytes).is_some(),
        _ => false,
    };
    whole.then_some(Value::Scalar)
}

/// One operation as it stands in the columns.
struct Row<'a> {
    text: Option<OpName>,
    key: Option<&'a str>,
    element_actor: Option<u64>,
    element_counter: Option<u64>,
    insert: bool,
    action: u64,
    value: Value,
    over: Vec<OpName>,
}

impl<'a> Row<'a> {
    const PUT: u64 = 1;
    const DELETE: u64 = 3;
    const MAKE_TEXT: u64 = 4;

    fn operation(self) -> Option<Operation<'a>> {
        match (self.text, self.key) {
            (None, Some(key)) if !key.is_empty() => self.at_root(key),
            (Some(text), None) => self.in_text(text),
            _ => None,
        }
    }

    fn at_root(self, key: &'a str) -> Option<Operation<'a>> {
        if self.insert || self.element_actor.is_some() || self.element_counter.is_some() {
            return None;
        }
        match (self.action, self.value) {
            (Self::PUT, _) => Some(Operation::Put { key, over: self.over }),
            (Self::DELETE, Value::Null) => Some(Operation::Delete { key, over: self.over }),
            (Self::MAKE_TEXT, Value::Null) if self.over.is_empty() => Some(Operation::MakeText { key }),
            _ => None,
        }
    }

    fn in_text(self, text: OpName) -> Option<Operation<'a>> {
        let element = match (self.element_actor, self.element_counter) {
            (None, Some(0)) => None,
            (actor, counter) => Some(name(actor, counter)??),
        };
        match (self.action, self.value, self.insert, element) {
            (Self::PUT, Value::Letters, true, after) if self.over.is_empty() => Some(Operation::Insert { text, after }),
            (Self::DELETE, Value::Null, false, Some(letters)) if self.over == [letters] => {
                Some(Operation::Remove { text, letters })
            }
            _ => None,
        }
    }
}

/// The columns of a change that this version knows, decoded.
#[derive(Default)]
struct Columns<'a> {
    object_actor: Vec<Option<u64>>,
    object_counter: Vec<Option<u64>>,
    element_actor: Vec<Option<u64>>,
    element_counter: Vec<Option<u64>>,
    key: Vec<Option<&'a str>>,
    insert: Vec<bool>,
    action: Vec<Option<u64>>,
    value_meta: Vec<Option<u64>>,
    values: &'a [u8],
    over_count: Vec<Option<u64>>,
    over_actor: Vec<Option<u64>>,
    over_counter: Vec<Option<u64>>,
}

impl<'a> Columns<'a> {
    /// A specification is id · 16 + type; 8 would say that the column is deflated, and inflates without a bound. Such a
    /// one is unknown here, as are the columns of marks.
    fn read(reader: &mut Reader<'a>) -> Option<Self> {
        let count = reader.unsigned()?;
        let mut layout = Vec::new();
        let mut last = None;
        for _ in 0..count {
            let specification = reader.unsigned()?;
            // Strictly rising: no column comes twice, so there are at most twelve.
            if last >= Some(specification) || !SPECIFICATIONS.contains(&specification) {
                return None;
            }
            last = Some(specification);
            layout.push((specification, reader.unsigned()?));
        }
        let mut columns = Self::default();
        for (specification, length) in layout {
            columns.fill(specification, reader.take(length)?)?;
        }
        (reader.is_empty() && columns.are_even()).then_some(columns)
    }

    fn fill(&mut self, specification: u64, bytes: &'a [u8]) -> Option<()> {
        match specification {
            0x01 => self.object_actor = runs(bytes, Reader::unsigned)?,
            0x02 => self.object_counter = runs(bytes, Reader::unsigned)?,
            0x11 => self.element_actor = runs(bytes, Reader::unsigned)?,
            0x13 => self.element_counter = differences(bytes)?,
            0x15 => self.key = runs(bytes, Reader::text)?,
            0x34 => self.insert = booleans(bytes)?,
            0x42 => self.action = runs(bytes, Reader::unsigned)?,
            0x56 => self.value_meta = runs(bytes, Reader::unsigned)?,
            0x57 => self.values = bytes,
            0x70 => self.over_count = runs(bytes, Reader::unsigned)?,
            0x71 => self.over_actor = runs(bytes, Reader::unsigned)?,
            0x73 => self.over_counter = differences(bytes)?,
            _ => return None,
        }
        Some(())
    }

    /// Whether every column is as long as the list of actions, or left out because all of it is null.
    fn are_even(&self) -> bool {
        let count = self.action.len();
        let rows = [
            self.object_actor.len(),
            self.object_counter.len(),
            self.element_actor.len(),
            self.element_counter.len(),
            self.key.len(),
        ];
        let full = [self.insert.len(), self.value_meta.len(), self.over_count.len()];
        rows.iter().all(|&length| length == 0 || length == count)
            && full.iter().all(|&length| length == count)
            && self.over_actor.len() == self.over_counter.len()
    }
}

const SPECIFICATIONS: [u64; 12] = [0x01, 0x02, 0x11, 0x13, 0x15, 0x34, 0x42, 0x56, 0x57, 0x70, 0x71, 0x73];
