//! Marta and Dani in one network, and somebody who listens to it all.

use std::process::Command;

use serde_json::Value;

use super::air::{Capture, Heard};
use super::network::Network;
use super::support::{Desk, Shell, outcome};

const MARTA: u8 = 1;
const DANI: u8 = 2;
const STRANGER: u8 = 3;

fn shell(network: &Network, place: u8, desk: &Desk) -> Shell {
    let mut command = desk.command();
    command.args(["shell", "--json"]);
    Shell::start(&mut network.at(place, &command))
}

fn at(network: &Network, place: u8, desk: &Desk, line: &str) -> Value {
    let mut command: Command = desk.command();
    command.args(shlex::split(line).unwrap()).arg("--json");
    serde_json::from_str(&outcome(&mut network.at(place, &command)).done()).unwrap()
}

pub fn two_phones_find_each_other_and_nobody_can_follow_them(network: &Network) {
    let (marta, dani) = (Desk::new(), Desk::new());
    let mut home = shell(network, MARTA, &marta);
    home.say("create Reyes --as Marta");
    home.pair("invite", &mut shell(network, MARTA, &dani), "Dani");
    let secrets = secrets(&mut home);

    // Dani, elsewhere in the network, knows no address of Marta's but the one of the pairing, at which nobody is.
    assert_eq!(home.say("listen --now 2026-02-11T07:00[UTC]")["seen_nearby"], true);
    let first = Capture::begin(network, STRANGER);
    let meeting = at(network, DANI, &dani, "meet Marta");
    assert_eq!(meeting["equal"], true, "{meeting}");
    let first = first.end();

    // Two members of the circle who look around see each other, and each time by another name.
    home.say("encourage Dani 'See you.' --now 2026-02-11T08:00[UTC]");
    let near = at(network, DANI, &dani, "nearby");
    assert_eq!(near[0]["address"], format!("{}:47300", Network::address(MARTA)), "{near}");
    let second = Capture::begin(network, STRANGER);
    let met = at(network, DANI, &dani, "meet");
    assert_eq!((met.as_array().unwrap().len(), &met[0]["equal"]), (1, &true.into()), "{met}");
    let second = second.end();
    assert!(at(network, DANI, &dani, "list encouragement")["records"][0]["body"]["text"] == "See you.");
    drop(home);

    for heard in [&first, &second] {
        assert!(heard.names().len() >= 2, "an instance and a host: {:?}", heard.names());
        assert!(!heard.texts().is_empty() && !heard.hosts().is_empty());
        nothing_of_ours(heard, &secrets);
    }
    assert!(first.names().is_disjoint(&second.names()), "{:?} {:?}", first.names(), second.names());
    assert!(first.texts().is_disjoint(&second.texts()));
    let service: &str = "_tcp";
    let hosts = |heard: &Heard| heard.hosts().into_iter().filter(|host| host != service).collect::<Vec<_>>();
    assert!(hosts(&first).iter().all(|host| !hosts(&second).contains(host)), "{:?}", hosts(&first));
}

/// What nobody outside the circle may hear: names, ids and keys, as text and as bytes, and what this program is called.
fn secrets(home: &mut Shell) -> Vec<Vec<u8>> {
    let (circle, devices) = (home.say("who"), home.say("devices"));
    let mut secrets: Vec<Vec<u8>> = ["Marta", "Dani", "Reyes", "kinweave"].map(|name| name.as_bytes().to_vec()).into();
    let mut ids = vec![circle["circle"].clone(), circle["me"].clone(), circle["device"].clone()];
    ids.extend(circle["people"].as_array().unwrap().iter().map(|person| person["member"].clone()));
    ids.extend(devices.as_array().unwrap().iter().map(|device| device["device"].clone()));
    for id in ids {
        let id = id.as_str().unwrap();
        let bytes: Vec<u8> =
            (0..id.len()).step_by(2).map(|at| u8::from_str_radix(&id[at..at + 2], 16).unwrap()).collect();
        // A part is as good as the whole to somebody who follows.
        secrets.extend([id.as_bytes()[..12].to_vec(), bytes[..6].to_vec()]);
    }
    let name = std::fs::read_to_string("/proc/sys/kernel/hostname").unwrap_or_default();
    secrets.extend((name.trim().len() > 3).then(|| name.trim().as_bytes().to_vec()));
    secrets
}

fn nothing_of_ours(heard: &Heard, secrets: &[Vec<u8>]) {
    for secret in secrets {
        assert!(!heard.holds(secret), "{:?} is on the air", String::from_utf8_lossy(secret));
    }
}
