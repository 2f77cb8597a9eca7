/**
 * Tells programs of this machine from strangers, by the two headers that a browser sets and no page can change.
 *
 * A page from elsewhere has an Origin of its own; one whose name was made to lead here (DNS rebinding) has a Host of its own.
 */
import type { IncomingHttpHeaders } from 'node:http';

/** Strangers that are let in, as on a command line. */
export interface Visitors {
  /** A name, without port, under which this machine is also reached, for instance "devnet.test". */
  readonly host?: string;
  /** Of a page that may call from a browser, for instance "http://localhost:5173". */
  readonly origin?: string;
}

const OWN_NAMES = ['127.0.0.1', 'localhost', '[::1]'];
const SHOWN_CHARACTERS = 80;

/** Why the request must not be answered, in a sentence; undefined when it may. */
export function strangerIn(headers: IncomingHttpHeaders, visitors: Visitors): string | undefined {
  const { host = '', origin } = headers;
  const names = [...OWN_NAMES, ...(visitors.host === undefined ? [] : [visitors.host.toLowerCase()])];
  if (!names.includes(host.replace(/:\d+$/, '').toLowerCase()))
    return `the Host ${shown(host)} is foreign: this server answers to ${names.join(', ')} (a devnet to others with --allow-host)`;
  if (origin !== undefined && origin !== `http://${host}` && origin !== visitors.origin)
    return `the Origin ${shown(origin)} is foreign: pages from elsewhere are not served (by a devnet with --allow-origin)`;
  const site = headers['sec-fetch-site'];
  if (origin === undefined && (site === 'cross-site' || site === 'same-site'))
    return 'a page from elsewhere asks, and such pages are not served (by a devnet with --allow-origin)';
  return undefined;
}

const shown = (text: string): string =>
  JSON.stringify(text.length > SHOWN_CHARACTERS ? `${text.slice(0, SHOWN_CHARACTERS)}…` : text);

/** What lets the page of an admitted origin read the answer; nothing for any other caller. */
export function admissionHeaders({ origin }: IncomingHttpHeaders, visitors: Visitors): Record<string, string> {
  if (origin === undefined || origin !== visitors.origin) return {};
  return {
    'access-control-allow-origin': origin,
    'access-control-allow-methods': 'GET, POST',
    'access-control-allow-headers': 'content-type, authorization, x-api-key, x-apikey',
    vary: 'origin',
  };
}
