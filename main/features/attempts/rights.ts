/** Who may reprint: everybody, everybody with a reason, or only with the lead's PIN. */
import { randomBytes, scryptSync, timingSafeEqual } from 'node:crypto';
import { fail } from '../../../common/errors.ts';
import type { Store } from '../waybills/store.ts';

export const reprintRights = ['allowed', 'reason', 'pin'] as const;
export type ReprintRight = (typeof reprintRights)[number];

const triesUntilLocked = 5;
const lockedMinutes = 10;

const fresh = { id: 1, reprint: 'reason', pin_salt: '', pin_hash: '', wrong: 0, locked_until: null as string | null };

export type Rights = ReturnType<typeof createRights>;

export function createRights({ store, clock }: { store: Store; clock: { now(): string } }) {
  async function read() {
    return (await store.db.selectFrom('print_rights').selectAll().where('id', '=', 1).executeTakeFirst()) ?? fresh;
  }
  async function write(set: Partial<typeof fresh>): Promise<void> {
    await store.write(
      async (trx) =>
        void (await trx
          .insertInto('print_rights')
          .values({ ...fresh, ...set })
          .onConflict((conflict) => conflict.column('id').doUpdateSet(set))
          .execute()),
    );
  }

  return {
    async get(): Promise<{ reprint: ReprintRight; pinSet: boolean }> {
      const row = await read();
      return { reprint: row.reprint as ReprintRight, pinSet: row.pin_hash !== '' };
    },

    /** Errors: PIN_NEEDED when the right asks for a PIN and none is or was given. */
    async set(input: { reprint: ReprintRight; pin?: string | undefined }): Promise<void> {
      const row = await read();
      if (input.reprint === 'pin' && input.pin === undefined && row.pin_hash === '') fail('PIN_NEEDED', { action: 'reprint' });
      if (input.pin === undefined) return write({ reprint: input.reprint });
      const salt = randomBytes(16).toString('hex');
      return write({ reprint: input.reprint, pin_salt: salt, pin_hash: hashPin(input.pin, salt), wrong: 0, locked_until: null });
    },

    /**
     * Checks the right before a reprint, or before a parcel is packed in spite of an alarm. Returns who approved: the lead when the PIN was right.
     * Errors: REASON_NEEDED, PIN_NEEDED, PIN_WRONG.
     */
    async approve(action: 'reprint' | 'void' | 'pack', input: { reason: string; pin?: string | undefined }): Promise<'lead' | null> {
      const row = await read();
      if (row.reprint !== 'allowed' && input.reason.trim() === '') fail('REASON_NEEDED', { action });
      if (row.reprint !== 'pin') return null;
      if (input.pin === undefined || input.pin === '') fail('PIN_NEEDED', { action });
      const now = clock.now();
      if (row.locked_until !== null && row.locked_until > now) fail('PIN_WRONG', { triesLeft: 0 });
      if (matches(input.pin, row.pin_salt, row.pin_hash)) {
        if (row.wrong > 0) await write({ wrong: 0, locked_until: null });
        return 'lead';
      }
      const wrong = row.wrong + 1;
      const locked = wrong >= triesUntilLocked;
      await write({ wrong: locked ? 0 : wrong, locked_until: locked ? new Date(Date.parse(now) + lockedMinutes * 60_000).toISOString() : null });
      return fail('PIN_WRONG', { triesLeft: locked ? 0 : triesUntilLocked - wrong });
    },
  };
}

function hashPin(pin: string, salt: string): string {
  return scryptSync(pin, salt, 32).toString('hex');
}

function matches(pin: string, salt: string, hash: string): boolean {
  return hash !== '' && timingSafeEqual(Buffer.from(hashPin(pin, salt), 'hex'), Buffer.from(hash, 'hex'));
}
