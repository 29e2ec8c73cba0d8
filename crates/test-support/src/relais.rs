//! A service behind a switch, to see what happens when it goes down and comes back.

use std::io::{Read as _, Write as _};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

/// What connects to it reaches the service, until it is cut.
#[derive(Debug, Clone)]
pub struct Relais {
    adresse: SocketAddr,
    etat: Arc<Etat>,
}

#[derive(Debug)]
struct Etat {
    service: String,
    coupe: AtomicBool,
    /// Bytes that still pass towards the service before it is cut.
    reste: AtomicU64,
    connexions: Mutex<Vec<TcpStream>>,
}

impl Relais {
    /// A relay to `service`, as `host:port`.
    pub fn vers(service: &str) -> Self {
        let ecoute = TcpListener::bind("127.0.0.1:0").unwrap();
        let adresse = ecoute.local_addr().unwrap();
        let etat = Arc::new(Etat {
            service: service.to_owned(),
            coupe: AtomicBool::new(false),
            reste: AtomicU64::new(u64::MAX),
            connexions: Mutex::default(),
        });
        let accepter = Arc::clone(&etat);
        std::thread::spawn(move || ecoute.incoming().flatten().for_each(|client| Etat::relayer(&accepter, client)));
        Self { adresse, etat }
    }

    /// Where it listens, as `host:port`.
    pub fn adresse(&self) -> String {
        self.adresse.to_string()
    }

    /// The service goes down: connections end, and new ones end at once.
    pub fn couper(&self) {
        self.etat.couper();
    }

    /// The service goes down once `octets` more bytes went towards it.
    pub fn couper_apres(&self, octets: u64) {
        self.etat.reste.store(octets, Ordering::SeqCst);
    }

    /// Whether the service is down.
    pub fn est_coupe(&self) -> bool {
        self.etat.coupe.load(Ordering::SeqCst)
    }

    /// The service is back.
    pub fn retablir(&self) {
        self.etat.reste.store(u64::MAX, Ordering::SeqCst);
        self.etat.coupe.store(false, Ordering::SeqCst);
    }
}

impl Etat {
    fn relayer(etat: &Arc<Self>, client: TcpStream) {
        // A connection that ends at once: dropped here.
        if etat.coupe.load(Ordering::SeqCst) {
            return;
        }
        let Ok(service) = TcpStream::connect(&etat.service) else { return };
        let copie = |flux: &TcpStream| flux.try_clone().unwrap();
        etat.connexions.lock().unwrap().extend([copie(&client), copie(&service)]);
        let (montant, descendant) = ((copie(&client), copie(&service)), (service, client));
        let compteur = Arc::clone(etat);
        std::thread::spawn(move || compteur.copier(montant, true));
        let compteur = Arc::clone(etat);
        std::thread::spawn(move || compteur.copier(descendant, false));
    }

    fn copier(&self, (mut de, mut vers): (TcpStream, TcpStream), compte: bool) {
        let mut tampon = vec![0; 64 * 1024];
        while let Ok(lus @ 1..) = de.read(&mut tampon) {
            if compte && self.compter(lus as u64) {
                self.couper();
                return;
            }
            if vers.write_all(&tampon[..lus]).is_err() {
                break;
            }
        }
        let _ = vers.shutdown(Shutdown::Write);
    }

    /// Counts bytes that go towards the service; whether they are too many.
    fn compter(&self, octets: u64) -> bool {
        let compter = |reste: u64| reste.checked_sub(octets).or(Some(0)).filter(|_| reste != u64::MAX);
        self.reste.fetch_update(Ordering::SeqCst, Ordering::SeqCst, compter).is_ok_and(|avant| avant < octets)
    }

    fn couper(&self) {
        self.coupe.store(true, Ordering::SeqCst);
        for flux in self.connexions.lock().unwrap().drain(..) {
            let _ = flux.shutdown(Shutdown::Both);
        }
    }
}
