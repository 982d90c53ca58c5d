//! What becomes of edits that didn't know of each other.
#![cfg(test)]

use super::*;
use crate::model::kinds::Body;

#[test]
fn every_example_reads_back_as_it_was_written() {
    for body in Body::examples() {
        let written = body.to_fields();
        let (document, change) = Document::create(body.spec(), &written, device(1)).unwrap();
        assert_eq!(document.read(body.spec()), written, "{}", body.kind());
        assert_eq!(document.conflicts(body.spec()), []);
        let (_, again) = Document::create(body.spec(), &written, device(1)).unwrap();
        assert_eq!(change, again);
        let mut other = Document::new();
        assert_eq!(other.apply(&change, device(1)), Ok(Applied::New));
        assert_eq!(other.apply(&change, device(1)), Ok(Applied::Already));
        assert_eq!((other.read(body.spec()), other.heads()), (written, document.heads()));
    }
}

#[test]
fn a_kind_nobody_knows_is_kept_whole() {
    let body =
        json!({"n": -3, "deep": {"b": [1, {"c": null}], "a": 2}, "list": ["x"], "half": 0.5, "set/x": "x", "on": true});
    let (document, _) = Document::create(None, &fields(body.clone()), device(1)).unwrap();
    assert_eq!(document.read(None), fields(body));
}

#[test]
fn edits_of_different_fields_merge_though_one_was_made_from_an_old_version() {
    let ([mut marta, mut ben], _) =
        Phone::family(celebration(), json!({"idea": "walk", "place": "park", "alcohol_free": true}));
    let (heads, seen) = (ben.document.heads(), ben.read());
    ben.take(&marta.set(json!({"place": "lake"}))).unwrap();
    // Ben's screen still shows the park.
    marta.take(&ben.set_at(&heads, &seen, json!({"idea": "picnic"}))).unwrap();
    let both = fields(json!({"idea": "picnic", "place": "lake", "alcohol_free": true}));
    assert_eq!((marta.read(), ben.read()), (both.clone(), both));
    assert_eq!(marta.conflicts(), []);
    assert_eq!(marta.document.heads(), ben.document.heads());
}

#[test]
fn different_values_are_a_conflict_and_equal_ones_are_none() {
    let ([mut marta, mut ben], _) = Phone::family(celebration(), json!({"idea": "walk"}));
    let (a, b) =
        (marta.set(json!({"place": "lake", "idea": "picnic"})), ben.set(json!({"place": "park", "idea": "picnic"})));
    assert_eq!((marta.take(&b), ben.take(&a)), (Ok(Applied::New), Ok(Applied::New)));
    let expected = [(json!("lake"), device(0)), (json!("park"), device(1))];
    assert_eq!((marta.candidates("place"), ben.candidates("place")), (expected.to_vec(), expected.to_vec()));
    let [conflict] = &marta.conflicts()[..] else { panic!("one conflict") };
    assert_eq!(Some(&conflict.candidates[0].0), marta.read().get("place"));
    assert_eq!(marta.conflicts(), ben.conflicts());
}

#[test]
fn taking_a_value_away_against_a_new_one_is_a_conflict_too() {
    let ([mut marta, mut ben], _) = Phone::family(celebration(), json!({"idea": "walk", "place": "park"}));
    let (a, b) = (marta.set(json!({"place": null})), ben.set(json!({"place": "lake"})));
    assert!(marta.read().get("place").is_none());
    marta.take(&b).unwrap();
    ben.take(&a).unwrap();
    assert_eq!(ben.candidates("place"), [(json!("lake"), device(1)), (json!(null), device(0))]);
    marta.resolve("place", json!(null));
    assert_eq!((marta.conflicts(), marta.read().get("place")), (vec![], None));
}

/// Goal: nothing but a choice settles a conflict. Method: three phones, all orders of meeting that matter.
#[test]
fn a_conflict_ends_by_a_choice_and_opposite_choices_are_a_new_one() {
    let ([mut marta, mut ben, mut ada], _) = Phone::family(celebration(), json!({"idea": "walk"}));
    let (a, b) = (marta.set(json!({"place": "lake"})), ben.set(json!({"place": "park"})));
    for phone in [&mut marta, &mut ben, &mut ada] {
        phone.take(&a).unwrap();
        phone.take(&b).unwrap();
    }
    // Somebody's edit of another field settles nothing, made from the conflicted version or beside it.
    let other = ada.set(json!({"idea": "picnic"}));
    marta.take(&other).unwrap();
    ben.take(&other).unwrap();
    assert_eq!(marta.candidates("place").len(), 2);

    // Opposite choices, one of them for the value shown anyway.
    let (a, b) = (marta.resolve("place", json!("lake")), ben.resolve("place", json!("park")));
    assert_eq!((marta.conflicts(), ben.conflicts()), (vec![], vec![]));
    ada.take(&b).unwrap();
    ada.take(&a).unwrap();
    marta.take(&b).unwrap();
    ben.take(&a).unwrap();
    let expected = vec![(json!("lake"), device(0)), (json!("park"), device(1))];
    for phone in [&marta, &ben, &ada] {
        assert_eq!(phone.candidates("place"), expected);
    }

    // One choice that knew both, and beside it an edit of another field.
    let (choice, other) = (ada.resolve("place", json!("park")), ben.set(json!({"cost_note": "free"})));
    ben.take(&choice).unwrap();
    ada.take(&other).unwrap();
    marta.take(&other).unwrap();
    marta.take(&choice).unwrap();
    for phone in [&marta, &ben, &ada] {
        assert_eq!((phone.conflicts(), phone.read()["place"].clone()), (vec![], json!("park")));
        assert_eq!(phone.read()["idea"], json!("picnic"));
    }
}

