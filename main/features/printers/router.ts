import { implement } from '@orpc/server';
import { printersContract } from '../../../common/contract/printers.ts';
import { errorBoundary } from '../../transport/implement.ts';
import type { CallContext } from '../../transport/implement.ts';
import type { PrintersService } from './service.ts';

/** Printers over the contract; nothing else. */
export function createPrintersRouter(printers: PrintersService) {
  const os = implement(printersContract).$context<CallContext>().use(errorBoundary);
  return os.router({
    list: os.list.handler(({ input }) => printers.list(input)),
    get: os.get.handler(({ input }) => printers.get(input.id)),
    create: os.create.handler(({ input, context }) => printers.create(input, context)),
    update: os.update.handler(({ input, context }) => printers.update(input, context)),
    copyProfile: os.copyProfile.handler(({ input, context }) => printers.copyProfile(input, context)),
    presets: os.presets.handler(() => printers.presets()),
    discover: os.discover.handler(() => printers.discover()),
    probe: os.probe.handler(({ input, signal }) => printers.probe(input, signal)),
    status: os.status.handler(({ input }) => printers.status(input.id)),
    watch: os.watch.handler(({ signal }) => printers.watch(signal)),
    printTest: os.printTest.handler(({ input }) => printers.printTest(input.id)),
    testPicture: os.testPicture.handler(({ input }) => printers.testPicture(input.profile, input.name)),
    calibrate: os.calibrate.handler(({ input, context }) => printers.calibrate(input, context)),
    measureMedia: os.measureMedia.handler(({ input }) => printers.measureMedia(input.id)),
    giveUp: os.giveUp.handler(({ input, context }) => printers.giveUp(input.id, context)),
    pause: os.pause.handler(({ input }) => printers.pause(input.id, input.paused)),
  });
}
