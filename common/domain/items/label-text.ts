/** The goods of a parcel as one text for the label: grouped by what the packer takes from the shelf, in the order of the shelves. */

export interface LabelLine {
  readonly title: string;
  readonly shortName: string;
  readonly sku: string;
  readonly quantity: number;
  readonly barcode: string;
  /** Shelf; compared by its numbers, so that A-2 comes before A-10. */
  readonly location: string;
}

/** The same thing in two orders of one parcel is one line with the sum; sorted by shelf, those without one last, then by name. */
export function groupLines(lines: readonly LabelLine[]): LabelLine[] {
  const groups = new Map<string, LabelLine>();
  for (const line of lines) {
    const key = JSON.stringify([line.shortName || line.title, line.sku, line.barcode, line.location]);
    const known = groups.get(key);
    groups.set(key, known === undefined ? line : { ...known, quantity: known.quantity + line.quantity });
  }
  return [...groups.values()].sort((a, b) => byShelf(a.location, b.location) || byNumbers(a.shortName || a.title, b.shortName || b.title) || byNumbers(a.sku, b.sku));
}

const collator = new Intl.Collator('zh-CN', { numeric: true });
const byNumbers = (a: string, b: string): number => collator.compare(a, b);

function byShelf(a: string, b: string): number {
  if (a === '' || b === '') return (a === '' ? 1 : 0) - (b === '' ? 1 : 0);
  return byNumbers(a, b);
}

export interface LabelTextOptions {
  readonly separator?: string;
  readonly locations?: boolean;
  readonly skus?: boolean;
  /** Most characters of the whole text. A full-width character counts like a half-width one; see `fits` for dots. */
  readonly maxLength?: number;
  /** Most different goods named. */
  readonly maxGroups?: number;
  /** Measures the text in the template's own terms; a text it refuses is shortened further. */
  readonly fits?: (text: string) => boolean;
}

export interface LabelText {
  readonly text: string;
  /** Pieces of goods not named in it. */
  readonly left: number;
}

/**
 * `棉袜 黑L ×2 · 鞋垫 · +3`: quantities of one are not written, what has no room is counted. The last group that does not fit is left out
 * whole: half a name is worse than none.
 */
export function labelText(lines: readonly LabelLine[], options: LabelTextOptions = {}): LabelText {
  const separator = options.separator ?? ' · ';
  const groups = groupLines(lines);
  const words = groups.map((line) =>
    [options.locations === true ? line.location : '', line.shortName || line.title, options.skus === false ? '' : line.sku, line.quantity === 1 ? '' : `×${line.quantity}`].filter((part) => part !== '').join(' '),
  );
  const most = Math.min(words.length, options.maxGroups ?? words.length);
  for (let count = most; count >= 0; count -= 1) {
    const left = groups.slice(count).reduce((sum, line) => sum + line.quantity, 0);
    const text = [...words.slice(0, count), ...(left > 0 ? [`+${left}`] : [])].join(separator);
    const short = options.maxLength === undefined || [...text].length <= options.maxLength;
    if ((short && options.fits?.(text) !== false) || count === 0) return { text, left };
  }
  return { text: '', left: 0 };
}
