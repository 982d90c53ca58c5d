//! TCP: bytes from a socket to the owner, bytes from the owner to a socket.
#![allow(clippy::disallowed_methods, reason = "this is the home that the ban on sockets names")]

use std::io::{self, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Sender};
use std::time::Duration;

use socket2::{SockRef, TcpKeepalive};

use super::connection::Stay;
use super::error::Error;
use super::ports::{Input, Inputs, Pipe};
use super::system::spawn;
use crate::model::DeviceKey;
use crate::model::limits::{CONNECT_MS, IDLE_MS, KEEP_ALIVE_EVERY_MS, KEEP_ALIVE_MS, KEEP_ALIVE_TRIES};

const CONNECT_TIMEOUT: Duration = Duration::from_millis(CONNECT_MS);
const CHUNK_BYTES: usize = 64 * 1024;

/// A socket, as the owner writes to it. Dropped, it sends what was written and hangs up.
struct TcpPipe {
    outgoing: Sender<Vec<u8>>,
}

impl Pipe for TcpPipe {
    fn write(&mut self, bytes: Vec<u8>) {
        // A broken socket is noticed by its reader, which tells the owner.
        let _ = self.outgoing.send(bytes);
    }
}

/// A port that is listened on. Dropped, it is free again.
pub(super) struct Listener {
    pub address: SocketAddr,
    stopped: Arc<AtomicBool>,
}

impl Drop for Listener {
    fn drop(&mut self) {
        self.stopped.store(true, Ordering::Relaxed);
        // Wakes the thread that waits in `accept`.
        let _ = TcpStream::connect_timeout(&self.address, CONNECT_TIMEOUT);
    }
}

/// Listens, and hands each connection to the owner.
pub(super) fn listen(address: SocketAddr, inputs: &Inputs) -> Result<Listener, Error> {
    let socket = TcpListener::bind(address).map_err(|_| Error::PeerUnreachable)?;
    let address = socket.local_addr().map_err(|_| Error::PeerUnreachable)?;
    let stopped = Arc::new(AtomicBool::new(false));
    let (is_stopped, inputs) = (stopped.clone(), inputs.clone());
    let accept = move || {
        for stream in socket.incoming().flatten() {
            if is_stopped.load(Ordering::Relaxed) || attach(stream, &inputs, Input::Accepted).is_err() {
                return;
            }
        }
    };
    spawn("kinweave-listen", accept).map_err(|_| Error::PeerUnreachable)?;
    Ok(Listener { address, stopped })
}

/// Connects, in the caller's thread.
pub(super) fn connect(address: SocketAddr) -> Result<TcpStream, Error> {
    TcpStream::connect_timeout(&address, CONNECT_TIMEOUT).map_err(|_| Error::PeerUnreachable)
}

/// Connects to a device in a thread of its own, at the first of these addresses that answers, and stays connected.
/// Nobody waits for it: whether it came about shows in who is connected.
pub(super) fn call(addresses: Vec<SocketAddr>, device: DeviceKey, inputs: &Inputs) {
    let inputs = inputs.clone();
    let call = move || {
        if let Some(stream) = addresses.into_iter().find_map(|address| connect(address).ok()) {
            let (waiter, _) = mpsc::sync_channel(1);
            let dialled = |id, pipe| Input::Dialled(id, pipe, device, Stay::Connected, waiter);
            let _ = attach(stream, &inputs, dialled);
        }
    };
    // Without a thread it is a call in vain, and there will be another.
    let _ = spawn("kinweave-call", call);
}

