import { implement } from '@orpc/server';
import { costsContract } from '../../../common/contract/costs.ts';
import { errorBoundary } from '../../transport/implement.ts';
import type { CallContext } from '../../transport/implement.ts';
import type { CostsService } from './service.ts';

/** Costs over the contract; nothing else. */
export function createCostsRouter(costs: CostsService) {
  const os = implement(costsContract).$context<CallContext>().use(errorBoundary);
  return os.router({
    scenarios: {
      list: os.scenarios.list.handler(() => costs.list()),
      get: os.scenarios.get.handler(({ input }) => costs.get(input.id)),
      save: os.scenarios.save.handler(({ input, context }) => costs.save(input.id, input.scenario, context)),
      duplicate: os.scenarios.duplicate.handler(({ input, context }) => costs.duplicate(input.id, input.name, context)),
      remove: os.scenarios.remove.handler(async ({ input, context }) => {
        await costs.remove(input.id, context);
        return {};
      }),
      compare: os.scenarios.compare.handler(({ input }) => costs.compare(input.ids)),
    },
    calculate: os.calculate.handler(({ input }) => costs.calculate(input.scenario)),
    history: os.history.handler(({ input }) => costs.history(input)),
    report: os.report.handler(({ input }) => costs.report(input.scenario, input.format, input.language)),
    freightTables: {
      list: os.freightTables.list.handler(() => costs.freightTables.list()),
      save: os.freightTables.save.handler(({ input, context }) => costs.freightTables.save(input.id, input.table, context)),
      remove: os.freightTables.remove.handler(async ({ input, context }) => {
        await costs.freightTables.remove(input.id, context);
        return {};
      }),
      check: os.freightTables.check.handler(({ input }) => costs.freightTables.check(input.table)),
      read: os.freightTables.read.handler(({ input }) => costs.freightTables.read(input.fileId)),
      file: os.freightTables.file.handler(({ input }) => costs.freightTables.file(input.id)),
    },
  });
}
