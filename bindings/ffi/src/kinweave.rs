//! A home, as Kotlin and Swift hold it. Its methods are in the files beside this one, by what they are about.

use std::path::Path;
use std::sync::Arc;

use kinweave_core::app::{
    self, AudienceDump, CircleView, ClockState, Error, Held, KeyStore, LogSink, Observer, Salvaged, SecondCopy,
    SetAside, StorageUse, Subscription, System,
};
use kinweave_core::model::Zone;
use kinweave_core::views::Language;

use crate::clock::SettableClock;
use crate::unblock::unblock;

/// A home: one family's records on this device.
///
/// **Threads.** Every method may be called from any thread and any coroutine or task, and blocks none: the work is done by
/// threads of the core's. Cancelled, a call has happened whole or not at all. The app's own code, such as an
/// [`Observer`], is called from one thread of the home's, one call after the other.
///
/// **Crashes.** What a writing method has answered is on the disk and survives a kill or a power cut. A call that was
/// interrupted has happened whole or not at all. Connections, listening ports and pairing codes don't survive; open them
/// again.
///
/// **Errors.** Each names what the app should do. Beside those listed at a method, any may answer [`Error::Closed`] after
/// [`close`](Self::close), [`Error::Paused`] after [`pause`](Self::pause), [`Error::NoCircle`] before a circle was created or
/// joined, the storage errors of [`open_home`](open_home), and [`Error::Internal`].
#[derive(uniffi::Object)]
pub struct Kinweave {
    home: app::Kinweave,
    keys: Arc<dyn KeyStore>,
}

/// How to open a home.
#[derive(uniffi::Record)]
pub struct OpenOptions {
    /// The directory, which is made if it isn't there, so that only its owner can enter. It must be the app's own, and in no
    /// backup.
    pub directory: String,
    /// The zone in which the owner of this phone counts days.
    pub zone: Zone,
    /// The language of the words that the home answers with.
    #[uniffi(default)]
    pub language: Option<Language>,
    /// Where lines for developers go.
    #[uniffi(default)]
    pub log: Option<Arc<dyn LogSink>>,
    /// Another clock than the device's, for tests and previews.
    #[uniffi(default)]
    pub clock: Option<Arc<SettableClock>>,
}

/// Opens the home in a directory, or makes one there. One process may have a home at a time.
///
/// The key of the home is drawn when it is made, and kept by `keys` alone: whoever loses it loses the home.
///
/// # Errors
/// [`Error::Busy`] while another process has the home; [`Error::WrongKey`], also if `keys` has none for a home that is there;
/// [`Error::Corrupt`], [`Error::NewerDatabase`], [`Error::DiskFull`], [`Error::StorageUnavailable`];
/// [`Error::InvalidInput`] for a zone that is neither known nor has an offset; what `keys` throws.
// A function, since UniFFI forgets to rename what an asynchronous constructor answers.
#[uniffi::export]
pub async fn open_home(options: OpenOptions, keys: Arc<dyn KeyStore>) -> Result<Arc<Kinweave>, Error> {
    unblock(move || {
        let home = app::Kinweave::open_with(Path::new(&options.directory), keys.clone(), system(&options))?;
        Ok(Arc::new(Kinweave { home, keys }))
    })
    .await
}

/// Takes over from the damaged file that was moved aside last what can still be read of it; a home that is damaged and still
/// lies where it was is moved aside first. None if nothing is damaged, or nothing can be read. Call it while the home is closed,
/// after [`Error::Corrupt`], and then [`open_home`] it.
///
/// Entries of its own may be among what is lost, and others may hold them. So the home that comes of it writes nothing until
/// it [comes back as a new device](Kinweave::come_back_as_new_device), as one that was restored from a backup; meet somebody first, and
/// most of what was lost is here again. The damaged file stays.
///
/// # Errors
/// Those of [`open_home`].
#[uniffi::export]
pub async fn salvage_home(options: OpenOptions, keys: Arc<dyn KeyStore>) -> Result<Option<Salvaged>, Error> {
    unblock(move || app::Kinweave::salvage_with(Path::new(&options.directory), keys, &system(&options))).await
}

fn system(options: &OpenOptions) -> System {
    let zone = options.zone;
    let clock = options.clock.as_ref();
    let system = clock.map_or_else(|| System::real(zone), |clock| System::with_clock(clock.inner()).in_zone(zone));
    let system = system.in_language(options.language.unwrap_or_default());
    match options.log.clone() {
        Some(log) => system.logging_to(log),
        None => system,
    }
}

impl Kinweave {
    pub(crate) fn home(&self) -> &app::Kinweave {
        &self.home
    }

    /// Does what may block in a thread that may.
    pub(crate) async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&app::Kinweave) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let home = self.home.clone();
        unblock(move || work(&home)).await
    }
}

