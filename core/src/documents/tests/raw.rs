//! Changes laid out by hand.
#![cfg(test)]

use super::*;

/// A change as it is laid out, to be bent.
#[derive(Clone)]
pub(super) struct Raw {
    pub(super) kind: u8,
    pub(super) deps: Vec<[u8; 32]>,
    pub(super) actor: Vec<u8>,
    pub(super) seq: u64,
    pub(super) start_op: u64,
    pub(super) time: u8,
    pub(super) message: Vec<u8>,
    pub(super) others: Vec<Vec<u8>>,
    pub(super) columns: Vec<(u64, Vec<u8>)>,
    pub(super) extra: Vec<u8>,
}

fn leb(mut value: u64) -> Vec<u8> {
    let mut bytes = Vec::new();
    while value > 0x7f {
        bytes.push(value as u8 | 0x80);
        value >>= 7;
    }
    bytes.push(value as u8);
    bytes
}

fn counted(bytes: &[u8]) -> Vec<u8> {
    [leb(bytes.len() as u64), bytes.to_vec()].concat()
}

impl Raw {
    /// Puts `true` at the key `a`, as the first change of device 1.
    pub(super) fn new() -> Self {
        let column = |specification: u64, bytes: &[u8]| (specification, bytes.to_vec());
        Self {
            kind: 1,
            deps: vec![],
            actor: device(1).as_bytes().to_vec(),
            seq: 1,
            start_op: 1,
            time: 0,
            message: vec![],
            others: vec![],
            columns: vec![
                column(0x15, b"\x7f\x01a"),
                column(0x34, &[1]),
                column(0x42, &[0x7f, 1]),
                column(0x56, &[0x7f, 2]),
                column(0x70, &[0x7f, 0]),
            ],
            extra: vec![],
        }
    }

    pub(super) fn with(mut self, bend: impl FnOnce(&mut Self)) -> Self {
        bend(&mut self);
        self
    }

    pub(super) fn bytes(&self) -> Vec<u8> {
        let mut data = leb(self.deps.len() as u64);
        data.extend(self.deps.concat());
        data.extend([counted(&self.actor), leb(self.seq), leb(self.start_op), vec![self.time]].concat());
        data.extend([counted(&self.message), leb(self.others.len() as u64)].concat());
        self.others.iter().for_each(|other| data.extend(counted(other)));
        data.extend(leb(self.columns.len() as u64));
        for (specification, bytes) in &self.columns {
            data.extend([leb(*specification), leb(bytes.len() as u64)].concat());
        }
        self.columns.iter().for_each(|(_, bytes)| data.extend(bytes));
        data.extend(&self.extra);
        [vec![self.kind], counted(&data)].concat()
    }

    pub(super) fn refused(&self) -> bool {
        inspect(&self.bytes()) == Err(BadChange)
    }
}
