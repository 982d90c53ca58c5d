//! Phones: which there are, which are near, meeting them, and what they are known to hold.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use kinweave_core::app::{Clock, Error, ListQuery, Mdns, Meeting, NewRecord};
use kinweave_core::model::kinds::DeviceName;
use kinweave_core::model::{Body, DeviceKey, ZonedTime};

use super::Session;
use crate::answer::{Answer, Failure};
use crate::args::{DevicesAction, LISTEN_PORT};
use crate::print;
use crate::words::say;

/// So long is looked for a phone that is to be met, and so long around for `nearby`.
const LOOK_FOR: Duration = Duration::from_secs(5);
const LOOK_AROUND: Duration = Duration::from_secs(3);

impl Session {
    pub(super) fn devices(&self, action: Option<DevicesAction>) -> Result<Answer, Failure> {
        match action {
            Some(DevicesAction::Name { device, nickname }) => {
                let device = self.own_device(&device)?;
                self.name_device(device, &nickname)?;
            }
            Some(DevicesAction::Renew) => drop(self.app.come_back_as_new_device()?),
            None => {}
        }
        let devices = self.app.devices()?;
        Answer::new(&devices, print::devices(&devices, &self.names()))
    }

    /// A nickname, or another one in its place.
    pub(super) fn name_device(&self, device: DeviceKey, nickname: &str) -> Result<(), Failure> {
        let kinds = vec!["device_name".to_owned()];
        let page = self.app.list(&ListQuery { kinds, ..ListQuery::default() })?;
        let named = |body: &Body| matches!(body, Body::DeviceName(name) if name.device == device);
        let body = DeviceName { device, nickname: nickname.trim().to_owned(), platform: None };
        match page.records.into_iter().find(|record| named(&record.body)) {
            Some(record) => self.app.edit(record.id, &record.version, body.into())?,
            None => self.app.add(NewRecord::new(body))?,
        };
        Ok(())
    }

    fn own_device(&self, name: &str) -> Result<DeviceKey, Failure> {
        let me = self.app.circle()?.me;
        let wanted = name.trim().to_lowercase();
        let mine: Vec<_> = self.app.devices()?.into_iter().filter(|device| device.member == me).collect();
        let is_meant = |device: &&kinweave_core::app::Device| {
            (device.is_this && (wanted == "this" || wanted == say("phones.this", &[])))
                || device.nickname.as_ref().is_some_and(|nickname| nickname.to_lowercase() == wanted)
                || (wanted.len() >= 4 && device.device.to_string().starts_with(&wanted))
        };
        let found: Vec<_> = mine.iter().filter(is_meant).collect();
        match found[..] {
            [device] => Ok(device.device),
            _ => Err(Failure::say(1, "not_your_device", &[("name", name)])),
        }
    }

    pub(super) fn status(&self) -> Result<Answer, Failure> {
        let peers = self.app.status()?;
        let devices = self.app.devices()?;
        let mut text = print::status(&peers, &devices, &self.names(), self.clock.now());
        text.push_str(&print::held(&self.app.held()?));
        text.push_str(&print::second_copy(self.app.second_copy()?));
        Answer::new(&peers, text)
    }

    /// What came and isn't shown, or not wholly: whose it is, why, and what can be done.
    pub(super) fn held(&self) -> Result<Answer, Failure> {
        let set_aside = self.app.set_aside()?;
        let text = print::set_aside(&set_aside, self.app.held()?.shown_in_part, &self.names());
        Answer::new(&set_aside, text)
    }

    /// Waits for others, and lets the phones of the circle find this one, unless only this machine can reach it.
    pub(super) fn listen(&self, address: Option<SocketAddr>, unseen: bool) -> Result<Answer, Failure> {
        let everywhere = SocketAddr::from((Ipv4Addr::UNSPECIFIED, LISTEN_PORT));
        let wanted = address.unwrap_or(everywhere);
        let address = self.app.listen(wanted).map_err(|error| not_there(error, wanted))?;
        let is_seen = !unseen && !address.ip().is_loopback() && self.discover().is_ok();
        let text = print::listening(address, reached(address), is_seen);
        Answer::new(&serde_json::json!({ "address": address, "seen_nearby": is_seen }), text)
    }

    /// Takes whoever calls meanwhile, at the usual place or at a free one where another program has that.
    pub(super) fn keep_in_touch(&self) -> Result<SocketAddr, Failure> {
        let everywhere = |port| SocketAddr::from((Ipv4Addr::UNSPECIFIED, port));
        let address = self.app.listen(everywhere(LISTEN_PORT)).or_else(|_| self.app.listen(everywhere(0)))?;
        // Where phones can't find each other they still meet by address.
        let _ = self.discover().and_then(|()| self.app.keep_in_touch());
        Ok(reached(address))
    }

    /// Looks for phones from now on, if that isn't done already.
    fn discover(&self) -> Result<(), Error> {
        if self.app.is_discovering()? { Ok(()) } else { self.app.discover(Arc::new(Mdns::start()?)) }
    }

    pub(super) fn nearby(&self) -> Result<Answer, Failure> {
        self.discover()?;
        let phones = self.app.find_nearby(None, LOOK_AROUND)?;
        Answer::new(&phones, print::nearby(&phones, &self.names()))
    }

    pub(super) fn meet(&self, name: Option<&str>, address: Option<SocketAddr>, stay: bool) -> Result<Answer, Failure> {
        let Some(name) = name else { return self.meet_everyone(stay) };
        let device = self.device(name)?.device;
        let meeting = match self.meet_one(device, address, stay) {
            // Where it was last met it isn't any more: it may be around the corner.
            Err(Error::PeerUnreachable) if address.is_none() => {
                self.discover()?;
                self.app.find_nearby(Some(device), LOOK_FOR)?;
                self.meet_one(device, None, stay)?
            }
            outcome => outcome?,
        };
        let text = print::meeting(&meeting, &self.names()) + &print::second_copy(self.app.second_copy()?);
        Answer::new(&meeting, text)
    }

    fn meet_one(&self, device: DeviceKey, address: Option<SocketAddr>, stay: bool) -> Result<Meeting, Error> {
        if stay { self.app.connect(device, address) } else { self.app.meet(device, address) }
    }

    /// Meets every phone of the circle that is nearby.
    fn meet_everyone(&self, stay: bool) -> Result<Answer, Failure> {
        self.discover()?;
        let phones = self.app.find_nearby(None, LOOK_FOR)?;
        let met: Vec<_> =
            phones.iter().filter_map(|phone| self.meet_one(phone.device, Some(phone.address), stay).ok()).collect();
        if met.is_empty() {
            return Err(Failure::say(4, "nobody_nearby", &[]));
        }
        let names = self.names();
        let lines: Vec<_> = met.iter().map(|meeting| print::meeting(meeting, &names)).collect();
        Answer::new(&met, lines.join("\n") + &print::second_copy(self.app.second_copy()?))
    }

    pub(super) fn time(&self) -> Result<Answer, Failure> {
        let now = self.clock.now();
        let time = ZonedTime::new(now.local(), now.zone).map(|time| time.to_string());
        Answer::new(&serde_json::json!({ "now": time, "today": now.today() }), time.unwrap_or_default())
    }
}

/// Where it can't be listened, nobody is to be called: it is the address that needs another look.
pub(super) fn not_there(error: Error, address: SocketAddr) -> Failure {
    match error {
        Error::PeerUnreachable => Failure::say(4, "cannot_listen", &[("address", &address.to_string())]),
        other => other.into(),
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
