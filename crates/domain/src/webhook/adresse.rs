//! Which network addresses may be called: those of the public internet, and no others.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use super::Ouverture;

/// The address is not one of the public internet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("adresse hors de l’internet public")]
pub struct AdresseInterdite;

/// IPv4 networks that are never called, by the IANA registry of special addresses, as (network, bits).
const INTERDITES_V4: [(Ipv4Addr, u32); 19] = [
    (Ipv4Addr::UNSPECIFIED, 8),            // « this network »
    (Ipv4Addr::new(10, 0, 0, 0), 8),       // private
    (Ipv4Addr::new(100, 64, 0, 0), 10),    // shared by carriers (CGNAT)
    (Ipv4Addr::new(127, 0, 0, 0), 8),      // loopback
    (Ipv4Addr::new(169, 254, 0, 0), 16),   // link-local, metadata of clouds
    (Ipv4Addr::new(172, 16, 0, 0), 12),    // private
    (Ipv4Addr::new(192, 0, 0, 0), 24),     // protocols
    (Ipv4Addr::new(192, 0, 2, 0), 24),     // documentation
    (Ipv4Addr::new(192, 31, 196, 0), 24),  // AS112
    (Ipv4Addr::new(192, 52, 193, 0), 24),  // AMT
    (Ipv4Addr::new(192, 88, 99, 0), 24),   // 6to4 relays
    (Ipv4Addr::new(192, 168, 0, 0), 16),   // private
    (Ipv4Addr::new(192, 175, 48, 0), 24),  // AS112
    (Ipv4Addr::new(198, 18, 0, 0), 15),    // benchmark
    (Ipv4Addr::new(198, 51, 100, 0), 24),  // documentation
    (Ipv4Addr::new(203, 0, 113, 0), 24),   // documentation
    (Ipv4Addr::new(224, 0, 0, 0), 4),      // multicast
    (Ipv4Addr::new(240, 0, 0, 0), 4),      // reserved, broadcast
    (Ipv4Addr::new(168, 63, 129, 16), 32), // a cloud's own services, on a public address
];

/// IPv6 networks inside the global unicast space that are never called, as (network, bits).
const INTERDITES_V6: [(Ipv6Addr, u32); 5] = [
    (Ipv6Addr::new(0x2001, 0, 0, 0, 0, 0, 0, 0), 23), // protocols: Teredo, ORCHID, benchmark
    (Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 0), 32), // documentation
    (Ipv6Addr::new(0x2002, 0, 0, 0, 0, 0, 0, 0), 16), // 6to4
    (Ipv6Addr::new(0x2620, 0x4f, 0x8000, 0, 0, 0, 0, 0), 48), // AS112
    (Ipv6Addr::new(0x3fff, 0, 0, 0, 0, 0, 0, 0), 20), // documentation
];

/// The only space of IPv6 that is allotted to the public internet: all else is refused, among it
/// loopback, link-local, site-local, unique local, multicast, and every form that holds an IPv4 address.
const GLOBALES_V6: (Ipv6Addr, u32) = (Ipv6Addr::new(0x2000, 0, 0, 0, 0, 0, 0, 0), 3);
/// NAT64 (RFC 6052): on a network without IPv4, how IPv4 receivers are reached.
const NAT64: (Ipv6Addr, u32) = (Ipv6Addr::new(0x64, 0xff9b, 0, 0, 0, 0, 0, 0), 96);

/// Whether an address may be called.
///
/// In development the machine itself may be, and nothing else that is private.
pub fn adresse_permise(adresse: IpAddr, ouverture: Ouverture) -> Result<(), AdresseInterdite> {
    let permise = match adresse {
        IpAddr::V4(a) => publique_v4(a),
        IpAddr::V6(a) => publique_v6(a),
    };
    let machine = ouverture == Ouverture::Developpement && adresse.is_loopback();
    if permise || machine { Ok(()) } else { Err(AdresseInterdite) }
}

