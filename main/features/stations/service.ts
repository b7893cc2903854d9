/**
 * Use cases of a packing station. A scan is one transaction over the parcel's row, the desk and the log of scans; that its label is on
 * paper is told to the journal first, because that is a fact whatever becomes of the parcel.
 */
import type { Answer, Desk, Reply } from '../../../common/contract/stations.ts';
import { fail } from '../../../common/errors.ts';
import type { AttemptsService } from '../attempts/service.ts';
import type { Actor } from '../audit/service.ts';
import type { OrdersService } from '../orders/service.ts';
import type { ParcelsService } from '../parcels/service.ts';
import { businessDay, dayStart } from '../waybills/days.ts';
import type { Pack } from './card.ts';
import { packAsIs, packDespite } from './decide.ts';
import { createReading } from './reading.ts';
import type { ReadingDeps } from './reading.ts';
import { basketOf, createSteps, freshRow, goodsOf, repeated } from './steps.ts';
import type { Scan, StepsDeps } from './steps.ts';

export interface StationsDeps extends StepsDeps, Pick<ReadingDeps, 'goodsNamed' | 'follow'> {
  readonly attempts: Pick<AttemptsService, 'scan' | 'rights'>;
  readonly parcels: Pick<ParcelsService, 'ofOrder' | 'byWaybill'>;
  readonly orders: Pick<OrdersService, 'idsByNumber' | 'setAside' | 'clearStops'>;
}

const stripLength = 5;

export type StationsService = ReturnType<typeof createStationsService>;

export function createStationsService(deps: StationsDeps) {
  const { repository, cards, attempts, parcels, orders, audit, clock, ids } = deps;
  const steps = createSteps(deps);
  const read = createReading({ ...deps, steps, packOf, cardOf });
  const today = (): string => dayStart(businessDay(clock.now()));

  async function packOf(number: string): Promise<Pack | undefined> {
    const full = await parcels.byWaybill(number);
    return full && cards.pack(full.parcel.id);
  }

  async function cardOf(number: string) {
    const [pack, row] = await Promise.all([packOf(number), repository.packing(number)]);
    return pack && cards.card(pack, row);
  }

  async function desk(actor: Actor): Promise<Desk> {
    const since = today();
    const [row, scans, packed] = await Promise.all([repository.desk(actor.station.id), repository.lastScans(actor.station.id, since, stripLength), repository.packedSince(since)]);
    return {
      card: row.number === '' ? null : ((await cardOf(row.number)) ?? null),
      basket: goodsOf(basketOf(row)),
      recent: scans.map((scan) => ({ id: scan.id, at: scan.at, kind: scan.kind, number: scan.number, code: scan.code, undone: scan.undone_at !== null })),
      today: { here: packed.find((one) => one.stationId === actor.station.id)?.parcels ?? 0, all: packed.reduce((sum, one) => sum + one.parcels, 0) },
    };
  }

  const reply = async (actor: Actor, answer: Answer): Promise<Reply> => ({ answer, desk: await desk(actor) });
  const pressed = (code: string): Scan => ({ scanId: ids.next('key'), code });

  async function known(number: string): Promise<Pack> {
    return (await packOf(number)) ?? fail('NUMBER_UNKNOWN', { number });
  }

  return {
    desk,

    /** What the code was, and what became of it. Never fails for a code: an unknown one is an answer. */
    scan: async (scan: Scan, actor: Actor): Promise<Reply> => reply(actor, await read(actor, scan, today())),

    /** Errors: NUMBER_UNKNOWN. */
    async packAsIs(number: string, actor: Actor): Promise<Reply> {
      const answer = await steps.about(actor, pressed('as is'), number, await known(number), packAsIs);
      return reply(actor, answer ?? repeated);
    },

    /** Nothing lies on the desk any more; what was counted of an unpacked parcel is forgotten. */
    async putDown(actor: Actor): Promise<Reply> {
      const { number } = await repository.desk(actor.station.id);
      const pack = number === '' ? undefined : await packOf(number);
      await steps.write(actor, pressed('put down'), number, pack, (row, before) => {
        if (before.number === '' && before.basket === '{}') return undefined;
        const begun = row?.state === 'counting' && row.station_id === actor.station.id;
        return { kind: 'put_down', number, desk: { number: '', basket: '{}' }, set: begun ? { state: 'open', counted: '{}', label_at: null } : undefined };
      });
      return reply(actor, { kind: 'put_down' });
    },

    /** Takes back the last thing this station did today. A parcel that somebody changed since, or that left, stays as it is. */
    async undo(actor: Actor): Promise<Reply> {
      const answer = await steps.takeBack(actor, today());
      if (answer.kind !== 'undone') return reply(actor, answer);
      await audit.record(actor, 'parcel.undo', answer.number, { of: answer.of });
      return reply(actor, { ...answer, card: answer.number === '' ? null : ((await cardOf(answer.number)) ?? null) });
    },

    /** Out of the way: its orders are held with the reason, its number stays its own (nothing goes back). Errors: NUMBER_UNKNOWN. */
    async setAside(input: { number: string; reason: string }, actor: Actor): Promise<Reply> {
      const pack = await known(input.number);
      await orders.setAside(pack.orders.map((one) => one.id), input.reason, actor);
      await steps.decided(actor, input.number, pack, 'set_aside', { state: 'aside', how: '', reason: input.reason, packed_at: null, counted: '{}', at: clock.now() });
      await audit.record(actor, 'parcel.set-aside', input.number, { alarms: alarmsOf(pack) });
      return reply(actor, { kind: 'set_aside', card: (await cardOf(input.number)) ?? fail('NUMBER_UNKNOWN', { number: input.number }) });
    },

    /** Packed in spite of everything; alarm and hold are settled by it. Errors: NUMBER_UNKNOWN, REASON_NEEDED, PIN_NEEDED, PIN_WRONG. */
    async packDespite(input: { number: string; reason: string; pin?: string | undefined }, actor: Actor): Promise<Reply> {
      const pack = await known(input.number);
      if (input.reason === '') fail('REASON_NEEDED', { action: 'pack' });
      const approvedBy = await attempts.rights.approve('pack', input);
      const now = clock.now();
      const row = (await repository.packing(input.number)) ?? freshRow(input.number, pack, actor, now);
      const decision = packDespite({ pack, row, stationId: actor.station.id, now }, input.reason);
      if (decision.set !== undefined) {
        await orders.clearStops(pack.orders.map((one) => one.id), actor);
        await steps.decided(actor, input.number, pack, 'packed', decision.set);
        await audit.record(actor, 'parcel.pack-despite', input.number, { alarms: alarmsOf(pack), reason: input.reason, approvedBy });
      }
      return reply(actor, await steps.answerOf(decision, await known(input.number), input.number));
    },
  };
}

function alarmsOf(pack: Pack): string[] {
  return pack.orders.flatMap((one) => (one.alarm === '' ? [] : [one.alarm]));
}
