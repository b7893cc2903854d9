import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { deviceFiles, discoverPrinters, languagesIn, readDeviceId } from './discovery.ts';

describe('discovery', () => {
  it('lists what can be looked at and names what cannot', async () => {
    const result = await discoverPrinters(
      {
        cups: () => Promise.resolve([{ address: { kind: 'cups', queue: 'front' }, name: 'front', model: 'Raw', languages: [] }]),
        serial: () => Promise.reject(new Error('no rights')),
        device: () => new Promise(() => undefined),
      },
      50,
    );
    expect(result.found.map(({ name }) => name)).toEqual(['front']);
    expect(result.problems).toEqual([
      { place: 'serial', reason: 'no rights' },
      { place: 'device', reason: 'no answer within 50 ms' },
    ]);
  });

  it('reads what a USB printer says of itself', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'packbench-usb-'));
    try {
      for (const name of ['lp0', 'lp1', 'hiddev0']) writeFileSync(join(folder, name), '');
      mkdirSync(join(folder, 'class', 'lp0', 'device'), { recursive: true });
      writeFileSync(join(folder, 'class', 'lp0', 'device', 'ieee1284_id'), 'MFG:Xprinter;CMD:TSPL,ESC/POS;MDL:XP-420B;CLS:PRINTER;');
      const found = await deviceFiles(folder, join(folder, 'class'));
      expect(found).toEqual([
        { address: { kind: 'device', path: join(folder, 'lp0') }, name: 'Xprinter XP-420B', model: 'Xprinter XP-420B', languages: ['tspl', 'escpos'] },
        { address: { kind: 'device', path: join(folder, 'lp1') }, name: 'lp1', model: '', languages: [] },
      ]);
      expect(await deviceFiles(join(folder, 'none'), folder)).toEqual([]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('takes only a language’s own name for the language', () => {
    expect(languagesIn('ZDesigner GK888t (ZPL)')).toEqual(['zpl']);
    expect(languagesIn('Gprinter GP-1324D')).toEqual([]);
    expect(readDeviceId('garbage')).toEqual({ model: '', commands: '' });
  });
});
