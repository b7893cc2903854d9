/** The workbook's ZIP, looked through before anything in it is believed: entries counted, really inflated, really counted. */
import type { Readable } from 'node:stream';
import yauzl from 'yauzl';
import type { Entry, ZipFile } from 'yauzl';
import { FileRefused, limits } from './limits.ts';

export interface CheckedZip {
  readonly names: readonly string[];
  /** Real bytes of an entry. */
  readonly size: (name: string) => number;
  /** Chunks of one entry. */
  open(name: string): Promise<Readable>;
  close(): void;
}

/** Opens and checks. Errors: FileRefused with the zip-… reasons, password-protected, external-links, dangerous-xml. */
export async function openCheckedZip(bytes: Uint8Array): Promise<CheckedZip> {
  const zip = await openZip(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  try {
    if (zip.entryCount > limits.zipEntries) throw new FileRefused('zip-too-many-entries', String(zip.entryCount));
    const entries = new Map<string, Entry>();
    const sizes = new Map<string, number>();
    let total = 0;
    for (const entry of await listEntries(zip)) {
      const name = entry.fileName;
      if (name.endsWith('/')) continue;
      if (entry.isEncrypted()) throw new FileRefused('password-protected');
      if (entries.has(name.toLowerCase())) throw new FileRefused('zip-broken', 'two entries of one name');
      if (/externalLinks\//i.test(name)) throw new FileRefused('external-links');
      if (/\.(?:zip|xlsx|xlsm|docx|jar|7z|rar|gz)$/i.test(name)) throw new FileRefused('zip-nested', name);
      const size = await countReal(zip, entry, limits.inflatedBytes - total);
      total += size;
      entries.set(name.toLowerCase(), entry);
      sizes.set(name.toLowerCase(), size);
    }
    return {
      names: [...entries.keys()],
      size: (name) => sizes.get(name.toLowerCase()) ?? 0,
      open: async (name) => {
        const entry = entries.get(name.toLowerCase());
        if (!entry) throw new FileRefused('not-a-workbook', name);
        return openEntry(zip, entry);
      },
      close: () => zip.close(),
    };
  } catch (thrown) {
    zip.close();
    throw thrown instanceof FileRefused ? thrown : new FileRefused('zip-broken', messageOf(thrown));
  }
}

function openZip(buffer: Buffer): Promise<ZipFile> {
  return new Promise((resolve, reject) => {
    yauzl.fromBuffer(buffer, { lazyEntries: true, autoClose: false, validateEntrySizes: true, strictFileNames: false }, (error, zip) => {
      if (error || !zip) reject(new FileRefused('zip-broken', messageOf(error)));
      else resolve(zip);
    });
  });
}

function listEntries(zip: ZipFile): Promise<Entry[]> {
  return new Promise((resolve, reject) => {
    const entries: Entry[] = [];
    zip.on('entry', (entry: Entry) => {
      entries.push(entry);
      zip.readEntry();
    });
    zip.on('end', () => resolve(entries));
    zip.on('error', reject);
    zip.readEntry();
  });
}

function openEntry(zip: ZipFile, entry: Entry): Promise<Readable> {
  return new Promise((resolve, reject) => {
    zip.openReadStream(entry, (error, stream) => {
      if (error || !stream) reject(error ?? new FileRefused('zip-broken'));
      else resolve(stream);
    });
  });
}

/**
 * Inflates the entry once and counts. yauzl stops at a declared size that lies in either direction; our own limits stop the rest.
 * On the way the text is searched for document types and entities, which no workbook has.
 */
async function countReal(zip: ZipFile, entry: Entry, left: number): Promise<number> {
  const stream = await openEntry(zip, entry).catch((thrown: unknown) => {
    throw new FileRefused('zip-broken', messageOf(thrown));
  });
  const isXml = /\.(?:xml|rels|vml)$/i.test(entry.fileName);
  let size = 0;
  let head = '';
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      if (size === 0 && chunk.subarray(0, 4).toString('latin1') === 'PK\u0003\u0004') throw new FileRefused('zip-nested', entry.fileName);
      size += chunk.length;
      if (size > limits.entryBytes) throw new FileRefused('zip-too-large', entry.fileName);
      if (size > left) throw new FileRefused('zip-too-large');
      if (isXml && head.length < 4096) head += chunk.subarray(0, 4096).toString('latin1');
    }
  } catch (thrown) {
    stream.destroy();
    if (thrown instanceof FileRefused) throw thrown;
    const message = messageOf(thrown);
    throw new FileRefused(/bytes in the stream|uncompressed size/i.test(message) ? 'zip-size-lies' : 'zip-broken', message);
  }
  if (/<!(?:DOCTYPE|ENTITY)/i.test(head.replaceAll('\u0000', ''))) throw new FileRefused('dangerous-xml', entry.fileName);
  return size;
}

function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
