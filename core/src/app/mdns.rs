//! DNS-SD on desktops, by multicast on the local network.

use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use mdns_sd::{DaemonEvent, IfKind, ResolvedService, ServiceDaemon, ServiceEvent, ServiceInfo};

use super::discovery::{Announcement, Discovery, SERVICE_TYPE, Sighting, SightingSink, TEXT_KEY};
use super::error::Error;
use super::system::spawn;

/// So long a goodbye may take to be on the air.
const GOODBYE: Duration = Duration::from_millis(500);

/// Finds phones by multicast DNS, over IPv4.
pub struct Mdns {
    daemon: ServiceDaemon,
    announced: Mutex<Option<String>>,
}

impl Mdns {
    /// Begins; nothing is sent yet.
    ///
    /// # Errors
    /// [`Error::DiscoveryUnavailable`] if the system gives no socket for it.
    pub fn start() -> Result<Self, Error> {
        let daemon = ServiceDaemon::new().map_err(unavailable)?;
        // Whoever is on this very machine is found by the address that it has in its network.
        let unused = vec![IfKind::LoopbackV4, IfKind::LoopbackV6, IfKind::IPv6];
        daemon.disable_interface(unused).map_err(unavailable)?;
        Ok(Self { daemon, announced: Mutex::default() })
    }

    fn announced(&self) -> MutexGuard<'_, Option<String>> {
        self.announced.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Discovery for Mdns {
    fn announce(&self, announcement: Announcement) -> Result<(), Error> {
        self.withdraw()?;
        let Announcement { instance, host, text, port } = &announcement;
        let (host, text) = (format!("{host}.local."), [(TEXT_KEY, text.as_str())]);
        // The addresses of now: with automatic ones, what is announced here would be on the next network too before
        // anybody could draw it anew.
        let here = own_addresses();
        let mut service =
            ServiceInfo::new(&domain(), instance, &host, &here[..], *port, &text[..]).map_err(unavailable)?;
        // Names of 64 random bits are nobody else's; asking around first would only put them on the air once more.
        service.set_requires_probe(false);
        let name = service.get_fullname().to_owned();
        self.daemon.register(service).map_err(unavailable)?;
        *self.announced() = Some(name);
        Ok(())
    }

    fn withdraw(&self) -> Result<(), Error> {
        if let Some(name) = self.announced().take() {
            self.daemon.unregister(&name).map_err(unavailable)?;
        }
        Ok(())
    }

    fn look(&self, sightings: Arc<SightingSink>) -> Result<(), Error> {
        let services = self.daemon.browse(&domain()).map_err(unavailable)?;
        let changes = self.daemon.monitor().map_err(unavailable)?;
        let resolved = sightings.clone();
        let watch = move || {
            for event in services.iter() {
                match event {
                    ServiceEvent::ServiceResolved(service) => resolved.tell(found(&service)),
                    ServiceEvent::ServiceRemoved(_, name) => {
                        resolved.tell(Sighting::Lost { instance: instance(&name) })
                    }
                    _ => {}
                }
            }
        };
        spawn("kinweave-mdns", watch).map_err(|_| Error::DiscoveryUnavailable)?;
        let moved = move || {
            for change in changes.iter() {
                if matches!(change, DaemonEvent::IpAdd(ip) | DaemonEvent::IpDel(ip) if ip.is_ipv4()) {
                    sightings.tell(Sighting::OtherNetwork);
                }
            }
        };
        spawn("kinweave-mdns-net", moved).map_err(|_| Error::DiscoveryUnavailable).map(drop)
    }

    fn stop(&self) -> Result<(), Error> {
        let withdrawn = self.withdraw();
        let stopped = self.daemon.shutdown().map_err(unavailable)?;
        // A process that ends at once would take the goodbye along.
        let _ = stopped.recv_timeout(GOODBYE);
        withdrawn
    }
}

fn found(service: &ResolvedService) -> Sighting {
    let text = service.get_property_val_str(TEXT_KEY).unwrap_or_default().to_owned();
    let addresses = service.get_addresses_v4().into_iter().map(IpAddr::V4);
    let mut addresses: Vec<_> = addresses.map(|ip| SocketAddr::new(ip, service.get_port())).collect();
    addresses.sort_unstable();
    Sighting::Found { instance: instance(service.get_fullname()), text, addresses }
}

fn own_addresses() -> Vec<IpAddr> {
    let interfaces = if_addrs::get_if_addrs().unwrap_or_default();
    interfaces.iter().map(if_addrs::Interface::ip).filter(|ip| ip.is_ipv4() && !ip.is_loopback()).collect()
}

fn domain() -> String {
    format!("{SERVICE_TYPE}.local.")
}

/// The first part of a service's whole name.
fn instance(name: &str) -> String {
    name.strip_suffix(&format!(".{}", domain())).unwrap_or(name).to_owned()
}

fn unavailable(_: mdns_sd::Error) -> Error {
    Error::DiscoveryUnavailable
}
