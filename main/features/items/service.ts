import type { Item, ItemsImportReport, NameChange, ShortNameRuleEntry } from '../../../common/contract/items.ts';
import type { LabelDocument } from '../../../common/domain/label/document.ts';
import { groupLines } from '../../../common/domain/items/label-text.ts';
import type { LabelLine } from '../../../common/domain/items/label-text.ts';
import { nameRoom } from '../../../common/domain/items/name-room.ts';
import { applyRule, ruleProblem } from '../../../common/domain/items/rules.ts';
import type { RuleKind } from '../../../common/domain/items/rules.ts';
import { chooseShortName } from '../../../common/domain/items/short-name.ts';
import { suggestShortName } from '../../../common/domain/items/title.ts';
import type { TitleOptions } from '../../../common/domain/items/title.ts';
import { fail } from '../../../common/errors.ts';
import type { Clock, Ids } from '../../ports/index.ts';
import type { Actor, AuditService } from '../audit/service.ts';
import { createNaming } from './naming.ts';
import type { NameEdit } from './naming.ts';
import { itemOf, newItem, newSku, skuOf } from './recognise.ts';
import type { SeenLine } from './recognise.ts';
import type { ItemQuery, ItemRow, ItemsRepository, NameRow, SkuRow } from './repository.ts';
import { rulesFor } from './rules.ts';
import type { RulesRepository } from './rules.ts';
import { itemsSheet, readItemsSheet } from './sheet.ts';
import { importSheet } from './sheet-import.ts';

export interface ItemsDeps {
  readonly repository: ItemsRepository;
  readonly rules: RulesRepository;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly audit: AuditService;
  /** Templates that print, with their documents. */
  readonly templates?: () => Promise<readonly { readonly id: string; readonly name: string; readonly document: LabelDocument }[]>;
  /** Width of a text on paper at a character height in dots, and the characters no font has. Read lazily: fonts are large. */
  readonly measure?: (text: string, size: number) => { readonly width: number; readonly uncovered: readonly string[] };
}

/** A line as the printing of a label has it. */
export interface OrderedLine {
  readonly title: string;
  /** Number of the item on the platform, where known. */
  readonly platformId?: string;
  readonly itemCode: string;
  readonly sku: string;
  readonly skuCode: string;
  readonly quantity: number;
  readonly barcode: string;
}

export type ItemsService = ReturnType<typeof createItemsService>;

/** Unnamed items looked at when rules decide who is unnamed. */
const mostUnnamed = 20_000;

