import { implement } from '@orpc/server';
import { systemContract } from '../../../common/contract/system.ts';
import { errorBoundary } from '../../transport/implement.ts';
import type { CallContext } from '../../transport/implement.ts';
import type { SettingsService } from '../settings/service.ts';
import type { SampleLoader } from './samples.ts';
import type { SystemService } from './service.ts';

export function createSystemRouter(system: SystemService, samples: SampleLoader, settings: SettingsService) {
  const os = implement(systemContract).$context<CallContext>().use(errorBoundary);
  return os.router({
    status: os.status.handler(() => system.status()),
    acceptSamples: os.acceptSamples.handler(({ context }) => samples.load(context)),
    declineSamples: os.declineSamples.handler(async () => {
      await settings.set({ onboarded: true });
      return {};
    }),
  });
}
