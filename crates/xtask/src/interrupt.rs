//! Ctrl-C and termination: what runs is ended, and what was set up is put away before leaving.

use std::sync::{
    Mutex, PoisonError,
    atomic::{AtomicBool, Ordering},
};

use nix::{
    sys::signal::{Signal, kill},
    unistd::Pid,
};

use crate::failure::{OrFail, Result};

static HAPPENED: AtomicBool = AtomicBool::new(false);
static WATCHED: Mutex<Vec<u32>> = Mutex::new(Vec::new());

/// Makes an interruption end the programs being watched, instead of ending this one at once.
pub fn install() -> Result<()> {
    ctrlc::set_handler(|| {
        HAPPENED.store(true, Ordering::SeqCst);
        for program in WATCHED.lock().unwrap_or_else(PoisonError::into_inner).iter() {
            end(*program);
        }
    })
    .or_fail(|| "Could not watch for Ctrl-C".to_owned())
}

/// Whether the developer asked to stop.
pub fn happened() -> bool {
    HAPPENED.load(Ordering::SeqCst)
}

/// Ends the program `id` too when an interruption comes.
pub fn watch(id: u32) {
    WATCHED.lock().unwrap_or_else(PoisonError::into_inner).push(id);
    if happened() {
        end(id);
    }
}

/// Stops watching the program `id`, which has ended.
pub fn forget(id: u32) {
    WATCHED.lock().unwrap_or_else(PoisonError::into_inner).retain(|watched| *watched != id);
}

fn end(id: u32) {
    if let Ok(id) = i32::try_from(id) {
        // A program that has just ended is what was wanted.
        kill(Pid::from_raw(id), Signal::SIGTERM).ok();
    }
}
