//! The pages of a home as whoever has its files and its key could read them: those in use, free ones, and every frame of the
//! log, old ones too. Read without SQLite, which would not show what it no longer counts.
//!
//! The format is SQLCipher's fourth: pages of 4,096 bytes that end in 16 bytes of nonce and 64 of HMAC-SHA-512; AES-256-CBC;
//! the first 16 bytes of the file are its salt. The key is raw; the key of the HMAC is derived from it in two rounds.

use std::fs;
use std::path::Path;

use aes::Aes256;
use aes::cipher::{Block, BlockCipherDecrypt, KeyInit};
use hmac::{Hmac, Mac};
use sha2::Sha512;

const PAGE: usize = 4_096;
const NONCE: usize = 16;
const TAG: usize = 64;
const SALT: usize = 16;
const LOG_HEADER: usize = 32;
const FRAME_HEADER: usize = 24;

/// A page, decrypted.
pub struct Page {
    /// Where it was found.
    pub place: String,
    /// What is on it, its unused room included.
    pub bytes: Vec<u8>,
}

impl Page {
    /// Whether these bytes stand on it somewhere.
    pub fn holds(&self, needle: &[u8]) -> bool {
        self.bytes.windows(needle.len()).any(|window| window == needle)
    }
}

/// Every page of the database, and of its log, of the home in this directory.
///
/// # Panics
/// If a page isn't what was written with this key: then looking at it would prove nothing.
pub fn pages_of(home: &Path, key: &[u8; 32]) -> Vec<Page> {
    let database = fs::read(home.join("kinweave.db")).expect("a database");
    let log = fs::read(home.join("kinweave.db-wal")).unwrap_or_default();
    let salt = database.get(..SALT).or(log.get(LOG_HEADER + FRAME_HEADER..).and_then(|page| page.get(..SALT)));
    let keys = Keys::of(key, salt.expect("a page"));
    assert_eq!(database.len() % PAGE, 0, "whole pages");
    let mut pages = Vec::new();
    for (page, number) in database.chunks_exact(PAGE).zip(1..) {
        pages.push(keys.open(page, number, format!("page {number}")));
    }
    let frames = log.get(LOG_HEADER..).unwrap_or_default();
    for (frame, at) in frames.chunks_exact(FRAME_HEADER + PAGE).zip(1..) {
        let (header, page) = frame.split_at(FRAME_HEADER);
        let number = u32::from_be_bytes(header[..4].try_into().expect("four bytes"));
        pages.push(keys.open(page, number, format!("frame {at} of the log, page {number}")));
    }
    pages
}

struct Keys {
    cipher: Aes256,
    tag: [u8; 32],
}

impl Keys {
    fn of(key: &[u8; 32], salt: &[u8]) -> Self {
        // PBKDF2 with two rounds, of which the first 32 bytes of the first block are taken.
        let mut mac = Hmac::<Sha512>::new_from_slice(key).expect("a key of any length");
        mac.update(&salt.iter().map(|byte| byte ^ 0x3a).collect::<Vec<_>>());
        mac.update(&1_u32.to_be_bytes());
        let first = mac.finalize().into_bytes();
        let mut mac = Hmac::<Sha512>::new_from_slice(key).expect("a key of any length");
        mac.update(&first);
        let second = mac.finalize().into_bytes();
        let mut tag = [0; 32];
        tag.iter_mut().zip(first.iter().zip(&second)).for_each(|(byte, (a, b))| *byte = a ^ b);
        Self { cipher: Aes256::new(&(*key).into()), tag }
    }

    fn open(&self, page: &[u8], number: u32, place: String) -> Page {
        let start = if number == 1 { SALT } else { 0 };
        let (sealed, tag) = page.split_at(PAGE - TAG);
        let mut mac = Hmac::<Sha512>::new_from_slice(&self.tag).expect("a key of any length");
        mac.update(&sealed[start..]);
        mac.update(&number.to_le_bytes());
        mac.verify_slice(tag).unwrap_or_else(|_| panic!("{place} was not written with this key"));
        let (body, nonce) = sealed[start..].split_at(sealed.len() - start - NONCE);
        let mut bytes = Vec::with_capacity(PAGE);
        let mut before: [u8; 16] = nonce.try_into().expect("a nonce");
        for sealed in body.chunks_exact(16) {
            let mut block = Block::<Aes256>::try_from(sealed).expect("a block");
            self.cipher.decrypt_block(&mut block);
            bytes.extend(block.iter().zip(before).map(|(byte, before)| byte ^ before));
            before = sealed.try_into().expect("a block");
        }
        Page { place, bytes }
    }
}
