import { implement } from '@orpc/server';
import { printingContract } from '../../../common/contract/printing.ts';
import { errorBoundary } from '../../transport/implement.ts';
import type { CallContext } from '../../transport/implement.ts';
import type { PrintingService } from './service.ts';
import type { Slips } from './slips.ts';

export function createPrintingRouter(printing: PrintingService, slips: Slips) {
  const os = implement(printingContract).$context<CallContext>().use(errorBoundary);
  return os.router({
    choices: os.choices.handler(({ input }) => printing.choices(input)),
    plan: os.plan.handler(({ input }) => printing.plan(input.orderIds)),
    preview: os.preview.handler(({ input, context }) => printing.preview(input, context)),
    start: os.start.handler(async ({ input, context }) => {
      const { jobId } = await printing.start(input, context);
      return { jobId };
    }),
    progress: os.progress.handler(({ input, signal }) => printing.progress(input.jobId, input.after, signal)),
    cancel: os.cancel.handler(({ input }) => {
      printing.cancel(input.jobId);
      return {};
    }),
    reprint: os.reprint.handler(async ({ input, context }) => {
      const { jobId, attemptId } = await printing.reprint(input, context);
      return { jobId, attemptId };
    }),
    slips: os.slips.handler(({ input, context }) => slips.print(input, context)),
    picture: os.picture.handler(({ input }) => printing.picture(input.attemptId)),
  });
}
