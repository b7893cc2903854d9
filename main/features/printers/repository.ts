import type { Kysely, Selectable } from 'kysely';
import { printerAddressSchema, printerProfileSchema } from '../../../common/contract/printers.ts';
import type { PrinterRow } from '../../../common/contract/printers.ts';
import type { Database } from '../../database/tables.ts';
import type { PrinterTable } from '../../database/tables/printers.ts';

export type PrintersRepository = ReturnType<typeof createPrintersRepository>;

/** The only SQL of printers. */
export function createPrintersRepository(db: Kysely<Database>) {
  return {
    /** By name; archived ones only when asked for. */
    async list(archived: boolean): Promise<PrinterRow[]> {
      let query = db.selectFrom('printers').selectAll().orderBy('name').orderBy('id');
      if (!archived) query = query.where('archived_at', 'is', null);
      return (await query.execute()).map(fromRow);
    },
    async find(id: string): Promise<PrinterRow | undefined> {
      const row = await db.selectFrom('printers').selectAll().where('id', '=', id).executeTakeFirst();
      return row && fromRow(row);
    },
    async findByName(name: string): Promise<PrinterRow | undefined> {
      const row = await db.selectFrom('printers').selectAll().where('name', '=', name).where('archived_at', 'is', null).executeTakeFirst();
      return row && fromRow(row);
    },
    async insert(printer: PrinterRow): Promise<void> {
      await db.insertInto('printers').values(toRow(printer)).execute();
    },
    /** Several at once, all or none. */
    async update(printers: readonly PrinterRow[]): Promise<void> {
      await db.transaction().execute(async (transaction) => {
        for (const printer of printers) await transaction.updateTable('printers').set(toRow(printer)).where('id', '=', printer.id).execute();
      });
    },
  };
}

function toRow(printer: PrinterRow): Selectable<PrinterTable> {
  return {
    id: printer.id,
    name: printer.name,
    address: JSON.stringify(printer.address),
    profile: JSON.stringify(printer.profile),
    calibrated_at: printer.calibratedAt,
    archived_at: printer.archivedAt,
    created_at: printer.createdAt,
    updated_at: printer.updatedAt,
  };
}

function fromRow(row: Selectable<PrinterTable>): PrinterRow {
  return {
    id: row.id,
    name: row.name,
    address: printerAddressSchema.parse(JSON.parse(row.address)),
    profile: printerProfileSchema.parse(JSON.parse(row.profile)),
    calibratedAt: row.calibrated_at,
    archivedAt: row.archived_at,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}
