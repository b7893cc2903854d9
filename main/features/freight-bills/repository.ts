import type { Kysely } from 'kysely';
import { z } from 'zod';
import { sheetProblemSchema } from '../../../common/contract/costs.ts';
import type { Bill } from '../../../common/contract/routing.ts';
import { verdicts } from '../../../common/domain/costs/reconcile.ts';
import type { ReconciledLine, Verdict } from '../../../common/domain/costs/reconcile.ts';
import type { Database } from '../../database/tables.ts';

export type BillsRepository = ReturnType<typeof createBillsRepository>;

const countsSchema = z.record(z.enum(verdicts), z.number());
/** Rows per insert; 13 columns each stay below the parameter limit of both databases. */
const chunk = 60;

/** The only SQL of freight bills. */
export function createBillsRepository(db: Kysely<Database>) {
  return {
    async list(): Promise<Bill[]> {
      const rows = await db.selectFrom('freight_bills').selectAll().orderBy('created_at', 'desc').orderBy('id').execute();
      return rows.map((row) => ({
        id: row.id, name: row.name, carrier: row.carrier, tableId: row.table_id, from: row.period_from, to: row.period_to, file: row.file, lines: row.lines,
        chargedFen: row.charged_fen, expectedFen: row.expected_fen, claimFen: row.claim_fen,
        counts: countsSchema.parse(JSON.parse(row.counts)),
        missing: z.array(z.string()).parse(JSON.parse(row.missing)),
        problems: z.array(sheetProblemSchema).parse(JSON.parse(row.problems)),
        createdAt: row.created_at,
      }));
    },
    /** Bill and lines, or neither. */
    async insert(bill: Bill, lines: readonly ReconciledLine[]): Promise<void> {
      await db.transaction().execute(async (transaction) => {
        await transaction
          .insertInto('freight_bills')
          .values({
            id: bill.id, name: bill.name, kind: 'carrier', carrier: bill.carrier, table_id: bill.tableId, period_from: bill.from, period_to: bill.to, file: bill.file, lines: bill.lines,
            charged_fen: bill.chargedFen, expected_fen: bill.expectedFen, claim_fen: bill.claimFen, counts: JSON.stringify(bill.counts), missing: JSON.stringify(bill.missing),
            problems: JSON.stringify(bill.problems), created_at: bill.createdAt,
          })
          .execute();
        for (let at = 0; at < lines.length; at += chunk) {
          await transaction
            .insertInto('freight_bill_lines')
            .values(
              lines.slice(at, at + chunk).map((line) => ({
                bill_id: bill.id, row: line.row, waybill: line.waybill, date: line.date, province: line.province, grams: line.grams, charged_fen: line.chargedFen, verdict: line.verdict,
                parcel_id: line.parcelId, own_grams: line.ownGrams, own_province: line.ownProvince, expected_fen: line.expectedFen, claim_fen: line.claimFen,
              })),
            )
            .execute();
        }
      });
    },
    async lines(billId: string, query: { verdict?: Verdict; limit: number }): Promise<ReconciledLine[]> {
      let select = db.selectFrom('freight_bill_lines').selectAll().where('bill_id', '=', billId).orderBy('claim_fen', 'desc').orderBy('row').limit(query.limit);
      if (query.verdict !== undefined) select = select.where('verdict', '=', query.verdict);
      return (await select.execute()).map((row) => ({
        row: row.row, waybill: row.waybill, date: row.date, province: row.province, grams: row.grams, chargedFen: row.charged_fen, verdict: row.verdict as Verdict, parcelId: row.parcel_id,
        ownGrams: row.own_grams, ownProvince: row.own_province, expectedFen: row.expected_fen, claimFen: row.claim_fen,
      }));
    },
    async remove(id: string): Promise<boolean> {
      return db.transaction().execute(async (transaction) => {
        await transaction.deleteFrom('freight_bill_lines').where('bill_id', '=', id).execute();
        return Number((await transaction.deleteFrom('freight_bills').where('id', '=', id).executeTakeFirst()).numDeletedRows) === 1;
      });
    },
  };
}
