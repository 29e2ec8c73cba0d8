//! Networks: what an address belongs to.

use std::fmt;
use std::net::IpAddr;
use std::str::FromStr;

/// A network, such as `10.0.0.0/8`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reseau {
    base: IpAddr,
    bits: u8,
}

impl FromStr for Reseau {
    type Err = String;

    fn from_str(texte: &str) -> Result<Self, String> {
        let faux = || format!("« {texte} » n’est pas un réseau, comme 10.0.0.0/8");
        let (base, bits) = texte.trim().split_once('/').unwrap_or((texte.trim(), ""));
        let base: IpAddr = base.parse().map_err(|_| faux())?;
        let max = if base.is_ipv4() { 32 } else { 128 };
        let bits = if bits.is_empty() { max } else { bits.parse().map_err(|_| faux())? };
        if bits > max { Err(faux()) } else { Ok(Self { base, bits }) }
    }
}

impl Reseau {
    /// Whether an address belongs to the network; an IPv4 address written in IPv6 counts as itself.
    pub fn contient(&self, adresse: IpAddr) -> bool {
        let (a, b, largeur) = match (self.base.to_canonical(), adresse.to_canonical()) {
            (IpAddr::V4(a), IpAddr::V4(b)) => (u128::from(u32::from(a)), u128::from(u32::from(b)), 32),
            (IpAddr::V6(a), IpAddr::V6(b)) => (u128::from(a), u128::from(b), 128),
            _ => return false,
        };
        let decalage = largeur - u32::from(self.bits);
        a.checked_shr(decalage).unwrap_or(0) == b.checked_shr(decalage).unwrap_or(0)
    }
}

/// The network as it is written, such as `10.0.0.0/8`.
impl fmt::Display for Reseau {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.base, self.bits)
    }
}

#[cfg(test)]
mod tests {
    use super::Reseau;

    #[test]
    fn networks_hold_their_addresses() {
        for (reseau, adresse, dedans) in [
            ("10.0.0.0/8", "10.1.2.3", true),
            ("10.0.0.0/8", "11.1.2.3", false),
            ("127.0.0.1", "127.0.0.1", true),
            ("127.0.0.1", "127.0.0.2", false),
            ("0.0.0.0/0", "8.8.8.8", true),
            ("fd00::/8", "fd12::1", true),
            ("fd00::/8", "10.0.0.1", false),
            ("192.0.2.0/24", "::ffff:192.0.2.7", true),
        ] {
            let r: Reseau = reseau.parse().unwrap();
            assert_eq!(r.contient(adresse.parse().unwrap()), dedans, "{reseau} {adresse}");
        }
        assert!("10.0.0.0/33".parse::<Reseau>().is_err());
        assert!("dix".parse::<Reseau>().is_err());
    }
}
