import { implement } from '@orpc/server';
import { eventsContract } from '../../../common/contract/events.ts';
import { errorBoundary } from '../../transport/implement.ts';
import type { CallContext } from '../../transport/implement.ts';
import type { Changes } from './service.ts';

export function createEventsRouter(changes: Changes) {
  const os = implement(eventsContract).$context<CallContext>().use(errorBoundary);
  return os.router({
    changes: os.changes.handler(({ input, signal }) => changes.subscribe(input.after, signal)),
  });
}
