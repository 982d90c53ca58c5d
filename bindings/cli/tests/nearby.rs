//! Phones that find each other by themselves, on a network of their own: three network namespaces on one bridge.
//!
//! It has a `main` of its own because a part of it, the ear, is started again inside a namespace. It needs Linux, `ip` and
//! the right to make namespaces. Where one is missing it says so, and with `KINWEAVE_REQUIRE=netns` that is a failure.

#[cfg(target_os = "linux")]
mod support;

#[cfg(target_os = "linux")]
#[path = "nearby/air.rs"]
mod air;
#[cfg(target_os = "linux")]
#[path = "nearby/network.rs"]
mod network;
#[cfg(target_os = "linux")]
#[path = "nearby/silence.rs"]
mod silence;
#[cfg(target_os = "linux")]
#[path = "nearby/story.rs"]
mod story;

#[cfg(target_os = "linux")]
type Test = (&'static str, fn(&network::Network));

#[cfg(target_os = "linux")]
const TESTS: [Test; 2] = [
    ("by_itself_it_sends_nothing_and_asks_nobody", silence::by_itself_it_sends_nothing_and_asks_nobody),
    (
        "two_phones_find_each_other_and_nobody_can_follow_them",
        story::two_phones_find_each_other_and_nobody_can_follow_them,
    ),
];

fn main() {
    #[cfg(target_os = "linux")]
    {
        let arguments: Vec<String> = std::env::args().collect();
        if let [_, what, address] = &arguments[..]
            && what == air::EAR
        {
            return air::listen(address);
        }
        match network::Network::new() {
            Ok(network) => {
                println!("\nrunning {} tests", TESTS.len());
                for (name, test) in TESTS {
                    test(&network);
                    println!("test {name} ... ok");
                }
                println!("\ntest result: ok. {} passed; 0 failed", TESTS.len());
            }
            Err(why) => not_run(&why),
        }
    }
    #[cfg(not(target_os = "linux"))]
    not_run("this system has no network namespaces");
}

fn not_run(why: &str) {
    let required = std::env::var("KINWEAVE_REQUIRE").unwrap_or_default();
    assert!(!required.split(',').any(|name| name == "netns"), "network namespaces are required: {why}");
    println!("\nNOT RUN, phones that find each other and one that sends nothing: {why}");
    println!("\ntest result: ok. 0 passed; 0 failed; 2 not run");
}
