import { describe, expect, it } from 'vitest';
import { defineDocument } from '../label/document.ts';
import { nameRoom } from './name-room.ts';

const media = { width: 76_000, height: 130_000 };
const base = { format: 'packbench-label', version: 1, name: 'x', media } as const;

describe('the room a template gives to a name', () => {
  it('is the column of the item table, in dots of the resolution', () => {
    const document = defineDocument({
      ...base,
      elements: [
        {
          id: 'items', type: 'table', x: 2_000, y: 60_000, width: 72_000, height: 30_000, source: 'items', font: { size: 3_000 },
          columns: [{ content: [{ field: 'item.shortName' }], width: 0, wrap: true }, { content: [{ field: 'item.quantity' }], width: 12_000 }],
        },
      ],
    });
    expect(nameRoom(document, 203)).toEqual({ width: Math.floor((60_000 * 203) / 25_400), size: 23, wraps: true });
    expect(nameRoom(document, 300)?.width).toBe(Math.floor((60_000 * 300) / 25_400));
  });

  it('is a list of items in a paragraph inside a group', () => {
    const document = defineDocument({
      ...base,
      elements: [{ id: 'g', type: 'group', x: 0, y: 0, width: 76_000, height: 20_000, elements: [{ id: 'list', type: 'paragraph', x: 0, y: 0, width: 50_800, height: 10_000, font: { size: 2_540 }, content: [{ field: 'items' }] }] }],
    });
    expect(nameRoom(document, 200)).toEqual({ width: 400, size: 20, wraps: true });
  });

  it('is none where no item is printed', () => {
    expect(nameRoom(defineDocument({ ...base, elements: [] }), 203)).toBeUndefined();
  });
});
