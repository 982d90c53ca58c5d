//! Three apps, one circle: Marta at a terminal, Lena on Android, Dani on iOS, each driven by what is on its screen.
//! `cargo xtask test meeting` starts it with the commands of the three, the words of each on lines of their own, the folder first.

use std::env;

use kinweave_tests::app::App;
use kinweave_tests::terminal::Terminal;

struct Commands {
    terminal: String,
    android: String,
    ios: String,
}

fn main() {
    let commands: Vec<String> = env::args().skip(1).collect();
    let [terminal, android, ios] = <[String; 3]>::try_from(commands).expect("the commands of three apps");
    let commands = Commands { terminal, android, ios };
    thirty_days_and_a_dinner(&commands);
    a_setback_that_stays_private(&commands);
    println!("Three apps, one circle.");
}

/// Story 6.1, as far as a circle of three can tell it.
fn thirty_days_and_a_dinner(commands: &Commands) {
    let files = tempfile::tempdir().expect("a temporary directory");
    let mut marta = Terminal::start(&commands.terminal, &files.path().join("marta"));
    let mut lena = App::start("Lena", &commands.android);
    let mut dani = App::start("Dani", &commands.ios);
    marta.read_clock("2026-02-09T10:00");
    marta.ask("create Reyes --as Marta");
    marta.lets_in(&mut lena, "Lena");
    marta.lets_in(&mut dani, "Dani");
    marta.meets(&mut lena);

    // Dani counts, and is asked on the thirtieth day; nobody else knows.
    dani.goes(&["Me", "My days and card"]);
    dani.types("Count from", "2026-01-12");
    dani.taps("Start counting");
    dani.sees("28 days in all");
    dani.back();
    for app in [&mut lena, &mut dani] {
        app.comes_back_at("2026-02-11T07");
    }
    marta.read_clock("2026-02-11T07:00");
    marta.meets(&mut lena);
    marta.meets(&mut dani);
    dani.taps("Today");
    dani.sees("30 days by your count. Share it?");
    lena.sees("Nothing new. All is here.");
    dani.taps("Share it");
    dani.goes(&["Us", "Celebrations", "Plan a celebration"]);
    dani.types("What shall we do?", "Dinner, all of us");
    dani.taps("Save");
    dani.sees("Dinner, all of us");
    marta.meets(&mut dani);
    marta.meets(&mut lena);
    lena.sees("Dani shares a milestone");
    lena.sees("Dani plans a celebration");

    // Two places, apart.
    let dinner = marta.id_of("celebration");
    marta.ask(&format!("edit {dinner} \"place=Luigi's\" at=2026-02-14T19:00"));
    lena.goes(&["Us", "Celebrations", "Change place or day"]);
    lena.types("Place", "Nonna's kitchen");
    lena.taps("Save");
    lena.sees("Nonna's kitchen");
    marta.meets(&mut lena);
    marta.meets(&mut dani);
    for app in [&mut lena, &mut dani] {
        app.sees("Two versions: Place. Pick one, or find words for both.");
        for words in ["Luigi's", "Marta", "Nonna's kitchen", "Lena"] {
            app.sees(words);
        }
    }
    dani.taps("Nonna's kitchen");
    dani.sees_no_more("Luigi's");
    marta.meets(&mut dani);
    marta.meets(&mut lena);
    lena.sees_no_more("Luigi's");
    lena.sees("Nonna's kitchen");
    let settled = &marta.ask("list celebration")["records"][0];
    assert_eq!(settled["body"]["place"], "Nonna's kitchen");
    assert_eq!(settled["conflicts"].as_array().map(Vec::len), Some(0));

    // Everybody comes.
    lena.taps("Yes");
    dani.taps("Yes");
    marta.ask(&format!("rsvp {dinner} yes"));
    marta.meets(&mut lena);
    marta.meets(&mut dani);
    marta.meets(&mut lena);
    for app in [&mut lena, &mut dani] {
        app.sees("Yes: Dani, Lena, Marta");
    }

    // The day after.
    for app in [&mut lena, &mut dani] {
        app.comes_back_at("2026-02-15T12");
    }
    marta.read_clock("2026-02-15T12:00");
    lena.taps("We celebrated");
    lena.sees("Celebrated");
    marta.meets(&mut lena);
    marta.meets(&mut dani);
    dani.sees("Celebrated");
    dani.taps("History");
    dani.sees("Dani settled it");
    lena.quit();
    dani.quit();
}

/// Story 6.3: Dani's iPhone and Dani's Android phone, and Marta's terminal, which learns nothing. Dani's two phones meet only while
/// they are paired: apps find each other by DNS-SD, and nothing here announces.
fn a_setback_that_stays_private(commands: &Commands) {
    let files = tempfile::tempdir().expect("a temporary directory");
    let mut marta = Terminal::start(&commands.terminal, &files.path().join("marta"));
    let mut first = App::start("Dani", &commands.ios);
    let mut second = App::start("Dani 2", &commands.android);
    marta.read_clock("2026-02-09T10:00");
    marta.ask("create Reyes --as Marta");
    marta.lets_in(&mut first, "Dani");
    first.lets_in_own(&mut second);
    first.goes(&["Me", "My days and card"]);
    first.types("Count from", "2026-01-12");
    first.taps("Start counting");
    first.sees("28 days in all");

    // A card that counts on.
    first.comes_back_at("2026-04-30T10");
    first.taps("Goes on counting, for a week");
    first.taps("Show this card");
    first.sees("108 days in all");
    marta.read_clock("2026-04-30T10:00");
    marta.meets(&mut first);
    assert!(marta.says("card show", "108 days in all"));
    marta.read_clock("2026-05-01T10:00");
    assert!(marta.says("card show", "109 days in all"));
    let before = marta.ask("dump");

    // A setback, written down on both of Dani's phones, each knowing a part.
    second.comes_back_at("2026-05-03T10");
    second.goes(&["Me", "A hard moment"]);
    second.sees("Your body may be less used to it now. What was usual before can be too much.");
    second.taps("Write it down, for myself");
    second.taps("Sunday, May 3, 2026");
    second.taps("Saturday, May 2, 2026");
    second.taps("Choose");
    second.taps("Save");
    second.sees("A slip");
    first.comes_back_at("2026-05-04T10");
    first.back();
    first.goes(&["A hard moment", "Write it down, for myself"]);
    first.types("It began on", "2026-05-02");
    first.taps("Save");
    first.sees("A slip");
    second.comes_back_at("2026-05-04T11");
    marta.read_clock("2026-05-04T12:00");
    marta.meets(&mut first);
    assert_eq!(marta.ask("dump"), before, "not a byte of it is on Marta's phone");
    assert!(marta.says("card show", "days in all"), "writing it down never changes the card");

    // Dani picks pause.
    first.back();
    first.goes(&["My days and card", "Paused", "Show this card"]);
    first.sees("Dani isn't sharing a count right now");
    marta.meets(&mut first);
    assert!(marta.says("card show", "Dani isn't sharing a count right now"));

    // A month later, in Dani's own words. Two days were not counted; all others were.
    first.comes_back_at("2026-06-01T10");
    first.taps("As it is today");
    first.types("Words on the card", "back on my feet");
    first.taps("Show this card");
    first.sees("138 days in all");
    marta.read_clock("2026-06-01T10:00");
    marta.meets(&mut first);
    assert!(marta.says("card show", "138 days in all"));
    assert!(marta.says("card show", "back on my feet"));
    first.quit();
    second.quit();
}
