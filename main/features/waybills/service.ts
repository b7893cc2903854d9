/** Waybill accounts, pools, grants and numbers as one service: what routers, the main job and the command line call. */
import type { Reconciliation } from '../../../common/contract/waybills.ts';
import { fail } from '../../../common/errors.ts';
import type { Log } from '../../ports/index.ts';
import type { Actor, AuditService } from '../audit/service.ts';
import type { Numbers } from './assemble.ts';
import { verifyChain } from './ledger.ts';
import type { StartReport } from './incarnation.ts';
import { reconcile } from './reconcile.ts';
import { createReports, toCsv } from './reports.ts';

/** Labels one printer may have under way at once; see docs/numbers.md. */
export const inFlightWindow = 3;

export type WaybillsService = ReturnType<typeof createWaybillsService>;

export function createWaybillsService({ numbers, audit, clock, log }: { numbers: Numbers; audit: AuditService; clock: { now(): string }; log: Log }) {
  const { store, repository, gate, witness, incarnation, accounts, imports, grants, leases, life, draw } = numbers;
  const reports = createReports({ store, repository, clock });
  let background: Promise<void> | undefined;
  let closing = false;

  const breathe = () => new Promise<void>((resolve) => setImmediate(resolve));
  /** A long walk gives up when the core is closing. */
  const breatheUnlessClosing = async (): Promise<void> => {
    await breathe();
    if (closing) fail('CANCELLED', { what: 'verify' });
  };

  /** Walks the whole chain while the program runs; a break closes the gate and is remembered. */
  async function verify(): Promise<{ ok: boolean; checked: number; brokenAt: number | null; what: string | null }> {
    const { broken, checked, seq } = await verifyChain(store.db, { pause: breatheUnlessClosing });
    if (broken) {
      const detail = `${broken.what} ${broken.seq}`;
      gate.stop('ledger', detail, clock.now());
      await store.db.updateTable('waybill_ledger_head').set({ stopped_reason: detail, stopped_at: clock.now() }).where('id', '=', 1).execute();
      return { ok: false, checked, brokenAt: broken.seq, what: broken.what };
    }
    await store.db.updateTable('waybill_ledger_head').set({ verified_seq: seq }).where('id', '=', 1).where('verified_seq', '<', seq).execute();
    return { ok: true, checked, brokenAt: null, what: null };
  }

  const csvHead = ['seq', 'at', 'kind', 'book', 'account', 'pool', 'from', 'to', 'n', 'number', 'first', 'last', 'parcel', 'shop', 'payer', 'attempt', 'station', 'operator', 'reason', 'facts', 'hash'];

  return {
    draw,
    productsOf: repository.productsOf,
    accounts,
    imports,
    grants,
    leases,
    life,
    reports,
    verify,

    /** Before the first number: verify, compare with the witness, open. The rest of a long chain is verified afterwards. */
    async start(): Promise<StartReport> {
      const report = await incarnation.start();
      if (gate.stopped() === undefined) {
        background = (async () => {
          await breathe();
          if (!closing) await verify();
        })().catch((thrown: unknown) => {
          // The start is verified; that the rest could not be must not go unseen.
          if (!closing) log.error('ledger.verify', { error: thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown) });
        });
      }
      return report;
    },

    /** Resolves when nothing of the service runs any more. */
    async close(): Promise<void> {
      closing = true;
      await background;
      witness.close();
    },

    async status() {
      const [head, notices, overall, uncertain] = await Promise.all([
        store.db.selectFrom('waybill_ledger_head').selectAll().executeTakeFirst(),
        store.db.selectFrom('waybill_incarnations').selectAll().where('seen_at', 'is', null).orderBy('n', 'desc').execute(),
        reports.overall(),
        numbers.attempts.countUncertain(),
      ]);
      const stop = gate.stopped() ?? null;
      return {
        issuing: stop === null, stop: stop === null ? null : { ...stop }, incarnation: head?.incarnation ?? 0, seq: Number(head?.seq ?? 0), verifiedSeq: Number(head?.verified_seq ?? 0),
        witness: witness.broken(),
        notices: notices.map((row) => {
          const facts = JSON.parse(row.facts) as { detail?: string; quarantined?: number };
          return { incarnation: row.n, reason: row.reason, detail: facts.detail ?? '', quarantined: facts.quarantined ?? 0, at: row.at };
        }),
        ...overall, uncertain,
      };
    },

    async seen(input: { incarnation: number }, actor: Actor): Promise<void> {
      await store.db.updateTable('waybill_incarnations').set({ seen_at: clock.now(), seen_by: actor.operator }).where('n', '=', input.incarnation).where('seen_at', 'is', null).execute();
      await audit.record(actor, 'numbers.notice_seen', String(input.incarnation));
    },

    /** The lead stops issuing by hand. */
    async pause(input: { reason: string }, actor: Actor): Promise<void> {
      gate.stop('person', input.reason, clock.now());
      await audit.record(actor, 'numbers.pause', '', { reason: input.reason });
    },

    /**
     * Issuing again after a stop: the whole chain and the books are checked first, and only a clean result opens the gate. After a disk
     * error that is the reading back the reference asks for.
     */
    async resume(actor: Actor) {
      const before = gate.stopped();
      if (before) {
        const chain = await verify();
        const books = await this.reconcile({ chain: false });
        // Another copy is not cured by good books: that one has to end, and this program has to start anew.
        if (chain.ok && books.ok && before.reason !== 'other_copy') {
          await store.db.updateTable('waybill_ledger_head').set({ stopped_reason: null, stopped_at: null }).where('id', '=', 1).execute();
          gate.open();
          await audit.record(actor, 'numbers.resume', '', { after: before.reason });
        }
      }
      const stop = gate.stopped() ?? null;
      return { issuing: stop === null, stop: stop === null ? null : { ...stop } };
    },

    /** 对账. A break in the chain or in the books stops issuing. */
    async reconcile(options: { chain?: boolean } = {}): Promise<Reconciliation> {
      const result = await reconcile({ db: store.db, clock, remembered: witness.remembered, window: inFlightWindow }, { ...options, pause: breathe });
      const broken = result.checks.find((one) => !one.ok);
      if (broken) gate.stop('ledger', `${broken.id} ${broken.breaks[0]?.what ?? ''}`, clock.now());
      return result;
    },

    /** How many more numbers a shop may draw now, pool by pool. */
    async remaining(shopId: string) {
      const offers = await numbers.draw.offers([shopId]);
      const pools = offers.map(({ offer, obstacle }) => {
        const caps = [offer.free - (offer.own ? 0 : offer.reserve), offer.units, offer.cap === null ? null : offer.cap - offer.used, offer.dailyCap === null ? null : offer.dailyCap - offer.usedToday];
        const least = Math.max(0, Math.min(...caps.filter((cap) => cap !== null)));
        return { pool: offer.poolName, carrierCode: offer.carrierCode, remaining: obstacle === undefined ? least : 0, why: obstacle?.code ?? null };
      });
      return { remaining: pools.reduce((sum, pool) => sum + pool.remaining, 0), pools };
    },

    async settlementCsv(input: { month: string }) {
      const { rows } = await reports.settlement(input);
      const table = rows.map((row) => [row.payerShopName, row.shopName, row.carrierCode, row.accountName, row.drawn, row.recycled, row.charged, (row.unitPrice / 10_000).toFixed(4), (row.fen / 100).toFixed(2)]);
      return { fileName: `settlement-${input.month}.csv`, csv: toCsv([['付款店铺', '使用店铺', '快递', '账号', '取号', '返还', '计费', '单价(元)', '金额(元)'], ...table]) };
    },

    async ledgerCsv(query: { accountId?: string | undefined; from?: string | undefined; to?: string | undefined }) {
      const rows: (string | number | null)[][] = [];
      for (let before: number | undefined; rows.length < 200_000; ) {
        const { events, more } = await reports.ledger({ ...query, before, limit: 5000 });
        for (const event of events) {
          rows.push([
            event.seq, event.at, event.kind, event.book, event.accountId, event.poolId, event.from, event.to, event.n, event.number, event.firstNumber, event.lastNumber, event.parcelId, event.shopId,
            event.payerShopId, event.attemptId, event.stationId, event.operator, event.reason, event.facts, event.hash,
          ]);
        }
        if (!more) break;
        before = events.at(-1)?.seq;
        await breathe();
      }
      return { fileName: 'ledger.csv', csv: toCsv([csvHead, ...rows.reverse()]) };
    },
  };
}
