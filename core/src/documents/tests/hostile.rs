//! Changes that this version never writes.
#![cfg(test)]

use automerge::transaction::Transactable;
use automerge::{ActorId, ObjType, ROOT, ReadDoc, ScalarValue};

use super::raw::Raw;
use super::*;
use crate::documents::document::blank;

/// A change of device 1 after the create of `body`, made by automerge without our rules.
fn foreign(base: &[u8], work: impl FnOnce(&mut automerge::transaction::Transaction<'_>)) -> Vec<u8> {
    let mut document = blank(ActorId::from(device(1).as_bytes().as_slice()));
    if !base.is_empty() {
        let chunk = [&[0x85, 0x6f, 0x4a, 0x83, 0, 0, 0, 0], base].concat();
        document.apply_changes([automerge::Change::from_bytes(chunk).unwrap()]).unwrap();
    }
    let mut transaction = document.transaction();
    work(&mut transaction);
    let hash = transaction.commit().0.unwrap();
    document.get_change_by_hash(&hash).unwrap().raw_bytes()[8..].to_vec()
}

#[test]
fn the_layout_by_hand_is_the_one_of_automerge() {
    let change = foreign(&[], |transaction| transaction.put(ROOT, "a", true).unwrap());
    assert_eq!(Raw::new().bytes(), change);
    let info = inspect(&change).unwrap();
    assert_eq!((info.actor, info.level, info.seq, info.start_op, info.operations), (device(1), 0, 1, 1, 1));
}

#[test]
fn headers_that_nobody_writes_are_refused() {
    let other = device(2).as_bytes().to_vec();
    let form = |level: u8| [&[0x13, 0xb2, 0x23, 0x09, level], other.as_slice()].concat();
    assert!(!Raw::new().with(|raw| raw.actor = form(16)).refused());
    type Bend<'a> = Box<dyn Fn(&mut Raw) + 'a>;
    let bent: [Bend<'_>; 15] = [
        Box::new(|raw| raw.kind = 2),
        Box::new(|raw| raw.kind = 0),
        Box::new(|raw| raw.time = 1),
        Box::new(|raw| raw.message = b"hello".to_vec()),
        Box::new(|raw| raw.extra = vec![1, 1, 7]),
        Box::new(|raw| raw.actor = vec![1; 15]),
        Box::new(|raw| raw.actor = form(17)),
        Box::new(|raw| raw.actor = form(0)),
        Box::new(|raw| raw.seq = 0),
        Box::new(|raw| raw.start_op = 0),
        Box::new(|raw| raw.start_op = 1 << 20),
        Box::new(|raw| raw.deps = vec![[2; 32], [1; 32]]),
        Box::new(|raw| raw.deps = vec![[1; 32], [1; 32]]),
        Box::new(|raw| raw.others = vec![raw.actor.clone()]),
        Box::new(|raw| raw.others = vec![vec![7; 3]]),
    ];
    for (index, bend) in bent.iter().enumerate() {
        assert!(Raw::new().with(bend).refused(), "case {index}");
    }
    let many =
        (0..=256_u32).map(|number| device(3).as_bytes()[..12].iter().copied().chain(number.to_be_bytes()).collect());
    assert!(Raw::new().with(|raw| raw.others = many.collect()).refused());
    let mut trailing = Raw::new().bytes();
    trailing.push(0);
    assert_eq!(inspect(&trailing), Err(BadChange));
    assert_eq!(inspect(&[]), Err(BadChange));
    assert_eq!(inspect(&vec![1; 17_000]), Err(BadChange));
}

#[test]
fn columns_that_nobody_writes_are_refused() {
    let column = |index: usize, bytes: &[u8]| {
        let bytes = bytes.to_vec();
        Raw::new().with(|raw| raw.columns[index].1 = bytes)
    };
    let specification = |index: usize, specification: u64| Raw::new().with(|raw| raw.columns[index].0 = specification);
    for raw in [
        specification(0, 0x15 | 8),
        specification(4, 0x70 | 8),
        specification(4, 0x94),
        specification(1, 0x35),
        column(0, b"\x7f\x00"),
        column(0, b"\x7f\x01\xff"),
        column(0, b"\x7e\x01a\x01b"),
        column(1, &[0, 1]),
        column(1, &[2]),
        column(2, &[0x7f, 0]),
        column(2, &[0x7f, 2]),
        column(2, &[0x7f, 5]),
        column(2, &[0x7f, 6]),
        column(2, &[0x7f, 7]),
        column(2, &[0xff, 0x7f, 1]),
        column(3, &[0x7f, 0x12]),
        column(3, &[0x7f, 8]),
        column(4, &[0x7f, 1]),
        column(4, &[]),
        Raw::new().with(|raw| raw.columns.clear()),
        Raw::new().with(|raw| raw.columns.swap(0, 1)),
        Raw::new().with(|raw| raw.columns.insert(0, raw.columns[0].clone())),
        Raw::new().with(|raw| raw.columns[0].1.extend([0x7f, 0])),
    ] {
        assert!(raw.refused(), "{:x?}", raw.columns);
    }
}

/// Goal: a few bytes can't keep a phone busy. Method: claim 2⁴⁰ operations in every column, alone and in all at once.
#[test]
fn a_change_of_60_bytes_cannot_claim_more_than_it_may() {
    let lots = [0x80, 0x80, 0x80, 0x80, 0x80, 0x20];
    let claim = |bytes: &mut Vec<u8>| *bytes = [&lots, bytes.get(1..).unwrap_or_default()].concat();
    let all = Raw::new().with(|raw| raw.columns.iter_mut().for_each(|(_, bytes)| claim(bytes)));
    assert!(all.bytes().len() < 100 && all.refused());
    for index in 0..5 {
        assert!(Raw::new().with(|raw| claim(&mut raw.columns[index].1)).refused());
    }
    // Names of predecessors that one operation claims to have.
    let over = Raw::new().with(|raw| raw.columns[4].1 = [&[0x7f], &lots[..]].concat());
    assert!(over.refused());
    // 4,096 puts at one key fit the scan, and are refused for doing one thing over and over.
    let runs = |bytes: &mut Vec<u8>| *bytes = [&[0x80, 0x20], bytes.get(1..).unwrap_or_default()].concat();
    let often = Raw::new().with(|raw| raw.columns.iter_mut().for_each(|(_, bytes)| runs(bytes)));
    assert_eq!(inspect(&often.bytes()).map(|info| info.operations), Ok(4_096));
    assert_eq!(Document::new().apply(&often.bytes(), device(1)), Err(ApplyError::BadChange));
}

#[test]
fn operations_of_other_sorts_are_refused() {
    let (_, create) =
        Document::create(circle_info(), &fields(json!({"name": "Us", "ground_rules": "kind"})), device(0)).unwrap();
    let text =
        |document: &automerge::transaction::Transaction<'_>| document.get(ROOT, "ground_rules").unwrap().unwrap().1;
    type Work<'a> = Box<dyn FnOnce(&mut automerge::transaction::Transaction<'_>) + 'a>;
    let sorts: Vec<Work<'_>> = vec![
        Box::new(|t| drop(t.put_object(ROOT, "m", ObjType::Map).unwrap())),
        Box::new(|t| drop(t.put_object(ROOT, "l", ObjType::List).unwrap())),
        Box::new(|t| drop(t.put_object(ROOT, "t", ObjType::Text).unwrap())),
        Box::new(|t| t.put(ROOT, "c", ScalarValue::counter(3)).unwrap()),
        Box::new(|t| t.put(ROOT, "c", ScalarValue::Timestamp(3)).unwrap()),
        Box::new(|t| t.put(ROOT, "c", f64::NAN).unwrap()),
        Box::new(|t| t.put(ROOT, "c", ScalarValue::Bytes(vec![1])).unwrap()),
        Box::new(|t| t.put(ROOT, "", true).unwrap()),
        Box::new(|t| t.put(ROOT, "ground_rules", "none").unwrap()),
        Box::new(|t| t.delete(ROOT, "ground_rules").unwrap()),
        Box::new(|t| t.put(text(t), 0, "x").unwrap()),
        Box::new(|t| drop(t.split_block(text(t), 1).unwrap())),
        Box::new(|t| {
            let mark = automerge::marks::Mark::new("bold".to_owned(), true, 0, 2);
            t.mark(text(t), mark, automerge::marks::ExpandMark::None).unwrap();
        }),
        Box::new(|t| (t.put(ROOT, "name", "a").unwrap(), t.put(ROOT, "name", "b").unwrap()).1),
    ];
    for (index, work) in sorts.into_iter().enumerate() {
        let change = foreign(&create, work);
        let mut document = Document::new();
        document.apply(&create, device(0)).unwrap();
        assert_eq!(document.apply(&change, device(1)), Err(ApplyError::BadChange), "case {index}");
        let allowed = foreign(&create, |t| t.put(ROOT, "name", "b").unwrap());
        assert_eq!(document.apply(&allowed, device(1)), Ok(Applied::New));
    }
}

