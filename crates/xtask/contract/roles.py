"""Who the document is tested as: two people of the demonstration and a program, and what each may do."""

from collections.abc import Mapping
from dataclasses import dataclass

GESTIONNAIRES_ONLY = "the gestionnaire's act: a member is answered 403"
MEMBERS_ONLY = "the member's act: the OPCO's side is answered 403"
COMPANY_ONLY = "the act of a company's administrator: the OPCO's side is answered 403"
WEBHOOKS = (
    "lister_webhooks",
    "creer_webhook",
    "lire_webhook",
    "modifier_webhook",
    "supprimer_webhook",
    "changer_secret_webhook",
    "suspendre_webhook",
    "reprendre_webhook",
    "essayer_webhook",
    "lister_livraisons",
    "lire_livraison",
    "rejouer_livraison",
    "rejouer_livraisons",
)
CLIENTS = (
    "lister_clients_api",
    "creer_client_api",
    "lire_client_api",
    "modifier_client_api",
    "revoquer_client_api",
    "renouveler_secret_api",
    "terminer_secret_api",
    "ajouter_cle_api",
    "retirer_cle_api",
)
MEMBERS = (
    "lister_membres",
    "lire_membre",
    "regler_membre",
    "lister_invitations",
    "inviter_membre",
    "retirer_invitation",
    "demander_rattachement",
)


@dataclass(frozen=True)
class Role:
    """One side of the extranet."""

    email: str
    # Somebody of the same side, whose sessions may end and whose password may change.
    spare: str
    # People who forget their password; a link to a new one serves once.
    forgetful: tuple[str, ...]
    # Operations that must never succeed for this role, and why.
    refused: Mapping[str, str]
    # Whether it is an API client of this person's company, which calls by token what scopes open and no more.
    program: bool = False


ADMINISTRATOR, SPARE = "n.lemercier@bati-rives.example", "m.vauquelin@charpentes-vauquelin.example"

ROLES: Mapping[str, Role] = {
    "adherent": Role(
        email=ADMINISTRATOR,
        spare=SPARE,
        forgetful=("a.morvan@etancheite-morvan.example", "l.hamon@carrelages-du-don.example"),
        refused={
            "deposer_document_opco": GESTIONNAIRES_ONLY,
            "demander_piece": GESTIONNAIRES_ONLY,
            "modifier_demande_piece": GESTIONNAIRES_ONLY,
            "retirer_demande_piece": GESTIONNAIRES_ONLY,
            "examiner_document": GESTIONNAIRES_ONLY,
            "traiter_dossier": GESTIONNAIRES_ONLY,
            "lire_travail": GESTIONNAIRES_ONLY,
        },
    ),
    "gestionnaire": Role(
        email="claire.aubertin@opco.example",
        spare="damien.rouault@opco.example",
        forgetful=("e.lanoe@menuiserie-lanoe.example", "s.brisset@couverture-brisset.example"),
        refused={
            "deposer_document": MEMBERS_ONLY,
            "lire_accueil": MEMBERS_ONLY,
            **dict.fromkeys(WEBHOOKS + CLIENTS + MEMBERS, COMPANY_ONLY),
        },
    ),
    "logiciel": Role(email=ADMINISTRATOR, spare=SPARE, forgetful=(), refused={}, program=True),
}

# Operations that Schemathesis is not given, and why; `contract.py` tests them by itself.
APART: Mapping[str, str] = {
    "suivre_evenements": "its answer never ends",
}
