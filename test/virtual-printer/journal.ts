import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** One thing that left the printer, or that the printer had to say about its bytes. */
export type JournalEntry =
  | {
      readonly kind: 'label';
      readonly seq: number;
      /** false: the paper stopped in the middle of it. */
      readonly complete: boolean;
      /** Row at which an incomplete label stopped. */
      readonly rows: number;
      /** Firmware reprinted the label with this seq by itself. */
      readonly reprintOf?: number;
      readonly widthDots: number;
      readonly heightDots: number;
      /** SHA-256 of the dots, to compare labels. */
      readonly dotsSha256: string;
      /** SHA-256 and count of the bytes received since the label before, on all connections. */
      readonly bytesSha256: string;
      readonly byteCount: number;
      readonly connection: number;
      /** Codes read off the paper (empty when decoding is off), and those the printer drew itself. */
      readonly codes: readonly { readonly format: string; readonly text: string }[];
      readonly native: readonly { readonly format: string; readonly text: string }[];
      readonly texts: readonly string[];
      readonly odometer: number;
      readonly picture?: string;
      readonly at: string;
    }
  | { readonly kind: 'feed'; readonly seq: number; readonly odometer: number; readonly at: string }
  | { readonly kind: 'problem'; readonly seq: number; readonly severity: string; readonly code: string; readonly message: string; readonly at: string };

export type LabelEntry = Extract<JournalEntry, { kind: 'label' }>;

type WithoutSeq<T> = T extends unknown ? Omit<T, 'seq' | 'at'> : never;

/** What came out, appended and forced to disk entry by entry: the paper does not forget. */
export interface Journal {
  append(entry: WithoutSeq<JournalEntry>): JournalEntry;
  entries(): readonly JournalEntry[];
  savePicture(name: string, png: Uint8Array): string | undefined;
  close(): void;
}

export function createJournal(directory: string | undefined): Journal {
  const entries: JournalEntry[] = [];
  let file: number | undefined;
  if (directory !== undefined) {
    mkdirSync(directory, { recursive: true });
    const path = join(directory, 'paper.ndjson');
    if (existsSync(path)) for (const line of readFileSync(path, 'utf8').split('\n')) if (line !== '') entries.push(JSON.parse(line) as JournalEntry);
    file = openSync(path, 'a');
  }
  return {
    append(entry) {
      const full = { seq: entries.length + 1, at: new Date().toISOString(), ...entry } as JournalEntry;
      if (file !== undefined) {
        writeSync(file, `${JSON.stringify(full)}\n`);
        fsyncSync(file);
      }
      entries.push(full);
      return full;
    },
    entries: () => entries,
    savePicture(name, png) {
      if (directory === undefined) return undefined;
      writeFileSync(join(directory, name), png);
      return name;
    },
    close() {
      if (file !== undefined) closeSync(file);
      file = undefined;
    },
  };
}
