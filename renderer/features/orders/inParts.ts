/** Orders changed at once; the list shows them before the next are begun. */
const atOnce = 500;

/** Does `work` to thousands of things, some at a time; `onProgress` hears how many are done while there are more. */
export async function inParts<T>(ids: readonly string[], work: (part: string[]) => Promise<readonly T[]>, onProgress: (done: number) => void): Promise<T[]> {
  const results: T[] = [];
  for (let start = 0; start < ids.length; start += atOnce) {
    if (ids.length > atOnce) onProgress(start);
    results.push(...(await work(ids.slice(start, start + atOnce))));
  }
  return results;
}