/** Use cases of items and short names. */
export function createItemsService({ repository, rules, clock, ids, audit, templates, measure }: ItemsDeps) {
  const naming = createNaming({ repository, clock, ids });
  // Read each time: on a shared PostgreSQL another host may have changed them, and there are few.
  const allRules = (): Promise<ShortNameRuleEntry[]> => rules.list();

  async function whole(rows: readonly ItemRow[]): Promise<Item[]> {
    const itemIds = rows.map((row) => row.id);
    const [skus, names, ruleList] = await Promise.all([repository.skusOf(itemIds), repository.namesOf(itemIds), allRules()]);
    const skusBy = Map.groupBy(skus, (sku) => sku.item_id);
    const namesBy = Map.groupBy(names, (name) => name.item_id);
    return rows.map((row) => toItem(row, skusBy.get(row.id) ?? [], namesBy.get(row.id) ?? [], ruleList));
  }

  async function get(id: string): Promise<Item> {
    const row = (await repository.byIds([id]))[0] ?? fail('NOT_FOUND', { what: 'item', id });
    const [item] = await whole([row]);
    return item ?? fail('NOT_FOUND', { what: 'item', id });
  }

  /** Ids of items nobody named and no rule names, in the order of the list. */
  async function unnamedIds(query: ItemQuery): Promise<string[]> {
    const ruleList = await allRules();
    const rows = await repository.titles({ ...query, filter: 'unnamed' }, mostUnnamed);
    return rows.filter((row) => !rulesFor(ruleList, row.shop_id).some((rule) => applyRule(rule, row.title) !== undefined)).map((row) => row.id);
  }

  /**
   * Lines of a parcel as its label shows them, in the order given: short name, SKU words, shelf and barcode. One look-up for all lines;
   * an item nobody knows gets its rule's name or its cleaned title.
   */
  async function labelLines(shopId: string, lines: readonly OrderedLine[]): Promise<LabelLine[]> {
    const [found, ruleList] = await Promise.all([repository.recognised(shopId, { platformIds: lines.map((line) => line.platformId ?? ''), codes: lines.map((line) => line.itemCode), titles: lines.map((line) => line.title) }), allRules()]);
    const itemIds = found.map((item) => item.id);
    const [skus, names] = await Promise.all([repository.skusOf(itemIds), repository.namesOf(itemIds)]);
    const active = rulesFor(ruleList, shopId);
    return lines.map((line) => {
      const item = itemOf({ platformId: line.platformId ?? '', itemCode: line.itemCode, title: line.title, skuCode: line.skuCode }, found, skus);
      const sku = item && skuOf({ skuCode: line.skuCode, spec: line.sku, barcode: line.barcode }, skus.filter((one) => one.item_id === item.id));
      const nameOf = (skuId: string): string => names.find((name) => name.item_id === item?.id && name.sku_id === skuId)?.name ?? '';
      const chosen = chooseShortName({ title: line.title, spec: line.sku, brand: item?.brand, itemName: nameOf(''), ...(sku && { skuName: nameOf(sku.id) }) }, active);
      return { title: line.title, shortName: chosen.text, sku: chosen.sku, quantity: line.quantity, barcode: line.barcode || (sku?.barcode ?? ''), location: sku?.location || (item?.location ?? '') };
    });
  }

  return {
    get,

    /** A page of items with what each is called now and what it could be called. */
    async list(input: ItemQuery & { offset: number; limit: number }): Promise<{ items: Item[]; total: number; unnamed: number }> {
      const { offset, limit, ...query } = input;
      const open = await unnamedIds({ ...query, filter: 'unnamed' });
      if (query.filter === 'unnamed') {
        const page = open.slice(offset, offset + limit);
        const rows = new Map((await repository.byIds(page)).map((row) => [row.id, row]));
        return { items: await whole(page.map((id) => rows.get(id)).filter((row) => row !== undefined)), total: open.length, unnamed: open.length };
      }
      const [rows, total] = await Promise.all([repository.list(query, offset, limit), repository.count(query)]);
      return { items: await whole(rows), total, unnamed: open.length };
    },

    async create(input: { shopId: string; title: string; code: string; platformId: string }, actor: Actor): Promise<Item> {
      const line: SeenLine = { title: input.title, platformId: input.platformId, itemCode: input.code, spec: '', skuCode: '', barcode: '' };
      const same = itemOf(line, await repository.recognised(input.shopId, { platformIds: [input.platformId], codes: [input.code], titles: [input.title] }));
      if (same !== undefined) fail('CONFLICT', { what: 'item', id: same.title, reason: 'title' });
      const row = newItem(line, input.shopId, ids, clock.now());
      await repository.insertItems([row]);
      await audit.record(actor, 'item.create', row.id);
      return get(row.id);
    },

    async update(
      input: { id: string; brand?: string | undefined; location?: string | undefined; weightGrams?: number | null | undefined; archived?: boolean | undefined; skus: readonly { id: string; barcode?: string | undefined; location?: string | undefined }[] },
      actor: Actor,
    ): Promise<Item> {
      const before = await get(input.id);
      const now = clock.now();
      const foreign = input.skus.find((sku) => !before.skus.some((own) => own.id === sku.id));
      if (foreign !== undefined) fail('NOT_FOUND', { what: 'item', id: foreign.id });
      await repository.transaction(async (trx) => {
        await repository.updateItem(
          input.id,
          {
            ...(input.brand !== undefined && { brand: input.brand }),
            ...(input.location !== undefined && { location: input.location }),
            ...(input.weightGrams !== undefined && { weight_grams: input.weightGrams }),
            ...(input.archived !== undefined && { archived_at: input.archived ? now : null }),
            updated_at: now,
          },
          trx,
        );
        for (const { id, barcode, location } of input.skus) await repository.updateSku(id, { ...(barcode !== undefined && { barcode }), ...(location !== undefined && { location }), updated_at: now }, trx);
      });
      await audit.record(actor, 'item.update', input.id, { fields: Object.keys(input).filter((key) => key !== 'id') });
      return get(input.id);
    },

    /** One step: what is the same already is not counted. NOT_FOUND when an item or SKU does not exist; then nothing is changed. */
    setNames(input: { changes: readonly NameEdit[] }, actor: Actor): Promise<{ batchId: string; changed: number }> {
      return naming.apply(input.changes, 'hand', actor.operator);
    },

    /** The suggestions of the items named, or of all unnamed ones of a shop. Items whose suggestion is too unsure are skipped. */
    async acceptSuggestions(
      input: { itemIds?: readonly string[] | undefined; shopId?: string | undefined; since?: string | undefined; minConfidence: number; maxLength: number },
      actor: Actor,
    ): Promise<{ batchId: string; changed: number; skipped: number }> {
      const wanted = input.itemIds ?? (await unnamedIds({ shopId: input.shopId, search: '', filter: 'unnamed', since: input.since }));
      const rows = await repository.byIds(wanted);
      const edits: NameEdit[] = [];
      for (const row of rows) {
        const { shortName, confidence } = suggestShortName(row.title, { brand: row.brand, maxLength: input.maxLength });
        if (shortName !== '' && confidence >= input.minConfidence) edits.push({ itemId: row.id, skuId: '', name: shortName });
      }
      const done = await naming.apply(edits, 'suggestion', actor.operator);
      return { ...done, skipped: wanted.length - edits.length };
    },

    suggest(input: { title: string; brand: string; maxLength: number }): Item['suggestion'] {
      return suggestionOf(input.title, input);
    },

    async history(query: { itemId?: string | undefined; shopId?: string | undefined; limit: number }): Promise<NameChange[]> {
      const rows = await repository.history(query);
      const itemIds = [...new Set(rows.map((row) => row.item_id))];
      const [items, skus] = await Promise.all([repository.byIds(itemIds), repository.skusOf(itemIds)]);
      const titles = new Map(items.map((item) => [item.id, item.title]));
      const specs = new Map(skus.map((sku) => [sku.id, sku.spec]));
      return rows.map((row) => ({
        batchId: row.batch_id,
        itemId: row.item_id,
        skuId: row.sku_id,
        title: titles.get(row.item_id) ?? '',
        spec: specs.get(row.sku_id) ?? '',
        before: row.before_name,
        after: row.after_name,
        source: row.source as NameChange['source'],
        operator: row.operator,
        at: row.at,
        undone: row.undone_by !== '',
      }));
    },

    undo: (input: { batchId?: string | undefined; shopId?: string | undefined }, actor: Actor) => naming.undo(input, actor.operator),

    async rules(query: { shopId?: string | undefined }): Promise<ShortNameRuleEntry[]> {
      const list = await allRules();
      return query.shopId === undefined ? [...list] : list.filter((rule) => rule.shopId === '' || rule.shopId === query.shopId);
    },

    /** A rule that is no pattern, or could keep the program busy, is refused with BAD_INPUT. */
    async saveRule(input: { id?: string | undefined; shopId: string; kind: RuleKind; pattern: string; text: string; enabled: boolean }, actor: Actor): Promise<ShortNameRuleEntry> {
      const problem = ruleProblem(input);
      if (problem !== undefined) fail('BAD_INPUT', { issues: [{ path: 'pattern', message: problem }] });
      if (input.id !== undefined && !(await allRules()).some((rule) => rule.id === input.id)) fail('NOT_FOUND', { what: 'rule', id: input.id });
      const rule: ShortNameRuleEntry = { ...input, id: input.id ?? ids.next('rule') };
      await rules.put(rule, clock.now());
      await audit.record(actor, 'item.rule.save', rule.id, { kind: rule.kind });
      return rule;
    },

    async removeRule(input: { id: string }, actor: Actor): Promise<void> {
      if (!(await rules.remove(input.id))) fail('NOT_FOUND', { what: 'rule', id: input.id });
      await audit.record(actor, 'item.rule.remove', input.id);
    },

    async orderRules(input: { ids: readonly string[] }, actor: Actor): Promise<ShortNameRuleEntry[]> {
      await rules.order(input.ids);
      await audit.record(actor, 'item.rule.order', '', { count: input.ids.length });
      return allRules();
    },

    async tryRule(input: { shopId: string; kind: RuleKind; pattern: string; text: string }) {
      const problem = ruleProblem(input) ?? null;
      const titles = problem === null ? await repository.titles({ shopId: input.shopId || undefined, search: '', filter: 'all' }, mostUnnamed) : [];
      const fits = titles.map(({ title }) => ({ title, name: applyRule(input, title) })).filter((one): one is { title: string; name: string } => one.name !== undefined);
      return { problem, fits: fits.length, examples: fits.slice(0, 20) };
    },

    async export(query: { shopId?: string | undefined }): Promise<{ name: string; text: string }> {
      const rows = await repository.list({ shopId: query.shopId, search: '', filter: 'all' }, 0, 100_000);
      return { name: `short-names-${clock.now().slice(0, 10)}.csv`, text: itemsSheet(await whole(rows)) };
    },

    /** A table without a usable header is refused with TABLE_UNKNOWN; bad rows are reported, the good ones go in as one step. */
    async import(input: { shopId: string; text: string; dryRun: boolean }, actor: Actor): Promise<ItemsImportReport> {
      const rows = readItemsSheet(input.text);
      if (rows === undefined) fail('TABLE_UNKNOWN', { file: '', header: input.text.slice(0, 400).split(/\r?\n/)[0]?.split(/[,\t]/) ?? [] });
      return importSheet({ repository, naming, clock, ids }, { ...input, rows }, actor.operator);
    },

    labelLines,

    /** Each order as its label shows it; one look-up for each shop. */
    async goods(orders: readonly { readonly id: string; readonly shopId: string; readonly lines: readonly OrderedLine[] }[]): Promise<{ id: string; lines: LabelLine[] }[]> {
      const named = new Map<string, LabelLine[]>();
      for (const [shopId, own] of Map.groupBy(orders, (order) => order.shopId)) {
        const all = await labelLines(shopId, own.flatMap((order) => order.lines));
        let start = 0;
        for (const { id, lines } of own) {
          named.set(id, groupLines(all.slice(start, start + lines.length)));
          start += lines.length;
        }
      }
      return orders.map(({ id }) => ({ id, lines: named.get(id) ?? [] }));
    },

    /** What goods with this code are called on labels, in whatever shop; undefined when nobody knows the code. */
    async nameOfCode(code: string): Promise<string | undefined> {
      const found = await repository.byCode([...new Set([code, code.toUpperCase(), code.toLowerCase()])]);
      if (found === undefined) return undefined;
      const { item, sku } = found;
      const [line] = await labelLines(item.shop_id, [{ title: item.title, platformId: item.platform_id, itemCode: item.code, sku: sku?.spec ?? '', skuCode: sku?.code ?? '', quantity: 1, barcode: sku?.barcode ?? '' }]);
      return line && [line.shortName || line.title, line.sku].filter((part) => part !== '').join(' ');
    },

    /** One parcel for paper: one line per thing to take, in the order of the shelves, quantities of several orders added up. */
    async labelItems(shopId: string, lines: readonly OrderedLine[]): Promise<LabelLine[]> {
      return groupLines(await labelLines(shopId, lines));
    },

    /** Grams of one piece of each line, null where nobody entered a weight. */
    async weights(shopId: string, lines: readonly Pick<OrderedLine, 'title' | 'platformId' | 'itemCode' | 'skuCode'>[]): Promise<(number | null)[]> {
      const found = await repository.recognised(shopId, { platformIds: lines.map((line) => line.platformId ?? ''), codes: lines.map((line) => line.itemCode), titles: lines.map((line) => line.title) });
      return lines.map((line) => itemOf({ platformId: line.platformId ?? '', itemCode: line.itemCode, title: line.title, skuCode: line.skuCode }, found)?.weight_grams ?? null);
    },

    /** Another text whenever `weights` may answer otherwise. */
    weightsStamp: () => repository.weightsStamp(),

    /** Remembers items and SKUs orders brought. Called by the import with what it stored; knows them again under number, code or title. */
    async learn(shopId: string, all: readonly SeenLine[], seenAt: string = clock.now()): Promise<{ items: number; skus: number }> {
      const now = clock.now();
      // An import of 10,000 orders names a few hundred different goods.
      const lines = [...new Map(all.map((line) => [JSON.stringify([line.platformId, line.itemCode, line.title, line.skuCode, line.spec]), line])).values()];
      let items = 0;
      let skuCount = 0;
      await repository.transaction(async (trx) => {
        const known = await repository.recognised(shopId, { platformIds: lines.map((line) => line.platformId), codes: lines.map((line) => line.itemCode), titles: lines.map((line) => line.title) }, trx);
        const skus = await repository.skusOf(known.map((item) => item.id), trx);
        const added: ItemRow[] = [];
        const addedSkus: SkuRow[] = [];
        const seen = new Set<string>();
        for (const line of lines) {
          if (line.title === '' && line.platformId === '' && line.itemCode === '') continue;
          let item = itemOf(line, [...known, ...added], [...skus, ...addedSkus]);
          if (item === undefined) {
            item = newItem(line, shopId, ids, now);
            added.push(item);
          } else if (!added.includes(item) && completes(line, item)) {
            const more = { platform_id: item.platform_id || line.platformId, code: item.code || line.itemCode, updated_at: now };
            await repository.updateItem(item.id, more, trx);
            Object.assign(item, more);
          }
          seen.add(item.id);
          const itemId = item.id;
          const own = [...skus, ...addedSkus].filter((one) => one.item_id === itemId);
          if ((line.skuCode !== '' || line.spec !== '') && skuOf(line, own) === undefined) addedSkus.push(newSku(line, itemId, ids, now));
        }
        await repository.insertItems(added, trx);
        await repository.insertSkus(addedSkus, trx);
        await repository.touchOrdered([...seen], seenAt, trx);
        items = added.length;
        skuCount = addedSkus.length;
      });
      return { items, skus: skuCount };
    },

    /** Room for a name on each template that prints items. */
    async rooms({ dpi }: { dpi: number }): Promise<{ templateId: string; name: string; width: number; size: number; wraps: boolean }[]> {
      const list = (await templates?.()) ?? [];
      return list.flatMap(({ id, name, document }) => {
        const room = nameRoom(document, dpi);
        return room === undefined ? [] : [{ templateId: id, name, ...room }];
      });
    },

    /** Widths on paper. Without fonts (a test, a broken installation) a full-width character counts one em. */
    widths(input: { texts: readonly string[]; size: number }): { widths: number[]; uncovered: string[] } {
      const results = input.texts.map((text) => measure?.(text, input.size) ?? { width: [...text].reduce((sum, one) => sum + ((one.codePointAt(0) ?? 0) > 0x2e7f ? input.size : input.size / 2), 0), uncovered: [] });
      return { widths: results.map((one) => Math.round(one.width)), uncovered: [...new Set(results.flatMap((one) => one.uncovered))] };
    },
  };
}