/// What keeps a connection honest: no waiting for more before a burst is sent, an end for whoever doesn't read, and one
/// for a phone that went out of reach without a word.
fn prepare(stream: &TcpStream) -> io::Result<()> {
    // Each burst is one write already; waiting for more would only cost a round trip.
    stream.set_nodelay(true)?;
    stream.set_write_timeout(Some(Duration::from_millis(IDLE_MS)))?;
    let keep_alive = TcpKeepalive::new()
        .with_time(Duration::from_millis(KEEP_ALIVE_MS))
        .with_interval(Duration::from_millis(KEEP_ALIVE_EVERY_MS));
    #[cfg(not(windows))]
    let keep_alive = keep_alive.with_retries(KEEP_ALIVE_TRIES);
    SockRef::from(stream).set_tcp_keepalive(&keep_alive)
}

/// Gives a socket its two threads, and tells the owner of it.
pub(super) fn attach(
    stream: TcpStream,
    inputs: &Inputs,
    announce: impl FnOnce(u64, Box<dyn Pipe>) -> Input,
) -> Result<(), Error> {
    let unreachable = |_| Error::PeerUnreachable;
    prepare(&stream).map_err(unreachable)?;
    let id = inputs.next_id();
    let (outgoing, bursts) = mpsc::channel::<Vec<u8>>();
    let writing = inputs.writers.begin();
    let mut writer = stream.try_clone().map_err(unreachable)?;
    inputs.send(announce(id, Box::new(TcpPipe { outgoing })))?;
    spawn("kinweave-write", move || {
        for burst in bursts {
            if writer.write_all(&burst).is_err() {
                break;
            }
        }
        let _ = writer.shutdown(Shutdown::Both);
        drop(writing);
    })
    .map_err(unreachable)?;
    let inputs = inputs.clone();
    spawn("kinweave-read", move || read(stream, id, &inputs)).map_err(unreachable)?;
    Ok(())
}

fn read(mut stream: TcpStream, id: u64, inputs: &Inputs) {
    let mut chunk = vec![0; CHUNK_BYTES];
    loop {
        let count = stream.read(&mut chunk).unwrap_or(0);
        let Some(bytes) = chunk.get(..count).filter(|bytes| !bytes.is_empty()) else { break };
        if inputs.send(Input::Bytes(id, bytes.to_vec())).is_err() {
            return;
        }
    }
    let _ = inputs.send(Input::HungUp(id));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phone_that_goes_without_a_word_is_noticed_by_the_system() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let stream = connect(listener.local_addr().unwrap()).unwrap();
        prepare(&stream).unwrap();
        let socket = SockRef::from(&stream);
        assert!(socket.keepalive().unwrap() && stream.nodelay().unwrap());
        assert_eq!(socket.tcp_keepalive_time().unwrap(), Duration::from_millis(KEEP_ALIVE_MS));
        assert_eq!(socket.tcp_keepalive_interval().unwrap(), Duration::from_millis(KEEP_ALIVE_EVERY_MS));
        assert_eq!(socket.tcp_keepalive_retries().unwrap(), KEEP_ALIVE_TRIES);
        assert_eq!(stream.write_timeout().unwrap(), Some(Duration::from_millis(IDLE_MS)));
    }

    #[test]
    fn a_socket_that_was_hung_up_is_waited_for_until_its_last_words_are_sent() {
        const BYTES: usize = 32 << 20;
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let stream = connect(listener.local_addr().unwrap()).unwrap();
        let (sender, told) = mpsc::sync_channel(4);
        let inputs = Inputs::new(sender);
        attach(stream, &inputs, Input::Accepted).unwrap();
        let Ok(Input::Accepted(_, mut pipe)) = told.recv() else { panic!("a pipe") };
        pipe.write(vec![7; BYTES]);
        drop(pipe);
        assert!(!inputs.writers.finish_within(Duration::ZERO), "nobody reads yet");
        let (mut reader, _) = listener.accept().unwrap();
        std::thread::scope(|scope| {
            let reading = scope.spawn(|| io::copy(&mut reader, &mut io::sink()));
            assert!(inputs.writers.finish_within(Duration::from_millis(IDLE_MS)));
            assert_eq!(reading.join().unwrap().unwrap(), BYTES as u64);
        });
    }
}
