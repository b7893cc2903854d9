/** A receipt as lines of text, for printers with a Chinese font in their memory. */
import type { LabelData } from '../../../../common/domain/label/data.ts';

export type SlipLine =
  | { readonly kind: 'text'; readonly text: string; readonly align?: 'left' | 'center' | 'right'; readonly bold?: boolean; readonly double?: boolean }
  | { readonly kind: 'pair'; readonly left: string; readonly right: string; readonly bold?: boolean }
  | { readonly kind: 'rule' }
  | { readonly kind: 'code128'; readonly text: string }
  | { readonly kind: 'qr'; readonly text: string };

export interface Slip {
  readonly lines: readonly SlipLine[];
}

const rule: SlipLine = { kind: 'rule' };

/** What was picked, place by place: several parcels of one walk, their items added up by shelf and short name. */
export function pickListSlip(parcels: readonly LabelData[], words: { readonly printedAt: string; readonly operator: string }): Slip {
  const sums = new Map<string, { location: string; name: string; quantity: number }>();
  for (const item of parcels.flatMap((parcel) => parcel.items)) {
    const name = [item.shortName || item.title, item.sku].filter((part) => part !== '').join(' ');
    const key = `${item.location}\n${name}`;
    const sum = sums.get(key) ?? { location: item.location, name, quantity: 0 };
    sum.quantity += item.quantity;
    sums.set(key, sum);
  }
  const rows = [...sums.values()].sort((a, b) => a.location.localeCompare(b.location, 'zh') || a.name.localeCompare(b.name, 'zh'));
  const pieces = rows.reduce((sum, row) => sum + row.quantity, 0);
  return {
    lines: [
      { kind: 'text', text: '拣货单', align: 'center', bold: true, double: true },
      { kind: 'pair', left: words.printedAt, right: words.operator },
      rule,
      ...rows.map((row): SlipLine => ({ kind: 'pair', left: row.location === '' ? row.name : `${row.location} ${row.name}`, right: `×${row.quantity}`, bold: row.quantity > 1 })),
      rule,
      { kind: 'pair', left: `${parcels.length} 个包裹 ${rows.length} 种`, right: `共 ${pieces} 件`, bold: true },
    ],
  };
}

/** What lies in one parcel. No personal data beyond what the label data holds masked; no prices. */
export function packingSlip(parcel: LabelData, words: { readonly recipient: string }): Slip {
  const [order] = parcel.orders;
  const pieces = parcel.items.reduce((sum, item) => sum + item.quantity, 0);
  return {
    lines: [
      { kind: 'text', text: order?.shop ?? '', align: 'center', bold: true, double: true },
      { kind: 'text', text: '装箱单', align: 'center' },
      { kind: 'text', text: `收件人：${words.recipient}` },
      { kind: 'text', text: `${parcel.waybill.carrier.name} ${parcel.waybill.number}` },
      rule,
      ...parcel.items.map((item): SlipLine => ({ kind: 'pair', left: [item.shortName || item.title, item.sku].filter((part) => part !== '').join(' '), right: `×${item.quantity}` })),
      rule,
      { kind: 'pair', left: `第 ${parcel.parcel.index}/${parcel.parcel.total} 件`, right: `共 ${pieces} 件`, bold: true },
      ...(parcel.waybill.number === '' ? [] : [{ kind: 'code128', text: parcel.waybill.number } satisfies SlipLine]),
    ],
  };
}
