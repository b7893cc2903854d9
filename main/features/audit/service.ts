import type { Kysely } from 'kysely';
import type { Database } from '../../database/tables.ts';
import type { Clock, Ids } from '../../ports/index.ts';

export interface AuditEntry {
  readonly id: string;
  readonly at: string;
  readonly operator: string;
  readonly stationId: string;
  readonly action: string;
  readonly subject: string;
  readonly facts: Readonly<Record<string, unknown>>;
}

/** Who did it. */
export interface Actor {
  readonly operator: string;
  readonly station: { readonly id: string };
  /** Window or tab, where the door knows it: two pages of one station are told apart by it when both edit. */
  readonly page?: string;
}

export type AuditService = ReturnType<typeof createAuditService>;

/**
 * The audit trail: who changed what, when. Append only; facts hold ids, counts and field names, never personal data.
 * Small enough that use case and SQL share a file.
 */
export function createAuditService({ db, clock, ids }: { db: Kysely<Database>; clock: Clock; ids: Ids }) {
  return {
    async record(actor: Actor, action: string, subject: string, facts: Readonly<Record<string, unknown>> = {}): Promise<void> {
      await db
        .insertInto('audit')
        .values({
          id: ids.next('aud'),
          at: clock.now(),
          operator: actor.operator,
          station_id: actor.station.id,
          action,
          subject,
          facts: JSON.stringify(facts),
        })
        .execute();
    },

    /** Latest first. */
    async list(query: { subject?: string; limit: number }): Promise<AuditEntry[]> {
      let select = db.selectFrom('audit').selectAll().orderBy('at', 'desc').orderBy('id', 'desc').limit(query.limit);
      if (query.subject !== undefined) select = select.where('subject', '=', query.subject);
      const rows = await select.execute();
      return rows.map((row) => ({
        id: row.id,
        at: row.at,
        operator: row.operator,
        stationId: row.station_id,
        action: row.action,
        subject: row.subject,
        facts: JSON.parse(row.facts) as Record<string, unknown>,
      }));
    },
  };
}
