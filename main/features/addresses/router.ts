import { implement } from '@orpc/server';
import { addressesContract } from '../../../common/contract/addresses.ts';
import { fail } from '../../../common/errors.ts';
import { errorBoundary } from '../../transport/implement.ts';
import type { CallContext } from '../../transport/implement.ts';
import type { Changes } from '../events/service.ts';
import type { AddressesService } from './service.ts';

/** The address book over the contract. A packer may look and paste; the book is the lead's. */
export function createAddressesRouter(addresses: AddressesService, changes: Pick<Changes, 'emit'>) {
  const os = implement(addressesContract).$context<CallContext>().use(errorBoundary);

  async function change<T>(context: CallContext, action: string, work: () => Promise<T>): Promise<T> {
    if (context.role === 'packer') fail('FORBIDDEN', { action });
    const value = await work();
    changes.emit('addresses', 'shops');
    return value;
  }

  return os.router({
    list: os.list.handler(({ input }) => addresses.list(input)),
    get: os.get.handler(({ input }) => addresses.get(input.id)),
    create: os.create.handler(({ input, context }) => change(context, 'addresses.create', () => addresses.create(input, context))),
    update: os.update.handler(({ input, context }) => change(context, 'addresses.update', () => addresses.update(input, context))),
    archive: os.archive.handler(({ input, context }) => change(context, 'addresses.archive', () => addresses.archive(input, context))),
    remove: os.remove.handler(({ input, context }) =>
      change(context, 'addresses.remove', async () => {
        await addresses.remove(input, context);
        return {};
      }),
    ),
    setDefault: os.setDefault.handler(({ input, context }) => change(context, 'addresses.setDefault', () => addresses.setDefault(input, context))),
    defaults: os.defaults.handler(() => addresses.defaults()),
    divisions: os.divisions.handler(() => addresses.divisions()),
    check: os.check.handler(({ input }) => addresses.check(input)),
    parse: os.parse.handler(async ({ input }) => {
      const { recipients } = await addresses.parse(input);
      return { recipients: recipients.map(({ text, address, goods }) => ({ text, goods: [...goods], address: { ...address, ambiguities: address.ambiguities.map((one) => ({ ...one, candidates: [...one.candidates] })), doubts: [...address.doubts] } })) };
    }),
    places: os.places.handler(({ input }) => addresses.places(input)),
    export: os.export.handler(() => addresses.export()),
    import: os.import.handler(({ input, context }) => (input.dryRun ? addresses.import(input, context) : change(context, 'addresses.import', () => addresses.import(input, context)))),
    recent: os.recent.handler(({ input }) => addresses.recent(input)),
  });
}
