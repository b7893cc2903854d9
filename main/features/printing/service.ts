/**
 * The main job: orders → parcels → numbers → labels → paper. Each parcel succeeds or fails on its own; nothing is sent twice by
 * itself; a number is drawn only for a label that can be printed, and only when it is tied durably does a byte leave.
 */
import type { JobEvent, JobLabel, LabelState } from '../../../common/contract/printing.ts';
import { findCarrier } from '../../../common/domain/waybills/carriers.ts';
import { fail, failure, isFailure } from '../../../common/errors.ts';
import type { AppError } from '../../../common/errors.ts';
import type { Clock, Ids, Log } from '../../ports/index.ts';
import type { PrinterHub } from '../../printing/spool/hub.ts';
import { stopWord } from '../../printing/spool/stop.ts';
import type { LabelEvent } from '../../printing/spool/types.ts';
import type { SpoolItem } from '../../printing/types.ts';
import type { OpenedReprint } from '../attempts/service.ts';
import type { Changes } from '../events/service.ts';
import type { DrawOrder, DrawResult } from '../waybills/draw.ts';
import { createJob } from './job.ts';
import type { Job } from './job.ts';
import { labelData } from './label-data.ts';
import type { LabelMaker } from './labels.ts';
import type { Pictures } from './pictures.ts';
import type { PreparedParcel, Printer, PrintingSources, ResolvedTemplate } from './types.ts';

export interface PrintActor {
  readonly operator: string;
  readonly station: { readonly id: string; readonly name: string };
}

/** What a label is made from once its number is drawn. */
type LabelNumber = Pick<DrawResult & { ok: true }, 'number' | 'carrierCode' | 'accountId' | 'attemptId' | 'mark'>;

export interface PrintingDeps {
  readonly sources: PrintingSources;
  readonly maker: LabelMaker;
  readonly pictures: Pictures;
  readonly hub: PrinterHub;
  readonly draw: (order: DrawOrder) => Promise<DrawResult[]>;
  readonly numbersLeft: (shopIds: readonly string[]) => Promise<number>;
  /** The journal's side of a job. */
  readonly attempts: {
    openReprint(request: { attemptId: string; reason: string; pin?: string | undefined; printerId?: string | undefined; jobId: string }, actor: PrintActor): Promise<OpenedReprint>;
    /** Labels that will not be sent by this job: certainly no byte left. */
    release(attemptIds: readonly string[], reason: string): Promise<void>;
    endJob(jobId: string, state: 'done' | 'stopped' | 'cancelled', reason: string): Promise<void>;
  };
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  readonly changes: Changes;
}

export interface PrintChoice {
  readonly orderIds: readonly string[];
  readonly templateId: string;
  readonly printerId: string;
  /** Carrier product asked for. */
  readonly product?: string | undefined;
}

export type PrintingService = ReturnType<typeof createPrintingService>;

/** The first numbers are drawn for a few labels only, so that the printer begins at once; then for all others together. */
const firstChunk = 8;
/** Checks between two turns of the event loop, so that progress and cancel get through. */
const checksPerTurn = 16;
const finishedJobsKept = 50;

const screenState: Readonly<Record<LabelEvent['state'], LabelState>> = {
  sending: 'sending',
  sent: 'printed',
  acked: 'printed',
  uncertain: 'unknown',
  not_sent: 'failed',
  refused: 'failed',
  ready: 'waiting',
};

interface Checked {
  readonly parcel: PreparedParcel;
  readonly position: number;
}

function jobLabel(parcel: PreparedParcel, position: number): JobLabel {
  return {
    parcelId: parcel.parcelId,
    orders: parcel.orders.map((order) => order.id),
    attemptId: null,
    number: parcel.number,
    position,
    state: parcel.problem === null ? 'waiting' : 'failed',
    failure: parcel.problem,
  };
}

