//! A network that exists for this test alone.

use std::process::Command;

/// Namespaces that are joined by a bridge, each with one address.
pub struct Network {
    tag: String,
}

/// How many there are, and the first three numbers of their addresses.
const PLACES: u8 = 3;
const PREFIX: &str = "10.77.0";

impl Network {
    /// Lays it, or says what is missing.
    pub fn new() -> Result<Self, String> {
        let network = Self { tag: format!("kw{}", std::process::id()) };
        let tag = &network.tag;
        network.ip(&format!("netns add {tag}b"))?;
        network.ip(&format!("-n {tag}b link add bridge type bridge mcast_snooping 0"))?;
        network.ip(&format!("-n {tag}b link set bridge up"))?;
        for place in 1..=PLACES {
            network.ip(&format!("netns add {tag}{place}"))?;
            network.ip(&format!("-n {tag}{place} link set lo up"))?;
            network.ip(&format!("-n {tag}b link add port{place} type veth peer name eth0 netns {tag}{place}"))?;
            network.ip(&format!("-n {tag}b link set port{place} master bridge up"))?;
            network.ip(&format!("-n {tag}{place} addr add {}/24 dev eth0", Self::address(place)))?;
            // Else the system itself would ask around for routers.
            network.ip(&format!("-n {tag}{place} link set eth0 addrgenmode none"))?;
            network.ip(&format!("-n {tag}{place} link set eth0 up"))?;
            network.ip(&format!("-n {tag}{place} route add default dev eth0"))?;
        }
        Ok(network)
    }

    /// The address of a place.
    pub fn address(place: u8) -> String {
        format!("{PREFIX}.{place}")
    }

    /// The same program, started at this place.
    pub fn at(&self, place: u8, command: &Command) -> Command {
        let mut there = Command::new("ip");
        there
            .args(["netns", "exec", &format!("{}{place}", self.tag)])
            .arg(command.get_program())
            .args(command.get_args());
        for (name, value) in command.get_envs() {
            if let Some(value) = value {
                there.env(name, value);
            }
        }
        there
    }

    /// How many packets the place has sent so far.
    pub fn sent(&self, place: u8) -> u64 {
        let mut read = Command::new("cat");
        read.arg("/sys/class/net/eth0/statistics/tx_packets");
        let output = self.at(place, &read).output().unwrap();
        String::from_utf8_lossy(&output.stdout).trim().parse().unwrap()
    }

    fn ip(&self, line: &str) -> Result<(), String> {
        let done = Command::new("ip").args(line.split(' ')).output().map_err(|error| format!("ip: {error}"))?;
        if done.status.success() {
            return Ok(());
        }
        Err(format!("ip {line}: {}", String::from_utf8_lossy(&done.stderr).trim()))
    }
}

impl Drop for Network {
    fn drop(&mut self) {
        let places = (1..=PLACES).map(|place| place.to_string()).chain(["b".to_owned()]);
        for place in places {
            let _ = self.ip(&format!("netns del {}{place}", self.tag));
        }
    }
}
