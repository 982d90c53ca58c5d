//! The circle, its people and phones, and meeting them.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use kinweave_core::app::{Clock, Error};
use kinweave_core::model::ZonedTime;

use super::Session;
use crate::answer::{Answer, Failure};
use crate::args::LISTEN_PORT;
use crate::print;

impl Session {
    pub(super) fn create(&self, circle: &str, name: &str) -> Result<Answer, Failure> {
        let circle = self.app.create_circle(circle, name)?;
        Answer::new(&circle, print::circle(&circle))
    }

    pub(super) fn who(&self) -> Result<Answer, Failure> {
        let circle = self.app.circle()?;
        Answer::new(&circle, print::circle(&circle))
    }

    pub(super) fn waiting(&self) -> Result<Answer, Failure> {
        let waiting = self.app.pending()?;
        let names = self.names();
        let lines: Vec<_> = waiting
            .iter()
            .map(|pending| {
                let asked: Vec<_> = pending.waiting_for.iter().map(|member| names.of(member)).collect();
                format!("{}  {}", pending.member.short(), print::list(&asked))
            })
            .collect();
        Answer::new(&waiting, lines.join("\n"))
    }

    pub(super) fn approve(&self, id: &str) -> Result<Answer, Failure> {
        let waiting = self.app.pending()?;
        let mut named = waiting.iter().filter(|pending| id.len() >= 4 && pending.member.to_string().starts_with(id));
        let (Some(pending), None) = (named.next(), named.next()) else {
            return Err(Error::NotFound { id: id.to_owned() }.into());
        };
        self.app.approve(pending.admit)?;
        self.who()
    }

    pub(super) fn devices(&self) -> Result<Answer, Failure> {
        let devices = self.app.devices()?;
        Answer::new(&devices, print::devices(&devices, &self.names()))
    }

    pub(super) fn status(&self) -> Result<Answer, Failure> {
        let peers = self.app.status()?;
        Answer::new(&peers, print::status(&peers, &self.names(), self.clock.now().zone))
    }

    pub(super) fn listen(&self, address: Option<SocketAddr>) -> Result<Answer, Failure> {
        let everywhere = SocketAddr::from((Ipv4Addr::UNSPECIFIED, LISTEN_PORT));
        let address = self.app.listen(address.unwrap_or(everywhere))?;
        let text = format!("Listening at {address}\nOthers meet you with: kinweave meet NAME {}", reached(address));
        Answer::new(&serde_json::json!({ "address": address }), text)
    }

    pub(super) fn meet(&self, name: &str, address: Option<SocketAddr>, stay: bool) -> Result<Answer, Failure> {
        let device = self.device(name)?.device;
        let meeting = if stay { self.app.connect(device, address)? } else { self.app.meet(device, address)? };
        Answer::new(&meeting, print::meeting(&meeting, &self.names()))
    }

    pub(super) fn time(&self) -> Result<Answer, Failure> {
        let now = self.clock.now();
        let local = chrono::DateTime::from_timestamp_millis(now.unix_ms).unwrap_or_default().with_timezone(&now.zone);
        let time = ZonedTime::new(local.naive_local(), now.zone).map(|time| time.to_string());
        Answer::new(&serde_json::json!({ "now": time, "today": now.today() }), time.unwrap_or_default())
    }
}

/// The address as others in this network reach it.
fn reached(address: SocketAddr) -> SocketAddr {
    if address.ip().is_unspecified() { SocketAddr::new(own_address(), address.port()) } else { address }
}

/// This machine's address in its network: the one it would speak from. Nothing is sent to find out.
pub(super) fn own_address() -> IpAddr {
    let asked = || {
        let socket = std::net::UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0)).ok()?;
        // An address kept for documentation: it belongs to nobody.
        socket.connect((Ipv4Addr::new(192, 0, 2, 1), 9)).ok()?;
        socket.local_addr().ok().map(|address| address.ip())
    };
    asked().unwrap_or(IpAddr::V4(Ipv4Addr::LOCALHOST))
}
