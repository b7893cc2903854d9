/** The goods of a parcel in words: grouped by what the packer takes from the shelf, in the order of the shelves, the rest counted. */

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
export function groupLines<L extends LabelLine>(lines: readonly L[]): L[] {
  const groups = new Map<string, L>();
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

export interface GoodsTextOptions {
  readonly separator: string;
  readonly location: boolean;
  readonly sku: boolean;
  /** several: ×n only where n is not 1. */
  readonly quantity: 'always' | 'several' | 'never';
}

/**
 * `棉袜 黑L ×2，鞋垫，+3种`: at most `most` goods are named, the others counted by kind. What is not named is left out whole: half a name is
 * worse than none. The lines come grouped.
 */
export function goodsText(lines: readonly LabelLine[], options: GoodsTextOptions, most = lines.length): string {
  const words = lines.slice(0, most).map((line) => {
    const showsQuantity = options.quantity === 'always' || (options.quantity === 'several' && line.quantity !== 1);
    return [options.location ? line.location : '', line.shortName || line.title, options.sku ? line.sku : '', showsQuantity ? `×${line.quantity}` : ''].filter((part) => part !== '').join(' ');
  });
  return [...words, lines.length > most ? `+${lines.length - most}种` : ''].filter((part) => part !== '').join(options.separator);
}
