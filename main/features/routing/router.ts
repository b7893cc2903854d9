import { implement } from '@orpc/server';
import { routingContract } from '../../../common/contract/routing.ts';
import { errorBoundary } from '../../transport/implement.ts';
import type { CallContext } from '../../transport/implement.ts';
import type { RoutingService } from './service.ts';

/** Routing over the contract; nothing else. */
export function createRoutingRouter(routing: RoutingService) {
  const os = implement(routingContract).$context<CallContext>().use(errorBoundary);
  return os.router({
    warehouses: {
      list: os.warehouses.list.handler(() => routing.warehouses.list()),
      save: os.warehouses.save.handler(({ input, context }) => routing.warehouses.save(input, context)),
    },
    rules: {
      list: os.rules.list.handler(async () => [...(await routing.rules.list())]),
      save: os.rules.save.handler(({ input, context }) => routing.rules.save(input.rules, context)),
    },
    plan: os.plan.handler(({ input }) => routing.plan(input.orderIds)),
    assign: os.assign.handler(({ input, context }) => routing.assign(input.orderIds, input.warehouseId, context)),
    release: os.release.handler(({ input, context }) => routing.release(input.shipmentIds, context)),
    shipments: os.shipments.handler(({ input }) => routing.shipments(input)),
    exportOrders: os.exportOrders.handler(({ input, context }) => routing.exportOrders(input.warehouseId, input.shipmentIds, context)),
    importResult: os.importResult.handler(({ input, context }) => routing.importResult(input.warehouseId, input.fileId, input.dryRun, context)),
    reconcile: os.reconcile.handler(({ input }) => routing.reconcile(input.warehouseId, input.from, input.to)),
  });
}
