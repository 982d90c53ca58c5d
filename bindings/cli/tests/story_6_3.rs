//! Story 6.3 at the terminal: a setback that stays private until Dani is ready, on phones that are processes of the real
//! program, each sent the lines that a person would type.

mod support;

use serde_json::{Value, json};
use support::{Desk, Shell};

/// A phone with an address and a clock.
struct Phone {
    shell: Shell,
    address: String,
    now: &'static str,
    _desk: Desk,
}

impl Phone {
    fn start() -> Self {
        let desk = Desk::new();
        let shell = Shell::start(desk.command().args(["shell", "--json"]));
        Self { shell, address: String::new(), now: "2026-02-09T10:00", _desk: desk }
    }

    fn say(&mut self, line: &str) -> Value {
        self.shell.say(&format!("{line} --now {}[America/New_York]", self.now))
    }

    fn listen(&mut self) {
        self.address = self.say("listen 127.0.0.1:0")["address"].as_str().unwrap().to_owned();
    }

    fn meet(&mut self, name: &str, other: &Self) {
        assert_eq!(self.say(&format!("meet '{name}' {}", other.address))["equal"], true);
    }

    fn count(&mut self, kind: &str) -> usize {
        self.say(&format!("list {kind}"))["records"].as_array().unwrap().len()
    }

    /// Dani's card as it is read here today, in every byte.
    fn dani(&mut self) -> String {
        self.say("card show Dani").to_string()
    }

    fn prompts(&mut self) -> Vec<Value> {
        self.say("today")["prompts"].as_array().unwrap().clone()
    }
}

fn at(phones: [&mut Phone; 4], now: &'static str) {
    phones.into_iter().for_each(|phone| phone.now = now);
}

#[test]
fn a_setback_stays_private_until_dani_is_ready() {
    let [mut m1, mut l1, mut d1, mut d2] = std::array::from_fn(|_| Phone::start());
    // 0
    m1.say("create Reyes --as Marta");
    m1.shell.pair("invite", &mut l1.shell, "Lena");
    m1.shell.pair("invite", &mut d1.shell, "Dani");
    d1.shell.pair("invite --own-device", &mut d2.shell, "Old tablet");
    for phone in [&mut m1, &mut l1, &mut d1, &mut d2] {
        phone.listen();
    }
    d1.say("timeline set 2026-01-12");
    d1.meet("Old tablet", &d2);
    at([&mut m1, &mut l1, &mut d1, &mut d2], "2026-03-10T18:00");
    d1.say("card publish --total --with circle");
    d1.say("card pause");
    d1.meet("Marta", &m1);
    let paused_in_march = m1.dani();
    at([&mut m1, &mut l1, &mut d1, &mut d2], "2026-03-12T18:00");
    assert_eq!(m1.dani(), paused_in_march);
    d1.say("card publish --total");
    d1.meet("Marta", &m1);
    assert_ne!(m1.dani(), paused_in_march);
    // 1
    at([&mut m1, &mut l1, &mut d1, &mut d2], "2026-04-30T18:00");
    d1.say("card publish --total --counting 7");
    d1.meet("Marta", &m1);
    at([&mut m1, &mut l1, &mut d1, &mut d2], "2026-05-01T09:00");
    assert_eq!(m1.say("card show Dani")["lines"], json!(["109 days in all"]));
    // 2
    at([&mut m1, &mut l1, &mut d1, &mut d2], "2026-05-04T09:00");
    let guidance = d1.say("setback");
    assert_eq!(guidance["phrase_keys"][0], "setback.tolerance");
    assert_eq!(guidance["naloxone_place"], json!(null));
    d2.say("setback --from 2026-05-02 --to 2026-05-03 --count new_run");
    d1.say("setback --from 2026-05-02 --to 2026-05-04 --count new_run --learned 'Call before, not after.'");
    d2.say("journal 'I should have called her.'");
    d1.meet("Old tablet", &d2);
    for phone in [&mut d1, &mut d2] {
        assert_eq!((phone.count("setback"), phone.count("journal")), (2, 1));
        let today = phone.say("today").to_string();
        assert!(today.contains("110 days in all") && today.contains("today counts"), "{today}");
        assert!(!today.contains("\"0 ") && !today.to_lowercase().contains("reset"), "{today}");
    }
    assert_eq!(d1.say("list recovery_card")["records"][0]["body"]["mode"], "counting", "logging never edits the card");
    // 3
    assert!(d1.prompts().iter().any(|prompt| prompt["prompt"] == "card"));
    d1.say("card pause");
    d1.meet("Marta", &m1);
    assert_eq!(m1.dani(), paused_in_march, "in every byte as in March");
    assert_eq!((m1.count("setback"), m1.count("journal"), m1.count("recovery_timeline")), (0, 0, 0));
    assert!(m1.prompts().is_empty());
    // 4
    at([&mut m1, &mut l1, &mut d1, &mut d2], "2026-05-12T19:00");
    let setbacks = d1.say("list setback --oldest-first")["records"].take();
    let ids: Vec<&str> = setbacks.as_array().unwrap().iter().map(|setback| setback["id"].as_str().unwrap()).collect();
    for id in &ids {
        d1.say(&format!("share {id} --with Lena"));
    }
    d1.meet("Lena", &l1);
    d1.meet("Marta", &m1);
    l1.meet("Marta", &m1);
    assert_eq!((l1.count("setback"), m1.count("setback")), (2, 0));
    assert_eq!(d1.say("days")["total"], 118, "a copy and its source count once");
    let told = setbacks.as_array().unwrap().iter().find(|setback| setback["body"]["learned"].is_string()).unwrap();
    let id = told["id"].as_str().unwrap();
    d1.say(&format!("edit {id} 'learned=Call, and wait for the answer.'"));
    assert_eq!(d1.say(&format!("copies {id}"))[0]["is_outdated"], true);
    assert_eq!(d1.say(&format!("copies {id} --update"))[0]["is_outdated"], false);
    d1.meet("Lena", &l1);
    assert!(l1.say("list setback").to_string().contains("wait for the answer"));
    at([&mut m1, &mut l1, &mut d1, &mut d2], "2026-06-01T08:00");
    d1.say("card publish --total --words 'back on my feet'");
    d1.meet("Marta", &m1);
    let lines = m1.say("card show Dani")["lines"].take();
    assert_eq!(lines, json!(["138 days in all", "back on my feet", "as of 1 June 2026"]));
    at([&mut m1, &mut l1, &mut d1, &mut d2], "2026-06-03T07:00");
    assert_eq!(d1.prompts()[0]["milestone"]["prompt"], "30 days in this stretch. Share it?");
    assert!(m1.prompts().is_empty() && l1.prompts().is_empty());
    for phone in [&mut m1, &mut l1, &mut d1, &mut d2] {
        phone.say("check");
    }
}
