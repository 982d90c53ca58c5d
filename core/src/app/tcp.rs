//! TCP: bytes from a socket to the owner, bytes from the owner to a socket.
#![allow(clippy::disallowed_methods, reason = "this is the home that the ban on sockets names")]

use std::io::{Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Sender};
use std::time::Duration;

use super::error::Error;
use super::ports::{Input, Inputs, Pipe};
use super::system::spawn;

const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);
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

/// Gives a socket its two threads, and tells the owner of it.
pub(super) fn attach(
    stream: TcpStream,
    inputs: &Inputs,
    announce: impl FnOnce(u64, Box<dyn Pipe>) -> Input,
) -> Result<(), Error> {
    let unreachable = |_| Error::PeerUnreachable;
    // Each burst is one write already; waiting for more would only cost a round trip.
    stream.set_nodelay(true).map_err(unreachable)?;
    let id = inputs.next_id();
    let (outgoing, bursts) = mpsc::channel::<Vec<u8>>();
    let mut writer = stream.try_clone().map_err(unreachable)?;
    inputs.send(announce(id, Box::new(TcpPipe { outgoing })))?;
    spawn("kinweave-write", move || {
        for burst in bursts {
            if writer.write_all(&burst).is_err() {
                break;
            }
        }
        let _ = writer.shutdown(Shutdown::Both);
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
