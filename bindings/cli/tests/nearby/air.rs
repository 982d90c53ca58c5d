//! What is on the air: everything that is sent to all by multicast DNS.

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Write};
use std::net::{Ipv4Addr, SocketAddrV4, UdpSocket};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};

use super::network::Network;

/// The argument with which this program is an ear.
pub const EAR: &str = "ear";
const GROUP: Ipv4Addr = Ipv4Addr::new(224, 0, 0, 251);
const PORT: u16 = 5353;

/// Prints what comes, a line of digits a packet, until it is ended.
pub fn listen(address: &str) {
    let socket = socket2::Socket::new(socket2::Domain::IPV4, socket2::Type::DGRAM, None).unwrap();
    socket.set_reuse_address(true).unwrap();
    socket.bind(&SocketAddrV4::new(Ipv4Addr::UNSPECIFIED, PORT).into()).unwrap();
    let socket = UdpSocket::from(socket);
    socket.join_multicast_v4(&GROUP, &address.parse().unwrap()).unwrap();
    let mut packet = [0; 9_000];
    let mut out = std::io::stdout();
    writeln!(out, "listening").unwrap();
    loop {
        let size = socket.recv(&mut packet).unwrap();
        let line: String = packet[..size].iter().map(|byte| format!("{byte:02x}")).collect();
        writeln!(out, "{line}").unwrap();
    }
}

/// Somebody who writes down what is on the air.
pub struct Capture {
    ear: Child,
    packets: Arc<Mutex<Vec<Vec<u8>>>>,
}

impl Capture {
    pub fn begin(network: &Network, place: u8) -> Self {
        let mut ear = Command::new(std::env::current_exe().unwrap());
        ear.args([EAR, &Network::address(place)]);
        let mut ear = network.at(place, &ear).stdout(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(ear.stdout.take().unwrap()).lines();
        assert_eq!(lines.next().unwrap().unwrap(), "listening");
        let packets = Arc::new(Mutex::new(Vec::new()));
        let heard = packets.clone();
        std::thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                let byte = |at| u8::from_str_radix(&line[at..at + 2], 16).unwrap();
                heard.lock().unwrap().push((0..line.len()).step_by(2).map(byte).collect());
            }
        });
        Self { ear, packets }
    }

    /// Everything heard.
    pub fn end(mut self) -> Heard {
        self.ear.kill().unwrap();
        self.ear.wait().unwrap();
        Heard(std::mem::take(&mut self.packets.lock().unwrap()))
    }
}

/// Packets.
pub struct Heard(pub Vec<Vec<u8>>);

impl Heard {
    /// The names in it that a service or a host goes by: labels of 16 hexadecimal digits.
    pub fn names(&self) -> BTreeSet<String> {
        let digits = |bytes: &[u8]| bytes.iter().all(u8::is_ascii_hexdigit);
        let labels = self.0.iter().flat_map(|packet| packet.windows(17));
        let names = labels.filter(|label| label[0] == 16 && digits(&label[1..]));
        names.map(|label| String::from_utf8_lossy(&label[1..]).into_owned()).collect()
    }

    /// Every label before `.local`, whatever it is: what a host goes by.
    pub fn hosts(&self) -> BTreeSet<String> {
        let mut hosts = BTreeSet::new();
        for packet in &self.0 {
            for end in (0..packet.len()).filter(|at| packet[*at..].starts_with(b"\x05local")) {
                let is_label = |start: &usize| usize::from(packet[*start]) == end - start - 1;
                let start = (end.saturating_sub(64)..end).rev().find(is_label);
                hosts.extend(start.map(|start| String::from_utf8_lossy(&packet[start + 1..end]).into_owned()));
            }
        }
        hosts
    }

    /// The values of the services' texts.
    pub fn texts(&self) -> BTreeSet<String> {
        let mut texts = BTreeSet::new();
        for packet in &self.0 {
            for at in (0..packet.len().saturating_sub(3)).filter(|at| packet[at + 1..].starts_with(b"t=")) {
                let end = at + 1 + usize::from(packet[at]);
                if let Some(text) = packet.get(at + 3..end).filter(|text| text.iter().all(u8::is_ascii_hexdigit)) {
                    texts.insert(String::from_utf8_lossy(text).into_owned());
                }
            }
        }
        texts
    }

    /// Whether these bytes are anywhere in it, in any case.
    pub fn holds(&self, wanted: &[u8]) -> bool {
        let same = |bytes: &[u8]| bytes.eq_ignore_ascii_case(wanted);
        self.0.iter().any(|packet| packet.windows(wanted.len()).any(same))
    }
}