/// Goal: what a change refers to is among its ancestors, or it is refused: automerge would panic on some phones only.
/// Method: apply to one document what was made in another that knew more.
#[test]
fn references_to_what_a_change_did_not_know_are_refused() {
    let ([mut marta, mut ben], _) = Phone::family(circle_info(), json!({"name": "Us", "ground_rules": "kind"}));
    let seen = marta.document.heads();
    let (put, words) = (marta.set(json!({"name": "We"})), marta.set(json!({"ground_rules": "kinder"})));
    ben.take(&put).unwrap();
    ben.take(&words).unwrap();
    for body in [json!({"name": "All"}), json!({"ground_rules": "kinder!"}), json!({"ground_rules": "kinde"})] {
        let honest = {
            let mut copy = Phone { document: Document::new(), actor: device(1), spec: circle_info() };
            let (_, create) = Phone::family::<1>(circle_info(), json!({"name": "Us", "ground_rules": "kind"}));
            for change in [&create, &put, &words] {
                copy.take(change).unwrap();
            }
            copy.set(body)
        };
        // The same, but as if it built on the create only.
        let known = inspect(&honest).unwrap().deps[0];
        let at = honest.windows(32).position(|window| window == known).unwrap();
        let mut lying = honest.clone();
        lying[at..at + 32].copy_from_slice(&seen[0]);
        assert!(inspect(&lying).is_ok());
        assert_eq!(ben.take(&lying), Err(ApplyError::BadChange));
    }
}

