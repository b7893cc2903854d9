/** What the core asks of the host it runs in. One implementation per host in main/platform. */

export interface Clock {
  /** UTC, ISO-8601 with milliseconds. */
  now(): string;
}

export interface Ids {
  /** A new, sortable, unguessable text id with a readable prefix: `ord_01J…`. */
  next(prefix: string): string;
}

/** Structured log without personal data: callers pass ids and counts, never names, phones, addresses. */
export interface Log {
  info(event: string, facts?: Readonly<Record<string, unknown>>): void;
  warn(event: string, facts?: Readonly<Record<string, unknown>>): void;
  error(event: string, facts?: Readonly<Record<string, unknown>>): void;
}
