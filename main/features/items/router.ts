import { implement } from '@orpc/server';
import { itemsContract } from '../../../common/contract/items.ts';
import { fail } from '../../../common/errors.ts';
import { errorBoundary } from '../../transport/implement.ts';
import type { CallContext } from '../../transport/implement.ts';
import type { Changes } from '../events/service.ts';
import type { ItemsService } from './service.ts';

/** Items over the contract. A packer may look; names are the lead's. */
export function createItemsRouter(items: ItemsService, changes: Pick<Changes, 'emit'>) {
  const os = implement(itemsContract).$context<CallContext>().use(errorBoundary);

  async function change<T>(context: CallContext, action: string, work: () => Promise<T>): Promise<T> {
    if (context.role === 'packer') fail('FORBIDDEN', { action });
    const value = await work();
    changes.emit('items');
    return value;
  }

  return os.router({
    list: os.list.handler(({ input }) => items.list(input)),
    get: os.get.handler(({ input }) => items.get(input.id)),
    create: os.create.handler(({ input, context }) => change(context, 'items.create', () => items.create(input, context))),
    update: os.update.handler(({ input, context }) => change(context, 'items.update', () => items.update(input, context))),
    setNames: os.setNames.handler(({ input, context }) => change(context, 'items.setNames', () => items.setNames(input, context))),
    acceptSuggestions: os.acceptSuggestions.handler(({ input, context }) => change(context, 'items.acceptSuggestions', () => items.acceptSuggestions(input, context))),
    suggest: os.suggest.handler(({ input }) => items.suggest(input)),
    history: os.history.handler(({ input }) => items.history(input)),
    undo: os.undo.handler(({ input, context }) => change(context, 'items.undo', () => items.undo(input, context))),
    rules: os.rules.handler(({ input }) => items.rules(input)),
    saveRule: os.saveRule.handler(({ input, context }) => change(context, 'items.saveRule', () => items.saveRule(input, context))),
    removeRule: os.removeRule.handler(({ input, context }) =>
      change(context, 'items.removeRule', async () => {
        await items.removeRule(input, context);
        return {};
      }),
    ),
    orderRules: os.orderRules.handler(({ input, context }) => change(context, 'items.orderRules', () => items.orderRules(input, context))),
    tryRule: os.tryRule.handler(({ input }) => items.tryRule(input)),
    export: os.export.handler(({ input }) => items.export(input)),
    import: os.import.handler(({ input, context }) => (input.dryRun ? items.import(input, context) : change(context, 'items.import', () => items.import(input, context)))),
    goods: os.goods.handler(({ input }) => items.goods(input.orders)),
    rooms: os.rooms.handler(({ input }) => items.rooms(input)),
    widths: os.widths.handler(({ input }) => items.widths(input)),
  });
}
