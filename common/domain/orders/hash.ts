/**
 * 53-bit hash of a text (cyrb53, public domain): enough to tell rows and contents apart inside one order, no use against an enemy.
 */
export function contentHash(text: string): number {
  let high = 0xdeadbeef;
  let low = 0x41c6ce57;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    high = Math.imul(high ^ code, 2_654_435_761);
    low = Math.imul(low ^ code, 1_597_334_677);
  }
  high = Math.imul(high ^ (high >>> 16), 2_246_822_507) ^ Math.imul(low ^ (low >>> 13), 3_266_489_909);
  low = Math.imul(low ^ (low >>> 16), 2_246_822_507) ^ Math.imul(high ^ (high >>> 13), 3_266_489_909);
  return 4_294_967_296 * (2_097_151 & low) + (high >>> 0);
}

const pair = 36 * 36;
/** Every two digits of base 36. */
const pairs = Array.from({ length: pair }, (_, value) => value.toString(36).padStart(2, '0'));

/**
 * `contentHash` in base 36, as kept with every order. The digits are looked up two at a time: the engine's own `toString(36)` divides
 * floating-point numbers digit by digit, which at forty thousand hashes an import costs more than the hashing.
 */
export function hashText(text: string): string {
  const hash = contentHash(text);
  const high = Math.floor(hash / 36 ** 6);
  const low = hash - high * 36 ** 6;
  const middle = Math.floor(low / pair);
  const top = Math.floor(high / pair);
  const digits = `${pairs[Math.floor(top / 36)] ?? ''}${(top % 36).toString(36)}${pairs[high % pair] ?? ''}${pairs[Math.floor(middle / pair)] ?? ''}${pairs[middle % pair] ?? ''}${pairs[low - middle * pair] ?? ''}`;
  let zeros = 0;
  while (zeros < digits.length - 1 && digits.charCodeAt(zeros) === 48) zeros += 1;
  return zeros === 0 ? digits : digits.slice(zeros);
}

/** Two independent hashes of a text, for where it stands for the text itself among very many. */
export function longHash(text: string): string {
  return `${hashText(text)}${hashText(`${text.length}${text}`)}`;
}
