/** The working parts of numbers and labels, put together once. Compose calls it; so do the simulator and the crash harnesses. */
import type { Freight } from '../../../common/domain/waybills/choose.ts';
import type { AttemptState } from '../../../common/domain/waybills/attempts.ts';
import type { Clock, Ids, Log } from '../../ports/index.ts';
import { assembleAttempts } from '../attempts/assemble.ts';
import type { AuditService } from '../audit/service.ts';
import { createAccounts } from './accounts.ts';
import { createDraw } from './draw.ts';
import { createGate } from './gate.ts';
import { createGrants } from './grants.ts';
import { createImports } from './imports.ts';
import { createIncarnation } from './incarnation.ts';
import { createLeases } from './leases.ts';
import { createLedger } from './ledger.ts';
import { createLife } from './life.ts';
import { createNumberMoves } from './moves.ts';
import { createStationBlocks } from './station-blocks.ts';
import { createParcelFacts } from './parcel-facts.ts';
import { createWaybillsRepository } from './repository.ts';
import { createStore } from './store.ts';
import type { Db } from './store.ts';
import { createWitness } from './witness.ts';
import type { WitnessPlace } from './witness.ts';

export interface NumbersDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  readonly audit: AuditService;
  readonly witness: {
    readonly places: readonly WitnessPlace[];
    /** Identity of this PC, not of this installation. */
    readonly machineId: string;
    /** The data folder, or the server's address. */
    readonly place: string;
    /** Fresh for every run of the program. */
    readonly writer: string;
    /** A database server used by several programs. */
    readonly shared: boolean;
    readonly stillAt: (place: string, lineage: string) => boolean | Promise<boolean>;
    readonly syncEveryMs?: number | undefined;
  };
  readonly freight?: Freight | undefined;
  readonly parcelChanged?: ((parcelId: string) => void) | undefined;
  readonly attemptChanged?: ((attemptId: string, state: AttemptState) => void) | undefined;
}

export type Numbers = ReturnType<typeof assembleNumbers>;

export function assembleNumbers(deps: NumbersDeps) {
  const { db, clock, ids, log, audit } = deps;
  const gate = createGate(clock.now());
  const store = createStore({ db, gate, clock, log });
  const repository = createWaybillsRepository(db);
  const ledger = createLedger({ clock, gate });
  const witness = createWitness({ ...deps.witness, gate, clock, log });
  const moves = createNumberMoves(repository, deps.parcelChanged);
  const attempts = assembleAttempts({ db, store, ledger, gate, moves, ids, clock, audit, witness, changed: deps.attemptChanged });
  const { journal, recovery } = attempts;
  const parts = { store, repository, ledger, ids, clock, audit, witness };
  const draw = createDraw({ store, repository, ledger, journal, clock, witness, freight: deps.freight });
  const incarnation = createIncarnation({
    store, repository, ledger, gate, witness, ids, clock, log, shared: deps.witness.shared, stillAt: deps.witness.stillAt, attemptsAfterCopy: recovery.afterCopy,
  });
  return {
    gate, store, repository, ledger, witness, moves, journal, recovery, draw, incarnation, attempts: attempts.service,
    accounts: createAccounts(parts),
    imports: createImports(parts),
    grants: createGrants(parts),
    leases: createLeases(parts),
    stationBlocks: createStationBlocks(parts),
    parcelFacts: createParcelFacts(store),
    life: createLife({ ...parts, moves, attempts: attempts.service }),
  };
}
