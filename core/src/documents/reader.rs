//! Reads bytes from outside, front to back, and only what is written in the shortest way.

/// What is left to read.
#[derive(Clone)]
pub(super) struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    /// Reads `bytes` from their beginning.
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    /// Whether nothing is left.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The next byte.
    pub(super) fn byte(&mut self) -> Option<u8> {
        let (&byte, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(byte)
    }

    /// The next `length` bytes. Compared with what is there before anything is reserved.
    pub(super) fn take(&mut self, length: u64) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(usize::try_from(length).ok()?)?;
        self.0 = rest;
        Some(taken)
    }

    /// A length and so many bytes.
    pub(super) fn counted(&mut self) -> Option<&'a [u8]> {
        let length = self.unsigned()?;
        self.take(length)
    }

    /// A length and so many bytes of UTF-8.
    pub(super) fn text(&mut self) -> Option<&'a str> {
        std::str::from_utf8(self.counted()?).ok()
    }

    /// An unsigned leb128 in its shortest form.
    pub(super) fn unsigned(&mut self) -> Option<u64> {
        let mut value = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            if shift == 63 && byte > 1 || shift > 0 && byte == 0 {
                return None;
            }
            value |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Some(value);
            }
        }
        None
    }

    /// A signed leb128 in its shortest form.
    pub(super) fn signed(&mut self) -> Option<i64> {
        let (mut value, mut previous) = (0_i64, 0_u8);
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            if shift == 63 && byte != 0 && byte != 0x7f {
                return None;
            }
            value |= i64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                let negative = byte & 0x40 != 0;
                // The last byte says nothing if it only repeats the sign of the one before.
                let idle = if previous & 0x40 == 0 { byte == 0 } else { byte == 0x7f };
                if shift > 0 && idle {
                    return None;
                }
                return Some(if negative && shift < 57 { value | (-1 << (shift + 7)) } else { value });
            }
            previous = byte;
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_in_their_shortest_form_only() {
        let unsigned = |bytes: &[u8]| Reader::new(bytes).unsigned();
        let most = [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1];
        assert_eq!((unsigned(&[0]), unsigned(&[0x80, 1]), unsigned(&most)), (Some(0), Some(128), Some(u64::MAX)));
        assert_eq!((unsigned(&[0x80, 0]), unsigned(&[0x80]), unsigned(&[0xff; 11])), (None, None, None));
        let signed = |bytes: &[u8]| Reader::new(bytes).signed();
        assert_eq!((signed(&[0x7f]), signed(&[0x3f]), signed(&[0xc0, 0]), signed(&[0x40])), {
            (Some(-1), Some(63), Some(64), Some(-64))
        });
        assert_eq!((signed(&[0xff, 0x7f]), signed(&[0x80, 0])), (None, None));
        let least = [0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x7f];
        assert_eq!(signed(&least), Some(i64::MIN));
    }
}
