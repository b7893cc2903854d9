import { implement } from '@orpc/server';
import { ordersContract } from '../../../common/contract/orders.ts';
import type { ImportInput, ImportLook, ImportReport, LookInput } from '../../../common/contract/import.ts';
import { errorBoundary, toWireError } from '../../transport/implement.ts';
import type { CallContext } from '../../transport/implement.ts';
import type { FilesService } from '../files/service.ts';
import type { InputFile } from './importer.ts';
import type { ImportControl, ImportService } from './import-service.ts';
import type { InboxService } from './inbox.ts';
import type { ManualOrders } from './manual.ts';
import type { OrdersService } from './service.ts';

export interface OrdersRouterDeps {
  readonly orders: OrdersService;
  readonly imports: ImportService;
  readonly manual: ManualOrders;
  readonly files: Pick<FilesService, 'take'>;
  readonly inbox: InboxService;
}

type Progress = { type: 'progress'; phase: 'reading' | 'saving'; file: string; done: number };

/** Orders over the contract. */
export function createOrdersRouter({ orders, imports, manual, files, inbox }: OrdersRouterDeps) {
  const os = implement(ordersContract).$context<CallContext>().use(errorBoundary);

  function inputFiles(input: Pick<ImportInput, 'files'>): InputFile[] {
    return input.files.map(({ fileId, mapping }) => ({ ...files.take(fileId), id: fileId, mapping }));
  }

  /** Progress while the work runs, what came of it at the end; a page that goes away cancels what it started. */
  async function* following<T>(work: (control: ImportControl) => Promise<T>, context: CallContext, signal: AbortSignal | undefined): AsyncGenerator<Progress, T> {
    const events: Progress[] = [];
    let wake: () => void = () => {};
    const note = (event: Progress): void => {
      events.push(event);
      wake();
    };
    const stop = new AbortController();
    signal?.addEventListener('abort', () => stop.abort(), { once: true });
    let outcome: { value: T } | { thrown: unknown } | undefined;
    const running = work({
      signal: stop.signal,
      onProgress: (file, done) => note({ type: 'progress', phase: 'reading', file, done }),
      onSaved: (file, done) => note({ type: 'progress', phase: 'saving', file, done }),
    })
      .then(
        (value) => (outcome = { value }),
        (thrown: unknown) => (outcome = { thrown }),
      )
      .then(() => wake());
    try {
      for (;;) {
        const event = events.shift();
        if (event) yield event;
        else if (outcome && 'value' in outcome) return outcome.value;
        // Thrown while streaming, which is after the boundary every other call has around it.
        else if (outcome) throw toWireError(outcome.thrown, context, 'orders.import');
        else await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    } finally {
      stop.abort();
      await running;
    }
  }

  async function* importing(input: ImportInput, context: CallContext, signal: AbortSignal | undefined): AsyncGenerator<Progress | { type: 'done'; report: ImportReport }> {
    const { dryRun, mixedShops, onlyShop, language, shop, pasted } = input;
    const request = { files: inputFiles(input), dryRun, mixedShops, onlyShop, language, source: pasted ? ('paste' as const) : ('file' as const) };
    const report = yield* following((control) => ('shopId' in shop ? imports.importFiles({ ...request, shopId: shop.shopId }, context, control) : imports.importIntoNew(request, shop.newShop, context, control)), context, signal);
    yield { type: 'done', report };
  }

  async function* looking(input: LookInput, context: CallContext, signal: AbortSignal | undefined): AsyncGenerator<Progress | { type: 'done'; look: ImportLook }> {
    const { mixedShops, onlyShop, language, shopId } = input;
    const given = inputFiles(input);
    const { files: read, ...rest } = yield* following((control) => imports.look({ files: given, mixedShops, onlyShop, language, shopId }, context, control), context, signal);
    const looked = read.map((one) => ({ fileId: input.files[given.indexOf(one.input)]?.fileId ?? '', name: one.input.name, ...('failure' in one ? { report: null, failure: one.failure } : { report: one.report, failure: null }) }));
    yield { type: 'done', look: { ...rest, files: looked } };
  }

  return os.router({
    list: os.list.handler(({ input, context }) => orders.list(input, context)),
    counts: os.counts.handler(({ input }) => orders.counts(input.shopIds)),
    get: os.get.handler(({ input, context }) => orders.get(input.id, context)),
    reveal: os.reveal.handler(({ input, context }) => orders.reveal(input.id, context)),
    ids: os.ids.handler(({ input: { limit, cursor, ...filter } }) => orders.ids(filter, limit, cursor)),
    import: os.import.handler(({ input, context, signal }) => importing(input, context, signal)),
    look: os.look.handler(({ input, context, signal }) => looking(input, context, signal)),
    inspect: os.inspect.handler(({ input: { fileId, ...where } }) => imports.inspect(files.take(fileId), where)),
    batch: os.batch.handler(({ input }) => imports.batch(input.batchId)),
    batches: os.batches.handler(async ({ input }) => (await imports.batches(input.limit)).map((batch) => ({ ...batch, files: [...batch.files] }))),
    rejectedFile: os.rejectedFile.handler(({ input }) => imports.rejectedFile(input.batchId, input.language)),
    presets: {
      list: os.presets.list.handler(() => imports.presets()),
      save: os.presets.save.handler(({ input, context }) => imports.savePreset(input, context)),
      rename: os.presets.rename.handler(async ({ input }) => {
        await imports.renamePreset(input.id, input.name);
        return {};
      }),
      remove: os.presets.remove.handler(async ({ input }) => {
        await imports.removePreset(input.id);
        return {};
      }),
    },
    export: os.export.handler(({ input, context }) => orders.export(input, context)),
    exportParts: os.exportParts.handler(({ input, context }) => orders.exporting(input, context)),
    createManual: os.createManual.handler(({ input, context }) => manual.create(input, context)),
    createSeveral: os.createSeveral.handler(({ input, context }) => manual.createSeveral(input.orders, context)),
    setReceiver: os.setReceiver.handler(({ input, context }) => orders.setReceiver(input, context)),
    setFlag: os.setFlag.handler(({ input, context }) => orders.setFlag(input.ids, input.flag, context)),
    setMemo: os.setMemo.handler(({ input, context }) => orders.setMemo(input.ids, input.memo, context)),
    hold: os.hold.handler(({ input, context }) => orders.hold(input.ids, input.reason, context)),
    release: os.release.handler(({ input, context }) => orders.release(input.ids, context)),
    cancel: os.cancel.handler(({ input, context }) => orders.cancel(input.ids, input.reason, context)),
    restore: os.restore.handler(({ input, context }) => orders.restore(input.ids, context)),
    settleAlarm: os.settleAlarm.handler(({ input, context }) => orders.settleAlarm(input.ids, context)),
    lock: os.lock.handler(({ input, context }) => orders.lock(input.ids, context)),
    unlock: os.unlock.handler(({ input, context }) => orders.unlock(input.ids, context)),
    views: {
      list: os.views.list.handler(async () => (await orders.views()).map((view) => ({ ...view, columns: [...view.columns] }))),
      save: os.views.save.handler(async ({ input }) => {
        const { id, ...view } = input;
        const saved = await orders.saveView({ ...view, ...(id !== undefined && { id }) });
        return { ...saved, columns: [...saved.columns] };
      }),
      remove: os.views.remove.handler(async ({ input }) => {
        await orders.removeView(input.id);
        return {};
      }),
    },
    watch: {
      get: os.watch.get.handler(() => inbox.state()),
      set: os.watch.set.handler(({ input, context }) => inbox.set(input.shopId, input.on, context)),
    },
  });
}
