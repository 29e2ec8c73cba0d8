/** Depositing: what is refused, what fails, what is undone, replaced, chosen another way. */

import { mkdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { verifierPage } from './appui/axe';
import { aujourdhui } from './appui/dates';
import { annonces, api, ouvrirDossier, ouvrirOnglet, Piece } from './appui/dossier';
import { ecrire, octetsPdf, pdf, PNG, telecharge } from './appui/fichiers';
import { lacher, survoler, survolerPoint } from './appui/gestes';
import { DOSSIERS, PASCAL } from './appui/personnes';
import { compter, couper, DEPOTS, repondre, retenir } from './appui/reseau';
import { expect, type Page, test } from './appui/test';

test.use({ reglages: { annulation: 60 } });

const MIO = 1024 * 1024;

/** Opens the documents of the guide's dossier. */
async function autresPieces(page: Page): Promise<Piece> {
  await ouvrirDossier(page, DOSSIERS.guide.numero, 'Mes documents');
  const autres = new Piece(page, 'Autres pièces');
  await expect(autres.bouton).toBeVisible();
  return autres;
}

test.describe('refused before sending', () => {
  test('a format that is not accepted: the message names the file, the formats, and what to do', async ({ nadia }) => {
    const autres = await autresPieces(nadia);
    const avant = await autres.combien();
    const envois = compter(nadia, 'POST', DEPOTS);
    await lacher(autres.nuage, await ecrire('Notes de réunion.txt', Buffer.from('bonjour')));
    const envoi = autres.envoi('Notes de réunion.txt');
    await expect(envoi.alerte).toContainText('Notes de réunion.txt : Ce format de fichier ne peut pas être déposé ici.');
    await expect(envoi.alerte).toContainText('Formats acceptés : PDF, JPEG, PNG, TIFF, HEIC, DOCX, XLSX, ODT, ODS.');
    await expect(envoi.element.getByRole('button', { name: /^Réessayer/ })).toHaveCount(0);
    await expect(envoi.bouton('Choisir un autre fichier que Notes de réunion.txt')).toBeVisible();
    await verifierPage(nadia);
    expect(envois.nombre()).toBe(0);

    await envoi.bouton('Retirer Notes de réunion.txt').click();
    await expect(envoi.element).toHaveCount(0);
    await expect(autres.bouton).toBeFocused();
    await autres.compte(avant);
  });

  test('a format accepted elsewhere: how to convert it', async ({ nadia }) => {
    await autresPieces(nadia);
    const convention = new Piece(nadia, 'Convention de formation signée');
    await lacher(convention.nuage, await ecrire('Convention.docx', Buffer.from('PK')));
    await expect(convention.envoi('Convention.docx').alerte).toContainText('Un document Word ne peut pas être déposé ici.');
    await expect(convention.envoi('Convention.docx').alerte).toContainText('Dans Word : Fichier, Enregistrer sous, PDF.');
  });

  test('a file over the limit: both figures', async ({ nadia }) => {
    const autres = await autresPieces(nadia);
    await expect(autres.bouton).toHaveAccessibleDescription(/^PDF, .*\sou ODS, 20\sMo au plus$/);
    const envois = compter(nadia, 'POST', DEPOTS);
    const lourd = await ecrire('Plans.pdf', Buffer.alloc(31.4 * MIO));
    await lacher(autres.nuage, lourd);
    await expect(autres.envoi(lourd.nom).alerte).toContainText('31,4 Mo, la limite est de 20 Mo.');
    const juste = await ecrire('Un octet de trop.pdf', Buffer.alloc(20 * MIO + 1));
    await lacher(autres.nuage, juste);
    await expect(autres.envoi(juste.nom).alerte).toContainText('Un peu plus de 20 Mo, la limite est de 20 Mo.');
    expect(envois.nombre()).toBe(0);
  });

  test('an empty file', async ({ nadia }) => {
    const autres = await autresPieces(nadia);
    await lacher(autres.nuage, await ecrire('Vide.pdf', Buffer.alloc(0)));
    await expect(autres.envoi('Vide.pdf').alerte).toContainText('Ce fichier est vide.');
    await verifierPage(nadia);
  });
});

test.describe('refused by the server', () => {
  test('a content that is not what its name says, with the server’s words and no « Réessayer »', async ({ nadia }) => {
    const autres = await autresPieces(nadia);
    const avant = await autres.combien();
    const faux = await ecrire('Facture.pdf', Buffer.from('<html><script>alert(1)</script></html>'));
    const reponse = nadia.waitForResponse(r => DEPOTS.test(new URL(r.url()).pathname));
    await lacher(autres.nuage, faux);
    expect((await reponse).status()).toBe(415);
    const { alerte, element } = autres.envoi(faux.nom);
    await expect(alerte).toContainText('Format de fichier non accepté.');
    await expect(alerte).toContainText('Le contenu n’est d’aucun format accepté : PDF, JPEG, PNG');
    await expect(element.getByRole('button', { name: /^Réessayer/ })).toHaveCount(0);
    await autres.compte(avant);
    await verifierPage(nadia);
  });

  test('a file whose end is missing (422), without « Réessayer »', async ({ nadia }) => {
    const autres = await autresPieces(nadia);
    const coupe = await ecrire('Coupé.pdf', octetsPdf().subarray(0, 200));
    const reponse = nadia.waitForResponse(r => DEPOTS.test(new URL(r.url()).pathname));
    await lacher(autres.nuage, coupe);
    expect((await reponse).status()).toBe(422);
    await expect(autres.envoi(coupe.nom).alerte).toContainText('Fichier incomplet.');
    await expect(autres.envoi(coupe.nom).element.getByRole('button', { name: /^Réessayer/ })).toHaveCount(0);
  });

  test('one refusal does not touch its neighbours, and the gesture has a summary', async ({ nadia }) => {
    const autres = await autresPieces(nadia);
    const avant = await autres.combien();
    const [bon, faux, autre] = [
      await pdf('Avant.pdf'),
      await ecrire('Faux.png', Buffer.from('pas une image')),
      await pdf('Après.pdf'),
    ];
    await lacher(autres.nuage, bon, faux, autre);
    await expect(autres.carte(bon.nom).element).toBeVisible();
    await expect(autres.carte(autre.nom).element).toBeVisible();
    await expect(autres.envoi(faux.nom).alerte).toBeVisible();
    await autres.compte(avant + 2);
    await expect(autres.region.getByText('2 fichiers déposés, 1 refusé', { exact: true })).toBeVisible();
    await expect(annonces(nadia).getByText('2 fichiers déposés, 1 refusé.')).toHaveCount(1);
    await verifierPage(nadia);
    await autres.region.getByRole('button', { name: 'Voir le premier fichier non déposé' }).click();
    await expect(autres.envoi(faux.nom).element).toBeFocused();
    await autres.region.getByRole('button', { name: 'C’est noté' }).click();
    await expect(autres.region.getByText('2 fichiers déposés, 1 refusé', { exact: true })).toHaveCount(0);
  });
});

test.describe('the network', () => {
  test('an upload that fails before its first progress can be tried again', async ({ nadia }) => {
    // The pause before the next try is drawn at random: longer than the test, so that only the button sends again.
    await nadia.addInitScript(() => Object.assign(Math, { random: () => 1_000 }));
    const autres = await autresPieces(nadia);
    const fichier = await pdf('Premier essai.pdf');
    const coupure = await couper(nadia, DEPOTS);
    await lacher(autres.nuage, fichier);
    const envoi = autres.envoi(fichier.nom);
    await expect(envoi.element).toContainText('Connexion perdue');
    await expect(envoi.element).toContainText('L’envoi reprendra seul dès le retour du réseau.');
    await expect(envoi.bouton(`Réessayer l’envoi de ${fichier.nom}`)).toBeVisible();
    await verifierPage(nadia);

    await coupure.retablir();
    await envoi.bouton(`Réessayer l’envoi de ${fichier.nom}`).click();
    await expect(autres.carte(fichier.nom).element).toContainText(`Déposé le ${aujourdhui()}`);
    await expect(envoi.element).toHaveCount(0);
  });

  test('offline, the file waits; it leaves by itself when the network is back', async ({ nadia }) => {
    const autres = await autresPieces(nadia);
    const fichier = await pdf('Hors ligne.pdf');
    await nadia.context().setOffline(true);
    await lacher(autres.nuage, fichier);
    const envoi = autres.envoi(fichier.nom);
    await expect(envoi.element).toContainText('Connexion perdue');
    await expect(envoi.element).toContainText('En attente de réseau');
    await expect(annonces(nadia).getByText(`Connexion perdue pendant l’envoi de ${fichier.nom}. L’envoi reprendra seul.`)).toHaveCount(1);
    await verifierPage(nadia);
    await nadia.context().setOffline(false);
    await expect(autres.carte(fichier.nom).element).toBeVisible();
  });

  test('an upload cut in the middle starts again and arrives whole, once', async ({ nadia }) => {
    const autres = await autresPieces(nadia);
    const avant = await autres.combien();
    const fichier = await pdf('Coupé au milieu.pdf', 2 * MIO);
    const retenus = await retenir(nadia, DEPOTS);
    await lacher(autres.nuage, fichier);
    await expect.poll(retenus.nombre).toBe(1);
    await nadia.context().setOffline(true);
    await retenus.liberer();
    await expect(autres.envoi(fichier.nom).element).toContainText('Connexion perdue');
    await nadia.context().setOffline(false);
    await expect(autres.carte(fichier.nom).element).toBeVisible({ timeout: 20_000 });
    await autres.compte(avant + 1);
    const lu = nadia.waitForEvent('download');
    await autres.carte(fichier.nom).telecharger().click();
    expect((await telecharge(await lu)).sha256).toBe(fichier.sha256);
  });

  test('a server that fails is tried again by itself, and the failure has its reference at the end', async ({ nadia, surveillance }) => {
    surveillance.admettre(/^503 POST .*\/televersements$/);
    // The pauses between the tries are drawn at random: the shortest here.
    await nadia.addInitScript(() => Object.assign(Math, { random: () => 0 }));
    const autres = await autresPieces(nadia);
    const fichier = await pdf('Serveur en panne.pdf');
    const panne = await repondre(nadia, DEPOTS, { status: 503, code: 'service-indisponible', instance: 'urn:uuid:essai' });
    const essais = compter(nadia, 'POST', DEPOTS);
    await lacher(autres.nuage, fichier);
    const envoi = autres.envoi(fichier.nom);
    await expect(envoi.element).toContainText('Le serveur n’a pas répondu. L’envoi reprendra seul.');
    await expect(envoi.bouton(`Réessayer l’envoi de ${fichier.nom}`)).toBeVisible();
    await expect.poll(essais.nombre).toBe(4);
    await expect(envoi.alerte).toContainText('Le serveur n’a pas répondu après 4 essais.');
    await expect(envoi.alerte).toContainText('Référence de l’incident : urn:uuid:essai.');
    await verifierPage(nadia);
    await panne.retablir();
    await envoi.bouton(`Réessayer l’envoi de ${fichier.nom}`).click();
    await expect(autres.carte(fichier.nom).element).toBeVisible();
  });

  test('cancelling one file leaves the others', async ({ nadia }) => {
    const autres = await autresPieces(nadia);
    const avant = await autres.combien();
    const fichiers = [await pdf('Garde 1.pdf'), await pdf('Annule.pdf'), await pdf('Garde 2.pdf')];
    const retenus = await retenir(nadia, DEPOTS);
    await lacher(autres.nuage, ...fichiers);
    await expect.poll(retenus.nombre).toBe(3);
    await autres.envoi('Annule.pdf').bouton('Annuler l’envoi de Annule.pdf').click();
    await expect(autres.envoi('Annule.pdf').element).toHaveCount(0);
    await expect(autres.envoi('Garde 1.pdf').element).toBeVisible();
    await expect(autres.envoi('Garde 2.pdf').element).toBeVisible();
    await retenus.liberer();
    await expect(autres.carte('Garde 1.pdf').element).toBeVisible();
    await expect(autres.carte('Garde 2.pdf').element).toBeVisible();
    await expect(annonces(nadia).getByText('Envoi de Annule.pdf annulé.')).toHaveCount(1);
    await nadia.reload();
    await autres.compte(avant + 2);
    await expect(autres.carte('Annule.pdf').element).toHaveCount(0);
  });

  test('an upload goes on while another page is shown, and leaving the site asks first', async ({ nadia }) => {
    const autres = await autresPieces(nadia);
    const fichier = await pdf('En chemin.pdf');
    const retenus = await retenir(nadia, DEPOTS);
    await lacher(autres.nuage, fichier);
    await expect.poll(retenus.nombre).toBe(1);
    await ouvrirOnglet(nadia, 'Message(s)');

    const question = nadia.waitForEvent('dialog');
    const depart = nadia.close({ runBeforeUnload: true });
    const dialogue = await question;
    expect(dialogue.type()).toBe('beforeunload');
    await dialogue.dismiss();
    await depart;

    await retenus.liberer();
    await ouvrirOnglet(nadia, 'Mes documents');
    await expect(autres.carte(fichier.nom).element).toBeVisible();
  });
});

test('a deposit is announced once, and the focus goes to its card when the zone had it', async ({ nadia }) => {
  const autres = await autresPieces(nadia);
  const fichier = await pdf('Annoncé.pdf');
  await autres.choisir(fichier);
  await expect(autres.carte(fichier.nom).nom).toBeFocused();
  await expect(annonces(nadia).getByText(`${fichier.nom} déposé. Vous avez 60 secondes pour annuler.`)).toHaveCount(1);
});

test('a deposit leaves the focus where it went meanwhile', async ({ nadia }) => {
  const autres = await autresPieces(nadia);
  const fichier = await pdf('Sans voler le focus.pdf');
  const retenus = await retenir(nadia, DEPOTS);
  await autres.choisir(fichier);
  await expect.poll(retenus.nombre).toBe(1);
  const recherche = nadia.getByLabel('Rechercher un dossier, une demande, un stagiaire');
  await recherche.focus();
  await retenus.liberer();
  await expect(autres.carte(fichier.nom).element).toBeVisible();
  await expect(annonces(nadia).getByText(new RegExp(`^${fichier.nom} déposé`))).toHaveCount(1);
  await expect(recherche).toBeFocused();
});

test.describe('the same bytes again', () => {
  test('are told with the name of the first; the others of the gesture go on', async ({ nadia }) => {
    const autres = await autresPieces(nadia);
    const premier = await pdf('Attestation.pdf');
    await lacher(autres.nuage, premier);
    await expect(autres.carte(premier.nom).element).toBeVisible();
    const avant = await autres.combien();

    const [copie, autre] = [await ecrire('Attestation (copie).pdf', premier.octets), await pdf('Autre attestation.pdf')];
    await lacher(autres.nuage, copie, autre);
    const envoi = autres.envoi(copie.nom);
    await expect(envoi.alerte).toContainText(`Ce fichier est identique à « Attestation.pdf », déposé le ${aujourdhui()}.`);
    await expect(envoi.element.getByRole('link', { name: 'Voir l’existant' })).toHaveAttribute('href', new RegExp(await autres.carte(premier.nom).id()));
    await expect(autres.carte(autre.nom).element).toBeVisible();
    await autres.compte(avant + 1);
    await verifierPage(nadia);

    await envoi.bouton(`Déposer quand même ${copie.nom}`).click();
    await expect(autres.carte(copie.nom).element).toBeVisible();
    await autres.compte(avant + 2);
  });

  test('may be left out', async ({ nadia }) => {
    const autres = await autresPieces(nadia);
    const premier = await pdf('Original.pdf');
    await lacher(autres.nuage, premier);
    await expect(autres.carte(premier.nom).element).toBeVisible();
    const avant = await autres.combien();
    const copie = await ecrire('Doublon.pdf', premier.octets);
    await lacher(autres.nuage, copie);
    await autres.envoi(copie.nom).bouton(`Ne pas déposer ${copie.nom}`).click();
    await expect(autres.envoi(copie.nom).element).toHaveCount(0);
    await expect(autres.bouton).toBeFocused();
    await nadia.reload();
    await autres.compte(avant);
  });
});

test('undone within its window, a document is gone, and the gestionnaire never sees it', async ({ nadia, claire }) => {
  const autres = await autresPieces(nadia);
  await ouvrirDossier(claire, DOSSIERS.guide.numero, 'Documents de l’adhérent');
  const chezClaire = new Piece(claire, 'Autres pièces');
  const avant = await autres.combien();

  const fichier = await pdf('Erreur de dossier.pdf');
  await lacher(autres.nuage, fichier);
  const carte = autres.carte(fichier.nom);
  await expect(carte.element).toContainText(/Transmission à Constructys dans \d+\ss/);
  const id = await carte.id();
  await expect(autres.region.getByText(/Sera transmis dans \d+\ss\./).first()).toBeVisible();
  await verifierPage(nadia);
  expect((await api(claire, `/api/v1/documents/${id}`)).statut).toBe(404);

  await autres.annuler(fichier.nom).click();
  await expect(carte.element).toHaveCount(0);
  await expect(autres.annuler(fichier.nom)).toHaveCount(0);
  await expect(autres.bouton).toBeFocused();
  await expect(annonces(nadia).getByText(`Dépôt de ${fichier.nom} annulé. Rien n’a été transmis.`)).toHaveCount(1);
  await autres.compte(avant);
  await nadia.reload();
  await autres.compte(avant);

  // By its name: what other tests deposited may reach her meanwhile.
  await expect(chezClaire.carte(fichier.nom).element).toHaveCount(0);
  await claire.reload();
  await chezClaire.combien();
  await expect(chezClaire.carte(fichier.nom).element).toHaveCount(0);
  expect((await api(claire, `/api/v1/documents/${id}`)).statut).toBe(404);
});

test('replaced, a document has a version 2, and the former stays readable', async ({ nadia }) => {
  const autres = await autresPieces(nadia);
  const [ancien, nouveau] = [await pdf('Planning.pdf'), await pdf('Planning corrigé.pdf')];
  await lacher(autres.nuage, ancien);
  const avant = autres.carte(ancien.nom);
  await expect(avant.element).toBeVisible();
  const nombre = await autres.combien();

  const choix = nadia.waitForEvent('filechooser');
  await (await avant.action('Remplacer')).click();
  await (await choix).setFiles(nouveau.chemin);
  const carte = autres.carte(nouveau.nom);
  await expect(carte.element).toContainText('version 2');
  await expect(avant.element).toHaveCount(0);
  await autres.compte(nombre);

  await carte.element.getByRole('button', { name: `version 2 de ${nouveau.nom}` }).click();
  const versions = nadia.getByRole('dialog', { name: `Versions de ${nouveau.nom}` });
  await expect(versions.getByRole('listitem')).toHaveCount(2);
  await expect(versions.getByRole('listitem').first()).toContainText('Version 2, actuelle');
  await expect(versions.getByRole('listitem').last()).toContainText(`Version 1 Remplacée${ancien.nom}`);
  await verifierPage(nadia, 'versions');
  for (const [version, fichier] of [[1, ancien], [2, nouveau]] as const) {
    const lu = nadia.waitForEvent('download');
    await versions.getByRole('link', { name: `Télécharger la version ${version}` }).click();
    expect((await telecharge(await lu)).sha256).toBe(fichier.sha256);
  }
  await nadia.keyboard.press('Escape');
  await expect(versions).toBeHidden();
});

test('a category of one file takes the next in its place', async ({ nadia }) => {
  await ouvrirDossier(nadia, DOSSIERS.guide.numero, 'Mes documents');
  const devis = new Piece(nadia, 'Devis');
  if ((await devis.combien()) === 0) {
    await lacher(devis.nuage, await pdf('Devis.pdf'));
  }
  await devis.compte(1);
  await expect(devis.bouton).toHaveAccessibleName(/^Remplacer le fichier/);
  const nouveau = await pdf('Devis revu.pdf');
  await lacher(devis.nuage, nouveau);
  await expect(devis.carte(nouveau.nom).element).toContainText(/version\s[2-9]/);
  await devis.compte(1);
});

test.describe('outside a zone', () => {
  test('files let go of elsewhere ask for their category, awaited ones first', async ({ nadia }) => {
    const autres = await autresPieces(nadia);
    const avant = await autres.combien();
    const fichiers = [await pdf('Sans zone 1.pdf'), await pdf('Sans zone 2.pdf')];
    const titre = nadia.getByRole('heading', { level: 1 });
    const geste = await survoler(titre, { fichiers: fichiers.map(f => f.chemin) });
    await expect(nadia.getByText('Relâchez sur une zone, ou ailleurs pour choisir la catégorie')).toBeVisible();
    await geste.lacher();

    const dialogue = nadia.getByRole('dialog', { name: 'Dans quelle catégorie ?' });
    await expect(dialogue).toContainText('2 fichiers : Sans zone 1.pdf');
    await verifierPage(nadia);
    await dialogue.getByRole('button', { name: 'Autres pièces' }).click();
    await expect(dialogue).toBeHidden();
    for (const { nom } of fichiers) await expect(autres.carte(nom).element).toBeVisible();
    await autres.compte(avant + 2);
  });

  test('Escape deposits nothing', async ({ nadia }) => {
    await autresPieces(nadia);
    const envois = compter(nadia, 'POST', DEPOTS);
    const geste = await survoler(nadia.getByRole('heading', { level: 1 }), { fichiers: [(await pdf('Non.pdf')).chemin] });
    await geste.lacher();
    const dialogue = nadia.getByRole('dialog', { name: 'Dans quelle catégorie ?' });
    await expect(dialogue).toBeVisible();
    await nadia.keyboard.press('Escape');
    await expect(dialogue).toBeHidden();
    expect(envois.nombre()).toBe(0);
  });

  test('a file let go of on a page without zones does not replace the page', async ({ nadia }) => {
    await autresPieces(nadia);
    await ouvrirOnglet(nadia, 'Message(s)');
    const avant = nadia.url();
    const geste = await survolerPoint(nadia, { x: 700, y: 500 }, { fichiers: [(await pdf('Perdu.pdf')).chemin] });
    await geste.lacher();
    await expect(nadia.getByRole('heading', { level: 1 })).toBeVisible();
    expect(nadia.url()).toBe(avant);
    expect(nadia.context().pages()).toHaveLength(1);
  });

  test('dragging a text shows nothing', async ({ nadia }) => {
    const autres = await autresPieces(nadia);
    for (const cible of [nadia.getByRole('heading', { level: 1 }), autres.nuage]) {
      const geste = await survoler(cible, { texte: 'un mot choisi dans la page' });
      await expect(nadia.getByText('Relâchez sur une zone')).toHaveCount(0);
      await expect(nadia.getByText(/^Relâcher pour/)).toHaveCount(0);
      await expect(nadia.locator('.est-visee')).toHaveCount(0);
      await geste.lacher();
      await expect(nadia.getByRole('dialog')).toHaveCount(0);
    }
  });

  test('a picture pasted asks for its category and is named after the moment', async ({ nadia }) => {
    const autres = await autresPieces(nadia);
    await nadia.evaluate(async base64 => {
      const octets = Uint8Array.from(atob(base64), c => c.charCodeAt(0));
      await navigator.clipboard.write([new ClipboardItem({ 'image/png': new Blob([octets], { type: 'image/png' }) })]);
    }, PNG.toString('base64'));
    await nadia.keyboard.press('Control+V');
    const dialogue = nadia.getByRole('dialog', { name: 'Dans quelle catégorie ?' });
    const [jour, mois, annee] = aujourdhui().split('/');
    await expect(dialogue).toContainText(new RegExp(`capture-${annee}-${mois}-${jour}-\\d{4}\\.png`));
    await dialogue.getByRole('button', { name: 'Autres pièces' }).click();
    await expect(autres.liste.getByRole('link', { name: /^capture-[\d-]+\.png$/ })).toBeVisible();
  });

  test('a picture pasted in a field is the field’s business', async ({ nadia }) => {
    await autresPieces(nadia);
    await nadia.evaluate(async base64 => {
      const octets = Uint8Array.from(atob(base64), c => c.charCodeAt(0));
      await navigator.clipboard.write([new ClipboardItem({ 'image/png': new Blob([octets], { type: 'image/png' }) })]);
    }, PNG.toString('base64'));
    await nadia.getByLabel('Rechercher un dossier, une demande, un stagiaire').focus();
    await nadia.keyboard.press('Control+V');
    await expect(nadia.getByRole('dialog')).toHaveCount(0);
  });
});

test('a folder is opened, and the files that systems hide in it are left aside', async ({ nadia }) => {
  const autres = await autresPieces(nadia);
  const avant = await autres.combien();
  const { chemin } = await pdf('Scan 1.pdf');
  const dossier = join(chemin, '..', 'Scans');
  await mkdir(join(dossier, 'suite'), { recursive: true });
  await rename(chemin, join(dossier, 'Scan 1.pdf'));
  await ecrire('Scans/suite/Scan 2.pdf', octetsPdf());
  await ecrire('Scans/.DS_Store', Buffer.from('x'));
  await lacher(autres.nuage, { chemin: dossier });
  await expect(autres.carte('Scan 1.pdf').element).toBeVisible();
  await expect(autres.carte('Scan 2.pdf').element).toBeVisible();
  await expect(autres.region.getByText('1 fichier du système laissé de côté.')).toBeVisible();
  await autres.compte(avant + 2);
});

test('a name made to deceive is made safe, and the file comes back under it', async ({ nadia }) => {
  const autres = await autresPieces(nadia);
  const fichier = await pdf('été 😀 "facture"; a=b.pdf');
  await lacher(autres.nuage, fichier);
  const carte = autres.carte('été 😀 _facture_; a=b.pdf');
  await expect(carte.element).toBeVisible();
  const lu = nadia.waitForEvent('download');
  await carte.telecharger().click();
  const recu = await telecharge(await lu);
  expect(recu.nom).toBe('été 😀 _facture_; a=b.pdf');
  expect(recu.sha256).toBe(fichier.sha256);
});

test('a reader is told once why nothing can be deposited', async ({ entrer }) => {
  const page = await entrer(PASCAL);
  await ouvrirDossier(page, DOSSIERS.guide.numero, 'Mes documents');
  const autres = new Piece(page, 'Autres pièces');
  await expect(autres.region).toBeVisible();
  await expect(page.getByText('Dépôt fermé')).toHaveCount(1);
  await expect(page.getByText(/^Votre rôle permet de lire, pas de déposer\. Un contributeur de votre entreprise peut le faire\s; l’administrateur peut changer votre rôle\.$/)).toBeVisible();
  await expect(autres.nuage).toHaveCount(0);
  await expect(page.getByText('Tout document déposé est automatiquement transmis')).toHaveCount(0);
  await verifierPage(page);
  const envois = compter(page, 'POST', DEPOTS);
  await lacher(autres.region, await pdf('Interdit.pdf'));
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(autres.envoi('Interdit.pdf').element).toHaveCount(0);
  expect(envois.nombre()).toBe(0);
});

test('in a closed dossier, documents are read, and it is said once why nothing can be added', async ({ nadia }) => {
  await ouvrirDossier(nadia, DOSSIERS.clos.numero, 'Mes documents');
  const facture = new Piece(nadia, 'Facture de l’organisme');
  await expect(nadia.getByText('Dépôt fermé')).toHaveCount(1);
  await expect(nadia.getByText('Dossier clôturé. Pour y ajouter un document, écrivez à votre gestionnaire.')).toBeVisible();
  await expect(nadia.locator('.nuage')).toHaveCount(0);
  await expect(facture.liste.getByRole('link', { name: /^Télécharger / })).toBeVisible();
  await lacher(nadia.getByRole('heading', { level: 1 }), await pdf('Trop tard.pdf'));
  await expect(nadia.getByRole('dialog')).toHaveCount(0);
  await nadia.getByRole('link', { name: 'écrivez à votre gestionnaire' }).click();
  await expect(nadia).toHaveURL(/\/messages$/);
});

test('all documents of a dossier come as one ZIP', async ({ nadia }) => {
  const autres = await autresPieces(nadia);
  await lacher(autres.nuage, await pdf('Dans le ZIP.pdf'));
  await expect(autres.carte('Dans le ZIP.pdf').element).toBeVisible();
  const lu = nadia.waitForEvent('download');
  await nadia.getByRole('link', { name: 'Tout télécharger (ZIP)' }).click();
  const { nom, octets } = await telecharge(await lu);
  expect(nom).toMatch(/\.zip$/);
  expect(octets.subarray(0, 4).toString('latin1')).toBe('PK\x03\x04');
  expect(octets.toString('utf8')).toContain('Dans le ZIP.pdf');
});
