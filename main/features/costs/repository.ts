import type { Kysely } from 'kysely';
import type { z } from 'zod';
import { freightTableSchema } from '../../../common/domain/costs/freight-schema.ts';
import type { FreightTable } from '../../../common/domain/costs/freight-schema.ts';
import { bothNames } from '../../../common/domain/costs/basics.ts';
import { savedScenarioSchema } from '../../../common/domain/costs/scenario.ts';
import type { SavedScenario } from '../../../common/domain/costs/scenario.ts';
import type { Database } from '../../database/tables.ts';

export interface StoredScenario {
  readonly id: string;
  readonly name: string;
  readonly scenario: SavedScenario;
  readonly createdAt: string;
  readonly updatedAt: string;
}

export type CostsRepository = ReturnType<typeof createCostsRepository>;

/** The only SQL of scenarios and freight tables. */
export function createCostsRepository(db: Kysely<Database>) {
  return {
    async scenarios(): Promise<StoredScenario[]> {
      return (await db.selectFrom('cost_scenarios').selectAll().orderBy('name').execute()).map(fromScenario);
    },
    async scenario(id: string): Promise<StoredScenario | undefined> {
      const row = await db.selectFrom('cost_scenarios').selectAll().where('id', '=', id).executeTakeFirst();
      return row && fromScenario(row);
    },
    async scenarioByName(name: string): Promise<string | undefined> {
      return (await db.selectFrom('cost_scenarios').select('id').where('name', '=', name).executeTakeFirst())?.id;
    },
    async saveScenario(entry: StoredScenario): Promise<void> {
      const row = { id: entry.id, name: entry.name, document: JSON.stringify(entry.scenario), created_at: entry.createdAt, updated_at: entry.updatedAt };
      await db
        .insertInto('cost_scenarios')
        .values(row)
        .onConflict((conflict) => conflict.column('id').doUpdateSet({ name: row.name, document: row.document, updated_at: row.updated_at }))
        .execute();
    },
    async removeScenario(id: string): Promise<void> {
      await db.deleteFrom('cost_scenarios').where('id', '=', id).execute();
    },

    async freightTables(): Promise<FreightTable[]> {
      const rows = await db.selectFrom('freight_tables').selectAll().orderBy('name').execute();
      return rows.map((row) => readJson(row.document, freightTableSchema));
    },
    async freightTable(id: string): Promise<FreightTable | undefined> {
      const row = await db.selectFrom('freight_tables').selectAll().where('id', '=', id).executeTakeFirst();
      return row && readJson(row.document, freightTableSchema);
    },
    async saveFreightTable(table: FreightTable, now: string): Promise<void> {
      const row = { id: table.id, name: bothNames(table.name)['zh-CN'], carrier: table.carrier ?? '', document: JSON.stringify(table), updated_at: now };
      await db
        .insertInto('freight_tables')
        .values(row)
        .onConflict((conflict) => conflict.column('id').doUpdateSet({ name: row.name, carrier: row.carrier, document: row.document, updated_at: row.updated_at }))
        .execute();
    },
    async removeFreightTable(id: string): Promise<void> {
      await db.deleteFrom('freight_tables').where('id', '=', id).execute();
    },
  };
}

function fromScenario(row: { id: string; name: string; document: string; created_at: string; updated_at: string }): StoredScenario {
  return { id: row.id, name: row.name, scenario: readJson(row.document, savedScenarioSchema), createdAt: row.created_at, updatedAt: row.updated_at };
}

function readJson<T extends z.ZodType>(text: string, schema: T): z.infer<T> {
  return schema.parse(JSON.parse(text));
}
