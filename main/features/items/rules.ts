/** Rules that name items by their titles: small tables, kept in memory and read again after a change. */
import type { Kysely, Selectable } from 'kysely';
import type { ShortNameRuleEntry } from '../../../common/contract/items.ts';
import { ruleKinds } from '../../../common/domain/items/rules.ts';
import type { ShortNameRule } from '../../../common/domain/items/rules.ts';
import type { Database } from '../../database/tables.ts';
import type { ShortNameRuleTable } from '../../database/tables/book.ts';

export type RulesRepository = ReturnType<typeof createRulesRepository>;

/** The only SQL of short-name rules. */
export function createRulesRepository(db: Kysely<Database>) {
  return {
    async list(): Promise<ShortNameRuleEntry[]> {
      return (await db.selectFrom('short_name_rules').selectAll().orderBy('position').orderBy('id').execute()).map(fromRow);
    },
    async put(rule: ShortNameRuleEntry, now: string): Promise<void> {
      const values = { shop_id: rule.shopId, kind: rule.kind, pattern: rule.pattern, text: rule.text, enabled: rule.enabled ? 1 : 0 };
      const changed = await db.updateTable('short_name_rules').set(values).where('id', '=', rule.id).executeTakeFirst();
      if (Number(changed.numUpdatedRows) > 0) return;
      const last = await db.selectFrom('short_name_rules').select((eb) => eb.fn.max('position').as('position')).executeTakeFirst();
      await db.insertInto('short_name_rules').values({ id: rule.id, ...values, position: (last?.position ?? 0) + 1, created_at: now }).execute();
    },
    async remove(id: string): Promise<boolean> {
      const removed = await db.deleteFrom('short_name_rules').where('id', '=', id).executeTakeFirst();
      return Number(removed.numDeletedRows) > 0;
    },
    async order(ids: readonly string[]): Promise<void> {
      await db.transaction().execute(async (trx) => {
        for (const [index, id] of ids.entries()) await trx.updateTable('short_name_rules').set({ position: index + 1 }).where('id', '=', id).execute();
      });
    },
  };
}

function fromRow(row: Selectable<ShortNameRuleTable>): ShortNameRuleEntry {
  return { id: row.id, shopId: row.shop_id, kind: ruleKinds.find((kind) => kind === row.kind) ?? 'contains', pattern: row.pattern, text: row.text, enabled: row.enabled === 1 };
}

/** The rules in force for a shop: its own before those for every shop. */
export function rulesFor(rules: readonly ShortNameRuleEntry[], shopId: string): ShortNameRule[] {
  const live = rules.filter((rule) => rule.enabled && (rule.shopId === '' || rule.shopId === shopId));
  return [...live.filter((rule) => rule.shopId !== ''), ...live.filter((rule) => rule.shopId === '')];
}