fn publique_v4(a: Ipv4Addr) -> bool {
    let dans = |(reseau, bits): (Ipv4Addr, u32)| (u32::from(reseau) ^ u32::from(a)).leading_zeros() >= bits;
    !INTERDITES_V4.into_iter().any(dans)
}

fn publique_v6(a: Ipv6Addr) -> bool {
    let dans = |(reseau, bits): (Ipv6Addr, u32)| (u128::from(reseau) ^ u128::from(a)).leading_zeros() >= bits;
    if dans(NAT64) {
        let [.., haut, bas] = a.segments();
        return publique_v4(Ipv4Addr::from(u32::from(haut) << 16 | u32::from(bas)));
    }
    dans(GLOBALES_V6) && !INTERDITES_V6.into_iter().any(dans)
}

#[cfg(test)]
mod tests {
    use super::{Ouverture, adresse_permise};

    #[test]
    fn only_public_addresses_are_called() {
        for (adresse, permise) in [
            ("8.8.8.8", true),
            ("1.1.1.1", true),
            ("9.255.255.255", true),
            ("11.0.0.0", true),
            ("100.63.255.255", true),
            ("100.128.0.0", true),
            ("172.15.255.255", true),
            ("172.32.0.0", true),
            ("198.17.255.255", true),
            ("198.20.0.0", true),
            ("223.255.255.255", true),
            ("2606:4700:4700::1111", true),
            ("2a01:e0a::1", true),
            ("2001:200::1", true),
            ("64:ff9b::808:808", true),
            ("0.0.0.0", false),
            ("0.1.2.3", false),
            ("10.0.0.1", false),
            ("10.255.255.255", false),
            ("100.64.0.1", false),
            ("100.127.255.255", false),
            ("127.0.0.1", false),
            ("127.255.255.254", false),
            ("168.63.129.16", false),
            ("169.254.169.254", false),
            ("172.16.0.1", false),
            ("172.31.255.255", false),
            ("192.0.0.8", false),
            ("192.0.2.1", false),
            ("192.88.99.1", false),
            ("192.168.0.1", false),
            ("198.18.0.1", false),
            ("198.19.255.255", false),
            ("198.51.100.7", false),
            ("203.0.113.7", false),
            ("224.0.0.1", false),
            ("239.255.255.255", false),
            ("240.0.0.1", false),
            ("255.255.255.255", false),
            ("::", false),
            ("::1", false),
            ("::7f00:1", false),
            ("::ffff:127.0.0.1", false),
            ("::ffff:8.8.8.8", false),
            ("::ffff:0:8.8.8.8", false),
            ("64:ff9b::7f00:1", false),
            ("64:ff9b::a9fe:a9fe", false),
            ("64:ff9b:1::808:808", false),
            ("100::1", false),
            ("2001::1", false),
            ("2001:2::1", false),
            ("2001:10::1", false),
            ("2001:20::1", false),
            ("2001:db8::1", false),
            ("2002:7f00:1::", false),
            ("2002:808:808::", false),
            ("2620:4f:8000::1", false),
            ("3fff::1", false),
            ("4000::1", false),
            ("5f00::1", false),
            ("fc00::1", false),
            ("fd12:3456::1", false),
            ("fe80::1", false),
            ("fec0::1", false),
            ("ff02::1", false),
        ] {
            let a = adresse.parse().unwrap();
            assert_eq!(adresse_permise(a, Ouverture::Publique).is_ok(), permise, "{adresse}");
        }
    }

    #[test]
    fn in_development_the_machine_itself_may_be_called_and_no_private_network() {
        for (adresse, permise) in [
            ("127.0.0.1", true),
            ("127.9.9.9", true),
            ("::1", true),
            ("8.8.8.8", true),
            ("10.0.0.1", false),
            ("169.254.169.254", false),
            ("::ffff:127.0.0.1", false),
            ("0.0.0.0", false),
        ] {
            let a = adresse.parse().unwrap();
            assert_eq!(adresse_permise(a, Ouverture::Developpement).is_ok(), permise, "{adresse}");
        }
    }
}
