/** Taking a table of short names in: rows are matched to items and SKUs, new ones are made, bad rows are told. */
import { longestShortName } from '../../../common/contract/items.ts';
import type { importProblems, ItemsImportReport } from '../../../common/contract/items.ts';
import type { Clock, Ids } from '../../ports/index.ts';
import type { NameEdit, Naming } from './naming.ts';
import { itemOf, newItem, newSku, skuOf } from './recognise.ts';
import type { SeenLine } from './recognise.ts';
import type { ItemRow, ItemsRepository, SkuRow } from './repository.ts';
import type { SheetRow } from './sheet.ts';

type Problem = (typeof importProblems)[number];

interface Deps {
  readonly repository: ItemsRepository;
  readonly naming: Naming;
  readonly clock: Clock;
  readonly ids: Ids;
}

/**
 * Imports the rows of a table. An empty name cell changes nothing; details (brand, shelf, barcode) are taken where the cell is filled. With
 * `dryRun` only the report is made.
 */
export async function importSheet({ repository, naming, clock, ids }: Deps, input: { shopId: string; rows: readonly SheetRow[]; dryRun: boolean }, operator: string): Promise<ItemsImportReport> {
  const now = clock.now();
  const lines = input.rows.map(asLine);
  const known = await repository.recognised(input.shopId, { platformIds: lines.map((line) => line.platformId), codes: lines.map((line) => line.itemCode), titles: lines.map((line) => line.title) });
  const skus = await repository.skusOf(known.map((item) => item.id));
  const names = new Map((await repository.namesOf(known.map((item) => item.id))).map((name) => [`${name.item_id}\n${name.sku_id}`, name.name]));

  const addedItems: ItemRow[] = [];
  const addedSkus: SkuRow[] = [];
  const edits = new Map<string, NameEdit>();
  const details: { item: ItemRow; sku: SkuRow | undefined; row: SheetRow }[] = [];
  const rejected: ItemsImportReport['rejected'] = [];
  let same = 0;

  input.rows.forEach((row, index) => {
    const line = lines[index];
    if (line === undefined) return;
    const refuse = (reason: Problem, text: string): void => void rejected.push({ row: row.row, reason, text: text.slice(0, 60) });
    if ([...row.shortName].length > longestShortName || [...row.skuShortName].length > longestShortName) return refuse('too-long', row.shortName.length > row.skuShortName.length ? row.shortName : row.skuShortName);
    if (line.title === '' && line.platformId === '' && line.itemCode === '') return refuse('no-such-item', row.skuCode || row.spec);
    const twins = known.filter((item) => item.title === line.title);
    if (line.platformId === '' && line.itemCode === '' && twins.length > 1) return refuse('ambiguous-title', line.title);
    let item = itemOf(line, [...known, ...addedItems], [...skus, ...addedSkus]);
    if (item === undefined) {
      if (line.title === '') return refuse('no-such-item', line.platformId || line.itemCode);
      item = newItem(line, input.shopId, ids, now);
      addedItems.push(item);
    }
    const itemId = item.id;
    const own = [...skus, ...addedSkus].filter((sku) => sku.item_id === itemId);
    let sku: SkuRow | undefined;
    if (line.skuCode !== '' || line.spec !== '') {
      sku = skuOf(line, own);
      if (sku === undefined) {
        sku = newSku(line, itemId, ids, now);
        addedSkus.push(sku);
      }
    } else if (row.skuShortName !== '') return refuse('no-such-sku', row.skuShortName);
    details.push({ item, sku, row });
    const name = (skuId: string, text: string): void => {
      if (text === '') return;
      const key = `${itemId}\n${skuId}`;
      if ((names.get(key) ?? '') === text) same += 1;
      else edits.set(key, { itemId, skuId, name: text });
    };
    name('', row.shortName);
    if (sku !== undefined) name(sku.id, row.skuShortName);
  });

  const report = { rows: input.rows.length, same, added: addedItems.length, rejected };
  if (input.dryRun) return { ...report, batchId: '', changed: edits.size };
  await repository.transaction(async (trx) => {
    await repository.insertItems(addedItems, trx);
    await repository.insertSkus(addedSkus, trx);
    for (const { item, sku, row } of details) {
      const changed = { ...(row.brand !== '' && row.brand !== item.brand && { brand: row.brand }), ...(row.location !== '' && row.location !== item.location && { location: row.location }) };
      if (Object.keys(changed).length > 0) {
        await repository.updateItem(item.id, { ...changed, updated_at: now }, trx);
        Object.assign(item, changed);
      }
      const skuChanged = sku && { ...(row.barcode !== '' && row.barcode !== sku.barcode && { barcode: row.barcode }), ...(row.skuLocation !== '' && row.skuLocation !== sku.location && { location: row.skuLocation }) };
      if (sku !== undefined && skuChanged !== undefined && Object.keys(skuChanged).length > 0) await repository.updateSku(sku.id, { ...skuChanged, updated_at: now }, trx);
    }
  });
  const { batchId, changed } = await naming.apply([...edits.values()], 'import', operator);
  return { ...report, batchId, changed };
}

function asLine(row: SheetRow): SeenLine {
  return { title: row.title, platformId: row.platformId, itemCode: row.code, spec: row.spec, skuCode: row.skuCode, barcode: row.barcode };
}