#[test]
fn rules_that_need_ancestors_hold() {
    let ([mut marta, mut ben], create) = Phone::family(celebration(), json!({"idea": "walk"}));
    assert_eq!(marta.document.apply(&create, device(1)), Err(ApplyError::WrongActor));
    let deps = marta.document.heads();
    let change = |seq, start_op| {
        Raw::new().with(|raw| (raw.deps, raw.seq, raw.start_op) = (deps.clone(), seq, start_op)).bytes()
    };
    for (seq, start_op) in [(2, 2), (1, 1), (1, 1 + 16_385)] {
        assert_eq!(marta.document.apply(&change(seq, start_op), device(1)), Err(ApplyError::BadChange));
    }
    // A second create.
    assert_eq!(marta.document.apply(&Raw::new().bytes(), device(1)), Err(ApplyError::BadChange));
    assert_eq!(marta.document.apply(&change(1, 1 + 16_384), device(1)), Ok(Applied::New));
    // A restored phone that uses its number again.
    assert_eq!(marta.document.apply(&change(1, 2), device(1)), Err(ApplyError::DuplicateSequence));
    assert_eq!(ben.document.apply(&change(1, 2), device(1)), Ok(Applied::New));
    // Edits of the old version would leave too wide a gap, so they go on top.
    let (seen, heads) = (marta.read(), deps.clone());
    let far = Raw::new().with(|raw| {
        (raw.deps, raw.seq, raw.start_op) = (marta.document.heads(), 2, 2 + 32_000);
    });
    assert_eq!(marta.document.apply(&far.bytes(), device(1)), Ok(Applied::New));
    let edit = marta.set_at(&heads, &seen, json!({"idea": "picnic"}));
    assert!(inspect(&edit).unwrap().deps.contains(&inspect(&far.bytes()).unwrap().hash));
    assert_eq!(marta.document.heads(), [inspect(&edit).unwrap().hash]);
}

