//! What a whole channel does: both handshakes, frames on the wire, and everything that must end it.
#![cfg(test)]

use super::*;
use crate::model::NoiseKey;
use crate::model::limits::MESSAGE_BYTES_MAX;

const PSK: [u8; 32] = [42; 32];

fn key(byte: u8) -> StaticKey {
    StaticKey::from_bytes([byte; 32])
}

fn newcomer(psk: [u8; 32]) -> Channel {
    Channel::initiate_pairing(&key(1), psk, [101; 32]).unwrap()
}

fn dialler() -> Channel {
    Channel::initiate_session(&key(1), &key(2).public(), [101; 32]).unwrap()
}

/// A phone with the session key 2 and two open codes, both answered with key 3.
fn listener(seed: u8) -> Channel {
    let answer = key(3);
    let pairing = [[41; 32], PSK].map(|psk| PairingAnswer { static_key: &answer, psk });
    Channel::accept(Responder { session_key: &key(2), pairing: &pairing }, [seed; 32])
}

/// Carries bytes one at a time until neither side has any; what each was told.
fn talk(a: &mut Channel, b: &mut Channel) -> [Vec<ChannelEvent>; 2] {
    let mut told = [Vec::new(), Vec::new()];
    loop {
        let [from_a, from_b] = [a.take_output(), b.take_output()];
        if from_a.is_empty() && from_b.is_empty() {
            return told;
        }
        from_a.iter().for_each(|byte| told[1].extend(b.receive(&[*byte]).unwrap()));
        from_b.iter().for_each(|byte| told[0].extend(a.receive(&[*byte]).unwrap()));
    }
}

fn established(event: &ChannelEvent) -> (Purpose, [u8; 32], NoiseKey) {
    match event {
        ChannelEvent::Established { purpose, handshake_hash, remote_static } => {
            (*purpose, *handshake_hash, *remote_static)
        }
        ChannelEvent::Message(_) => panic!("a message before the handshake was done"),
    }
}

/// A session established on both sides; equal at every call, as the seeds are.
fn session() -> (Channel, Channel) {
    let (mut a, mut b) = (dialler(), listener(102));
    talk(&mut a, &mut b);
    a.send(b"hello").unwrap();
    assert_eq!(talk(&mut a, &mut b)[1].len(), 2);
    (a, b)
}

#[test]
fn a_pairing_gives_both_the_same_hash_and_each_the_other_s_key() {
    let (mut a, mut b) = (newcomer(PSK), listener(102));
    let [at_a, at_b] = talk(&mut a, &mut b);
    let ((purpose, hash, inviter), (_, same_hash, newcomer)) = (established(&at_a[0]), established(&at_b[0]));
    assert_eq!((purpose, hash), (Purpose::Pairing, same_hash));
    assert_eq!((inviter, newcomer), (key(3).public(), key(1).public()));
    assert_eq!(b.pairing_code(), Some(1));
    b.send(b"commit").unwrap();
    assert_eq!(talk(&mut a, &mut b)[0], [ChannelEvent::Message(b"commit".to_vec())]);
}

#[test]
fn a_session_gives_both_the_same_hash_and_the_listener_hears_of_it_with_the_first_frame() {
    let (mut a, mut b) = (dialler(), listener(102));
    let [at_a, at_b] = talk(&mut a, &mut b);
    assert_eq!(at_b, []);
    assert_eq!(b.send(b"too early"), Err(ChannelError::NotEstablished));
    a.send(b"hello").unwrap();
    let [_, at_b] = talk(&mut a, &mut b);
    let ((purpose, hash, listener), (_, same_hash, dialler)) = (established(&at_a[0]), established(&at_b[0]));
    assert_eq!((purpose, hash), (Purpose::Session, same_hash));
    assert_eq!((listener, dialler), (key(2).public(), key(1).public()));
    assert_eq!(at_b[1], ChannelEvent::Message(b"hello".to_vec()));
}

#[test]
fn a_wrong_code_gets_no_byte_and_ends_the_channel() {
    let mut b = listener(102);
    assert_eq!(b.receive(&newcomer([0; 32]).take_output()), Err(ChannelError::WrongKey));
    assert_eq!(b.take_output(), [0u8; 0]);
    assert_eq!(b.receive(&newcomer(PSK).take_output()), Err(ChannelError::Closed));
    assert_eq!(b.send(b"?"), Err(ChannelError::Closed));
    assert_eq!(b.take_output(), [0u8; 0]);
}

