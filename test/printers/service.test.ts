/** Printers as a service, with a real database and a printer that is really asked. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createCore } from '../../main/entry/compose.ts';
import type { Core } from '../../main/entry/compose.ts';
import { defaultProfiles } from '../../main/printing/languages/profiles.ts';
import { createVirtualPrinter } from '../virtual-printer/printer.ts';
import type { VirtualPrinter } from '../virtual-printer/printer.ts';

let folder: string;
let core: Core;
let device: VirtualPrinter;
const actor = { operator: 'tester', station: { id: 'test' } };
const presetOf = (id: string) => defaultProfiles.find((preset) => preset.id === id)!.profile;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'packbench-printers-'));
  core = await createCore({ dataFolder: folder });
});
afterEach(async () => {
  await core.close();
  await device?.close();
  rmSync(folder, { recursive: true, force: true });
});

describe.each(['tspl', 'zpl', 'escpos'] as const)('%s', (language) => {
  beforeEach(async () => {
    device = await createVirtualPrinter({ language, port: 0, labelMs: 10, decode: false });
  });

  it('is asked without printing, and prints one test label', async () => {
    const { printers } = core.services;
    const address = { kind: 'tcp', host: '127.0.0.1', port: device.port } as const;
    const probe = await printers.probe({ address, language });
    expect(probe).toMatchObject({ reachable: true, duplex: true, language });
    const unknown = await printers.probe({ address });
    expect(unknown.language).toBe(language === 'zpl' ? null : language);
    expect(device.labels()).toHaveLength(0);
    // A ZPL printer that is asked in other languages finds stray bytes, and throws them away.
    if (language !== 'zpl') expect(device.log().filter((entry) => entry.kind === 'problem')).toEqual([]);

    const preset = language === 'escpos' ? { ...presetOf('escpos-80'), finish: 'cut' as const } : presetOf(`${language}-203`);
    const printer = await printers.create({ name: 'A', address, profile: preset }, actor);
    expect((await printers.printTest(printer.id)).state).toMatch(/sent|acked/);
    const [label] = await device.waitForLabels(1);
    expect(label?.complete).toBe(true);
    expect((await printers.status(printer.id)).condition).toBe('ready');
    // A test label is of no parcel: the journal knows nothing of it.
    expect(await core.database.db.selectFrom('print_attempts').selectAll().execute()).toEqual([]);
  });
});

describe('settings', () => {
  const address = { kind: 'tcp', host: '127.0.0.1', port: 1 } as const;

  it('refuses a second printer of the same name', async () => {
    const { printers } = core.services;
    await printers.create({ name: 'A', address, profile: presetOf('tspl-203') }, actor);
    await expect(printers.create({ name: 'A', address, profile: presetOf('tspl-203') }, actor)).rejects.toThrow(/CONFLICT/);
  });

  it('copies a profile without the other device’s offset and darkness', async () => {
    const { printers } = core.services;
    const from = await printers.create({ name: 'A', address, profile: { ...presetOf('zpl-300'), darkness: 20, offset: { xMicrometres: 1_000, yMicrometres: 0 } } }, actor);
    const to = await printers.create({ name: 'B', address, profile: { ...presetOf('zpl-203'), darkness: 9, offset: { xMicrometres: -300, yMicrometres: 0 } } }, actor);
    const [changed] = await printers.copyProfile({ id: from.id, toIds: [to.id] }, actor);
    expect(changed?.profile).toEqual({ ...presetOf('zpl-300'), darkness: 9, offset: { xMicrometres: -300, yMicrometres: 0 } });
  });

  it('says before any byte that a test label does not fit', async () => {
    const { printers } = core.services;
    const printer = await printers.create({ name: 'A', address, profile: { ...presetOf('tspl-203'), headDots: 384 } }, actor);
    await expect(printers.printTest(printer.id)).rejects.toThrow(/LABEL_WIDER_THAN_HEAD/);
  });

  it('reports a printer that is not there as not sent', async () => {
    const { printers } = core.services;
    const printer = await printers.create({ name: 'A', address, profile: presetOf('tspl-203') }, actor);
    const outcome = await printers.printTest(printer.id);
    expect(outcome.state).toBe('not_sent');
    expect(outcome.reason).not.toBe('');
    expect(await printers.probe({ address })).toMatchObject({ reachable: false });
  });

  it('finds or makes the printer of an address line', async () => {
    const { printers } = core.services;
    const line = { address, options: { language: 'zpl', dpi: '300', width: '100', height: '150' } };
    const made = await printers.ensure(line, actor);
    expect(made.profile).toMatchObject({ language: 'zpl', dpi: 300, media: { widthMicrometres: 100_000, heightMicrometres: 150_000 } });
    expect((await printers.ensure({ address, options: {} }, actor)).id).toBe(made.id);
    expect((await printers.ensure(line, actor)).updatedAt).toBe(made.updatedAt);
    await expect(printers.ensure({ address, options: { language: 'pcl' } }, actor)).rejects.toThrow(/LANGUAGE_UNKNOWN/);
  });
});
