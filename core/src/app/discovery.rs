//! How phones on one network find each other: what the core asks of a platform's DNS-SD, and what it is told.
//!
//! On a desktop it is [`Mdns`](super::Mdns). An Android app brings one made of `NsdManager`, an iPhone app one of the
//! Network framework.

use std::net::SocketAddr;
use std::sync::Arc;

use super::error::Error;
use super::ports::{Input, Inputs};

/// The service under which phones are found. It names no app and no family.
pub const SERVICE_TYPE: &str = "_nearsync._tcp";
/// The key of the one text that a service carries.
pub const TEXT_KEY: &str = "t";

/// DNS-SD, as the core needs it. Called from the home's callbacks thread alone.
#[cfg_attr(feature = "uniffi", uniffi::export(with_foreign))]
pub trait Discovery: Send + Sync {
    /// Puts this on the air in the place of what was there. Nothing else may be: no name of the device or its owner.
    ///
    /// # Errors
    /// [`Error::DiscoveryUnavailable`]. It is tried again with the next announcement.
    fn announce(&self, announcement: Announcement) -> Result<(), Error>;

    /// Takes it off the air. Idempotent.
    ///
    /// # Errors
    /// [`Error::DiscoveryUnavailable`].
    fn withdraw(&self) -> Result<(), Error>;

    /// Looks for services of [`SERVICE_TYPE`] until [`stop`](Self::stop), and tells of each one that comes and goes, from
    /// any thread.
    ///
    /// # Errors
    /// [`Error::DiscoveryUnavailable`].
    fn look(&self, sightings: Arc<SightingSink>) -> Result<(), Error>;

    /// Ends looking, and takes what is announced off the air. Nothing is called after it.
    ///
    /// # Errors
    /// [`Error::DiscoveryUnavailable`].
    fn stop(&self) -> Result<(), Error>;
}

/// Where a [`Discovery`] tells what it sees.
#[cfg_attr(feature = "uniffi", derive(uniffi::Object))]
pub struct SightingSink(Inputs);

#[cfg_attr(feature = "uniffi", uniffi::export)]
impl SightingSink {
    /// Tells of something seen. A home that is closed hears nothing any more.
    pub fn tell(&self, sighting: Sighting) {
        let _ = self.0.send(Input::Sighted(sighting));
    }
}

impl SightingSink {
    pub(super) fn new(inputs: Inputs) -> Self {
        Self(inputs)
    }
}

/// What goes on the air: all of it drawn at random, and new every hour and on every network.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct Announcement {
    /// The name of the service's instance.
    pub instance: String,
    /// The host's name for the time being, without a domain. Where the platform chooses its own, it must be random too.
    pub host: String,
    /// The value of [`TEXT_KEY`], up to 208 characters.
    pub text: String,
    /// The port.
    pub port: u16,
}

/// What was seen on the air.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum Sighting {
    /// A service came, or is now elsewhere.
    Found {
        /// The name of its instance.
        instance: String,
        /// Its text.
        text: String,
        /// Where it is.
        addresses: Vec<SocketAddr>,
    },
    /// A service went.
    Lost {
        /// The name of its instance.
        instance: String,
    },
    /// This device is on another network now. What it announces is drawn anew.
    OtherNetwork,
}
