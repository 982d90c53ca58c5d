//! The same changes in any order are the same document.
#![cfg(test)]

use super::*;

/// A generator of numbers that gives the same ones every time.
pub(super) struct Dice(pub(super) u64);

impl Dice {
    /// A number below `sides`.
    pub(super) fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % sides
    }
}

/// Goal: no order of arrival shows. Method: three phones write and meet at random; the changes are then applied in
/// twenty shuffled orders, where whatever comes too early is held and tried again.
#[test]
fn any_order_of_arrival_gives_the_same_document() {
    for seed in 0..12 {
        let mut dice = Dice(seed);
        let body = json!({"name": "Us", "ground_rules": "Be kind."});
        let (mut phones, create) = Phone::family::<3>(circle_info(), body);
        let mut changes = vec![create];
        let words = ["red", "blue", "green", "Be kind and rest.", "kind"];
        for _ in 0..25 {
            let writer = dice.roll(3);
            let word = words[dice.roll(words.len())];
            let phone = &mut phones[writer];
            let heads = phone.document.heads();
            let mut next = phone.read();
            match dice.roll(5) {
                0 => drop(next.insert("colour".to_owned(), json!(word))),
                1 => drop(next.insert("ground_rules".to_owned(), json!(format!("{word} Be kind. {word}")))),
                2 => drop(next.insert("name".to_owned(), json!(word))),
                3 => changes.push(phone.resolve("name", json!(word))),
                _ => drop(next.insert("new_here".to_owned(), json!([word]))),
            }
            let edit = phone.document.edit(phone.spec, &heads, &next, phone.actor);
            changes.extend(edit.unwrap());
            if dice.roll(3) == 0 {
                let meets = dice.roll(3);
                for change in &changes {
                    // What misses something is left for a later meeting.
                    let _ = phones[meets].take(change);
                }
            }
        }
        let mut first: Option<Phone> = None;
        for _ in 0..20 {
            let mut phone = Phone { document: Document::new(), actor: device(9), spec: circle_info() };
            let mut waiting: Vec<&Vec<u8>> = changes.iter().collect();
            while !waiting.is_empty() {
                let change = waiting.swap_remove(dice.roll(waiting.len()));
                match phone.take(change) {
                    Ok(_) => {}
                    Err(ApplyError::MissingDependency) => waiting.push(change),
                    Err(error) => panic!("seed {seed}: {error:?}"),
                }
            }
            if let Some(first) = &first {
                assert_eq!(first.document.heads(), phone.document.heads(), "seed {seed}");
                assert_eq!((first.read(), first.conflicts()), (phone.read(), phone.conflicts()), "seed {seed}");
            } else {
                first = Some(phone);
            }
        }
    }
}

#[test]
fn a_change_that_comes_too_early_is_held_and_applies_later() {
    let ([mut marta], create) = Phone::family(celebration(), json!({"idea": "walk"}));
    let (a, b) = (marta.set(json!({"place": "lake"})), marta.set(json!({"place": "park"})));
    let mut late = Phone { document: Document::new(), actor: device(9), spec: celebration() };
    for change in [&b, &a] {
        assert_eq!(late.take(change), Err(ApplyError::MissingDependency));
    }
    late.take(&create).unwrap();
    assert_eq!(late.take(&b), Err(ApplyError::MissingDependency));
    assert_eq!((late.take(&a), late.take(&b)), (Ok(Applied::New), Ok(Applied::New)));
    assert_eq!((late.read(), late.document.heads()), (marta.read(), marta.document.heads()));
    let hash = inspect(&b).unwrap().hash;
    assert_eq!((late.document.contains(&hash), late.document.contains(&[0; 32])), (true, false));
}

/// Goal: a long history is taken whole. Method: a thousand changes, one after the other.
#[test]
fn a_thousand_changes_apply() {
    let ([mut marta, mut ben], _) = Phone::family(celebration(), json!({"idea": "walk"}));
    for number in 0..1_000 {
        let change = marta.set(json!({"place": format!("place {number}")}));
        ben.take(&change).unwrap();
    }
    assert_eq!(ben.document.heads(), marta.document.heads());
}
