/** What the tests of costs, freight bills and routing begin with. */
import type { Kysely } from 'kysely';
import type { Database } from '../../database/tables.ts';
import type { FilesService } from '../files/service.ts';

export const lead = { operator: 'lead', station: { id: 'st1' } };
export const clock = { now: () => '2026-11-22T10:00:00.000Z' };

/** Hands a file in as a page does, in one piece; gives its id. */
export function putFile(files: FilesService, name: string, bytes: Uint8Array): string {
  const { fileId } = files.begin({ name, size: bytes.length });
  files.append({ fileId, offset: 0, base64: Buffer.from(bytes).toString('base64') });
  return fileId;
}

/** Five parcels of one shop around November in China: with and without number, province by two names, weight unknown once. */
export async function seedParcels(db: Kysely<Database>): Promise<void> {
  await db.insertInto('shops').values({ id: 's1', name: '袜店', platform: 'taobao', sender_address_id: null, archived_at: null, created_at: '' }).execute();
  const parcel = (id: string, created: string, waybill: string, province: string, grams: number | null, state = 'printed') =>
    db
      .insertInto('parcels')
      .values({
        id, shop_id: 's1', state, name: '', phone: '', province, city: '', district: '', town: '', detail: '', postcode: '', recipient_key: '', carrier_code: 'YTO', carrier_reason: '', waybill, weight_grams: grams,
        group_id: '', position: 1, total: 1, held: '', memo: '', flag: '', origin: 'order', snapshot: '', version: 1, lock_station: '', lock_until: '', created_at: created, updated_at: created,
      })
      .execute();
  // 16:30 UTC on the 30th is the 1st in China
  await parcel('p1', '2026-10-31T16:30:00.000Z', 'YT0000001', '浙江省', 900);
  await parcel('p2', '2026-11-05T02:00:00.000Z', 'YT0000002', '新疆', 400);
  await parcel('p3', '2026-11-06T02:00:00.000Z', 'YT0000003', '浙江', null);
  await parcel('p4', '2026-11-06T02:00:00.000Z', '', '浙江', 100, 'open');
  await parcel('p5', '2026-12-01T02:00:00.000Z', 'YT0000005', '浙江', 100);
}
