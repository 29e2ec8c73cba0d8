//! The product on real services: a storage that speaks S3, clamd, a mail server.
//!
//! `cargo xtask test` starts them: see its steps `s3`, `antivirus` and `mail`. Each test reaches its
//! service through a relay of its own, which it cuts and restores.

mod antivirus;
mod courrier;
mod s3;

use std::time::{Duration, Instant};

use test_support::service;

/// The service of a setting, which must be there.
#[track_caller]
fn du(reglage: &str) -> String {
    service(reglage).unwrap_or_else(|| panic!("{reglage} : lancez `cargo xtask test --only s3`, `antivirus` ou `mail`"))
}

/// Waits for what comes soon and by itself.
pub(crate) async fn jusqu_a(quoi: &str, mut vrai: impl AsyncFnMut() -> bool) {
    let debut = Instant::now();
    while !vrai().await {
        assert!(debut.elapsed() < Duration::from_secs(20), "{quoi} : ne vient pas");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

/// A valid PDF of `taille` bytes that holds `sel`.
fn gros_pdf(sel: &str, taille: usize) -> Vec<u8> {
    let fin = b"\n%%EOF\n";
    let mut octets = format!("%PDF-1.7\n%{sel}").into_bytes();
    // Bytes that no compression nor repetition shortens, the same each time.
    let mut n: u64 = 0x9E37_79B9_7F4A_7C15;
    while octets.len() < taille - fin.len() {
        n ^= n << 13;
        n ^= n >> 7;
        n ^= n << 17;
        octets.extend(n.to_le_bytes().map(|o| o | 0x80));
    }
    octets.truncate(taille - fin.len());
    octets.extend_from_slice(fin);
    octets
}
