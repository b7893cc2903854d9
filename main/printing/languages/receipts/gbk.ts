/** GBK as receipt printers know it: ASCII in one byte, everything else in exactly two. */
import iconv from 'iconv-lite';

/** The bytes of a text, or undefined when a character is not in two-byte GBK: such a line is sent as dots. Control characters are dropped. */
export function gbkBytes(text: string): Uint8Array | undefined {
  const out: number[] = [];
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (code < 0x20 || code === 0x7f) continue;
    if (code < 0x7f) {
      out.push(code);
      continue;
    }
    const bytes = iconv.encode(character, 'gbk');
    const [lead = 0, trail = 0] = bytes;
    if (bytes.length !== 2 || lead < 0x81 || trail < 0x40 || iconv.decode(bytes, 'gbk') !== character) return undefined;
    out.push(lead, trail);
  }
  return Uint8Array.from(out);
}
