/** What goes wrong in pages without showing: exceptions, refusals of the security policy, faults of the server. */

import type { BrowserContext, Page } from '@playwright/test';

export interface Surveillance {
  /** Watches the pages of a browser, present and to come. */
  suivre: (context: BrowserContext) => void;
  /** Says that a fault is meant by the test. */
  admettre: (faute: RegExp) => void;
  /** The faults seen that were not meant. */
  bilan: () => string[];
}

/** Requests that fail are told by the browser as errors; the test looks at what the page makes of them. */
const BRUIT = [/^Failed to load resource: /, /net::ERR_(INTERNET_DISCONNECTED|CONNECTION_\w+|FAILED|ABORTED)/];

export function surveiller(): Surveillance {
  const fautes: string[] = [];
  const admises = [...BRUIT];
  const suivrePage = (page: Page) => {
    page.on('pageerror', erreur => fautes.push(`exception: ${erreur.stack ?? erreur.message}`));
    page.on('console', message => {
      if (message.type() === 'error') fautes.push(message.text());
    });
    page.on('response', reponse => {
      if (reponse.status() >= 500) fautes.push(`${reponse.status()} ${reponse.request().method()} ${reponse.url()}`);
    });
  };
  return {
    suivre: context => {
      context.pages().forEach(suivrePage);
      context.on('page', suivrePage);
    },
    admettre: faute => admises.push(faute),
    bilan: () => fautes.filter(faute => !admises.some(admise => admise.test(faute))),
  };
}
