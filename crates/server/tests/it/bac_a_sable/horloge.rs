use api_types::ProblemCode;
use api_types::bac_a_sable::{AvanceHorloge, AvancerHorloge, LireHorloge};
use api_types::endpoint::LireSession;
use jiff::SignedDuration;

use super::{bac, connecter, entreprise};

const JOUR: i64 = 24 * 3600;

#[tokio::test]
async fn the_clock_moves_forward_and_a_restart_finds_it_there() {
    let t = bac().await;
    let e = entreprise(&t).await;
    let administrateur = connecter(&t, &e.administrateur).await;
    let avant = administrateur.ok(&LireHorloge {}, &()).await;
    assert_eq!(avant.avance_secondes, 0);
    let apres = administrateur.ok(&AvancerHorloge {}, &AvanceHorloge { secondes: 1_800 }).await;
    assert_eq!(apres.avance_secondes, 1_800);
    assert!(apres.maintenant >= avant.maintenant + SignedDuration::from_secs(1_800));
    assert!(t.maintenant() >= apres.maintenant);
    // The session lives on within its hour, and ends with it.
    assert_eq!(administrateur.ok(&LireHorloge {}, &()).await.avance_secondes, 1_800);
    administrateur.ok(&AvancerHorloge {}, &AvanceHorloge { secondes: JOUR }).await;
    administrateur.call(&LireSession {}, &()).await.probleme(ProblemCode::NonConnecte);
    let suivante = connecter(&t, &e.administrateur).await;
    assert_eq!(suivante.ok(&LireHorloge {}, &()).await.avance_secondes, JOUR + 1_800);

    let redemarree = t.redemarrer();
    let ecart = redemarree.horloge().maintenant().duration_since(t.maintenant()).abs();
    assert!(ecart < SignedDuration::from_mins(1), "{ecart}");
}

#[tokio::test]
async fn the_clock_moves_within_bounds_and_not_in_a_simulation() {
    let t = bac().await;
    let e = entreprise(&t).await;
    let administrateur = connecter(&t, &e.administrateur).await;
    for secondes in [0, -1, 366 * JOUR + 1, i64::MAX] {
        let r = administrateur.call(&AvancerHorloge {}, &AvanceHorloge { secondes }).await;
        assert_eq!(r.pointeurs(), ["/secondes"]);
    }
    let avant = t.maintenant();
    let simulee = administrateur.nue(api_types::Method::Post, "/api/v1/bac-a-sable/horloge?simulation=true");
    let r = administrateur.envoyer(simulee.json(&AvanceHorloge { secondes: JOUR })).await;
    assert_eq!(r.lire::<api_types::bac_a_sable::HeureBac>().avance_secondes, JOUR);
    assert_eq!(administrateur.ok(&LireHorloge {}, &()).await.avance_secondes, 0);
    assert!(t.maintenant() < avant + SignedDuration::from_secs(JOUR));
    // Under a key, it moves once.
    for rejouee in [None, Some("true")] {
        let requete = administrateur.requete(&AvancerHorloge {}, &AvanceHorloge { secondes: 60 });
        let r = administrateur.envoyer(requete.header("idempotency-key", "h")).await;
        assert_eq!((r.code(), r.entete("idempotency-replayed")), (200, rejouee));
    }
    assert_eq!(administrateur.ok(&LireHorloge {}, &()).await.avance_secondes, 60);
}
