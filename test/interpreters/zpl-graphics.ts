import { inflateSync } from 'node:zlib';
import { paperFromRows } from './paper.ts';
import type { Paper } from './paper.ts';

export type GraphicResult = { readonly ok: true; readonly paper: Paper } | { readonly ok: false; readonly code: string; readonly reason: string };

/** CRC-16 with polynomial 0x1021, start 0, no reflection, over the base64 text. */
export function crc16(text: string): number {
  let crc = 0;
  for (let index = 0; index < text.length; index++) {
    crc ^= text.charCodeAt(index) << 8;
    for (let bit = 0; bit < 8; bit++) crc = crc & 0x8000 ? ((crc << 1) ^ 0x1021) & 0xffff : (crc << 1) & 0xffff;
  }
  return crc;
}

/**
 * The data part of `^GFA` and `~DG`: hex, hex with run lengths, `:B64:` or `:Z64:`. `total` and `perRow` are sizes of
 * the uncompressed picture, 1 = black.
 */
export function decodeGraphic(data: string, total: number, perRow: number, firmware: { readonly z64: boolean }): GraphicResult {
  if (!Number.isInteger(total) || !Number.isInteger(perRow) || perRow < 1 || total < 1) return { ok: false, code: 'bad-argument', reason: `sizes ${total}, ${perRow}` };
  const height = Math.ceil(total / perRow);
  const text = data.trim();
  if (text.startsWith(':')) {
    const match = /^:(B64|Z64):([^:]*):([0-9A-Fa-f]{4})$/.exec(text.replace(/[\r\n]/g, ''));
    if (match === null) return { ok: false, code: 'bad-graphic', reason: 'not :B64: or :Z64: with a check' };
    if (!firmware.z64) return { ok: false, code: 'no-z64', reason: 'this firmware does not know :B64: and :Z64:' };
    const [, form, base64 = '', check = ''] = match;
    if (crc16(base64) !== Number.parseInt(check, 16)) return { ok: false, code: 'bad-crc', reason: `check is ${crc16(base64).toString(16)}, label says ${check}` };
    let bytes = new Uint8Array(Buffer.from(base64, 'base64'));
    if (form === 'Z64') {
      try {
        bytes = new Uint8Array(inflateSync(bytes));
      } catch {
        return { ok: false, code: 'bad-graphic', reason: 'does not inflate' };
      }
    }
    if (bytes.length !== total) return { ok: false, code: 'bad-graphic', reason: `${bytes.length} bytes, ${total} announced` };
    return { ok: true, paper: paperFromRows(perRow * 8, height, bytes) };
  }
  return decodeHex(text, total, perRow, height);
}

/** Run lengths: `G`…`Y` = 1…19, `g`…`z` = 20, 40 … 400, added up before a digit; `,` `!` `:` fill and repeat rows. */
function decodeHex(text: string, total: number, perRow: number, height: number): GraphicResult {
  const digits = perRow * 2;
  const rows = new Uint8Array(total);
  const nibbles: number[] = [];
  let row = 0;
  let count = 0;
  const finish = (): void => {
    for (let index = 0; index < perRow && row * perRow + index < total; index++) rows[row * perRow + index] = ((nibbles[index * 2] ?? 0) << 4) | (nibbles[index * 2 + 1] ?? 0);
    nibbles.length = 0;
    row++;
  };
  for (const letter of text) {
    if (row >= height) return /^\s*$/.test(letter) ? { ok: true, paper: paperFromRows(perRow * 8, height, rows) } : { ok: false, code: 'bad-graphic', reason: 'more data than rows' };
    const code = letter.charCodeAt(0);
    if (letter === '\r' || letter === '\n') continue;
    if (letter >= 'G' && letter <= 'Y') count += code - 70;
    else if (letter >= 'g' && letter <= 'z') count += (code - 102) * 20;
    else if (letter === ',' || letter === '!') {
      while (nibbles.length < digits) nibbles.push(letter === '!' ? 15 : 0);
      finish();
    } else if (letter === ':') {
      if (row === 0 || nibbles.length > 0) return { ok: false, code: 'bad-graphic', reason: 'repeat row in the wrong place' };
      rows.copyWithin(row * perRow, (row - 1) * perRow, row * perRow);
      row++;
    } else if (/[0-9A-Fa-f]/.test(letter)) {
      const value = Number.parseInt(letter, 16);
      for (let times = Math.max(1, count); times > 0; times--) {
        nibbles.push(value);
        if (nibbles.length === digits) finish();
      }
      count = 0;
    } else return { ok: false, code: 'bad-graphic', reason: `character ${JSON.stringify(letter)} in graphic data` };
  }
  if (nibbles.length > 0 || count > 0 || row < height) return { ok: false, code: 'bad-graphic', reason: `data ends in row ${row + 1} of ${height}` };
  return { ok: true, paper: paperFromRows(perRow * 8, height, rows) };
}
