/**
 * Characters of process ids. Left out are those that look like the first byte of a status (x & 0x93 = 0x12 or 0x10), so that an
 * id that is still arriving can never be read as one.
 */
const alphabet = '1357ABCDEFGHIJKLMNOQSUWY';

/** Four-character ids for `GS ( H`, each different from the 330,000 before it; the first one is random. */
export function processIds(random: () => number = Math.random): () => string {
  const size = alphabet.length ** 4;
  let next = Math.floor(random() * size);
  return () => {
    let rest = next;
    next = (next + 1) % size;
    let id = '';
    for (let at = 0; at < 4; at += 1) {
      id = alphabet.charAt(rest % alphabet.length) + id;
      rest = Math.floor(rest / alphabet.length);
    }
    return id;
  };
}