function completes(line: SeenLine, item: ItemRow): boolean {
  return (item.platform_id === '' && line.platformId !== '') || (item.code === '' && line.itemCode !== '');
}

function suggestionOf(title: string, options: TitleOptions): Item['suggestion'] {
  const { shortName, confidence, parts } = suggestShortName(title, options);
  return { shortName, confidence, parts: [...parts] };
}

function toItem(row: ItemRow, skus: readonly SkuRow[], names: readonly NameRow[], rules: readonly ShortNameRuleEntry[]): Item {
  const nameOf = (skuId: string): string => names.find((name) => name.sku_id === skuId)?.name ?? '';
  const shown = chooseShortName({ title: row.title, spec: '', brand: row.brand, itemName: nameOf('') }, rulesFor(rules, row.shop_id));
  return {
    id: row.id,
    shopId: row.shop_id,
    platformId: row.platform_id,
    code: row.code,
    title: row.title,
    brand: row.brand,
    location: row.location,
    weightGrams: row.weight_grams,
    lastOrderedAt: row.last_ordered_at,
    archivedAt: row.archived_at,
    shortName: nameOf(''),
    shown: { text: shown.text, from: shown.from },
    suggestion: suggestionOf(row.title, { brand: row.brand }),
    skus: skus.map((sku) => ({ id: sku.id, code: sku.code, spec: sku.spec, barcode: sku.barcode, location: sku.location, shortName: nameOf(sku.id) })),
  };
}
