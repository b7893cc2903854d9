import { implement } from '@orpc/server';
import { settingsContract } from '../../../common/contract/settings.ts';
import { errorBoundary } from '../../transport/implement.ts';
import type { CallContext } from '../../transport/implement.ts';
import type { Changes } from '../events/service.ts';
import type { SettingsService } from './service.ts';

export function createSettingsRouter(settings: SettingsService, changes: Changes) {
  const os = implement(settingsContract).$context<CallContext>().use(errorBoundary);
  return os.router({
    get: os.get.handler(() => settings.get()),
    set: os.set.handler(async ({ input }) => {
      const next = await settings.set(input);
      changes.emit('settings');
      return next;
    }),
  });
}
