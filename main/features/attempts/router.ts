import { implement } from '@orpc/server';
import { attemptsContract } from '../../../common/contract/attempts.ts';
import { fail } from '../../../common/errors.ts';
import { errorBoundary } from '../../transport/implement.ts';
import type { CallContext } from '../../transport/implement.ts';
import type { Changes } from '../events/service.ts';
import type { AttemptsService } from './service.ts';

/** Print attempts over the contract; nothing else. */
export function createAttemptsRouter(attempts: AttemptsService, changes: Pick<Changes, 'emit'>) {
  const os = implement(attemptsContract).$context<CallContext>().use(errorBoundary);
  async function change<T>(work: Promise<T>): Promise<T> {
    const value = await work;
    changes.emit('attempts', 'waybills', 'parcels');
    return value;
  }
  return os.router({
    list: os.list.handler(({ input }) => attempts.list(input)),
    get: os.get.handler(({ input }) => attempts.get(input.id)),
    jobs: os.jobs.handler(({ input }) => attempts.jobs(input.limit)),
    uncertain: os.uncertain.handler(() => attempts.uncertain()),
    settle: os.settle.handler(({ input, context }) => change(attempts.settle(input, context))),
    settleByLast: os.settleByLast.handler(({ input, context }) => change(attempts.settleByLast(input, context))),
    settleJob: os.settleJob.handler(({ input, context }) => change(attempts.settleJob(input, context))),
    scan: os.scan.handler(({ input, context }) => change(attempts.scan(input, context))),
    rights: os.rights.handler(() => attempts.rights.get()),
    setRights: os.setRights.handler(async ({ input, context }) => {
      if (context.role === 'packer') fail('FORBIDDEN', { action: 'attempts.rights' });
      await attempts.rights.set(input);
      return attempts.rights.get();
    }),
  });
}
