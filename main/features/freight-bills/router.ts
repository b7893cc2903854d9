import { implement } from '@orpc/server';
import { billsContract } from '../../../common/contract/routing.ts';
import { errorBoundary } from '../../transport/implement.ts';
import type { CallContext } from '../../transport/implement.ts';
import type { BillsService } from './service.ts';

/** Freight bills over the contract; nothing else. */
export function createBillsRouter(bills: BillsService) {
  const os = implement(billsContract).$context<CallContext>().use(errorBoundary);
  return os.router({
    list: os.list.handler(() => bills.list()),
    lines: os.lines.handler(({ input }) => bills.lines(input.id, input)),
    import: os.import.handler(({ input, context }) => bills.import(input, context)),
    claim: os.claim.handler(({ input }) => bills.claim(input.id)),
    remove: os.remove.handler(async ({ input, context }) => {
      await bills.remove(input.id, context);
      return {};
    }),
  });
}
