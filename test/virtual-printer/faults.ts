/**
 * Everything that can go wrong with a printer on the network, as words a test or a command line can say:
 * `name` or `name=value`. Several may be in force at once.
 */
export const faultCatalog = {
  // the wire
  'never-read': 'accept the connection and never read a byte',
  'reset-after': 'take this many bytes of a connection, then reset it',
  'close-after': 'take this many bytes of a connection, then close it in an orderly way',
  'half-close': 'close the printer\'s own direction as soon as a connection is accepted',
  'fin-late': 'answer the end of a connection only after this many milliseconds',
  'one-byte-reads': 'hand the bytes to the firmware one at a time',
  slow: 'take this many bytes a second (default 960)',
  'second-client-refused': 'reset every connection while one is open',
  'host-down': 'do not listen until the fault is taken away',
  'drop-after-label': 'reset the connection right after the last byte of the n-th label; the label comes out',
  'drop-before-print': 'reset the connection right after the last byte of the n-th label; the label is lost',
  'keep-half-job': 'keep a half command for the next connection, as printers without a job time-out do',
  // answers
  'answer-never': 'no answer to anything',
  'answer-late': 'answers come this many milliseconds late',
  'answer-twice': 'every answer is sent twice',
  'wrong-id': 'completion answers carry the id of another label',
  'silent-in-error': 'no answer while the printer stands in error',
  'status-truncated': 'multi-byte answers lose their end',
  'status-crlf': 'one-byte answers are followed by CR LF',
  'answer-during-payload': 'a stray status byte is sent in the middle of every job',
  // the mechanics
  'cover-open-at-row': 'the cover opens at this row of the next label',
  'paper-out-after': 'the paper ends after this many labels',
  'jam-at': 'the n-th label jams half way',
  'pause-after': 'somebody presses pause after this many labels',
  peel: 'the printer waits until each label is taken',
  'odometer-jump': 'the odometer counts this many for one label (default 2)',
  'calibration-feeds': 'this many blank labels are fed and counted after every recovery (default 1)',
  'buffer-full': 'the receive buffer holds this many labels, then nothing is read (default 1)',
  'over-heated': 'the head is too hot after this many labels',
  'recover-after': 'somebody sets the printer right this many milliseconds after a fault',
  'skips-label': 'the n-th label is taken and never comes out',
  // the firmware
  'inverted-bitmap': 'TSPL bitmaps have the inverse polarity',
  'no-z64': 'the firmware does not know Z64',
  'sticky-settings': 'an earlier job left its own settings behind',
  'no-reprint': 'the firmware never reprints by itself',
} as const;

export type FaultName = keyof typeof faultCatalog;
export interface Fault {
  readonly name: FaultName;
  readonly value: number;
}

const defaults: Partial<Record<FaultName, number>> = { slow: 960, 'odometer-jump': 2, 'calibration-feeds': 1, 'buffer-full': 1, 'fin-late': 500, 'answer-late': 300, 'recover-after': 500 };

/** `slow=960` or `peel`; throws on a word that is not in the list. */
export function parseFault(text: string): Fault {
  const [name = '', value] = text.split('=', 2);
  if (!(name in faultCatalog)) throw new Error(`unknown fault ${JSON.stringify(name)}; known: ${Object.keys(faultCatalog).join(', ')}`);
  const fault = name as FaultName;
  const number = value === undefined ? (defaults[fault] ?? 1) : Number(value);
  if (!Number.isInteger(number) || number < 0) throw new Error(`fault ${name}: ${value} is not a whole number`);
  return { name: fault, value: number };
}

/** The faults in force; tests add and take away while the printer runs. */
export interface FaultSet {
  value(name: FaultName): number | undefined;
  has(name: FaultName): boolean;
  add(fault: string): void;
  remove(name: FaultName): void;
  clear(): void;
  list(): readonly Fault[];
}

export function createFaultSet(initial: readonly string[], changed: () => void): FaultSet {
  const faults = new Map<FaultName, number>();
  for (const text of initial) faults.set(parseFault(text).name, parseFault(text).value);
  return {
    value: (name) => faults.get(name),
    has: (name) => faults.has(name),
    add(text) {
      const fault = parseFault(text);
      faults.set(fault.name, fault.value);
      changed();
    },
    remove(name) {
      faults.delete(name);
      changed();
    },
    clear() {
      faults.clear();
      changed();
    },
    list: () => [...faults].map(([name, value]) => ({ name, value })),
  };
}
