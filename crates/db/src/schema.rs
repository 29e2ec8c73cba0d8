//! The tables, as the migrations make them on both engines.

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::{Code, Horodatage, Jour, Uid};

    utilisateurs (id) {
        id -> Uid,
        email -> Text,
        prenom -> Text,
        nom -> Text,
        fonction -> Text,
        telephone -> Text,
        cote -> Code,
        mot_de_passe -> Nullable<Text>,
        email_confirme_le -> Nullable<Horodatage>,
        suspendu_le -> Nullable<Horodatage>,
        cree_le -> Horodatage,
        nature -> Code,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::{Code, Horodatage, Jour, Uid};

    adherents (id) {
        id -> Uid,
        numero -> Text,
        raison_sociale -> Text,
        raison_cle -> Text,
        siren -> Text,
        gestionnaire_id -> Nullable<Uid>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::{Code, Horodatage, Jour, Uid};

    etablissements (id) {
        id -> Uid,
        adherent_id -> Uid,
        siret -> Text,
        nom -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::Uid;

    acces_retires (utilisateur_id, etablissement_id) {
        utilisateur_id -> Uid,
        etablissement_id -> Uid,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::{Code, Horodatage, Jour, Uid};

    rattachements (utilisateur_id, etablissement_id) {
        utilisateur_id -> Uid,
        etablissement_id -> Uid,
        adherent_id -> Uid,
        role -> Code,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::{Code, Horodatage, Jour, Uid};

    contacts (adherent_id, utilisateur_id) {
        adherent_id -> Uid,
        utilisateur_id -> Uid,
        rang -> Integer,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::{Code, Horodatage, Jour, Uid};

    sessions (id) {
        id -> Uid,
        jeton_sha256 -> Binary,
        utilisateur_id -> Uid,
        appareil -> Text,
        adresse -> Text,
        ouverte_le -> Horodatage,
        vue_le -> Horodatage,
        expire_le -> Horodatage,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::{Code, Horodatage, Jour, Uid};

    jetons (jeton_sha256) {
        jeton_sha256 -> Binary,
        utilisateur_id -> Uid,
        usage -> Code,
        expire_le -> Horodatage,
        utilise_le -> Nullable<Horodatage>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::{Code, Horodatage, Jour, Uid};

    tentatives (cle) {
        cle -> Binary,
        nombre -> Integer,
        debut_le -> Horodatage,
        bloquee_jusqu_a -> Nullable<Horodatage>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::{Code, Horodatage, Jour, Uid};

    favoris (utilisateur_id, outil) {
        utilisateur_id -> Uid,
        outil -> Code,
        rang -> Integer,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::{Code, Horodatage, Jour, Uid};

    dispositifs (code) {
        code -> Text,
        libelle -> Text,
        valide_du -> Jour,
        valide_au -> Nullable<Jour>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::{Code, Horodatage, Jour, Uid};

    types_pieces (id) {
        id -> Uid,
        dispositif -> Text,
        code -> Text,
        libelle -> Text,
        etape -> Code,
        exigence -> Code,
        formats -> Text,
        taille_max -> BigInt,
        nombre_max -> Nullable<Integer>,
        delai_jours -> Nullable<Integer>,
        aide -> Nullable<Text>,
        rang -> Integer,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::{Code, Horodatage, Jour, Uid};

    demandes (id) {
        id -> Uid,
        numero -> Text,
        etablissement_id -> Uid,
        creee_le -> Horodatage,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::{Code, Horodatage, Jour, Uid};

    dossiers (id) {
        id -> Uid,
        numero -> Text,
        demande_id -> Uid,
        demande_numero -> Text,
        adherent_id -> Uid,
        etablissement_id -> Uid,
        gestionnaire_id -> Nullable<Uid>,
        dispositif -> Text,
        intitule -> Text,
        organisme -> Text,
        date_debut -> Jour,
        date_fin -> Jour,
        etat -> Code,
        vue -> Code,
        montant_demande -> BigInt,
        montant_accorde -> Nullable<BigInt>,
        montant_regle -> BigInt,
        pieces_dues -> Integer,
        pieces_fournies -> Integer,
        echeance -> Nullable<Jour>,
        echeance_tri -> Jour,
        stagiaires -> Integer,
        cree_le -> Horodatage,
        modifie_le -> Horodatage,
        version -> Integer,
        situation -> Code,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::{Code, Horodatage, Jour, Uid};

    changements_etat (id) {
        id -> Uid,
        dossier_id -> Uid,
        etablissement_id -> Uid,
        etat -> Code,
        motif -> Nullable<Text>,
        auteur_id -> Uid,
        le -> Horodatage,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::{Code, Horodatage, Jour, Uid};

    inscriptions (id) {
        id -> Uid,
        dossier_id -> Uid,
        etablissement_id -> Uid,
        nom -> Text,
        nom_cle -> Text,
        prenom -> Text,
        prenom_cle -> Text,
        date_naissance -> Jour,
        csp -> Text,
        titre -> Text,
        role -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::{Code, Horodatage, Jour, Uid};

    reglements (id) {
        id -> Uid,
        dossier_id -> Uid,
        facture -> Text,
        beneficiaire -> Text,
        mode -> Code,
        montant_facture -> BigInt,
        montant_regle -> BigInt,
        virement -> Nullable<Text>,
        regle_le -> Nullable<Jour>,
        cree_le -> Horodatage,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::{Code, Horodatage, Jour, Uid};

    demandes_piece (id) {
        id -> Uid,
        dossier_id -> Uid,
        type_piece_id -> Uid,
        demandeur_id -> Uid,
        motif -> Text,
        avant -> Nullable<Jour>,
        le -> Horodatage,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::{Code, Horodatage, Jour, Uid};

    documents (id) {
        id -> Uid,
        dossier_id -> Uid,
        type_piece_id -> Nullable<Uid>,
        usage -> Code,
        sens -> Code,
        nom -> Text,
        format -> Code,
        taille -> BigInt,
        sha256 -> Binary,
        blob -> Text,
        statut -> Code,
        verdict -> Code,
        motif -> Nullable<Text>,
        depose_par -> Uid,
        depose_le -> Horodatage,
        transmission_prevue_le -> Horodatage,
        transmis_le -> Nullable<Horodatage>,
        lignee_id -> Uid,
        version -> Integer,
        remplace_le -> Nullable<Horodatage>,
        avant -> Nullable<Jour>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::{Code, Horodatage, Jour, Uid};

    televersements (id) {
        id -> Uid,
        dossier_id -> Uid,
        createur_id -> Uid,
        sens -> Code,
        type_piece_id -> Nullable<Uid>,
        remplace_id -> Nullable<Uid>,
        version_attendue -> Nullable<Text>,
        nom -> Text,
        doublon -> Code,
        taille -> BigInt,
        recu -> BigInt,
        statut -> Code,
        refus -> Nullable<Code>,
        document_id -> Nullable<Uid>,
        cree_le -> Horodatage,
        expire_le -> Horodatage,
        reference -> Nullable<Text>,
        metadonnees -> Nullable<Text>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::{Code, Horodatage, Jour, Uid};

    parties_televersement (televersement_id, debut) {
        televersement_id -> Uid,
        debut -> BigInt,
        taille -> BigInt,
        blob -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::{Code, Horodatage, Jour, Uid};

    messages (id) {
        id -> Uid,
        dossier_id -> Uid,
        nature -> Code,
        auteur_id -> Uid,
        auteur_cote -> Code,
        corps -> Text,
        envoye_le -> Horodatage,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::{Code, Horodatage, Jour, Uid};

    pieces_jointes (message_id, document_id) {
        message_id -> Uid,
        document_id -> Uid,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::{Code, Horodatage, Jour, Uid};

    lectures (utilisateur_id, message_id) {
        utilisateur_id -> Uid,
        message_id -> Uid,
        dossier_id -> Uid,
        non_lu_depuis -> Nullable<Horodatage>,
        lu_le -> Nullable<Horodatage>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::{Code, Horodatage, Jour, Uid};

    arrivees (id) {
        id -> Uid,
        dossier_id -> Uid,
        gestionnaire_id -> Nullable<Uid>,
        nature -> Code,
        objet_id -> Uid,
        arrivee_le -> Horodatage,
        traitee_le -> Nullable<Horodatage>,
        traitee_par -> Nullable<Uid>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::{Code, Horodatage, Jour, Uid};

    journal (id) {
        id -> Uid,
        le -> Horodatage,
        acteur_id -> Nullable<Uid>,
        action -> Text,
        objet -> Text,
        objet_id -> Uid,
        dossier_id -> Nullable<Uid>,
        details -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::{Code, Horodatage, Jour, Uid};

    journal_securite (id) {
        id -> Uid,
        le -> Horodatage,
        acte -> Code,
        issue -> Code,
        utilisateur_id -> Nullable<Uid>,
        reseau -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::{Code, Horodatage, Jour, Uid};

    evenements (seq) {
        seq -> BigInt,
        le -> Horodatage,
        nature -> Code,
        audience -> Code,
        dossier_id -> Uid,
        etablissement_id -> Uid,
        gestionnaire_id -> Nullable<Uid>,
        objet_id -> Nullable<Uid>,
        a_distribuer_le -> Nullable<Horodatage>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::{Code, Horodatage, Jour, Uid};

    abonnements_webhook (id) {
        id -> Uid,
        adherent_id -> Uid,
        url -> Text,
        types -> Text,
        description -> Text,
        etat -> Code,
        motif -> Nullable<Code>,
        etat_le -> Horodatage,
        cree_par -> Uid,
        cree_le -> Horodatage,
        porteur_id -> Uid,
        secret -> Binary,
        secret_le -> Horodatage,
        secret_precedent -> Nullable<Binary>,
        precedent_jusqu_a -> Nullable<Horodatage>,
        dernier_succes_le -> Nullable<Horodatage>,
        echecs_depuis -> Nullable<Horodatage>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::{Code, Horodatage, Jour, Uid};

    abonnements_webhook_etablissements (abonnement_id, etablissement_id) {
        abonnement_id -> Uid,
        etablissement_id -> Uid,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::{Code, Horodatage, Jour, Uid};

    livraisons (id) {
        id -> Uid,
        abonnement_id -> Uid,
        evenement_seq -> Nullable<BigInt>,
        nature -> Code,
        le -> Horodatage,
        dossier_id -> Nullable<Uid>,
        etablissement_id -> Nullable<Uid>,
        objet_id -> Nullable<Uid>,
        statut -> Code,
        tentatives -> Integer,
        prochaine_le -> Nullable<Horodatage>,
        cree_le -> Horodatage,
        terminee_le -> Nullable<Horodatage>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::{Code, Horodatage, Jour, Uid};

    essais (id) {
        id -> Uid,
        livraison_id -> Uid,
        le -> Horodatage,
        duree_ms -> Integer,
        statut_http -> Nullable<Integer>,
        cause -> Nullable<Code>,
        reponse -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::{Code, Horodatage, Jour, Uid};

    jobs (id) {
        id -> Uid,
        nature -> Code,
        objet_id -> Uid,
        statut -> Code,
        a_partir_de -> Horodatage,
        tentatives -> Integer,
        derniere_erreur -> Nullable<Text>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::{Code, Horodatage, Jour, Uid};

    references_externes (appelant_id, nature, objet_id) {
        appelant_id -> Uid,
        nature -> Code,
        objet_id -> Uid,
        valeur -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::{Code, Horodatage, Jour, Uid};

    cles_idempotence (appelant_id, cle_sha256) {
        appelant_id -> Uid,
        cle_sha256 -> Binary,
        empreinte -> Binary,
        statut -> Nullable<Integer>,
        location -> Nullable<Text>,
        etag -> Nullable<Text>,
        corps -> Nullable<Binary>,
        prise_le -> Horodatage,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::{Code, Horodatage, Jour, Uid};

    courriels (id) {
        id -> Uid,
        destinataire -> Text,
        sujet -> Text,
        corps -> Nullable<Text>,
        cree_le -> Horodatage,
        envoye_le -> Nullable<Horodatage>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::{Code, Horodatage, Jour, Uid};

    informations (id) {
        id -> Uid,
        titre -> Text,
        corps -> Text,
        publiee_le -> Horodatage,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::{Code, Horodatage, Jour, Uid};

    guides (id) {
        id -> Uid,
        titre -> Text,
        nom -> Text,
        format -> Code,
        taille -> BigInt,
        blob -> Text,
        rang -> Integer,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::{Code, Horodatage, Jour, Uid};

    mode_base (cle) {
        cle -> Text,
        mode -> Code,
        decalage -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::{Code, Horodatage, Jour, Uid};

    services (id) {
        id -> Uid,
        theme -> Text,
        theme_rang -> Integer,
        titre -> Text,
        corps -> Text,
        rang -> Integer,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::{Code, Horodatage, Jour, Uid};

    clients_api (id) {
        id -> Uid,
        adherent_id -> Uid,
        nom -> Text,
        logiciel -> Text,
        scopes -> Text,
        adresses -> Text,
        expire_le -> Nullable<Horodatage>,
        cree_par -> Uid,
        cree_le -> Horodatage,
        revoque_le -> Nullable<Horodatage>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::{Code, Horodatage, Jour, Uid};

    secrets_api (id) {
        id -> Uid,
        client_id -> Uid,
        sha256 -> Binary,
        prefixe -> Text,
        fin -> Text,
        cree_le -> Horodatage,
        expire_le -> Nullable<Horodatage>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::{Code, Horodatage, Jour, Uid};

    cles_client_api (id) {
        id -> Uid,
        client_id -> Uid,
        kid -> Text,
        alg -> Text,
        jwk -> Text,
        cree_le -> Horodatage,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::{Horodatage, Jour, Uid};

    adresses_api (client_id, jour, adresse) {
        client_id -> Uid,
        jour -> Jour,
        adresse -> Text,
        appels -> BigInt,
        refus -> BigInt,
        derniere_le -> Horodatage,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::{Code, Horodatage, Jour, Uid};

    usages_api (client_id, jour) {
        client_id -> Uid,
        jour -> Jour,
        appels -> BigInt,
        erreurs_client -> BigInt,
        erreurs_serveur -> BigInt,
        dernier_le -> Horodatage,
        derniere_adresse -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::{Code, Horodatage, Jour, Uid};

    cles_signature (kid) {
        kid -> Text,
        publique -> Binary,
        privee_scellee -> Binary,
        creee_le -> Horodatage,
        retiree_le -> Nullable<Horodatage>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::{Code, Horodatage, Jour, Uid};

    jti_vus (sha256) {
        sha256 -> Binary,
        expire_le -> Horodatage,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::{Code, Horodatage, Jour, Uid};

    jetons_revoques (jti) {
        jti -> Uid,
        expire_le -> Horodatage,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::{Code, Horodatage, Jour, Uid};

    invitations (id) {
        id -> Uid,
        adherent_id -> Uid,
        email -> Text,
        jeton_sha256 -> Binary,
        cree_par -> Uid,
        cree_le -> Horodatage,
        expire_le -> Horodatage,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::types::{Code, Horodatage, Jour, Uid};

    droits_invitation (invitation_id, etablissement_id) {
        invitation_id -> Uid,
        etablissement_id -> Uid,
        role -> Code,
    }
}

diesel::joinable!(dossiers -> etablissements (etablissement_id));
diesel::joinable!(dossiers -> adherents (adherent_id));
diesel::joinable!(etablissements -> adherents (adherent_id));
diesel::joinable!(rattachements -> etablissements (etablissement_id));
diesel::joinable!(droits_invitation -> invitations (invitation_id));
diesel::joinable!(droits_invitation -> etablissements (etablissement_id));
diesel::joinable!(documents -> utilisateurs (depose_par));
diesel::joinable!(documents -> dossiers (dossier_id));
diesel::joinable!(messages -> utilisateurs (auteur_id));
diesel::joinable!(messages -> dossiers (dossier_id));
diesel::joinable!(lectures -> messages (message_id));
diesel::joinable!(lectures -> utilisateurs (utilisateur_id));
diesel::joinable!(lectures -> dossiers (dossier_id));
diesel::joinable!(pieces_jointes -> documents (document_id));
diesel::joinable!(contacts -> utilisateurs (utilisateur_id));
diesel::joinable!(changements_etat -> utilisateurs (auteur_id));
diesel::joinable!(changements_etat -> dossiers (dossier_id));
diesel::joinable!(demandes_piece -> utilisateurs (demandeur_id));
diesel::joinable!(sessions -> utilisateurs (utilisateur_id));
diesel::joinable!(livraisons -> abonnements_webhook (abonnement_id));
diesel::joinable!(essais -> livraisons (livraison_id));
diesel::joinable!(televersements -> dossiers (dossier_id));
diesel::joinable!(televersements -> utilisateurs (createur_id));
diesel::joinable!(parties_televersement -> televersements (televersement_id));

diesel::allow_tables_to_appear_in_same_query!(
    utilisateurs,
    adherents,
    etablissements,
    rattachements,
    acces_retires,
    contacts,
    sessions,
    jetons,
    tentatives,
    favoris,
    dispositifs,
    types_pieces,
    demandes,
    dossiers,
    changements_etat,
    inscriptions,
    reglements,
    demandes_piece,
    documents,
    televersements,
    parties_televersement,
    messages,
    pieces_jointes,
    lectures,
    arrivees,
    journal,
    journal_securite,
    evenements,
    abonnements_webhook,
    abonnements_webhook_etablissements,
    livraisons,
    essais,
    jobs,
    references_externes,
    cles_idempotence,
    courriels,
    informations,
    guides,
    services,
    clients_api,
    invitations,
    droits_invitation,
    secrets_api,
    cles_client_api,
    usages_api,
    adresses_api,
    mode_base
);
