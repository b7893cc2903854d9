/** Reads what strace wrote of a program and turns it into a disk whose power can be cut at any system call. */

export type Call =
  | { readonly kind: 'create'; readonly path: string }
  | { readonly kind: 'write'; readonly path: string; readonly offset: number; readonly bytes: Buffer }
  | { readonly kind: 'truncate'; readonly path: string; readonly size: number }
  | { readonly kind: 'sync'; readonly path: string }
  | { readonly kind: 'unlink'; readonly path: string }
  | { readonly kind: 'said'; readonly line: string };

/** What strace is asked to record; every string in hex, file descriptors with their paths. */
export const straceOptions = ['-f', '-y', '-xx', '-s', '400000', '-e', 'trace=openat,pwrite64,write,ftruncate,fsync,fdatasync,unlink,unlinkat'] as const;

const unhex = (text: string): Buffer => Buffer.from(text.replaceAll('\\x', ''), 'hex');

/** The calls that touch files below `folder`, and the lines on standard output, in their order. */
export function parseRecording(text: string, folder: string): Call[] {
  const calls: Call[] = [];
  const unfinished = new Map<string, string>();
  let said = '';
  for (const raw of text.split('\n')) {
    const pid = /^\[pid\s+(\d+)\] |^(\d+) +/.exec(raw);
    let line = pid ? raw.slice(pid[0].length) : raw;
    const key = pid?.[1] ?? pid?.[2] ?? '';
    if (line.endsWith('<unfinished ...>')) {
      unfinished.set(key, line.slice(0, -'<unfinished ...>'.length));
      continue;
    }
    const resumed = /^<\.\.\. \w+ resumed>/.exec(line);
    if (resumed) {
      line = `${unfinished.get(key) ?? ''}${line.slice(resumed[0].length)}`;
      unfinished.delete(key);
    }
    const result = / = (-?\d+)/.exec(line.slice(line.lastIndexOf(')')));
    if (!result || Number(result[1]) < 0) continue;
    const call = parseCall(line, folder);
    if (call === undefined) continue;
    if (call.kind !== 'said') {
      calls.push(call);
      continue;
    }
    said += call.line;
    for (let end = said.indexOf('\n'); end >= 0; end = said.indexOf('\n')) {
      calls.push({ kind: 'said', line: said.slice(0, end) });
      said = said.slice(end + 1);
    }
  }
  return calls;
}

