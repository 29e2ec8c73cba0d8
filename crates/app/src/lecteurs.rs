//! The threads that read the database.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::thread;

use crossbeam_channel::{Receiver, Sender, unbounded};

use crate::Error;

type Lecture = Box<dyn FnOnce() + Send>;

/// As many threads as reads are worth doing at once: none waits for a connection, and under load a thread goes from
/// one read to the next without sleeping in between, where the threads of tokio's pool are woken for each.
///
/// They end with what they have to do when this is dropped.
pub(crate) struct Lecteurs {
    file: Sender<Lecture>,
}

impl Lecteurs {
    /// Starts the threads; fails when the system gives none.
    pub(crate) fn new(nombre: usize) -> Result<Self, Error> {
        let (file, attente) = unbounded();
        for n in 0..nombre.max(1) {
            let attente = attente.clone();
            thread::Builder::new()
                .name(format!("lecteur-{n}"))
                .spawn(move || lire(&attente))
                .map_err(|e| Error::Interne(format!("lecteurs : {e}")))?;
        }
        Ok(Self { file })
    }

    /// Reads in its turn. Whoever waits for what is read sees its channel close if that failed.
    pub(crate) fn confier(&self, lecture: impl FnOnce() + Send + 'static) {
        // The threads live as long as this does.
        let _ = self.file.send(Box::new(lecture));
    }
}

fn lire(attente: &Receiver<Lecture>) {
    for lecture in attente {
        if catch_unwind(AssertUnwindSafe(lecture)).is_err() {
            tracing::error!("une lecture a échoué");
        }
    }
}
