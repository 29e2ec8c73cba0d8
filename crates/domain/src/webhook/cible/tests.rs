use super::{Cible, CibleRefusee as R, Ouverture};

/// Spellings that lead, or might lead, somewhere else than to a public receiver over https.
const INTERDITES: &[(&str, R)] = &[
    // Not an address, or not https.
    ("", R::Illisible),
    ("hooks.exemple.fr", R::Illisible),
    ("//hooks.exemple.fr/", R::Illisible),
    ("/egestion", R::Illisible),
    ("https:hooks.exemple.fr", R::Illisible),
    ("https:/hooks.exemple.fr", R::Illisible),
    ("https:///hooks.exemple.fr", R::Ecriture),
    ("https://", R::Illisible),
    ("https:///", R::Illisible),
    ("http://hooks.exemple.fr/", R::Https),
    ("HTTP://hooks.exemple.fr/", R::Https),
    ("ftp://hooks.exemple.fr/", R::Https),
    ("file:///etc/passwd", R::Https),
    ("gopher://hooks.exemple.fr/", R::Https),
    ("javascript://hooks.exemple.fr/%0aalert(1)", R::Https),
    ("wss://hooks.exemple.fr/", R::Https),
    // Names and passwords, ports, fragments.
    ("https://moi@hooks.exemple.fr/", R::Identifiants),
    ("https://moi:secret@hooks.exemple.fr/", R::Identifiants),
    ("https://hooks.exemple.fr@127.0.0.1/", R::Identifiants),
    ("https://@hooks.exemple.fr/", R::Identifiants),
    ("https://hooks.exemple.fr:0/", R::Port),
    ("https://hooks.exemple.fr:99999/", R::Illisible),
    ("https://hooks.exemple.fr:port/", R::Illisible),
    ("https://hooks.exemple.fr/#suite", R::Fragment),
    // White space, line ends, back slashes, percent signs.
    (" https://hooks.exemple.fr/", R::Ecriture),
    ("https://hooks.exemple.fr/ ", R::Ecriture),
    ("https://hooks.exemple.fr/\r\nHost: localhost", R::Ecriture),
    ("https://hooks.exem\tple.fr/", R::Ecriture),
    ("https://hooks.exemple.fr\\@127.0.0.1/", R::Ecriture),
    ("https:\\\\127.0.0.1/", R::Ecriture),
    ("https://127%2e0%2e0%2e1/", R::Ecriture),
    ("https://%6cocalhost/", R::Ecriture),
    ("https://hooks.exemple.fr%00.mal.fr/", R::Illisible),
    // Loopback and private networks, plainly.
    ("https://127.0.0.1/", R::Adresse),
    ("https://127.1.2.3:8443/", R::Adresse),
    ("https://0.0.0.0/", R::Adresse),
    ("https://10.1.2.3/", R::Adresse),
    ("https://172.16.5.4/", R::Adresse),
    ("https://192.168.1.1/", R::Adresse),
    ("https://169.254.169.254/latest/meta-data/", R::Adresse),
    ("https://100.100.100.200/", R::Adresse),
    ("https://198.18.0.1/", R::Adresse),
    ("https://192.0.2.10/", R::Adresse),
    ("https://224.0.0.1/", R::Adresse),
    ("https://255.255.255.255/", R::Adresse),
    // The same, spelled otherwise.
    ("https://2130706433/", R::Ecriture),
    ("https://017700000001/", R::Ecriture),
    ("https://0x7f000001/", R::Ecriture),
    ("https://0x7f.0.0.1/", R::Ecriture),
    ("https://0177.0.0.1/", R::Ecriture),
    ("https://127.1/", R::Ecriture),
    ("https://127.0.1/", R::Ecriture),
    ("https://0/", R::Ecriture),
    ("https://0xA9FEA9FE/", R::Ecriture),
    ("https://169.254.43518/", R::Ecriture),
    ("https://127.0.0.1./", R::Ecriture),
    ("https://127.000.000.001/", R::Ecriture),
    ("https://134744072/", R::Ecriture),
    ("https://256.256.256.256/", R::Illisible),
    ("https://1.2.3.4.5/", R::Illisible),
    ("https://①②⑦.⓪.⓪.①/", R::Ecriture),
    ("https://127。0。0。1/", R::Ecriture),
    ("https://localhost。/", R::Ecriture),
    ("https://ⓛocalhost/", R::Ecriture),
    ("https://exem\u{ad}ple.fr/", R::Ecriture),
    // IPv6.
    ("https://[::1]/", R::Adresse),
    ("https://[::]/", R::Adresse),
    ("https://[0:0:0:0:0:0:0:1]/", R::Ecriture),
    ("https://[::127.0.0.1]/", R::Ecriture),
    ("https://[::7f00:1]/", R::Adresse),
    ("https://[::ffff:127.0.0.1]/", R::Ecriture),
    ("https://[::ffff:7f00:1]/", R::Adresse),
    ("https://[::ffff:a9fe:a9fe]/", R::Adresse),
    ("https://[64:ff9b::7f00:1]/", R::Adresse),
    ("https://[64:ff9b:1::1]/", R::Adresse),
    ("https://[2002:7f00:1::]/", R::Adresse),
    ("https://[2001:0:7f00:1::]/", R::Adresse),
    ("https://[2001::7f00:1]/", R::Adresse),
    ("https://[2001:db8::1]/", R::Adresse),
    ("https://[fe80::1]/", R::Adresse),
    ("https://[fe80::1%25eth0]/", R::Illisible),
    ("https://[fe80::1%eth0]/", R::Illisible),
    ("https://[fc00::1]/", R::Adresse),
    ("https://[fd00::1]/", R::Adresse),
    ("https://[fec0::1]/", R::Adresse),
    ("https://[ff02::1]/", R::Adresse),
    ("https://[::1/", R::Illisible),
    // Names of private networks.
    ("https://localhost/", R::Nom),
    ("https://LOCALHOST:8443/", R::Nom),
    ("https://localhost./", R::Ecriture),
    ("https://api.localhost/", R::Nom),
    ("https://imprimante.local/", R::Nom),
    ("https://metadata.google.internal/", R::Nom),
    ("https://srv.localdomain/", R::Nom),
    ("https://intranet/", R::Nom),
    ("https://sirh.corp/", R::Nom),
    ("https://nas.home/", R::Nom),
    ("https://nas.home.arpa/", R::Nom),
    ("https://box.lan/", R::Nom),
    ("https://1.0.0.127.in-addr.arpa/", R::Nom),
    ("https://cache.onion/", R::Nom),
    ("https://hooks.exemple.fr./", R::Ecriture),
    ("https://.exemple.fr/", R::Ecriture),
    ("https://hooks..exemple.fr/", R::Ecriture),
    ("https://hooks.exemple.fr,127.0.0.1/", R::Illisible),
    ("https://hooks!.exemple.fr/", R::Ecriture),
    ("https://xn--0.exemple.fr/", R::Illisible),
];

