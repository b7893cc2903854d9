import { beforeEach, afterEach, expect, it } from 'vitest';
import type { PrinterRow } from '../../../common/contract/printers.ts';
import type { OpenDatabase } from '../../database/open.ts';
import { forEachDialect } from '../../database/testing.ts';
import { defaultProfiles } from '../../printing/languages/profiles.ts';
import { createPrintersRepository } from './repository.ts';

const [preset] = defaultProfiles;
const printer: PrinterRow = {
  id: 'prn_1',
  name: '前台 TSC',
  address: { kind: 'tcp', host: '192.168.1.87', port: 9_100 },
  profile: preset!.profile,
  calibratedAt: null,
  archivedAt: null,
  createdAt: '2026-11-22T06:00:00.000Z',
  updatedAt: '2026-11-22T06:00:00.000Z',
};

forEachDialect('printers', (open) => {
  let opened: OpenDatabase;
  beforeEach(async () => {
    opened = await open();
  });
  afterEach(() => opened.close());

  it('gives back what was put in', async () => {
    const repository = createPrintersRepository(opened.db);
    await repository.insert(printer);
    expect(await repository.find('prn_1')).toEqual(printer);
    expect(await repository.findByName('前台 TSC')).toEqual(printer);
  });

  it('keeps names of printers in use apart, and lets a retired name be used again', async () => {
    const repository = createPrintersRepository(opened.db);
    await repository.insert(printer);
    await expect(repository.insert({ ...printer, id: 'prn_2' })).rejects.toThrow();
    await repository.update([{ ...printer, archivedAt: '2026-11-22T07:00:00.000Z' }]);
    await repository.insert({ ...printer, id: 'prn_2' });
    expect((await repository.list(false)).map(({ id }) => id)).toEqual(['prn_2']);
    expect((await repository.list(true)).map(({ id }) => id)).toEqual(['prn_1', 'prn_2']);
  });

  it('changes several printers together or none', async () => {
    const repository = createPrintersRepository(opened.db);
    await repository.insert(printer);
    await repository.insert({ ...printer, id: 'prn_2', name: 'B' });
    await expect(repository.update([{ ...printer, name: 'C' }, { ...printer, id: 'prn_2', name: 'C' }])).rejects.toThrow();
    expect((await repository.list(false)).map(({ name }) => name).sort()).toEqual(['B', '前台 TSC']);
  });
});