#[test]
fn pairing_while_no_code_is_open_gets_no_byte() {
    let mut b = Channel::accept(Responder { session_key: &key(2), pairing: &[] }, [102; 32]);
    assert_eq!(b.receive(&newcomer(PSK).take_output()), Err(ChannelError::PairingNotOpen));
    assert_eq!(b.take_output(), [0u8; 0]);
}

#[test]
fn whoever_dials_another_key_than_the_listener_s_gets_no_byte() {
    let mut a = Channel::initiate_session(&key(1), &key(9).public(), [101; 32]).unwrap();
    let mut b = listener(102);
    assert_eq!(b.receive(&a.take_output()), Err(ChannelError::WrongKey));
    assert_eq!(b.take_output(), [0u8; 0]);
}

#[test]
fn every_flipped_bit_of_a_handshake_ends_it() {
    for start in [|| newcomer(PSK), dialler] {
        let first = start().take_output();
        for bit in 0..first.len() * 8 {
            let (mut b, mut bad) = (listener(102), first.clone());
            bad[bit / 8] ^= 1 << (bit % 8);
            // More versions announced than are there, or a longer message: it waits, and what follows is wrong.
            bad.resize(bad.len() + 400, 0);
            assert!(b.receive(&bad).is_err(), "bit {bit}");
            assert_eq!(b.take_output(), [0u8; 0]);
        }
        let mut b = listener(102);
        b.receive(&first).unwrap();
        let answer = b.take_output();
        for bit in 0..answer.len() * 8 {
            let (mut a, mut bad) = (start(), answer.clone());
            bad[bit / 8] ^= 1 << (bit % 8);
            assert!(a.receive(&bad).is_err(), "bit {bit}");
            assert_eq!(a.take_output(), [0u8; 0]);
        }
    }
}

#[test]
fn clear_bytes_count_even_where_they_still_make_sense() {
    let honest = dialler().take_output();
    // One more version, which the listener doesn't know, put in on the way.
    let padded = [&[2, 2, 1, 7], &honest[3..]].concat();
    assert_eq!(listener(102).receive(&padded), Err(ChannelError::WrongKey));
    let unknown = [&[2, 1, 7], &honest[3..]].concat();
    assert_eq!(listener(102).receive(&unknown), Err(ChannelError::NoCommonVersion));
    assert_eq!(listener(102).receive(&[2, 0]), Err(ChannelError::NoCommonVersion));
    assert_eq!(listener(102).receive(b"GET / HTTP/1.1"), Err(ChannelError::BadClearBytes));
}

#[test]
fn a_replayed_dialler_gets_one_answer_and_is_never_established() {
    let mut a = dialler();
    let first = a.take_output();
    let mut b = listener(102);
    b.receive(&first).unwrap();
    a.receive(&b.take_output()).unwrap();
    a.send(b"hello").unwrap();
    let frame = a.take_output();
    assert_eq!(b.receive(&frame).unwrap().len(), 2);

    let mut later = listener(103);
    assert_eq!(later.receive(&first), Ok(vec![]));
    assert_eq!(later.remote_ephemeral(), b.remote_ephemeral());
    assert_eq!(later.send(b"?"), Err(ChannelError::NotEstablished));
    assert_eq!(later.take_output().len(), 2 + 48);
    assert_eq!(later.receive(&frame), Err(ChannelError::BadTag));
    assert_eq!(later.take_output(), [0u8; 0]);
}

#[test]
fn a_replayed_newcomer_is_never_established() {
    let (mut a, mut b) = (newcomer(PSK), listener(102));
    let first = a.take_output();
    b.receive(&first).unwrap();
    a.receive(&b.take_output()).unwrap();
    let third = a.take_output();
    assert_eq!(b.receive(&third).unwrap().len(), 1);

    let mut later = listener(103);
    assert_eq!(later.receive(&first), Ok(vec![]));
    assert_eq!(later.remote_ephemeral(), b.remote_ephemeral());
    assert_eq!(later.receive(&third), Err(ChannelError::WrongKey));
}