#[test]
fn forbidden_spellings_are_refused() {
    assert!(INTERDITES.len() >= 60);
    let lues =
        INTERDITES.iter().map(|(t, _)| (*t, Cible::parse(t, Ouverture::Publique).map(|c| c.as_str().to_owned())));
    let fautes: Vec<_> = lues.zip(INTERDITES).filter(|((_, lu), (_, refus))| *lu != Err(*refus)).collect();
    assert!(fautes.is_empty(), "{fautes:#?}");
    let longue = format!("https://hooks.exemple.fr/{}", "a".repeat(2048));
    assert_eq!(Cible::parse(&longue, Ouverture::Publique), Err(R::TropLongue));
}

#[test]
fn public_receivers_are_taken() {
    for (texte, lu) in [
        ("https://hooks.exemple.fr", "https://hooks.exemple.fr/"),
        ("https://hooks.exemple.fr/", "https://hooks.exemple.fr/"),
        ("HTTPS://Hooks.Exemple.FR/Egestion?cle=1&x=%20", "https://hooks.exemple.fr/Egestion?cle=1&x=%20"),
        ("https://hooks.exemple.fr:443/", "https://hooks.exemple.fr/"),
        ("https://hooks.exemple.fr:8443/a/../b", "https://hooks.exemple.fr:8443/b"),
        ("https://a.b.c.d.exemple.co.uk/", "https://a.b.c.d.exemple.co.uk/"),
        ("https://sous_domaine.exemple.fr/", "https://sous_domaine.exemple.fr/"),
        ("https://xn--btiment-gwa.exemple.fr/", "https://xn--btiment-gwa.exemple.fr/"),
        ("https://local.exemple.fr/", "https://local.exemple.fr/"),
        ("https://localhost.exemple.fr/", "https://localhost.exemple.fr/"),
        ("https://127.0.0.1.nip.exemple.fr/", "https://127.0.0.1.nip.exemple.fr/"),
        ("https://8.8.8.8/", "https://8.8.8.8/"),
        ("https://[2606:4700:4700::1111]:8443/", "https://[2606:4700:4700::1111]:8443/"),
        ("https://hooks.exemple.fr/chemin@etrange:80", "https://hooks.exemple.fr/chemin@etrange:80"),
    ] {
        assert_eq!(
            Cible::parse(texte, Ouverture::Publique).map(|c| c.as_str().to_owned()),
            Ok(lu.to_owned()),
            "{texte}"
        );
    }
}

#[test]
fn development_opens_http_and_the_machine_itself_alone() {
    for texte in ["http://127.0.0.1:9000/", "http://localhost:9000/", "http://[::1]:9000/", "http://hooks.exemple.fr/"]
    {
        assert!(Cible::parse(texte, Ouverture::Developpement).is_ok(), "{texte}");
    }
    for (texte, refus) in [
        ("http://10.0.0.1/", R::Adresse),
        ("http://169.254.169.254/", R::Adresse),
        ("http://2130706433/", R::Ecriture),
        ("http://imprimante.local/", R::Nom),
        ("ftp://127.0.0.1/", R::Https),
    ] {
        assert_eq!(Cible::parse(texte, Ouverture::Developpement), Err(refus), "{texte}");
    }
}

#[test]
fn one_private_address_among_many_is_enough_to_refuse() {
    let a = |t: &str| t.parse().unwrap();
    assert!(Cible::adresses_permises(&[a("8.8.8.8"), a("2606:4700::1")], Ouverture::Publique));
    assert!(!Cible::adresses_permises(&[a("8.8.8.8"), a("10.0.0.1")], Ouverture::Publique));
    assert!(!Cible::adresses_permises(&[], Ouverture::Publique));
}
