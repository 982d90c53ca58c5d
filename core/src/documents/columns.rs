//! automerge's column encodings, decoded with a bound: a run is counted before it is written out.

use super::reader::Reader;
use crate::model::limits::CHANGE_OPERATIONS_MAX;

/// A run-length column: a positive count repeats one value, a negative one lists so many, 0 and a count are nulls.
///
/// A column of a few bytes can claim 2⁴⁰ values, and automerge would loop over them all; here it is refused where the
/// sum passes the limit.
pub(super) fn runs<'a, T: Clone>(
    bytes: &'a [u8],
    mut value: impl FnMut(&mut Reader<'a>) -> Option<T>,
) -> Option<Vec<Option<T>>> {
    let mut reader = Reader::new(bytes);
    let mut values = Vec::new();
    while !reader.is_empty() {
        let run = reader.signed()?;
        let count = if run == 0 { reader.unsigned()? } else { run.unsigned_abs() };
        if count == 0 {
            return None;
        }
        let sum = fits(values.len(), count)?;
        match run {
            0 => values.resize(sum, None),
            1.. => values.resize(sum, Some(value(&mut reader)?)),
            _ => {
                for _ in 0..count {
                    values.push(Some(value(&mut reader)?));
                }
            }
        }
    }
    Some(values)
}

/// A run-length column of differences.
pub(super) fn differences(bytes: &[u8]) -> Option<Vec<Option<u64>>> {
    let mut last = 0_i64;
    let absolute = |difference: Option<i64>| match difference {
        None => Some(None),
        Some(difference) => {
            last = last.checked_add(difference)?;
            u64::try_from(last).ok().map(Some)
        }
    };
    runs(bytes, Reader::signed)?.into_iter().map(absolute).collect()
}

/// A boolean column: how often false, how often true, and so on. Only the first count may be 0.
pub(super) fn booleans(bytes: &[u8]) -> Option<Vec<bool>> {
    let mut reader = Reader::new(bytes);
    let (mut values, mut value) = (Vec::new(), false);
    while !reader.is_empty() {
        let count = reader.unsigned()?;
        if count == 0 && (value || !values.is_empty()) {
            return None;
        }
        values.resize(fits(values.len(), count)?, value);
        value = !value;
    }
    Some(values)
}

/// `have + more`, if a column may be so long.
fn fits(have: usize, more: u64) -> Option<usize> {
    let sum = u64::try_from(have).ok()?.checked_add(more)?;
    if sum > CHANGE_OPERATIONS_MAX { None } else { usize::try_from(sum).ok() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_decoded_and_their_claims_are_bounded() {
        let numbers = |bytes: &[u8]| runs(bytes, Reader::unsigned);
        assert_eq!(numbers(&[2, 9, 0, 1, 0x7e, 4, 5]), Some(vec![Some(9), Some(9), None, Some(4), Some(5)]));
        // 2⁴⁰ times the value 1; 2⁶³ literals; as many nulls; twice 4,096.
        assert_eq!(numbers(&[0x80, 0x80, 0x80, 0x80, 0x80, 0x20, 1]), None);
        assert_eq!(numbers(&[0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x7f, 1]), None);
        assert_eq!(numbers(&[0, 0x80, 0x80, 0x80, 0x80, 0x80, 0x20]), None);
        assert_eq!(numbers(&[0x80, 0x20, 1]).map(|values| values.len()), Some(4_096));
        assert_eq!(numbers(&[0x80, 0x20, 1, 0x80, 0x20, 2]), None);
        assert_eq!(numbers(&[0, 0]), None);
        assert_eq!(differences(&[0x7d, 3, 1, 0x7e]), Some(vec![Some(3), Some(4), Some(2)]));
        assert_eq!(differences(&[0x7f, 0x7f]), None);
        assert_eq!(booleans(&[0, 2, 1]), Some(vec![true, true, false]));
        assert_eq!(booleans(&[1, 0, 1]), None);
        assert_eq!(booleans(&[0x80, 0x80, 0x80, 0x80, 0x80, 0x20]), None);
    }
}
