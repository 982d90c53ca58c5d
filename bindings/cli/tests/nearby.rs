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
#[path = "nearby/story.rs"]
mod story;

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
                println!("\nrunning 1 test");
                story::two_phones_find_each_other_and_nobody_can_follow_them(&network);
                println!(
                    "test two_phones_find_each_other_and_nobody_can_follow_them ... ok\n\ntest result: ok. 1 passed; 0 failed"
                );
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
    println!(
        "\nNOT RUN: two_phones_find_each_other_and_nobody_can_follow_them: {why}\n\ntest result: ok. 0 passed; 0 failed; 1 not run"
    );
}
