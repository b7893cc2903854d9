import { implement } from '@orpc/server';
import { ordersContract } from '../../../common/contract/orders.ts';
import type { ImportInput, ImportReport } from '../../../common/contract/orders.ts';
import { errorBoundary, toWireError } from '../../transport/implement.ts';
import type { CallContext } from '../../transport/implement.ts';
import type { FilesService } from '../files/service.ts';
import type { InputFile } from './importer.ts';
import type { ImportService } from './import-service.ts';
import type { InboxService } from './inbox.ts';
import type { OrdersService } from './service.ts';

export interface OrdersRouterDeps {
  readonly orders: OrdersService;
  readonly imports: ImportService;
  readonly files: Pick<FilesService, 'take' | 'drop'>;
  readonly inbox: InboxService;
}

type ImportEvent = { type: 'progress'; phase: 'reading' | 'saving'; file: string; done: number } | { type: 'done'; report: ImportReport };

/** Orders over the contract. */
export function createOrdersRouter({ orders, imports, files, inbox }: OrdersRouterDeps) {
  const os = implement(ordersContract).$context<CallContext>().use(errorBoundary);

  function inputFiles(input: ImportInput): InputFile[] {
    const uploaded = input.fileIds.map((id) => files.take(id));
    return input.pasted === undefined ? uploaded : [...uploaded, { name: 'paste', bytes: new Uint8Array(), text: input.pasted }];
  }

  /** Progress while it runs, the report at the end; a page that goes away cancels what it started. */
  async function* importing(input: ImportInput, context: CallContext, signal: AbortSignal | undefined): AsyncGenerator<ImportEvent> {
    const events: ImportEvent[] = [];
    let wake: () => void = () => {};
    const note = (event: ImportEvent): void => {
      events.push(event);
      wake();
    };
    const name = (): string => (input.fileIds.length === 1 ? files.take(input.fileIds[0] ?? '').name : '');
    const stop = new AbortController();
    signal?.addEventListener('abort', () => stop.abort(), { once: true });
    const running = imports
      .importFiles({ files: inputFiles(input), shopId: input.shopId, dryRun: input.dryRun, mixedShops: input.mixedShops, language: input.language, source: input.pasted === undefined ? 'file' : 'paste', ...(input.mapping && { mapping: input.mapping }) }, context, {
        signal: stop.signal,
        onProgress: (done) => note({ type: 'progress', phase: 'reading', file: name(), done }),
        onSaved: (done) => note({ type: 'progress', phase: 'saving', file: name(), done }),
      })
      .then(
        (report) => note({ type: 'done', report }),
        (thrown: unknown) => {
          failed = { thrown };
          wake();
        },
      );
    let failed: { thrown: unknown } | undefined;
    try {
      for (;;) {
        const event = events.shift();
        if (event) {
          yield event;
          if (event.type === 'done') {
            if (!input.dryRun) for (const id of input.fileIds) files.drop(id);
            return;
          }
          continue;
        }
        // Thrown while streaming, which is after the boundary every other call has around it.
        if (failed) throw toWireError(failed.thrown, context, 'orders.import');
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    } finally {
      stop.abort();
      await running;
    }
  }

  return os.router({
    list: os.list.handler(({ input, context }) => orders.list(input, context)),
    counts: os.counts.handler(({ input }) => orders.counts(input.shopIds)),
    get: os.get.handler(({ input, context }) => orders.get(input.id, context)),
    reveal: os.reveal.handler(({ input, context }) => orders.reveal(input.id, context)),
    ids: os.ids.handler(({ input: { limit, ...filter } }) => orders.ids(filter, limit)),
    import: os.import.handler(({ input, context, signal }) => importing(input, context, signal)),
    inspect: os.inspect.handler(({ input }) => imports.inspect(files.take(input.fileId))),
    batches: os.batches.handler(async ({ input }) => (await imports.batches(input.limit)).map((batch) => ({ ...batch, files: [...batch.files] }))),
    rejectedFile: os.rejectedFile.handler(({ input }) => imports.rejectedFile(input.batchId)),
    presets: {
      list: os.presets.list.handler(() => imports.presets()),
      save: os.presets.save.handler(({ input, context }) => imports.savePreset(input, context)),
      remove: os.presets.remove.handler(async ({ input }) => {
        await imports.removePreset(input.id);
        return {};
      }),
    },
    export: os.export.handler(({ input, context }) => orders.export(input, context)),
    exportParts: os.exportParts.handler(({ input, context }) => orders.exporting(input, context)),
    createManual: os.createManual.handler(({ input, context }) => orders.createManual(input, context)),
    readPasted: os.readPasted.handler(({ input }) => orders.readPasted(input.text)),
    setReceiver: os.setReceiver.handler(({ input, context }) => orders.setReceiver(input, context)),
    setFlag: os.setFlag.handler(({ input, context }) => orders.setFlag(input.ids, input.flag, context)),
    setMemo: os.setMemo.handler(({ input, context }) => orders.setMemo(input.ids, input.memo, context)),
    hold: os.hold.handler(({ input, context }) => orders.hold(input.ids, input.reason, context)),
    release: os.release.handler(({ input, context }) => orders.release(input.ids, context)),
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
