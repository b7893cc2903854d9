import { implement } from '@orpc/server';
import { stationsContract } from '../../../common/contract/stations.ts';
import { errorBoundary } from '../../transport/implement.ts';
import type { CallContext } from '../../transport/implement.ts';
import type { Changes } from '../events/service.ts';
import type { HandOverService } from './hand-over.ts';
import type { StationsService } from './service.ts';

/** Packing stations over the contract. The station is the caller's own: nobody scans for another. */
export function createStationsRouter(stations: StationsService, handOver: HandOverService, changes: Pick<Changes, 'emit'>) {
  const os = implement(stationsContract).$context<CallContext>().use(errorBoundary);
  async function change<T>(work: Promise<T>, ...topics: Parameters<Changes['emit']>): Promise<T> {
    const value = await work;
    changes.emit('stations', ...topics);
    return value;
  }
  return os.router({
    desk: os.desk.handler(({ context }) => stations.desk(context)),
    scan: os.scan.handler(({ input, context }) => change(stations.scan(input, context), 'attempts')),
    packAsIs: os.packAsIs.handler(({ input, context }) => change(stations.packAsIs(input.number, context))),
    putDown: os.putDown.handler(({ context }) => change(stations.putDown(context))),
    undo: os.undo.handler(({ context }) => change(stations.undo(context))),
    setAside: os.setAside.handler(({ input, context }) => change(stations.setAside(input, context), 'orders')),
    packDespite: os.packDespite.handler(({ input, context }) => change(stations.packDespite(input, context), 'orders')),
    handOver: {
      list: os.handOver.list.handler(() => handOver.list()),
      confirm: os.handOver.confirm.handler(({ input, context }) => change(handOver.confirm(input, context), 'waybills', 'parcels', 'orders')),
      print: os.handOver.print.handler(({ input }) => handOver.print(input.id, input.printerId)),
      pdf: os.handOver.pdf.handler(({ input }) => handOver.pdf(input.id)),
    },
  });
}
