/** Who may talk to the host: exact Host and Origin, and a token; the same checks on HTTP and on the WebSocket upgrade. */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** Sub-protocol of the WebSocket; the token travels beside it because a browser cannot set headers on an upgrade. */
export const socketProtocol = 'packbench.v1';
const tokenPrefix = 'packbench.token.';

/** A fresh token for one start of the host. */
export function newToken(): string {
  return randomBytes(24).toString('base64url');
}

export interface Access {
  /** Exact `host:port` values a request may name. */
  readonly hosts: ReadonlySet<string>;
  readonly token: string;
}

/** The names under which a loopback host of this port is reached. */
export function loopbackHosts(port: number): ReadonlySet<string> {
  return new Set([`127.0.0.1:${port}`, `localhost:${port}`]);
}

export type Refusal = 'host' | 'origin' | 'token';

/**
 * The reason to refuse a request before it is routed, or undefined. A browser always sends Origin on a WebSocket upgrade and on
 * requests of other sites; it must be ours. A caller without Origin is a program and needs the token like everyone else.
 */
export function refusalOf(request: IncomingMessage, access: Access): Refusal | undefined {
  const host = request.headers.host;
  if (host === undefined || !access.hosts.has(host.toLowerCase())) return 'host';
  const origin = request.headers.origin;
  if (origin !== undefined && !isOwnOrigin(origin, access)) return 'origin';
  return undefined;
}

function isOwnOrigin(origin: string, access: Access): boolean {
  const match = /^http:\/\/([^/]+)$/.exec(origin.toLowerCase());
  return match !== null && access.hosts.has(match[1] ?? '');
}

/** True when the request carries the token as a bearer or beside the WebSocket sub-protocol. */
export function hasToken(request: IncomingMessage, access: Access): boolean {
  const bearer = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
  const offered = (request.headers['sec-websocket-protocol'] ?? '').split(',').map((part) => part.trim());
  const beside = offered.find((part) => part.startsWith(tokenPrefix))?.slice(tokenPrefix.length);
  const given = bearer ?? beside;
  return given !== undefined && sameText(given, access.token);
}

/** Compares in a time that does not depend on where the texts differ. */
function sameText(left: string, right: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(left), digest(right));
}
