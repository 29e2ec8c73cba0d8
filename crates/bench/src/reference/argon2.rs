//! How many passwords the cores can hash, with the parameters of the product.

use anyhow::{Result, anyhow};
use argon2::{Algorithm, Argon2, Params, Version};

use crate::machine::cores;
use crate::measure::{Measure, Pace, threads};

/// Length of a hash, in bytes.
const HASH: usize = 32;

/// The function that the product hashes passwords with.
pub fn function() -> Result<Argon2<'static>> {
    let cost = app::Reglages::default().argon2;
    let parameters = Params::new(cost.memoire, cost.passes, 1, None).map_err(|error| anyhow!("argon2: {error}"))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, parameters))
}

/// Hashes on all cores. Blocks.
pub fn measure(pace: Pace) -> Result<Measure> {
    threads(pace, cores(), u64::MAX, |_| {
        let argon2 = function()?;
        Ok(move || {
            let mut hash = [0; HASH];
            argon2
                .hash_password_into(b"correct horse battery staple", b"bench-salt-16-by", &mut hash)
                .map_err(|error| anyhow!("argon2: {error}"))
        })
    })
}
