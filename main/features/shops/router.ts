import { implement } from '@orpc/server';
import { shopsContract } from '../../../common/contract/shops.ts';
import { errorBoundary } from '../../transport/implement.ts';
import type { CallContext } from '../../transport/implement.ts';
import type { ShopsService } from './service.ts';

/** Shops over the contract; nothing else. */
export function createShopsRouter(shops: ShopsService) {
  const os = implement(shopsContract).$context<CallContext>().use(errorBoundary);
  return os.router({
    list: os.list.handler(({ input }) => shops.list(input)),
    create: os.create.handler(({ input, context }) => shops.create(input, context)),
    update: os.update.handler(({ input, context }) => shops.update(input, context)),
  });
}
