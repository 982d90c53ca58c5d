//! One circle of three processes: a phone in Rust, one in Kotlin, one in Swift. `cargo xtask test together` starts it with the
//! commands of the other two, the words of each on lines of their own.

use std::env;
use std::path::Path;

use kinweave_tests::told::Told;

/// What two people do at a kitchen table.
fn pair(inviter: &mut Told, newcomer: &mut Told, name: &str) {
    let code = inviter.tell("invite");
    newcomer.tell(&format!("join {code} {name}"));
    assert_eq!(inviter.tell("words"), newcomer.tell("words"), "nobody stands between them");
    inviter.tell("confirm");
    newcomer.tell("confirm");
    newcomer.tell("accept");
    newcomer.tell("done");
    inviter.tell("done");
}

fn meet(member: &mut Told, other: &mut Told) {
    let (device, address) = (other.tell("device"), other.tell("listen"));
    assert_eq!(member.tell(&format!("meet {device} {address}")), "true", "both hold the same");
}

fn main() {
    let commands: Vec<String> = env::args().skip(1).collect();
    let [in_rust, in_kotlin, in_swift] = commands.as_slice() else { panic!("the commands of three members") };
    let files = tempfile::tempdir_in(env::current_dir().expect("a folder")).expect("a temporary directory");
    let directory = files.path().to_str().expect("a name in UTF-8");
    let start = |name, words: &str| {
        let mut member = Told::start(name, Path::new("."), words);
        member.tell(&format!("open {directory}/{name}"));
        member
    };
    let (mut rust, mut kotlin, mut swift) =
        (start("rust", in_rust), start("kotlin", in_kotlin), start("swift", in_swift));

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
    [rust, kotlin, swift].into_iter().for_each(Told::quit);
    println!("Three languages, one circle.");
}
