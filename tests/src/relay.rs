//! A socket in between, which sees what anyone on the line sees: how long each frame is.

use std::io::{Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

/// What is read at once: more than any burst of these stories.
const CHUNK_BYTES: usize = 64 * 1024;

/// The lengths of the frames of one connection, of the dialler and of the answerer, each in order.
pub type Lengths = [Vec<usize>; 2];

/// A relay in front of one phone. It passes on whole frames, reads none, and notes each one's length.
pub struct Relay {
    /// Where to dial instead of the phone.
    pub address: SocketAddr,
    ended: Receiver<Lengths>,
}

impl Relay {
    /// A relay in front of the phone that listens there.
    pub fn before(phone: SocketAddr) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = listener.local_addr().expect("an address");
        let (sender, ended) = channel();
        thread::spawn(move || {
            for dialler in listener.incoming().flatten() {
                let answerer = TcpStream::connect(phone).expect("a phone that listens");
                let sender: Sender<Lengths> = sender.clone();
                thread::spawn(move || {
                    // The test may be over by now.
                    let _ = sender.send(relay(&dialler, &answerer));
                });
            }
        });
        Self { address, ended }
    }

    /// The lengths of the next connection that ends, once both phones have let go of it: what it did is done by then.
    pub fn ended(&self) -> Lengths {
        self.ended.recv().expect("a relay that runs")
    }
}

fn relay(dialler: &TcpStream, answerer: &TcpStream) -> Lengths {
    for stream in [dialler, answerer] {
        stream.set_nodelay(true).expect("a socket");
    }
    thread::scope(|scope| {
        let sent = scope.spawn(|| pass(dialler, answerer, true));
        let answered = pass(answerer, dialler, false);
        [sent.join().expect("a relay that runs"), answered]
    })
}

fn pass(mut from: &TcpStream, mut to: &TcpStream, begins: bool) -> Vec<usize> {
    let (mut lengths, mut waiting, mut at) = (Vec::new(), Vec::new(), 0);
    let mut chunk = vec![0; CHUNK_BYTES];
    loop {
        let count = from.read(&mut chunk).unwrap_or(0);
        if count == 0 {
            // Half of a frame is passed on as it is; the phones must cope.
            let _ = to.write_all(&waiting[..]).and_then(|()| to.shutdown(Shutdown::Write));
            return lengths;
        }
        waiting.extend_from_slice(&chunk[..count]);
        while let Some(length) = unit(&waiting[at..], lengths.is_empty(), begins) {
            lengths.push(length);
            at += length;
        }
        // Only whole frames: a burst that was cut on the way would be two, and answered twice.
        if at == waiting.len() {
            let _ = to.write_all(&waiting);
            waiting.clear();
            at = 0;
        }
    }
}

/// The length of the frame that the bytes begin with, if all of it is there. First comes a handshake message with its
/// length, the dialler's behind the clear bytes; then frames, each behind the byte that tells its size.
fn unit(bytes: &[u8], is_first: bool, begins: bool) -> Option<usize> {
    let clear = if begins { 2 + usize::from(*bytes.get(1)?) } else { 0 };
    let length = if is_first {
        let length = bytes.get(clear..clear + 2)?;
        clear + 2 + usize::from(u16::from_be_bytes([length[0], length[1]]))
    } else {
        1 + (256 << bytes.first()?)
    };
    (bytes.len() >= length).then_some(length)
}
