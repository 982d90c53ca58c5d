//! Frames of five sizes. What is said is cut, padded and sealed, so that its length shows only in steps.

use snow::TransportState;

use super::ChannelError;
use crate::model::limits::MESSAGE_BYTES_MAX;

/// The largest k: a frame's ciphertext has 256·2^k bytes.
const SIZE_MAX: u8 = 4;
/// Poly1305's tag.
const TAG_BYTES: usize = 16;
/// The u16 that tells how many bytes of a frame are used.
const USED_BYTES: usize = 2;
/// What may wait for the pipe. A whole copy is sent in portions; who queues more than this has not looked at the pipe.
const QUEUE_BYTES_MAX: usize = 16 * 1024 * 1024;

/// How many bytes of ciphertext follow the byte `size`, if it is one of the five.
pub(super) fn ciphertext_bytes(size: u8) -> Result<usize, ChannelError> {
    if size <= SIZE_MAX { Ok(256 << size) } else { Err(ChannelError::Malformed) }
}

/// How many bytes of the stream a frame of that ciphertext holds.
const fn capacity(ciphertext_bytes: usize) -> usize {
    ciphertext_bytes - TAG_BYTES - USED_BYTES
}

/// Messages on their way out: one stream, cut into frames only when the pipe asks.
#[derive(Default)]
pub(super) struct FrameWriter {
    stream: Vec<u8>,
}

impl FrameWriter {
    /// Queues a message behind those already there.
    pub(super) fn push(&mut self, message: &[u8]) -> Result<(), ChannelError> {
        if message.is_empty() {
            return Err(ChannelError::Malformed);
        }
        if message.len() > MESSAGE_BYTES_MAX {
            return Err(ChannelError::TooLong);
        }
        let length = u32::try_from(message.len()).map_err(|_| ChannelError::TooLong)?;
        if self.stream.len() + message.len() > QUEUE_BYTES_MAX {
            return Err(ChannelError::QueueFull);
        }
        self.stream.extend_from_slice(&length.to_be_bytes());
        self.stream.extend_from_slice(message);
        Ok(())
    }

    /// Everything queued, as full frames and one padded to the smallest size that fits.
    ///
    /// The nonce is snow's own count of frames and only goes up: two frames under one nonce would give away the XOR of
    /// their plaintexts and let anyone forge tags. It cannot wrap: at 256 bytes a frame, 2^64 of them are 4 zettabytes,
    /// and snow refuses the last one.
    pub(super) fn seal(&mut self, noise: &mut TransportState) -> Result<Vec<u8>, ChannelError> {
        let mut sealed = Vec::new();
        for part in self.stream.chunks(capacity(256 << SIZE_MAX)) {
            let size = (0..SIZE_MAX).find(|size| part.len() <= capacity(256 << size)).unwrap_or(SIZE_MAX);
            let used = u16::try_from(part.len()).map_err(|_| ChannelError::Internal)?;
            let mut plaintext = used.to_be_bytes().to_vec();
            plaintext.extend_from_slice(part);
            plaintext.resize((256 << size) - TAG_BYTES, 0);
            let mut ciphertext = vec![0; 256 << size];
            noise.write_message(&plaintext, &mut ciphertext).map_err(|_| ChannelError::Internal)?;
            sealed.push(size);
            sealed.extend_from_slice(&ciphertext);
        }
        self.stream.clear();
        // The queue of a first copy would otherwise stay reserved for as long as the session lives.
        self.stream.shrink_to(MESSAGE_BYTES_MAX);
        Ok(sealed)
    }
}

/// The message that is arriving.
#[derive(Default)]
pub(super) struct FrameReader {
    /// The bytes so far of the length, or, once that is known, of the message.
    assembly: Vec<u8>,
    announced: Option<usize>,
}

impl FrameReader {
    /// Opens one frame; the messages that it completes are appended to `messages`.
    pub(super) fn open(
        &mut self,
        ciphertext: &[u8],
        noise: &mut TransportState,
        messages: &mut Vec<Vec<u8>>,
    ) -> Result<(), ChannelError> {
        let mut plaintext = vec![0; ciphertext.len().saturating_sub(TAG_BYTES)];
        noise.read_message(ciphertext, &mut plaintext).map_err(|_| ChannelError::BadTag)?;
        let (used, rest) = plaintext.split_first_chunk().ok_or(ChannelError::Malformed)?;
        let used = usize::from(u16::from_be_bytes(*used));
        let (stream, padding) = rest.split_at_checked(used).ok_or(ChannelError::Malformed)?;
        // An empty frame says nothing that silence does not, and padding that may hold anything is a place to hide
        // bytes.
        if stream.is_empty() || padding.iter().any(|byte| *byte != 0) {
            return Err(ChannelError::Malformed);
        }
        self.take(stream, messages)
    }

    fn take(&mut self, mut stream: &[u8], messages: &mut Vec<Vec<u8>>) -> Result<(), ChannelError> {
        while !stream.is_empty() {
            let wanted = self.announced.unwrap_or(size_of::<u32>());
            let missing = wanted.saturating_sub(self.assembly.len()).min(stream.len());
            let (part, rest) = stream.split_at(missing);
            // The assembly grows with what has arrived. To reserve what is announced would give a peer a megabyte of
            // our memory for four bytes of its own.
            self.assembly.extend_from_slice(part);
            stream = rest;
            if self.assembly.len() < wanted {
                continue;
            }
            let complete = std::mem::take(&mut self.assembly);
            match self.announced.take() {
                Some(_) => messages.push(complete),
                None => self.announced = Some(announced_bytes(&complete)?),
            }
        }
        Ok(())
    }
}