#[test]
fn in_a_set_adding_wins_over_removing() {
    let ([mut marta, mut ben], _) = Phone::family(celebration(), json!({"idea": "walk", "participants": ["aa", "bb"]}));
    let again = {
        ben.take(&marta.set(json!({"participants": ["bb"]}))).unwrap();
        marta.set(json!({"participants": ["bb", "aa"]}))
    };
    let other = ben.set(json!({"participants": ["cc"]}));
    marta.take(&other).unwrap();
    ben.take(&again).unwrap();
    for phone in [&marta, &ben] {
        assert_eq!(phone.read()["participants"], json!(["aa", "cc"]));
        assert_eq!(phone.conflicts(), []);
    }
    // Both remove and add at once: what one of them adds again stays.
    let (heads, seen) = (ben.document.heads(), ben.read());
    ben.take(&marta.set(json!({"participants": []}))).unwrap();
    assert!(ben.read().get("participants").is_none());
    marta.take(&ben.set_at(&heads, &seen, json!({"participants": ["aa", "cc", "dd"]}))).unwrap();
    assert_eq!((&marta.read()["participants"], &ben.read()["participants"]), (&json!(["dd"]), &json!(["dd"])));
}

#[test]
fn words_that_two_write_together_merge() {
    let ([mut marta, mut ben], _) = Phone::family(circle_info(), json!({"name": "Us"}));
    let name = circle_info().unwrap().fields.iter().find(|field| field.merge == Merge::Text).unwrap().name;
    assert!(marta.read().get(name).is_none());
    ben.take(&marta.set(json!({name: "We speak kindly. ☕️ We listen."}))).unwrap();
    let a = marta.set(json!({name: "We always speak kindly. ☕️ We listen."}));
    let b = ben.set(json!({name: "We speak kindly. ☕️ We listen. Nobody keeps score."}));
    marta.take(&b).unwrap();
    ben.take(&a).unwrap();
    for phone in [&mut marta, &mut ben] {
        assert_eq!(phone.read()[name], json!("We always speak kindly. ☕️ We listen. Nobody keeps score."));
        assert_eq!(phone.conflicts(), []);
    }
    marta.set(json!({name: null}));
    assert!(marta.read().get(name).is_none());
    let wrong = fields(json!({"name": "Us", name: 7}));
    let heads = ben.document.heads();
    assert_eq!(
        ben.document.edit(ben.spec, &heads, &wrong, ben.actor),
        Err(DocumentError::InvalidField(name.to_owned()))
    );
}

#[test]
fn an_older_app_leaves_alone_what_it_does_not_know() {
    let ([mut marta], _) = Phone::family(celebration(), json!({"idea": "walk", "weather": {"rain": true}}));
    let heads = marta.document.heads();
    let body = fields(json!({"idea": "picnic"}));
    assert!(marta.document.edit(marta.spec, &heads, &body, marta.actor).unwrap().is_some());
    assert_eq!(marta.read(), fields(json!({"idea": "picnic", "weather": {"rain": true}})));
}

#[test]
fn an_edit_that_changes_nothing_makes_no_change_and_one_from_nowhere_is_an_error() {
    let ([mut marta], _) = Phone::family(celebration(), json!({"idea": "walk"}));
    let (heads, body) = (marta.document.heads(), marta.read());
    assert_eq!(marta.document.edit(marta.spec, &heads, &body, marta.actor), Ok(None));
    for heads in [&[][..], &[[7; 32]]] {
        assert_eq!(marta.document.edit(marta.spec, heads, &body, marta.actor), Err(DocumentError::UnknownHeads));
    }
    assert_eq!(marta.document.heads(), heads);
    let empty = Document::create(celebration(), &Fields::new(), device(1));
    assert_eq!(empty.map(|_| ()).unwrap_err(), DocumentError::Empty);
    let long = fields(json!({"idea": "x".repeat(20_000)}));
    assert_eq!(Document::create(celebration(), &long, device(1)).map(|_| ()).unwrap_err(), DocumentError::TooLarge);
    assert_eq!(marta.document.edit(marta.spec, &heads, &long, marta.actor), Err(DocumentError::TooLarge));
    assert_eq!((marta.document.heads(), marta.read()), (heads, body));
}

/// Goal: a device that edits old versions again and again stays within the rules. Method: twenty edits at the create.
#[test]
fn too_many_edits_of_one_old_version_go_on_top_of_everything() {
    let ([mut marta, mut ben], _) = Phone::family(celebration(), json!({"idea": "walk"}));
    let (heads, seen) = (marta.document.heads(), marta.read());
    let mut levels = Vec::new();
    for number in 0..20 {
        let change = marta.set_at(&heads, &seen, json!({"place": format!("place {number}")}));
        levels.push(inspect(&change).unwrap().level);
        assert_eq!(ben.take(&change), Ok(Applied::New));
    }
    assert_eq!(levels[..17], (0..17).collect::<Vec<_>>());
    assert!(levels.iter().all(|level| *level <= 16));
    assert_eq!((ben.read(), ben.conflicts()), (marta.read(), marta.conflicts()));
    assert!(ben.candidates("place").iter().all(|(_, actor)| *actor == device(0)));
}
