//! How many tokens the cores can give: a hash of the secret and one signature for each, nothing else.

use anyhow::{Result, anyhow};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::Ed25519KeyPair;
use sha2::{Digest as _, Sha256};

use crate::base::SECRET;
use crate::machine::cores;
use crate::measure::{Measure, Pace, threads};

/// Hashes the secret and signs `token`, the head and the claims of one of the product, on all cores. Blocks.
///
/// The key is read once, as a server may do.
pub fn measure(pace: Pace, token: &[u8]) -> Result<Measure> {
    let pkcs8 = Ed25519KeyPair::generate_pkcs8(&SystemRandom::new()).map_err(|_| anyhow!("no Ed25519 key"))?;
    threads(pace, cores(), u64::MAX, |_| {
        let key = Ed25519KeyPair::from_pkcs8(pkcs8.as_ref()).map_err(|error| anyhow!("Ed25519: {error}"))?;
        Ok(move || {
            std::hint::black_box(Sha256::digest(SECRET));
            std::hint::black_box(key.sign(token));
            Ok(())
        })
    })
}
