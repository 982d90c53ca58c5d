//! Somebody with a member's keys who says what they like, on a line to a home that is driven by hand.

use std::sync::Arc;

use kinweave_core::app::{ByHand, Error, Line};
use kinweave_core::channel::{Channel, ChannelEvent};
use kinweave_core::identity::SignKey;
use kinweave_core::model::NoiseKey;

use crate::wire::{greeting, keys_of_seed, message_of};

/// A session in which every message is made by hand.
pub struct Intruder<'a> {
    hand: &'a ByHand,
    line: Arc<Line>,
    connection: u64,
    channel: Channel,
    key: SignKey,
    handshake_hash: [u8; 32],
}

impl<'a> Intruder<'a> {
    /// Calls the home that has `noise`, with the keys of the phone of this seed byte. None if it hangs up.
    ///
    /// # Errors
    /// What the core answered whoever brought it the bytes.
    pub fn call(hand: &'a ByHand, seed: u8, noise: &NoiseKey, nonce: [u8; 32]) -> Result<Option<Self>, Error> {
        let (key, own) = keys_of_seed(seed);
        let mut channel = Channel::initiate_session(&own, noise, nonce).expect("a channel");
        let line = Arc::new(Line::default());
        let connection = hand.accept(line.clone())?;
        hand.bytes(connection, channel.take_output())?;
        let events = channel.receive(&line.take(usize::MAX)).expect("frames of the home");
        Ok(events
            .into_iter()
            .find_map(|event| match event {
                ChannelEvent::Established { handshake_hash, .. } => Some(handshake_hash),
                ChannelEvent::Message(_) => None,
            })
            .map(|handshake_hash| Self { hand, line, connection, channel, key, handshake_hash }))
    }

    /// What an honest phone begins with.
    pub fn greeting(&self) -> Vec<Vec<u8>> {
        greeting(&self.key, &self.handshake_hash)
    }

    /// Says something, and hears what the home answers at once.
    ///
    /// # Errors
    /// What the core answered whoever brought it the bytes.
    pub fn say(&mut self, messages: &[Vec<u8>]) -> Result<Vec<Vec<u8>>, Error> {
        messages.iter().for_each(|message| self.channel.send(message).expect("room"));
        self.hand.bytes(self.connection, self.channel.take_output())?;
        let events = self.channel.receive(&self.line.take(usize::MAX)).expect("frames of the home");
        Ok(events.into_iter().filter_map(message_of).collect())
    }

    /// Whether the home has hung up.
    pub fn is_dropped(&self) -> bool {
        self.line.is_over()
    }
}

impl Drop for Intruder<'_> {
    fn drop(&mut self) {
        // A home that is closed by now needn't be told.
        let _ = self.hand.hung_up(self.connection);
    }
}
