//! One circle of three processes: a phone in Rust, one in Kotlin, one in Swift. `cargo xtask test together` starts it with the
//! commands of the other two, the words of each on lines of their own.

use std::env;
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

/// A process that is told line by line what to do.
struct Member {
    name: &'static str,
    process: Child,
    told: ChildStdin,
    says: BufReader<ChildStdout>,
}

impl Member {
    fn start(name: &'static str, words: &str, directory: &str) -> Self {
        let mut words = words.lines();
        let mut command = Command::new(words.next().expect("a program"));
        let mut process = command.args(words).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect(name);
        let (told, says) = (process.stdin.take().expect("stdin"), process.stdout.take().expect("stdout"));
        let mut member = Self { name, process, told, says: BufReader::new(says) };
        member.tell(&format!("open {directory}/{name}"));
        member
    }

    /// Tells it something, and hears its answer.
    fn tell(&mut self, line: &str) -> String {
        writeln!(self.told, "{line}").and_then(|()| self.told.flush()).expect(self.name);
        let mut answer = String::new();
        self.says.read_line(&mut answer).expect(self.name);
        println!("{:>6}: {line} → {}", self.name, answer.trim_end());
        let ok = answer.trim_end().strip_prefix("ok");
        ok.unwrap_or_else(|| panic!("{}: `{line}` answered {answer}", self.name)).trim_start().to_owned()
    }

    fn quit(mut self) {
        self.tell("quit");
        assert!(self.process.wait().expect(self.name).success(), "{} ended badly", self.name);
    }
}

/// What two people do at a kitchen table.
fn pair(inviter: &mut Member, newcomer: &mut Member, name: &str) {
    let code = inviter.tell("invite");
    newcomer.tell(&format!("join {code} {name}"));
    assert_eq!(inviter.tell("words"), newcomer.tell("words"), "nobody stands between them");
    inviter.tell("confirm");
    newcomer.tell("confirm");
    newcomer.tell("accept");
    newcomer.tell("done");
    inviter.tell("done");
}

fn meet(member: &mut Member, other: &mut Member) {
    let (device, address) = (other.tell("device"), other.tell("listen"));
    assert_eq!(member.tell(&format!("meet {device} {address}")), "true", "both hold the same");
}

fn main() {
    let commands: Vec<String> = env::args().skip(1).collect();
    let [in_rust, in_kotlin, in_swift] = commands.as_slice() else { panic!("the commands of three members") };
    let files = tempfile::tempdir_in(env::current_dir().expect("a folder")).expect("a temporary directory");
    let directory = files.path().to_str().expect("a name in UTF-8");
    let mut rust = Member::start("rust", in_rust, directory);
    let mut kotlin = Member::start("kotlin", in_kotlin, directory);
    let mut swift = Member::start("swift", in_swift, directory);

    rust.tell("create Reyes Marta");
    pair(&mut rust, &mut kotlin, "Dani");
    // Who was let in lets the next one in, over another pair of languages.
    pair(&mut kotlin, &mut swift, "Lena");
    meet(&mut rust, &mut kotlin);

    rust.tell("write from-rust");
    kotlin.tell("write from-kotlin");
    swift.tell("write from-swift");
    // Swift and Rust never meet before the last line: Kotlin carries what they write.
    meet(&mut kotlin, &mut rust);
    meet(&mut swift, &mut kotlin);
    meet(&mut rust, &mut kotlin);
    for member in [&mut rust, &mut kotlin, &mut swift] {
        assert_eq!(member.tell("read"), "from-kotlin,from-rust,from-swift", "{}", member.name);
    }
    meet(&mut swift, &mut rust);
    [rust, kotlin, swift].into_iter().for_each(Member::quit);
    println!("Three languages, one circle.");
}
