//! Chance for tests, drawn from one printed seed: what fails once fails again when the seed is given back.

use std::hash::{BuildHasher, RandomState};

use kinweave_core::model::Now;

use crate::phone::new_york;

const TEN_YEARS_MS: usize = 10 * 365 * 24 * 3_600_000;

/// The environment variable that gives a seed back.
pub const SEED_VARIABLE: &str = "KINWEAVE_TEST_SEED";

/// A source of chance.
pub struct Chance {
    state: u64,
}

impl Chance {
    /// A new seed, or the one that the environment gives; printed, so that a failure shows it.
    pub fn of_today() -> Self {
        Self::from_seed(Self::seed_of_today())
    }

    /// The seed itself.
    pub fn seed_of_today() -> u64 {
        let given = std::env::var(SEED_VARIABLE).ok().map(|text| text.parse().expect("a seed is a number"));
        let seed = given.unwrap_or_else(|| RandomState::new().hash_one("seed") >> 16);
        println!("{SEED_VARIABLE}={seed}");
        seed
    }

    /// Always the same chance.
    pub fn from_seed(seed: u64) -> Self {
        Self { state: seed }
    }

    /// Any number (SplitMix64).
    pub fn any(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `end`.
    pub fn below(&mut self, end: usize) -> usize {
        (self.any() % end as u64) as usize
    }

    /// Whether something happens that happens once in `times`.
    pub fn once_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }

    /// One of these.
    pub fn pick<'a, T>(&mut self, among: &'a [T]) -> &'a T {
        &among[self.below(among.len())]
    }

    /// 32 bytes.
    pub fn bytes(&mut self) -> [u8; 32] {
        let mut bytes = [0; 32];
        bytes.chunks_mut(8).for_each(|chunk| chunk.copy_from_slice(&self.any().to_be_bytes()));
        bytes
    }

    /// A word of so many random letters, some of them capitals.
    pub fn word(&mut self, letters: usize) -> String {
        let letter = |chance: &mut Self| {
            let letter = b'a' + chance.below(26) as u8;
            char::from(if chance.once_in(3) { letter.to_ascii_uppercase() } else { letter })
        };
        (0..letters).map(|_| letter(self)).collect()
    }

    /// What a clock may show that is up to ten years off.
    pub fn time(&mut self) -> Now {
        let now = new_york("2026-02-14T10:00");
        Now { unix_ms: now.unix_ms - TEN_YEARS_MS as i64 + self.below(2 * TEN_YEARS_MS) as i64, ..now }
    }

    /// The same, in another order.
    pub fn shuffle<T>(&mut self, list: &mut [T]) {
        for end in (1..list.len()).rev() {
            list.swap(end, self.below(end + 1));
        }
    }
}