/// The length of a message, refused before any of it is kept.
fn announced_bytes(length: &[u8]) -> Result<usize, ChannelError> {
    let length = length.try_into().map(u32::from_be_bytes).map_err(|_| ChannelError::Malformed)?;
    match usize::try_from(length) {
        Ok(0) => Err(ChannelError::Malformed),
        Ok(length) if length <= MESSAGE_BYTES_MAX => Ok(length),
        _ => Err(ChannelError::TooLong),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two ends of a channel without the handshake of ours.
    fn ends() -> (TransportState, TransportState) {
        let build = || snow::Builder::new("Noise_NN_25519_ChaChaPoly_BLAKE2s".parse().unwrap());
        let (mut a, mut b) = (build().build_initiator().unwrap(), build().build_responder().unwrap());
        let (mut wire, mut none) = ([0; 128], [0; 0]);
        let length = a.write_message(&[], &mut wire).unwrap();
        b.read_message(&wire[..length], &mut none).unwrap();
        let length = b.write_message(&[], &mut wire).unwrap();
        a.read_message(&wire[..length], &mut none).unwrap();
        (a.into_transport_mode().unwrap(), b.into_transport_mode().unwrap())
    }

    /// What a reader makes of a frame of 256 with this plaintext, sealed by a peer that holds the right key.
    fn opened(plaintext: &[u8]) -> Result<Vec<Vec<u8>>, ChannelError> {
        let (mut a, mut b) = ends();
        let mut wire = vec![0; plaintext.len() + TAG_BYTES];
        a.write_message(plaintext, &mut wire).unwrap();
        let mut messages = Vec::new();
        FrameReader::default().open(&wire, &mut b, &mut messages).map(|()| messages)
    }

    fn frame(used: u16, stream: &[u8]) -> Vec<u8> {
        let mut plaintext = used.to_be_bytes().to_vec();
        plaintext.extend_from_slice(stream);
        plaintext.resize(256 - TAG_BYTES, 0);
        plaintext
    }

    #[test]
    fn a_well_formed_frame_opens_and_every_other_form_is_refused_although_its_tag_is_right() {
        assert_eq!(opened(&frame(5, &[0, 0, 0, 1, 9])), Ok(vec![vec![9]]));
        assert_eq!(
            opened(&frame(4, &[0, 0, 0, 1])),
            Ok(vec![]),
            "a message may begin in one frame and go on in another"
        );
        assert_eq!(opened(&frame(0, &[])), Err(ChannelError::Malformed), "nothing used");
        assert_eq!(opened(&frame(239, &[])), Err(ChannelError::Malformed), "more used than there is");
        assert_eq!(opened(&frame(u16::MAX, &[])), Err(ChannelError::Malformed), "more used than there is");
        assert_eq!(opened(&frame(4, &[0, 0, 0, 1, 9])), Err(ChannelError::Malformed), "padding that is not zero");
        assert_eq!(opened(&frame(4, &[0, 0, 0, 0])), Err(ChannelError::Malformed), "a message of no bytes");
        assert_eq!(opened(&frame(4, &[0xff; 4])), Err(ChannelError::TooLong));
        let beyond = u32::try_from(MESSAGE_BYTES_MAX + 1).unwrap().to_be_bytes();
        assert_eq!(opened(&frame(4, &beyond)), Err(ChannelError::TooLong));
    }

    #[test]
    fn a_long_message_reserves_only_what_has_arrived() {
        let mut reader = FrameReader::default();
        let mut stream = u32::try_from(MESSAGE_BYTES_MAX).unwrap().to_be_bytes().to_vec();
        stream.extend_from_slice(&[1; 100]);
        reader.take(&stream, &mut Vec::new()).unwrap();
        assert!(reader.assembly.capacity() < 1_024);
    }

    #[test]
    fn a_burst_is_full_frames_and_one_of_the_smallest_size_that_fits() {
        let sizes = |message_bytes: usize| {
            let (mut a, _) = ends();
            let mut writer = FrameWriter::default();
            writer.push(&vec![1; message_bytes]).unwrap();
            let (sealed, mut sizes) = (writer.seal(&mut a).unwrap(), Vec::new());
            let mut rest = &sealed[..];
            while let Some((size, after)) = rest.split_first() {
                sizes.push(*size);
                rest = &after[ciphertext_bytes(*size).unwrap()..];
            }
            sizes
        };
        assert_eq!(sizes(1), [0]);
        assert_eq!((sizes(234), sizes(235)), (vec![0], vec![1]));
        assert_eq!((sizes(490), sizes(491)), (vec![1], vec![2]));
        assert_eq!((sizes(1_002), sizes(1_003)), (vec![2], vec![3]));
        assert_eq!((sizes(2_026), sizes(2_027)), (vec![3], vec![4]));
        assert_eq!((sizes(4_074), sizes(4_075)), (vec![4], vec![4, 0]));
        assert_eq!(sizes(10_000), [4, 4, 3]);
    }

    #[test]
    fn what_is_too_long_empty_or_too_much_is_not_queued() {
        let mut writer = FrameWriter::default();
        assert_eq!(writer.push(&[]), Err(ChannelError::Malformed));
        assert_eq!(writer.push(&vec![0; MESSAGE_BYTES_MAX + 1]), Err(ChannelError::TooLong));
        let longest = vec![0; MESSAGE_BYTES_MAX];
        assert_eq!((0..20).find_map(|_| writer.push(&longest).err()), Some(ChannelError::QueueFull));
    }
}