export function createPrintingService(deps: PrintingDeps) {
  const { sources, maker, pictures, hub, clock, ids, log, changes } = deps;
  const jobs = new Map<string, Job>();

  function find(jobId: string): Job {
    return jobs.get(jobId) ?? fail('NOT_FOUND', { what: 'job', id: jobId });
  }

  function remember(job: Job): void {
    jobs.set(job.jobId, job);
    const over = [...jobs.values()].filter((entry) => entry.isOver());
    for (const old of over.slice(0, Math.max(0, over.length - finishedJobsKept))) jobs.delete(old.jobId);
  }

  /** What its label shows, with a stand-in for a number that is not drawn yet. */
  async function facts(parcel: PreparedParcel, position: number, total: number, actor: PrintActor) {
    const carrierCode = parcel.carrierCode ?? 'YTO';
    const number = parcel.number ?? (findCarrier(carrierCode)?.example || 'YT8800000000001');
    return labelData(sources, { parcel, number, carrierCode, sequence: position, total, mark: 0, printedAt: clock.now(), operator: actor.operator, station: actor.station.name });
  }

  /** Prints the numbers drawn for `checked`, following every label to its outcome; `onUnderWay` when the first has left. */
  async function printChunk(job: Job, checked: readonly Checked[], template: ResolvedTemplate, printer: Printer, actor: PrintActor, onUnderWay?: () => void): Promise<boolean> {
    const { total } = job.summary();
    const results = await deps.draw({
      requests: checked.map(({ parcel, position }) => ({
        parcelId: parcel.parcelId,
        shopId: parcel.shopId,
        carrierCode: parcel.carrierCode ?? undefined,
        product: parcel.wantedProduct || undefined,
        destination: { province: parcel.recipient.province },
        weightGrams: parcel.weightGrams ?? undefined,
        requestKey: parcel.parcelId,
        position,
      })),
      jobId: job.jobId,
      printerId: printer.id,
      templateVersionId: template.versionId,
      operator: actor.operator,
      station: actor.station,
    });
    // Before a byte leaves the parcels know their numbers: nobody merges, edits or sends away what is about to be on paper, and the label
    // shows the parcel as it is kept. What changed between preparing and drawing is not printed.
    const drawn = results.filter((result) => result.ok);
    const kept = new Map((await sources.numbered(drawn.map(({ parcelId, number, carrierCode }) => ({ parcelId, waybill: number, carrierCode })))).map((parcel) => [parcel.parcelId, parcel]));
    changes.emit('waybills', 'attempts', 'parcels');
    const items: SpoolItem[] = [];
    const stopped: string[] = [];
    const parcelOf = new Map<string, string>();
    for (const [index, result] of results.entries()) {
      const entry = checked[index];
      if (entry === undefined) continue;
      if (!result.ok) {
        job.update(result.parcelId, { state: 'failed', failure: result.error });
        continue;
      }
      const parcel = kept.get(result.parcelId);
      const problem = parcel === undefined ? failure('NOT_FOUND', { what: 'parcel', id: result.parcelId }).error : parcel.problem;
      job.update(result.parcelId, { attemptId: result.attemptId, number: result.number, ...(problem !== null && { state: 'failed', failure: problem }) });
      if (parcel === undefined || problem !== null) {
        stopped.push(result.attemptId);
        continue;
      }
      parcelOf.set(result.attemptId, result.parcelId);
      items.push({
        attemptId: result.attemptId,
        encode: () => encode({ position: entry.position, parcel: { ...parcel, product: result.product } }, result, template, printer, actor, total),
      });
    }
    if (stopped.length > 0) await deps.attempts.release(stopped, 'the parcel changed before the first byte');
    return submit(job, printer, items, parcelOf, onUnderWay);
  }

  async function encode(entry: Checked, drawn: LabelNumber, template: ResolvedTemplate, printer: Printer, actor: PrintActor, total: number): Promise<Uint8Array> {
    const data = await labelData(sources, {
      parcel: entry.parcel,
      number: drawn.number,
      carrierCode: drawn.carrierCode,
      accountId: drawn.accountId,
      sequence: entry.position,
      total,
      mark: drawn.mark,
      printedAt: clock.now(),
      operator: actor.operator,
      station: actor.station.name,
    });
    const made = await maker.make(template, data, printer.profile, { parcel: entry.parcel.parcelId, attemptId: drawn.attemptId });
    await pictures.write(drawn.attemptId, made.png);
    return made.bytes;
  }

  /** Hands labels to the printer and follows them. False when the batch stopped before its last label. */
  async function submit(job: Job, printer: Printer, items: readonly SpoolItem[], parcelOf: ReadonlyMap<string, string>, onUnderWay?: () => void): Promise<boolean> {
    if (items.length === 0) return true;
    const actor = await hub.actor(printer.id);
    const batch = actor.submit(items, { batchId: job.jobId });
    const cancel = (): void => batch.cancel();
    job.cancel.signal.addEventListener('abort', cancel);
    if (job.cancel.signal.aborted) cancel();
    for await (const event of batch.events()) {
      // Not while bytes are on their way: what follows keeps the thread busy.
      if (event.state !== 'sending') onUnderWay?.();
      job.update(parcelOf.get(event.attemptId) ?? '', {
        state: screenState[event.state],
        failure: event.reason === undefined && event.cause === undefined ? null : failureOf(event),
      });
      if (event.final) changes.emit('attempts', 'orders', 'parcels');
    }
    job.cancel.signal.removeEventListener('abort', cancel);
    const report = await batch.done;
    const untouched = report.labels.filter((label) => label.state === 'ready' || label.state === 'refused').map((label) => label.attemptId);
    if (untouched.length > 0) await deps.attempts.release(untouched, report.stopped?.message ?? 'refused before the first byte');
    if (report.stopped === undefined) return true;
    job.enter(report.stopped.kind === 'cancelled' ? 'cancelled' : 'stopped', report.stopped.message);
    return false;
  }

  /** The background part of a job. Whatever is thrown ends the job by name; labels never sent stay waiting. */
  async function run(job: Job, work: () => Promise<boolean>): Promise<void> {
    try {
      const finished = await work();
      if (finished && !job.isOver()) job.enter(job.cancel.signal.aborted ? 'cancelled' : 'finished');
    } catch (thrown) {
      const error = toAppError(thrown, job.jobId);
      for (const label of job.labels()) if (label.state === 'waiting' && label.failure === null) job.update(label.parcelId, { failure: error });
      job.enter('stopped', error.code);
    }
    const state = job.state();
    await deps.attempts.endJob(job.jobId, state === 'finished' ? 'done' : state === 'cancelled' ? 'cancelled' : 'stopped', '').catch((thrown: unknown) => toAppError(thrown, job.jobId));
    changes.emit('attempts', 'orders', 'parcels', 'waybills');
  }

  function toAppError(thrown: unknown, jobId: string): AppError {
    if (isFailure(thrown)) return thrown.error;
    const logId = ids.next('log');
    log.error('printing.unexpected', { logId, jobId, error: thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown) });
    return failure('INTERNAL', { logId }).error;
  }

  function failureOf(event: LabelEvent): AppError {
    if (isFailure(event.cause)) return event.cause.error;
    if (event.cause !== undefined) return toAppError(event.cause, event.attemptId);
    return { code: 'PRINTER_STOPPED', data: { reason: event.reason ?? '', what: event.stop && stopWord(event.stop) } };
  }

  return {
    /** What the print dialog may offer for these orders, and what it chooses. */
    async choices({ orderIds, product, printerId: wantedPrinter }: Pick<PrintChoice, 'orderIds' | 'product'> & { readonly printerId?: string | undefined }) {
      const [parcels, printers, defaults] = await Promise.all([sources.parcels(orderIds, product), sources.printerOffers(), sources.defaults()]);
      const printerId = (printers.find((offer) => offer.id === (wantedPrinter ?? defaults.printerId)) ?? printers[0])?.id ?? null;
      const printer = printerId === null ? undefined : await sources.printer(printerId);
      const { templates, templateId } = await sources.templateOffers(parcels, printer, defaults.templateId);
      return { templates: [...templates], printers: [...printers], products: [...(await sources.productOffers(parcels))], templateId, printerId };
    },

    /** What a print of these orders would do. Draws nothing. */
    async plan(orderIds: readonly string[]) {
      const parcels = await sources.parcels(orderIds);
      const problems = parcels.filter((parcel) => parcel.problem !== null);
      const numbers = parcels.filter((parcel) => parcel.problem === null && parcel.number === null).length;
      const left = await deps.numbersLeft([...new Set(parcels.map((parcel) => parcel.shopId))]);
      return {
        parcels: parcels.length,
        numbers,
        left: left - numbers,
        problems: problems.map((parcel) => ({ parcelId: parcel.parcelId, orders: parcel.orders.map((order) => order.id), failure: parcel.problem ?? { code: 'INTERNAL', data: {} } })),
      };
    },

    /** For looking at templates: the parcels these orders would be printed as, made of no order yet, and what the label of one shows. */
    foreseen: (orderIds: readonly string[]): Promise<PreparedParcel[]> => sources.foreseen(orderIds),
    parcelsById: (parcelIds: readonly string[]): Promise<PreparedParcel[]> => sources.parcelsById(parcelIds),
    labelOf: facts,

    /** The raster the printer would get, with a stand-in for a number that is not drawn yet. */
    async preview(choice: PrintChoice & { index: number }, actor: PrintActor) {
      const [parcels, template, printer] = await Promise.all([sources.parcels(choice.orderIds, choice.product), sources.template(choice.templateId), sources.printer(choice.printerId)]);
      const parcel = parcels[choice.index] ?? fail('NOT_FOUND', { what: 'parcel', id: String(choice.index) });
      const [sheet] = maker.draw(template, await facts(parcel, choice.index + 1, parcels.length, actor), printer.profile);
      if (sheet === undefined) fail('LABEL_FAULTY', { parcel: parcel.parcelId, findings: [] });
      return {
        parcelId: parcel.parcelId,
        index: choice.index,
        total: parcels.length,
        widthDots: sheet.bitmap.width,
        heightDots: sheet.bitmap.height,
        png: Buffer.from(maker.png(sheet)).toString('base64'),
        lint: sheet.lint.map(({ severity, code, element, message }) => ({ severity, code, element, message })),
      };
    },

    /**
     * Begins to print. Resolves when the job exists; its progress tells of every label.
     * Errors: NOT_FOUND for printer or template; those of single labels (TEMPLATE_MISFIT among them) are in the progress.
     */
    async start(choice: PrintChoice, actor: PrintActor): Promise<{ jobId: string; finished: Promise<JobLabel[]> }> {
      const [beginning, total, template, printer] = await Promise.all([
        sources.parcels(choice.orderIds.slice(0, firstChunk), choice.product),
        sources.parcelCount(choice.orderIds),
        sources.template(choice.templateId),
        sources.printer(choice.printerId),
      ]);
      const jobId = ids.next('job');
      const job = createJob(jobId, printer, beginning.map((parcel, index) => jobLabel(parcel, index + 1)), total);
      remember(job);
      log.info('printing.start', { jobId, parcels: total, printer: printer.id, template: template.versionId });

      /** Of these parcels the ones that can be printed; the others have their failure in the job. */
      async function check(parcels: readonly PreparedParcel[], before: number): Promise<Checked[]> {
        const good: Checked[] = [];
        // Asked again here: a script, or a page older than a change of the template's scope, may ask for what is not offered.
        const misfits = await sources.misfits(template, parcels);
        for (const [index, parcel] of parcels.entries()) {
          if (job.cancel.signal.aborted) break;
          if (parcel.problem !== null) continue;
          if (index > 0 && index % checksPerTurn === 0) await new Promise((resolve) => setImmediate(resolve));
          const position = before + index + 1;
          const misfit = misfits.get(parcel.parcelId);
          if (misfit !== undefined) {
            job.update(parcel.parcelId, { state: 'failed', failure: misfit });
            continue;
          }
          try {
            maker.check(template, await facts(parcel, position, total, actor), printer.profile, parcel.parcelId);
            good.push({ parcel, position });
          } catch (thrown) {
            job.update(parcel.parcelId, { state: 'failed', failure: toAppError(thrown, jobId) });
          }
        }
        return good;
      }

      /** Everything behind the beginning: read while the first labels print. */
      async function goOn(): Promise<boolean> {
        const begun = new Set(beginning.flatMap((parcel) => parcel.orderIds));
        const left = choice.orderIds.filter((id) => !begun.has(id));
        if (left.length === 0 || job.cancel.signal.aborted || job.isOver()) return true;
        const parcels = await sources.parcels(left, choice.product);
        job.add(parcels.map((parcel, index) => jobLabel(parcel, beginning.length + index + 1)));
        const good = await check(parcels, beginning.length);
        if (job.cancel.signal.aborted || job.isOver()) return true;
        return printChunk(job, good, template, printer, actor);
      }

      const finished = run(job, async () => {
        job.enter('running');
        const underWay = Promise.withResolvers<void>();
        const first = printChunk(job, await check(beginning, 0), template, printer, actor, underWay.resolve).finally(underWay.resolve);
        // Both chunks are queued at the printer one behind the other, so that it never waits for us between them.
        const outcomes = await Promise.allSettled([first, underWay.promise.then(goOn)]);
        const rejected = outcomes.find((outcome) => outcome.status === 'rejected');
        if (rejected !== undefined) throw rejected.reason;
        return outcomes.every((outcome) => outcome.status === 'fulfilled' && outcome.value);
      }).then(() => job.labels());
      return { jobId, finished };
    },

    /** The same number again, with a visible mark and a reason, on the template version it was printed with. */
    async reprint(request: { attemptId: string; reason: string; printerId?: string | undefined; pin?: string | undefined }, actor: PrintActor): Promise<{ jobId: string; attemptId: string; finished: Promise<JobLabel[]> }> {
      const jobId = ids.next('job');
      const opened = await deps.attempts.openReprint({ ...request, jobId }, actor);
      const [[parcel], template, printer] = await Promise.all([sources.parcelsById([opened.parcelId]), sources.templateVersion(opened.templateVersionId), sources.printer(opened.printerId)]);
      if (parcel === undefined) fail('NOT_FOUND', { what: 'parcel', id: opened.parcelId });
      const job = createJob(jobId, printer, [
        { parcelId: parcel.parcelId, orders: parcel.orders.map((order) => order.id), attemptId: opened.attemptId, number: opened.number, position: opened.position, state: 'waiting', failure: null },
      ]);
      remember(job);
      const item: SpoolItem = { attemptId: opened.attemptId, encode: () => encode({ parcel, position: 1 }, opened, template, printer, actor, 1) };
      const finished = run(job, async () => {
        job.enter('running');
        return submit(job, printer, [item], new Map([[opened.attemptId, parcel.parcelId]]));
      }).then(() => job.labels());
      return { jobId, attemptId: opened.attemptId, finished };
    },

    progress: (jobId: string, after: number, signal?: AbortSignal): AsyncGenerator<JobEvent> => find(jobId).follow(after, signal),

    /** Stops before the next label. */
    cancel(jobId: string): void {
      find(jobId).cancel.abort();
    },

    /** Jobs that are not over. */
    running(): Job[] {
      return [...jobs.values()].filter((job) => !job.isOver());
    },

    async picture(attemptId: string) {
      const picture = await pictures.read(attemptId);
      return { png: picture.png.toString('base64'), widthDots: picture.widthDots, heightDots: picture.heightDots };
    },
  };
}
