/** What parcels need of ports and other features. */
import type { PreparedLine } from '../../../common/contract/orders.ts';
import type { Divisions } from '../../../common/domain/addresses/divisions.ts';
import type { Clock, Ids } from '../../ports/index.ts';
import type { AuditService } from '../audit/service.ts';
import type { Changes } from '../events/service.ts';
import type { OrdersService } from '../orders/service.ts';
import type { SettingsService } from '../settings/service.ts';
import type { ParcelsRepository } from './repository.ts';

export interface ParcelsDeps {
  readonly repository: ParcelsRepository;
  readonly orders: OrdersService;
  readonly settings: Pick<SettingsService, 'get' | 'set'>;
  readonly audit: AuditService;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly changes: Pick<Changes, 'emit'>;
  /** Weight of one piece of each line in grams, null where nobody entered one; the items feature is asked. */
  readonly weighLines: (shopId: string, lines: readonly PreparedLine[]) => Promise<readonly (number | null)[]>;
  /** Another text whenever some line may weigh something else. */
  readonly weightsStamp: () => Promise<string>;
  /** Short names, so that goods are found by the word people know them by. */
  readonly nameLines: (shopId: string, lines: readonly PreparedLine[]) => Promise<readonly string[]>;
  /** The official tables, read when first needed. */
  readonly divisions: () => Promise<Divisions>;
}