#[uniffi::export]
impl Kinweave {
    /// Lets go of every lock and file handle before an app is suspended. Idempotent.
    ///
    /// Sessions end and listening stops. When it returns, nothing of the home is held, and another process may open it.
    pub async fn pause(&self) -> Result<(), Error> {
        self.run(move |home| home.pause()).await
    }

    /// Goes on after [`pause`](Self::pause), with the key from the key store. Idempotent. Listen again afterwards.
    ///
    /// # Errors
    /// Those of [`open_home`](open_home).
    pub async fn resume(&self) -> Result<(), Error> {
        let keys = self.keys.clone();
        self.run(move |home| home.resume_with(keys)).await
    }

    /// Ends it; the home is free for other processes. Idempotent.
    pub async fn close(&self) -> Result<(), Error> {
        self.run(move |home| home.close()).await
    }

    /// The zone in which the owner of this phone counts days from now on: set it when the phone's changes.
    pub async fn set_zone(&self, zone: Zone) -> Result<(), Error> {
        self.run(move |home| home.set_zone(zone)).await
    }

    /// The language of the words that this home answers with: prompts, titles, lines. What people wrote stays as it is.
    pub async fn set_language(&self, language: Language) -> Result<(), Error> {
        self.run(move |home| home.set_language(language)).await
    }

    /// Tells the observer of whatever may make a read answer something else: commits, a meeting's end, another zone or
    /// language, and a [resumption](Self::resume).
    pub async fn on_change(&self, observer: Arc<dyn Observer>) -> Result<Arc<Subscription>, Error> {
        self.run(move |home| home.on_change(observer)).await
    }

    /// Checks the file, and that the rows are what the entries give. Answers what is wrong; nothing is changed.
    pub async fn check(&self) -> Result<Vec<String>, Error> {
        self.run(move |home| home.check()).await
    }

    /// Everything held, as text that is equal on phones that hold the same.
    pub async fn dump(&self) -> Result<Vec<AudienceDump>, Error> {
        self.run(move |home| home.dump()).await
    }

    /// How much room this home takes, and by what. It reads everything, so ask where somebody looks at it.
    ///
    /// # Errors
    /// [`Error::NoCircle`].
    pub async fn storage(&self) -> Result<StorageUse, Error> {
        self.run(move |home| home.storage()).await
    }

    /// How much is kept here that this app can't show, or shows in part. If anything needs a newer app, say so, and
    /// that nothing is lost: it is passed on to others as it is, and read as soon as the app is updated.
    ///
    /// It goes through all records, so ask once a screen, not once a line. [`set_aside`](Self::set_aside) tells more of it.
    ///
    /// # Errors
    /// [`Error::NoCircle`].
    pub async fn held(&self) -> Result<Held, Error> {
        self.run(move |home| home.held()).await
    }

    /// What came from phones of the circle and doesn't count here, or not yet: by whose phone, for whom, and
    /// why, which says what can be done. Empty on nearly every phone.
    ///
    /// # Errors
    /// [`Error::NoCircle`].
    pub async fn set_aside(&self) -> Result<Vec<SetAside>, Error> {
        self.run(move |home| home.set_aside()).await
    }

    /// Whether another phone writes with the keys of this one. If so, every call that writes answers [`Error::SecondCopy`];
    /// reading and meeting go on. Tell the owner, and ask which phone they mean to use.
    ///
    /// It is noticed at a meeting, when a peer brings what this phone signed and doesn't hold. Survives a crash.
    ///
    /// # Errors
    /// [`Error::NoCircle`].
    pub async fn second_copy(&self) -> Result<Option<SecondCopy>, Error> {
        self.run(move |home| home.second_copy()).await
    }

    /// Comes back as a new device of the same member: keys of its own, vouched for by the old ones, which are then wiped. All
    /// records stay, and writing goes on. The other copy notices at a meeting, and can do the same: then both are devices of
    /// their owner's. The circle learns of the new device when this phone next meets one of its phones; connections end,
    /// so meet again. Without a second copy nothing happens.
    ///
    /// It takes no rights from the other copy. If that one may be in other hands, talk in person about whom you share with.
    ///
    /// # Errors
    /// [`Error::NotPaired`] if the old keys can't vouch for new ones: pair this phone again.
    pub async fn come_back_as_new_device(&self) -> Result<CircleView, Error> {
        self.run(move |home| home.come_back_as_new_device()).await
    }

    /// What this phone thinks of its own clock. If it is odd, tell its owner, and nobody else.
    ///
    /// # Errors
    /// [`Error::NoCircle`].
    pub async fn clock_state(&self) -> Result<ClockState, Error> {
        self.run(move |home| home.clock_state()).await
    }
}