/// Goal: no flipped bit is taken for the same change, and none ends a phone. Method: flip each bit of real changes.
#[test]
fn no_flipped_bit_panics_or_passes_for_the_same_change() {
    let ([mut marta, mut ben], create) = Phone::family(circle_info(), json!({"name": "Us", "ground_rules": "kind"}));
    ben.take(&marta.set(json!({"name": "We"}))).unwrap();
    let a = marta.set(json!({"name": "All", "colour": "red", "ground_rules": "kinder"}));
    let b = ben.set(json!({"name": "Them", "new_here": [1], "ground_rules": "unkind"}));
    ben.take(&a).unwrap();
    let c = ben.resolve("name", json!("Them"));
    for (base, change) in [(vec![], &create), (vec![&create], &a), (vec![&create, &a, &b], &c)] {
        let hash = inspect(change).unwrap().hash;
        for bit in 0..change.len() * 8 {
            let mut flipped = change.clone();
            flipped[bit / 8] ^= 1 << (bit % 8);
            let Ok(info) = inspect(&flipped) else { continue };
            assert_ne!(info.hash, hash);
            let mut document = Document::new();
            for change in &base {
                let _ = document.apply(change, inspect(change).unwrap().actor);
            }
            assert_ne!(document.apply(&flipped, info.actor), Err(ApplyError::Quarantined), "bit {bit}");
            let _ = document.read(circle_info());
            let _ = document.conflicts(circle_info());
        }
    }
}

/// Goal: what passes the gate never makes automerge fail. Method: change up to four bytes of real changes, 30,000 times.
#[test]
fn no_changed_bytes_that_pass_the_gate_make_automerge_fail() {
    let body = json!({"name": "Us", "ground_rules": "kind"});
    let ([mut marta, mut ben], create) = Phone::family(circle_info(), body);
    let a = marta.set(json!({"name": "All", "colour": "red", "ground_rules": "kinder by far"}));
    let b = ben.set(json!({"name": "Them", "new_here": [1], "ground_rules": "be kind"}));
    ben.take(&a).unwrap();
    let c = ben.set(json!({"name": "Both", "ground_rules": "be kinder"}));
    let (mut dice, mut passed) = (order::Dice(7), 0);
    for _ in 0..30_000 {
        let (base, change): (&[&Vec<u8>], _) = match dice.roll(3) {
            0 => (&[], &create),
            1 => (&[&create], &b),
            _ => (&[&create, &a, &b], &c),
        };
        let mut bent = change.clone();
        for _ in 0..=dice.roll(4) {
            let at = dice.roll(bent.len());
            bent[at] = if dice.roll(2) == 0 { dice.roll(8) as u8 } else { dice.roll(256) as u8 };
        }
        let Ok(info) = inspect(&bent) else { continue };
        let mut document = Document::new();
        for change in base {
            document.apply(change, inspect(change).unwrap().actor).unwrap();
        }
        let applied = document.apply(&bent, info.actor);
        passed += u32::from(applied == Ok(Applied::New));
        assert_ne!(applied, Err(ApplyError::Quarantined), "{bent:x?}");
        let _ = document.read(circle_info());
        let _ = document.conflicts(circle_info());
    }
    assert!(passed > 100, "{passed}");
}