function parseCall(line: string, folder: string): Call | undefined {
  const pwrite = /^pwrite64\(\d+<([^>]*)>, "((?:\\x[0-9a-f]{2})*)", \d+, (\d+)\)/.exec(line);
  if (pwrite) {
    const path = pathOf(pwrite[1] ?? '');
    return path.startsWith(folder) ? { kind: 'write', path, bytes: unhex(pwrite[2] ?? ''), offset: Number(pwrite[3]) } : undefined;
  }
  const said = /^write\(1(?:<[^>]*>)?, "((?:\\x[0-9a-f]{2})*)"/.exec(line);
  if (said) return { kind: 'said', line: unhex(said[1] ?? '').toString('utf8') };
  const sync = /^f(?:data)?sync\(\d+<([^>]*)>\)/.exec(line);
  if (sync) {
    const path = pathOf(sync[1] ?? '');
    return path.startsWith(folder) ? { kind: 'sync', path } : undefined;
  }
  const truncate = /^ftruncate\(\d+<([^>]*)>, (\d+)\)/.exec(line);
  if (truncate) {
    const path = pathOf(truncate[1] ?? '');
    return path.startsWith(folder) ? { kind: 'truncate', path, size: Number(truncate[2]) } : undefined;
  }
  const open = /^openat\([^,]*, "((?:\\x[0-9a-f]{2})*)", ([A-Z_|]+)/.exec(line);
  if (open?.[2]?.includes('O_CREAT')) {
    const path = unhex(open[1] ?? '').toString('utf8');
    return path.startsWith(folder) ? { kind: 'create', path } : undefined;
  }
  const unlink = /^unlink(?:at)?\((?:[^"]*, )?"((?:\\x[0-9a-f]{2})*)"/.exec(line);
  if (unlink) {
    const path = unhex(unlink[1] ?? '').toString('utf8');
    return path.startsWith(folder) ? { kind: 'unlink', path } : undefined;
  }
  return undefined;
}

function pathOf(text: string): string {
  return text.includes('\\x') ? unhex(text).toString('utf8') : text;
}

interface FileState {
  durable: Buffer;
  durableSize: number;
  /** Not synced yet, in order. */
  pending: ({ offset: number; bytes: Buffer } | { size: number })[];
  unlinked: boolean;
}

export type Variant = 'dropped' | 'kept' | 'subset' | 'torn';
export const variants: readonly Variant[] = ['dropped', 'kept', 'subset', 'torn'];

/** The files of a recording as a disk with a write cache. */
export function createDisk() {
  const files = new Map<string, FileState>();

  function file(path: string): FileState {
    let state = files.get(path);
    if (!state || state.unlinked) {
      state = { durable: Buffer.alloc(1 << 16), durableSize: 0, pending: [], unlinked: false };
      files.set(path, state);
    }
    return state;
  }

  function put(bytes: Buffer, size: number, change: { offset: number; bytes: Buffer } | { size: number }): { bytes: Buffer; size: number } {
    if ('size' in change) {
      if (change.size < size) bytes.fill(0, change.size, size);
      return { bytes: grow(bytes, change.size), size: change.size };
    }
    const end = change.offset + change.bytes.length;
    const room = grow(bytes, end);
    change.bytes.copy(room, change.offset);
    return { bytes: room, size: Math.max(size, end) };
  }

  return {
    apply(call: Call): void {
      if (call.kind === 'create') file(call.path);
      if (call.kind === 'write') file(call.path).pending.push({ offset: call.offset, bytes: call.bytes });
      if (call.kind === 'truncate') file(call.path).pending.push({ size: call.size });
      if (call.kind === 'unlink') file(call.path).unlinked = true;
      if (call.kind !== 'sync') return;
      // An unlink becomes durable with the next sync of anything.
      for (const [path, state] of files) if (state.unlinked) files.delete(path);
      const state = files.get(call.path);
      if (!state) return;
      for (const change of state.pending) {
        const after = put(state.durable, state.durableSize, change);
        state.durable = after.bytes;
        state.durableSize = after.size;
      }
      state.pending = [];
    },

    /** What the files hold when the power goes now. */
    image(variant: Variant, random: () => number): Map<string, Buffer> {
      const images = new Map<string, Buffer>();
      for (const [path, state] of files) {
        if (state.unlinked && (variant === 'kept' || random() < 0.5)) continue;
        let bytes = state.durable;
        let size = state.durableSize;
        if (variant !== 'dropped' && state.pending.length > 0) {
          bytes = Buffer.from(bytes);
          for (const change of state.pending) {
            if (variant !== 'kept' && random() < 0.5) continue;
            if (variant === 'torn' && 'bytes' in change && change.bytes.length > 512) {
              for (let at = 0; at < change.bytes.length; at += 512) {
                if (random() < 0.5) continue;
                ({ bytes, size } = put(bytes, size, { offset: change.offset + at, bytes: change.bytes.subarray(at, at + 512) }));
              }
              continue;
            }
            ({ bytes, size } = put(bytes, size, change));
          }
        }
        images.set(path, bytes.subarray(0, size));
      }
      return images;
    },
  };
}

function grow(bytes: Buffer, size: number): Buffer {
  if (size <= bytes.length) return bytes;
  const room = Buffer.alloc(Math.max(size, bytes.length * 2));
  bytes.copy(room);
  return room;
}
