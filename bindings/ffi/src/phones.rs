//! Other phones: finding and meeting them, over the network or over connections of the app's own.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use kinweave_core::app::{Discovery, Error, Meeting, NearbyPhone, PeerStatus, Transport, TransportEnd};
use kinweave_core::model::DeviceKey;

use crate::kinweave::Kinweave;
use crate::pairing::Pairing;

#[uniffi::export]
impl Kinweave {
    /// What is truly known of the other phones: only what they said themselves, authenticated, and when.
    pub async fn status(&self) -> Result<Vec<PeerStatus>, Error> {
        self.run(move |home| home.status()).await
    }

    /// Lets paired phones, and whoever has an open code, connect. Port 0 takes a free one; the address is answered.
    ///
    /// Whoever connects and is neither gets not one byte that names this phone, its owner or the circle. Lasts until
    /// [`stop_listening`](Self::stop_listening), [`pause`](Self::pause) or [`close`](Self::close).
    ///
    /// # Errors
    /// [`Error::NoCircle`]; [`Error::PeerUnreachable`] if the address can't be listened on.
    pub async fn listen(&self, address: SocketAddr) -> Result<SocketAddr, Error> {
        self.run(move |home| home.listen(address)).await
    }

    /// Takes no more connections. Those that stand go on.
    pub async fn stop_listening(&self) -> Result<(), Error> {
        self.run(move |home| home.stop_listening()).await
    }

    /// Meets another phone: both hold the same afterwards of everything they share. Without an address, where it is
    /// [seen nearby](Self::nearby), or else where it was last met. Blocks until both have said that they have nothing more; within 5 seconds if nobody
    /// answers, and 30 seconds after the last byte at the latest.
    ///
    /// # Errors
    /// [`Error::PeerUnreachable`], [`Error::NotPaired`], [`Error::PeerMisbehaved`], [`Error::Incompatible`]. What was
    /// committed before an error stays.
    #[uniffi::method(default(address = None))]
    pub async fn meet(&self, device: DeviceKey, address: Option<SocketAddr>) -> Result<Meeting, Error> {
        self.run(move |home| home.meet(device, address)).await
    }

    /// Meets another phone and stays connected: what either writes from then on reaches the other within seconds. Ends
    /// with [`hang_up`](Self::hang_up), [`pause`](Self::pause), [`close`](Self::close), or when the other phone goes.
    ///
    /// Answers once both hold the same, with the same errors as [`meet`](Self::meet).
    #[uniffi::method(default(address = None))]
    pub async fn connect(&self, device: DeviceKey, address: Option<SocketAddr>) -> Result<Meeting, Error> {
        self.run(move |home| home.connect(device, address)).await
    }

    /// Ends every connection. Idempotent.
    pub async fn hang_up(&self) -> Result<(), Error> {
        self.run(move |home| home.hang_up()).await
    }

    /// Finds phones of the circle on the local network, and lets them find this one while it
    /// [listens](Self::listen). Until [`pause`](Self::pause) or [`close`](Self::close).
    ///
    /// On the air are random bytes that only paired phones can read, new ones every hour and on every network: no name,
    /// no key, no circle. Called again it begins anew. That somebody looks for phones in this way can be seen, and this device's address.
    ///
    /// # Errors
    /// [`Error::DiscoveryUnavailable`], and what else the discovery answers; [`Error::CallbackFailed`] if it throws.
    pub async fn discover(&self, discovery: Arc<dyn Discovery>) -> Result<(), Error> {
        self.run(move |home| home.discover(discovery)).await
    }

    /// Whether phones are being looked for.
    pub async fn is_discovering(&self) -> Result<bool, Error> {
        self.run(move |home| home.is_discovering()).await
    }

    /// The phones of the circle that are seen on the local network now. None before [`discover`](Self::discover).
    pub async fn nearby(&self) -> Result<Vec<NearbyPhone>, Error> {
        self.run(move |home| home.nearby()).await
    }

    /// Waits until that phone is seen nearby, or any of the circle's for `None`, but not longer than `patience`. Answers all
    /// that are seen then.
    #[uniffi::method(default(device = None))]
    pub async fn find_nearby(&self, device: Option<DeviceKey>, patience_ms: u64) -> Result<Vec<NearbyPhone>, Error> {
        self.run(move |home| home.find_nearby(device, Duration::from_millis(patience_ms))).await
    }

    /// From now on calls every phone of the circle that is seen nearby and isn't connected, and stays connected. A phone
    /// that doesn't answer is called again ever more seldom, at most every five minutes. Needs
    /// [`discover`](Self::discover); ends with it.
    pub async fn keep_in_touch(&self) -> Result<(), Error> {
        self.run(move |home| home.keep_in_touch()).await
    }

    /// Gives the core a connection that the app made. Say next what it is for: [`TransportEnd::accept`], or [`meet_over`],
    /// [`connect_over`] or [`join_over`].
    ///
    /// Who is at the other end needs no trust: the core knows phones by their keys, and encrypts what it sends.
    ///
    /// [`meet_over`]: Self::meet_over
    /// [`connect_over`]: Self::connect_over
    /// [`join_over`]: Self::join_over
    pub fn attach(&self, transport: Arc<dyn Transport>) -> Arc<TransportEnd> {
        Arc::new(self.home().attach(transport))
    }

    /// Like [`meet`](Self::meet), over a connection of the app's. Bytes must flow while it waits.
    ///
    /// # Errors
    /// Those of [`meet`](Self::meet); [`Error::Busy`] for a connection that is in use.
    pub async fn meet_over(&self, end: Arc<TransportEnd>, device: DeviceKey) -> Result<Meeting, Error> {
        self.run(move |home| home.meet_over(&end, device)).await
    }

    /// Like [`connect`](Self::connect), over a connection of the app's. Bytes must flow while it waits.
    ///
    /// # Errors
    /// Those of [`meet_over`](Self::meet_over).
    pub async fn connect_over(&self, end: Arc<TransportEnd>, device: DeviceKey) -> Result<Meeting, Error> {
        self.run(move |home| home.connect_over(&end, device)).await
    }

    /// Like [`join`](Self::join), over a connection of the app's to the phone that shows the code.
    ///
    /// # Errors
    /// Those of [`join`](Self::join); [`Error::Busy`] for a connection that is in use.
    pub async fn join_over(
        &self,
        end: Arc<TransportEnd>,
        code: String,
        display_name: String,
    ) -> Result<Arc<Pairing>, Error> {
        self.run(move |home| Ok(Pairing::new(home.join_over(&end, &code, &display_name)?))).await
    }
}
