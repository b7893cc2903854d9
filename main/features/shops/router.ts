import { implement } from '@orpc/server';
import { shopsContract } from '../../../common/contract/shops.ts';
import { errorBoundary } from '../../transport/implement.ts';
import type { CallContext } from '../../transport/implement.ts';
import type { Changes } from '../events/service.ts';
import type { ShopsService } from './service.ts';

/** Shops over the contract; nothing else. */
export function createShopsRouter(shops: ShopsService, changes: Pick<Changes, 'emit'>) {
  const os = implement(shopsContract).$context<CallContext>().use(errorBoundary);
  return os.router({
    list: os.list.handler(({ input }) => shops.list(input)),
    create: os.create.handler(async ({ input, context }) => {
      const shop = await shops.create(input, context);
      changes.emit('shops');
      return shop;
    }),
    update: os.update.handler(async ({ input, context }) => {
      const shop = await shops.update(input, context);
      changes.emit('shops');
      return shop;
    }),
  });
}
