/** A growing byte buffer, kept and reused so that encoding one label after another allocates only the result. */

export interface ByteWriter {
  /** Characters U+0000–U+007F as one byte each; anything else is a fault of the caller and throws. */
  ascii(text: string): void;
  bytes(source: Uint8Array): void;
  byte(value: number): void;
  /** Rows of a region of a bitmap, each byte XORed with `flip` (0xff inverts the polarity). */
  rows(bits: Uint8Array, stride: number, firstByte: number, byteCount: number, firstRow: number, rowCount: number, flip: number): void;
  readonly length: number;
  /** Forgets what was written: the first thing every job does, because the one before may have ended in an error. */
  clear(): void;
  /** A copy of everything written so far; the writer starts again from empty. */
  take(): Uint8Array<ArrayBuffer>;
}

const encoder = new TextEncoder();

/** An empty writer. `initial` is its first capacity in bytes. */
export function createByteWriter(initial = 64 * 1024): ByteWriter {
  let buffer = new Uint8Array(initial);
  let length = 0;

  function room(count: number): void {
    if (length + count <= buffer.length) return;
    const grown = new Uint8Array(Math.max(buffer.length * 2, length + count));
    grown.set(buffer.subarray(0, length));
    buffer = grown;
  }

  return {
    ascii(text) {
      room(text.length);
      if (text.length > 256) {
        // A character beyond ASCII needs more than one byte, so that not all of them fit.
        const { read } = encoder.encodeInto(text, buffer.subarray(length, length + text.length));
        if (read !== text.length) throw new RangeError('not an ASCII character in a command');
        length += read;
        return;
      }
      for (let i = 0; i < text.length; i++) {
        const code = text.charCodeAt(i);
        if (code > 0x7f) throw new RangeError(`not an ASCII character in a command: U+${code.toString(16)}`);
        buffer[length + i] = code;
      }
      length += text.length;
    },
    bytes(source) {
      room(source.length);
      buffer.set(source, length);
      length += source.length;
    },
    byte(value) {
      room(1);
      buffer[length++] = value;
    },
    rows(bits, stride, firstByte, byteCount, firstRow, rowCount, flip) {
      room(byteCount * rowCount);
      for (let row = firstRow; row < firstRow + rowCount; row++) {
        const from = row * stride + firstByte;
        if (flip === 0 && byteCount > 24) {
          buffer.set(bits.subarray(from, from + byteCount), length);
          length += byteCount;
        } else {
          for (let at = from; at < from + byteCount; at++) buffer[length++] = bits[at]! ^ flip;
        }
      }
    },
    get length() {
      return length;
    },
    clear() {
      length = 0;
    },
    take() {
      const out = buffer.slice(0, length);
      length = 0;
      if (buffer.length > 4 * 1024 * 1024) buffer = new Uint8Array(initial);
      return out;
    },
  };
}
