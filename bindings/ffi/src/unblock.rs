//! The way to the threads that may block, and back.

use std::any::Any;

use kinweave_core::app::Error;

/// What work answers, whatever its type.
type Answer = Result<Box<dyn Any + Send>, Error>;

/// Does what may block in a thread that may.
///
/// One task for all work: compiled for each, as [`blocking::unblock`] alone would be, the tasks are a third of a megabyte.
pub(crate) async fn unblock<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Error> + Send + 'static,
) -> Result<T, Error> {
    let work: Box<dyn FnOnce() -> Answer + Send> = Box::new(move || Ok(Box::new(work()?)));
    let answer = blocking::unblock(work).await?;
    answer
        .downcast()
        .map(|answer| *answer)
        .map_err(|_| Error::Internal { report_id: "an answer of another type".to_owned() })
}
