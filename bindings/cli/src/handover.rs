//! A home has one process. It serves a socket that only its user may open, and a second process hands its commands over:
//! one JSON line for each command, one for each answer. A connection is a dialog of its own, so a pairing works too.

use std::path::Path;

use crate::answer::{Answer, Failure};
use crate::commands::{Answers, Session};

#[cfg(unix)]
pub use unix::{Remote, serve};

#[cfg(unix)]
mod unix {
    use std::fs;
    use std::io::{self, BufRead, BufReader, Read, Write};
    use std::os::unix::net::{UnixListener, UnixStream};
    use std::path::PathBuf;
    use std::sync::Arc;
    use std::thread;

    use super::{Answer, Answers, Failure, Path, Session};
    use crate::answer::Reply;
    use crate::home;
    use crate::screen::{self, Screen};

    const NAME: &str = "commands.socket";
    /// The shortest limit of any platform for the path of a socket is 104 bytes.
    const PATH_BYTES_MAX: usize = 100;
    const COMMAND_BYTES_MAX: u64 = 64 * 1024;
    const ANSWER_BYTES_MAX: u64 = 256 * 1024 * 1024;
    const GUESTS_MAX: usize = 16;

    /// The other process that has the home.
    pub struct Remote(BufReader<UnixStream>);

    impl Remote {
        /// Reaches the process that has this home; none if there is none that takes commands.
        pub fn connect(home: &Path) -> Result<Option<Self>, Failure> {
            let stream = UnixStream::connect(socket_path(home)?).ok();
            Ok(stream.map(|stream| Self(BufReader::new(stream))))
        }
    }

    impl Answers for Remote {
        fn ask(&mut self, words: &[String]) -> Result<Answer, Failure> {
            let mut line = serde_json::to_string(&[&reader()[..], words].concat()).unwrap_or_default();
            line.push('\n');
            if line.len() as u64 > COMMAND_BYTES_MAX {
                return Err(Failure::say(1, "line_too_long", &[]));
            }
            let lost = || Failure::say(3, "handover_lost", &[]);
            self.0.get_mut().write_all(line.as_bytes()).map_err(|_| lost())?;
            let answer = read_line(&mut self.0, ANSWER_BYTES_MAX).ok().flatten().ok_or_else(lost)?;
            serde_json::from_str::<Reply>(&answer).map_err(|_| lost())?.into_outcome()
        }
    }

    /// Whose eyes the answer is for: the other process knows neither their language nor their screen.
    fn reader() -> Vec<String> {
        let Screen { language, width } = screen::current();
        let mut words = vec!["--language".to_owned(), screen::code(language).to_owned()];
        words.extend(width.into_iter().flat_map(|width| ["--width".to_owned(), width.to_string()]));
        words
    }

    /// The socket being served; gone with this.
    pub struct Serving(PathBuf);

    impl Drop for Serving {
        fn drop(&mut self) {
            let _ = fs::remove_file(&self.0);
        }
    }

    /// Takes commands of other processes from now on. Whoever calls this has the home, so a socket that is there already
    /// was left by a process that has ended.
    pub fn serve(home: &Path, session: &Session) -> Result<Serving, Failure> {
        let path = socket_path(home)?;
        let _ = fs::remove_file(&path);
        let not_made = |_: io::Error| Failure::say(3, "home_not_made", &[("path", &path.to_string_lossy())]);
        let listener = UnixListener::bind(&path).map_err(not_made)?;
        let host = session.guest();
        thread::spawn(move || accept(&listener, &host));
        Ok(Serving(path))
    }

    fn accept(listener: &UnixListener, host: &Session) {
        let guests = Arc::new(());
        for stream in listener.incoming().map_while(Result::ok) {
            // One too many is let go of at once, and its user reads that the handover was lost.
            if Arc::strong_count(&guests) <= GUESTS_MAX {
                let (guest, seat) = (host.guest(), guests.clone());
                thread::spawn(move || {
                    let _ = answer(stream, guest);
                    drop(seat);
                });
            }
        }
    }

    fn answer(stream: UnixStream, mut session: Session) -> io::Result<()> {
        let mut reader = BufReader::new(stream);
        while let Some(line) = read_line(&mut reader, COMMAND_BYTES_MAX)? {
            let words = serde_json::from_str::<Vec<String>>(&line).map_err(io::Error::other)?;
            let mut answer = Reply::new(session.ask(&words)).line();
            answer.push('\n');
            reader.get_mut().write_all(answer.as_bytes())?;
        }
        Ok(())
    }

    /// One line; none at the end. A longer one than allowed is an error, not a long wait.
    fn read_line(reader: &mut impl BufRead, bytes_max: u64) -> io::Result<Option<String>> {
        let mut line = String::new();
        let read = reader.take(bytes_max).read_line(&mut line)?;
        match (read, line.ends_with('\n')) {
            (0, _) => Ok(None),
            (_, true) => Ok(Some(line)),
            (_, false) => Err(io::ErrorKind::UnexpectedEof.into()),
        }
    }

    /// In the home, or where that path is too long for a socket, in a directory of its own that is as private.
    fn socket_path(home: &Path) -> Result<PathBuf, Failure> {
        let inside = home.join(NAME);
        if inside.as_os_str().len() <= PATH_BYTES_MAX {
            return Ok(inside);
        }
        let runtime = std::env::var_os("XDG_RUNTIME_DIR").map(PathBuf::from).filter(|path| path.is_dir());
        let base = runtime.unwrap_or_else(std::env::temp_dir);
        let folder = base.join(format!("kinweave-{}", home::path_tag(home)));
        home::private_directory(&folder)?;
        Ok(folder.join("socket"))
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        #[test]
        fn a_long_path_gets_a_short_private_socket() {
            let place = tempfile::tempdir().unwrap();
            assert_eq!(socket_path(Path::new("/h")).unwrap(), Path::new("/h").join(NAME));
            let path = socket_path(&place.path().join("a".repeat(120))).unwrap();
            assert!(path.as_os_str().len() <= PATH_BYTES_MAX, "{path:?}");
            let folder = path.parent().unwrap();
            assert!(!home::open_to_others(folder));
            fs::remove_dir(folder).unwrap();
        }

        #[test]
        fn lines_end_and_have_a_limit() {
            let line = |text: &str| read_line(&mut text.as_bytes(), 8).map_err(|error| error.kind());
            assert_eq!(line("ab\ncd\n"), Ok(Some("ab\n".to_owned())));
            assert_eq!(line(""), Ok(None));
            assert_eq!(line("abcdefghij\n"), Err(io::ErrorKind::UnexpectedEof));
            assert_eq!(line("ab"), Err(io::ErrorKind::UnexpectedEof));
        }

        #[test]
        fn nobody_there_is_no_remote() {
            let place = tempfile::tempdir().unwrap();
            assert!(Remote::connect(place.path()).unwrap().is_none());
        }
    }
}

#[cfg(not(unix))]
pub use elsewhere::{Remote, serve};

#[cfg(not(unix))]
mod elsewhere {
    use super::{Answer, Answers, Failure, Path, Session};

    /// Commands aren't handed over here; nothing is ever one of these.
    pub enum Remote {}

    impl Remote {
        pub fn connect(_home: &Path) -> Result<Option<Self>, Failure> {
            Err(Failure::say(3, "handover_unsupported", &[]))
        }
    }

    impl Answers for Remote {
        fn ask(&mut self, _words: &[String]) -> Result<Answer, Failure> {
            match *self {}
        }
    }

    pub fn serve(_home: &Path, _session: &Session) -> Result<(), Failure> {
        Ok(())
    }
}
