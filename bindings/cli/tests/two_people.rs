//! Two people, each at a terminal, next to each other: one invites, the other joins, and both type what a person types.

#![cfg(unix)]

mod support;

use rexpect::session::{PtySession, spawn_command};
use support::Desk;

const PATIENCE_MS: u64 = 60_000;

fn typing(desk: &Desk, words: &[&str]) -> PtySession {
    let mut command = desk.command();
    command.args(words);
    spawn_command(command, Some(PATIENCE_MS)).unwrap()
}

/// Pairs as two people do; `invite` is what the first one types.
fn pair(inviter: &Desk, invite: &[&str], newcomer: &Desk, name: &str) {
    let mut here = typing(inviter, invite);
    let (_, code) = here.exp_regex("[0-9A-Z]{4}(-[0-9A-Z]{1,4})+").unwrap();
    let mut there = typing(newcomer, &["join", code.trim(), "--as", name]);
    here.exp_string("four words").unwrap();
    there.exp_string("cuatro palabras").unwrap();
    here.exp_string("same/different").unwrap();
    here.send_line("same").unwrap();
    there.exp_string("iguales/distintas").unwrap();
    there.send_line("iguales").unwrap();
    there.exp_string("acepto/no").unwrap();
    there.send_line("sí").unwrap();
    there.exp_string("Hecho").unwrap();
    here.exp_string("Done").unwrap();
    here.exp_eof().unwrap();
    there.exp_eof().unwrap();
}

#[test]
fn a_mother_invites_in_english_and_her_son_joins_in_spanish() {
    let (marta, dani) = (Desk::new(), Desk::reading("es"));
    marta.run("create Reyes --as Marta").done();
    pair(&marta, &["invite", "--listen", "127.0.0.1:0"], &dani, "Dani");
    let out = dani.run("who").done();
    assert!(out.contains("Dani") && out.contains("Marta") && out.contains("Círculo Reyes"), "{out}");
    assert!(marta.run("status").done().contains("Dani"));
}

#[test]
fn an_old_tablet_joins_as_a_second_device_with_a_nickname() {
    let (phone, tablet) = (Desk::new(), Desk::reading("es"));
    phone.run("create Reyes --as Dani").done();
    pair(&phone, &["invite", "--own-device", "--listen", "127.0.0.1:0"], &tablet, "Old tablet");
    assert!(tablet.run("devices").done().contains("Old tablet"));
    phone.run("devices name this Phone").done();
    tablet.run("devices name este 'The tablet'").done();
    let out = tablet.run("devices").done();
    assert!(out.contains("The tablet") && !out.contains("Old tablet"), "{out}");
    assert!(phone.run("devices").done().contains("Phone · this one"));
    let err = phone.run("devices name fridge Cold").refused(1);
    assert!(err.contains("kinweave devices"), "{err}");
}

#[test]
fn what_one_writes_is_shown_where_the_other_watches() {
    let (marta, dani) = (Desk::new(), Desk::reading("es"));
    marta.run("create Reyes --as Marta").done();
    pair(&marta, &["invite", "--listen", "127.0.0.1:0"], &dani, "Dani");
    let mut watching = typing(&marta, &["watch"]);
    watching.exp_string("kinweave meet NAME ").unwrap();
    let (_, address) = watching.exp_regex(r"[0-9.]+:[0-9]+\s").unwrap();
    dani.run("check-in --band hard --share everyone").done();
    dani.run(&format!("meet Marta {}", address.trim())).done();
    watching.exp_string("Dani").unwrap();
    watching.exp_string("hard").unwrap();
    watching.send_control('c').unwrap();
    watching.exp_eof().unwrap();
    // The whole of it stayed at home; what travelled is the one word.
    let shared = &marta.json("list check_in")["records"];
    assert_eq!(shared.as_array().unwrap().len(), 1);
    assert_eq!(shared[0]["body"]["band"], "hard");
}
