import { implement } from '@orpc/server';
import { parcelsContract } from '../../../common/contract/orders.ts';
import { fail } from '../../../common/errors.ts';
import { errorBoundary } from '../../transport/implement.ts';
import type { CallContext } from '../../transport/implement.ts';
import type { ParcelsService } from './service.ts';

/** Parcels over the contract. What holds for every order from now on, the rules, is the lead's. */
export function createParcelsRouter(parcels: ParcelsService) {
  function lead(context: CallContext, action: string): void {
    if (context.role === 'packer') fail('FORBIDDEN', { action });
  }

  const os = implement(parcelsContract).$context<CallContext>().use(errorBoundary);
  return os.router({
    ofOrders: os.ofOrders.handler(({ input }) => parcels.ofOrders(input.orderIds)),
    mergeProposals: os.mergeProposals.handler(({ input }) => parcels.mergeProposals(input)),
    merge: os.merge.handler(({ input, context }) => parcels.merge(input.groups, input.force, context)),
    unmerge: os.unmerge.handler(({ input, context }) => parcels.unmerge(input.parcelIds, context)),
    split: os.split.handler(({ input, context }) => parcels.split(input.orderId, input.by, context)),
    cancel: os.cancel.handler(({ input, context }) => parcels.cancel(input.parcelIds, context)),
    setCarrier: os.setCarrier.handler(({ input, context }) => parcels.setCarrier(input.orderIds, input.carrierCode, context)),
    setWeight: os.setWeight.handler(({ input, context }) => parcels.setWeight(input.parcelId, input.grams, context)),
    rules: {
      list: os.rules.list.handler(async () => mutable(await parcels.rules())),
      save: os.rules.save.handler(async ({ input, context }) => {
        lead(context, 'parcels.rules.save');
        return mutable(await parcels.saveRules(input, context));
      }),
      whatIf: os.rules.whatIf.handler(({ input }) => parcels.whatIf(input.orderIds, { ...(input.rules && { rules: input.rules }), ...(input.fallback !== undefined && { fallback: input.fallback }), ...(input.reach && { reach: input.reach }) })),
      apply: os.rules.apply.handler(({ input, context }) => parcels.applyRules(input.orderIds, context)),
      readReach: os.rules.readReach.handler(({ input }) => parcels.readReach(input.text, input.carrierCode)),
    },
    settings: {
      get: os.settings.get.handler(() => parcels.settings()),
      save: os.settings.save.handler(({ input, context }) => {
        lead(context, 'parcels.settings.save');
        return parcels.saveSettings(input, context);
      }),
    },
  });
}

function mutable<R, P>({ rules, fallback, reach }: { rules: readonly R[]; fallback: string; reach: readonly P[] }): { rules: R[]; fallback: string; reach: P[] } {
  return { rules: [...rules], fallback, reach: [...reach] };
}
