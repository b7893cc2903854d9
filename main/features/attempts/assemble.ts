/** The parts of the attempt journal, put together over the parts of the ledger. */
import type { Db } from '../waybills/store.ts';
import type { AuditService } from '../audit/service.ts';
import { createAttemptJournal } from './journal.ts';
import type { JournalDeps } from './journal.ts';
import { createRecovery } from './recovery.ts';
import { createAttemptsRepository } from './repository.ts';
import { createRights } from './rights.ts';
import { createAttemptsService } from './service.ts';

export interface AttemptPartsDeps extends Omit<JournalDeps, 'repository' | 'witness'> {
  readonly db: Db;
  readonly audit: AuditService;
  readonly witness: Parameters<typeof createAttemptsService>[0]['witness'];
}

export function assembleAttempts(deps: AttemptPartsDeps) {
  const repository = createAttemptsRepository(deps.db);
  const journal = createAttemptJournal({ ...deps, repository });
  const recovery = createRecovery({ ...deps, repository, journal });
  const rights = createRights(deps);
  const service = createAttemptsService({ ...deps, repository, journal, recovery, rights });
  return { journal, recovery, service, repository };
}