#[test]
fn messages_of_all_sizes_arrive_whole_and_in_order_both_ways() {
    let (mut a, mut b) = session();
    let messages = [1, 200, 4_080, 100_000, 1, MESSAGE_BYTES_MAX].map(|length| vec![length as u8 | 1; length]);
    for message in &messages {
        a.send(message).unwrap();
        b.send(message).unwrap();
    }
    let [at_a, at_b] = talk(&mut a, &mut b);
    assert!(at_a == messages.clone().map(ChannelEvent::Message));
    assert!(at_b == messages.map(ChannelEvent::Message));
}

#[test]
fn messages_ready_together_share_a_frame() {
    let (mut a, mut b) = session();
    (0..10).for_each(|number| a.send(&[number; 10]).unwrap());
    let wire = a.take_output();
    assert_eq!(wire.len(), 1 + 256);
    assert_eq!(b.receive(&wire).unwrap().len(), 10);
    assert_eq!(a.take_output(), [0u8; 0]);
}

#[test]
fn portions_change_nothing() {
    for portion in [1, 7, 256, 257, 5_000, usize::MAX] {
        let (mut a, mut b) = session();
        [300, 9_000, 20].iter().for_each(|length| a.send(&vec![5; *length]).unwrap());
        let events: Vec<_> = a.take_output().chunks(portion).flat_map(|part| b.receive(part).unwrap()).collect();
        assert_eq!(events.len(), 3);
    }
}

#[test]
fn every_flipped_bit_of_a_frame_ends_the_channel() {
    let (mut a, _) = session();
    a.send(&[5; 300]).unwrap();
    let frame = a.take_output();
    assert_eq!(frame.len(), 1 + 512);
    for bit in 0..frame.len() * 8 {
        // Equal seeds make the same session again, so each try has a listener that could open the honest frame.
        let (_, mut b) = session();
        let mut bad = frame.clone();
        bad[bit / 8] ^= 1 << (bit % 8);
        // A larger size waits for more; whatever comes, the tag is not right.
        bad.resize(1 + 4_096, 0);
        assert!(b.receive(&bad).is_err(), "bit {bit}");
        assert_eq!((b.receive(&frame), b.take_output()), (Err(ChannelError::Closed), vec![]));
    }
}

#[test]
fn a_frame_repeated_or_left_out_ends_the_channel() {
    let (mut a, mut b) = session();
    let mut frames = [1, 2].map(|number| {
        a.send(&[number]).unwrap();
        a.take_output()
    });
    let (_, mut c) = session();
    b.receive(&frames[0]).unwrap();
    assert_eq!(b.receive(&frames[0]), Err(ChannelError::BadTag));
    assert_eq!(c.receive(&frames[1]), Err(ChannelError::BadTag));
    let (_, mut c) = session();
    frames[0][0] = 5;
    assert_eq!(c.receive(&frames[0][..1]), Err(ChannelError::Malformed), "refused before a byte of it is awaited");
}

#[test]
fn equal_seeds_make_equal_bytes_and_other_seeds_others() {
    let wire = |seed: u8| {
        let (mut a, mut b) = (dialler(), listener(seed));
        b.receive(&a.take_output()).unwrap();
        b.take_output()
    };
    assert_eq!(wire(102), wire(102));
    assert_ne!(wire(102), wire(103));
}

#[test]
fn nothing_new_is_about_nine_hundred_bytes() {
    let (mut a, mut b) = (dialler(), listener(102));
    let mut bytes = 0;
    for turn in 0..5 {
        let (from, to) = if turn % 2 == 0 { (&mut a, &mut b) } else { (&mut b, &mut a) };
        if turn > 1 {
            from.send(&[1; 200]).unwrap();
        }
        let wire = from.take_output();
        bytes += wire.len();
        to.receive(&wire).unwrap();
    }
    assert_eq!(bytes, 3 + 2 + 96 + 2 + 48 + 3 * 257);
}

#[test]
fn events_and_channels_print_nothing_of_what_is_said() {
    assert_eq!(format!("{:?}", ChannelEvent::Message(b"secret".to_vec())), "Message(6 bytes)");
    assert_eq!(format!("{:?}", session().0), "Channel(transport)");
}
