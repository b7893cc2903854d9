/**
 * A cache with a byte budget in two generations: a hit in the old one moves the value to the young one; when the young one is
 * full the old one is dropped. It never holds more than twice its budget, and costs one look-up on a hit.
 */
export interface Generations<K, V> {
  get(key: K): V | undefined;
  put(key: K, value: V, bytes: number): V;
  bytes(): number;
}

export function createGenerations<K, V>(budget: number): Generations<K, V> {
  let young = new Map<K, { readonly value: V; readonly bytes: number }>();
  let old = new Map<K, { readonly value: V; readonly bytes: number }>();
  let youngBytes = 0;
  let oldBytes = 0;
  const keep = (key: K, entry: { readonly value: V; readonly bytes: number }): V => {
    if (youngBytes + entry.bytes > budget) {
      old = young;
      oldBytes = youngBytes;
      young = new Map();
      youngBytes = 0;
    }
    young.set(key, entry);
    youngBytes += entry.bytes;
    return entry.value;
  };
  return {
    get: (key) => {
      const hit = young.get(key);
      if (hit) return hit.value;
      const earlier = old.get(key);
      return earlier && keep(key, earlier);
    },
    put: (key, value, bytes) => keep(key, { value, bytes }),
    bytes: () => youngBytes + oldBytes,
  };
}
