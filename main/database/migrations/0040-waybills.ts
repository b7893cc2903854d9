import type { CreateTableBuilder, Kysely } from 'kysely';
import { sql } from 'kysely';
import { carriers } from '../../../common/domain/waybills/carriers.ts';
import { appendOnly, forbid } from '../triggers.ts';

/** Waybill accounts, pools as segments, grants, drawn numbers and the ledger. */
export async function up(db: Kysely<any>): Promise<void> {
  await db
    .insertInto('carriers')
    .values(carriers.map((carrier) => ({ code: carrier.code, name: carrier.name, short_name: carrier.shortName, enabled: 1 })))
    .onConflict((conflict) => conflict.column('code').doNothing())
    .execute();

  await table(db, 'waybill_accounts', ['carrier_code', 'branch_code', 'branch_name', 'name', 'settlement', 'state', 'created_at'], ['unit_price', 'low_water', 'recycle_days'])
    .addColumn('owner_shop_id', 'text')
    .addColumn('agreement_at', 'text')
    .addColumn('agreement_account', 'text')
    .addCheckConstraint('waybill_accounts_settlement', sql`settlement in ('prepaid', 'monthly', 'pickup')`)
    .addCheckConstraint('waybill_accounts_state', sql`state in ('applied', 'waiting', 'active', 'suspended', 'closed')`)
    .execute();

  await table(db, 'waybill_account_steps', ['account_id', 'to_state', 'at', 'operator', 'station_id', 'reason']).addColumn('from_state', 'text').execute();
  await db.schema.createIndex('waybill_account_steps_account').on('waybill_account_steps').columns(['account_id', 'at']).execute();
  await appendOnly(db, 'waybill_account_steps');

  await table(db, 'waybill_pools', ['account_id', 'name', 'owner_shop_id', 'created_at'], ['reserve']).addColumn('archived_at', 'text').execute();
  await db.schema.createIndex('waybill_pools_account').on('waybill_pools').column('account_id').execute();

  await table(
    db,
    'waybill_segments',
    ['pool_id', 'account_id', 'series', 'prefix', 'suffix', 'kind', 'holder', 'state', 'import_id'],
    ['width', 'first_tail', 'last_tail', 'next_tail', 'position'],
  )
    .addColumn('lease_id', 'text')
    .addCheckConstraint('waybill_segments_bounds', sql`next_tail >= first_tail and next_tail <= last_tail + 1`)
    .addCheckConstraint('waybill_segments_state', sql`state in ('open', 'used', 'quarantine', 'burned')`)
    .execute();
  await db.schema.createIndex('waybill_segments_draw').on('waybill_segments').columns(['pool_id', 'holder', 'state', 'position']).execute();
  await db.schema.createIndex('waybill_segments_series').on('waybill_segments').columns(['series', 'first_tail']).unique().execute();
  await db.schema.createIndex('waybill_segments_state').on('waybill_segments').columns(['state']).where('state' as never, '!=', 'used').execute();
  await forbid(db, { table: 'waybill_segments', name: 'waybill_segments_forward', on: 'update', when: 'new.next_tail < old.next_tail or new.first_tail <> old.first_tail or new.series <> old.series', message: 'a drawn number never goes back' });
  await forbid(db, { table: 'waybill_segments', name: 'waybill_segments_keep', on: 'delete', message: 'a segment is never deleted' });

  await table(db, 'waybill_imports', ['account_id', 'pool_id', 'source', 'operator', 'station_id', 'at'], ['numbers', 'segments', 'warnings', 'top_up']).execute();

  await db.schema
    .createTable('waybill_numbers')
    .addColumn('number', 'text', (column) => column.primaryKey())
    .$call(texts(['carrier_code', 'account_id', 'pool_id', 'segment_id', 'state', 'parcel_id', 'request_key', 'shop_id', 'payer_shop_id', 'grant_id', 'station_id', 'operator', 'reason', 'drawn_at']))
    .addColumn('live', 'integer', (column) => column.notNull())
    .addColumn('last_seq', 'bigint', (column) => column.notNull())
    .addColumn('release_at', 'text')
    .addCheckConstraint('waybill_numbers_state', sql`state in ('assigned', 'printed', 'unknown', 'handed_over', 'closed', 'void_waiting', 'void', 'burned')`)
    .addCheckConstraint('waybill_numbers_live', sql`live = case when state in ('void_waiting', 'void', 'burned') then 0 else 1 end`)
    .execute();
  // One parcel has at most one living number, and one request is answered with one number: constraints, not habits.
  await db.schema.createIndex('waybill_numbers_parcel').on('waybill_numbers').column('parcel_id').unique().where('live' as never, '=', 1).execute();
  await db.schema.createIndex('waybill_numbers_request').on('waybill_numbers').column('request_key').unique().where('live' as never, '=', 1).execute();
  await db.schema.createIndex('waybill_numbers_release').on('waybill_numbers').column('release_at').where('state' as never, '=', 'void_waiting').execute();
  await forbid(db, { table: 'waybill_numbers', name: 'waybill_numbers_parcel_kept', on: 'update', when: 'new.parcel_id <> old.parcel_id or new.number <> old.number or new.live > old.live', message: 'a number keeps its parcel for ever' });
  await forbid(db, { table: 'waybill_numbers', name: 'waybill_numbers_keep', on: 'delete', message: 'a drawn number is never deleted' });

  await table(db, 'waybill_grants', ['pool_id', 'shop_id', 'valid_from', 'state', 'created_at', 'created_by', 'changed_at'], ['own', 'used', 'priority'])
    .addColumn('cap', 'integer')
    .addColumn('daily_cap', 'integer')
    .addColumn('valid_to', 'text')
    .addColumn('provinces', 'text')
    .addColumn('min_grams', 'integer')
    .addColumn('max_grams', 'integer')
    .addCheckConstraint('waybill_grants_cap', sql`cap is null or used <= cap`)
    .addCheckConstraint('waybill_grants_state', sql`state in ('pending', 'active', 'paused', 'revoked')`)
    .execute();
  await db.schema.createIndex('waybill_grants_shop').on('waybill_grants').column('shop_id').execute();
  await db.schema.createIndex('waybill_grants_pool').on('waybill_grants').column('pool_id').execute();

  await db.schema
    .createTable('waybill_grant_days')
    .$call(texts(['grant_id', 'day']))
    .addColumn('used', 'integer', (column) => column.notNull())
    .addPrimaryKeyConstraint('waybill_grant_days_pk', ['grant_id', 'day'] as never)
    .execute();

  await table(db, 'waybill_share_codes', ['grant_id', 'shop_id', 'code_hash', 'expires_at', 'created_at'], ['tries_left']).addColumn('used_at', 'text').execute();
  await db.schema.createIndex('waybill_share_codes_shop').on('waybill_share_codes').column('shop_id').execute();

  await db.schema
    .createTable('waybill_draw_rules')
    .addColumn('shop_id', 'text', (column) => column.primaryKey())
    .addColumn('mode', 'text', (column) => column.notNull())
    .execute();

  await db.schema
    .createTable('waybill_holders')
    .addColumn('station_id', 'text', (column) => column.primaryKey())
    .$call(texts(['incarnation']))
    .$call(integers(['epoch', 'quota', 'outstanding']))
    .addColumn('lost_at', 'text')
    .addCheckConstraint('waybill_holders_quota', sql`outstanding >= 0 and outstanding <= quota`)
    .execute();

  await table(db, 'waybill_leases', ['request_id', 'station_id', 'pool_id', 'account_id', 'at', 'renew_by'], ['epoch', 'numbers'])
    .addColumn('closed_at', 'text')
    .addColumn('closed_as', 'text')
    .addUniqueConstraint('waybill_leases_request', ['request_id'])
    .execute();
  await db.schema.createIndex('waybill_leases_station').on('waybill_leases').column('station_id').execute();

  await table(db, 'waybill_requests', ['pool_id', 'host_pool_id', 'at'], ['numbers']).addColumn('answered_at', 'text').addColumn('lease_id', 'text').execute();

  await table(db, 'waybill_releases', ['segment_id', 'evidence', 'first_by', 'first_at'], ['numbers']).addColumn('second_by', 'text').addColumn('second_at', 'text').execute();

  await ledger(db);
}

async function ledger(db: Kysely<any>): Promise<void> {
  await db.schema
    .createTable('waybill_ledger')
    .addColumn('seq', 'bigint', (column) => column.primaryKey())
    .$call(texts(['at', 'kind', 'book', 'account_id', 'pool_id', 'from_acct', 'to_acct', 'station_id', 'operator', 'reason', 'facts', 'prev_hash', 'hash']))
    .addColumn('n', 'integer', (column) => column.notNull())
    .$call(nullableTexts(['number', 'first_number', 'last_number', 'parcel_id', 'shop_id', 'payer_shop_id', 'grant_id', 'attempt_id']))
    .addCheckConstraint('waybill_ledger_n', sql`n > 0 and from_acct <> to_acct`)
    .addCheckConstraint('waybill_ledger_book', sql`book in ('numbers', 'units')`)
    .execute();
  await db.schema.createIndex('waybill_ledger_number').on('waybill_ledger').columns(['number', 'seq']).where('number' as never, 'is not', null).execute();
  await db.schema.createIndex('waybill_ledger_account').on('waybill_ledger').columns(['account_id', 'book', 'at']).where('number' as never, 'is', null).execute();
  await appendOnly(db, 'waybill_ledger');

  await db.schema
    .createTable('waybill_ledger_head')
    .addColumn('id', 'integer', (column) => column.primaryKey().check(sql`id = 1`))
    .addColumn('seq', 'bigint', (column) => column.notNull())
    .addColumn('verified_seq', 'bigint', (column) => column.notNull())
    .$call(texts(['hash', 'at', 'database_id', 'lineage']))
    .$call(integers(['incarnation']))
    .$call(nullableTexts(['stopped_reason', 'stopped_at']))
    .execute();
  await forbid(db, { table: 'waybill_ledger_head', name: 'waybill_ledger_head_forward', on: 'update', when: 'new.seq < old.seq or new.incarnation < old.incarnation', message: 'the ledger only grows' });
  await forbid(db, { table: 'waybill_ledger_head', name: 'waybill_ledger_head_keep', on: 'delete', message: 'the ledger only grows' });

  await db.schema
    .createTable('waybill_balances')
    .$call(texts(['book', 'account_id', 'pool_id', 'acct']))
    .addColumn('balance', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('waybill_balances_pk', ['account_id', 'pool_id', 'book', 'acct'] as never)
    .addCheckConstraint('waybill_balances_positive', sql`balance >= 0 or acct = 'outside'`)
    .execute();

  await db.schema
    .createTable('waybill_incarnations')
    .addColumn('n', 'integer', (column) => column.primaryKey())
    .$call(texts(['database_id', 'machine_id', 'place', 'reason', 'facts', 'at']))
    .addColumn('seq', 'bigint', (column) => column.notNull())
    .$call(nullableTexts(['seen_at', 'seen_by']))
    .execute();
}

/** A table with a text id, other required texts and required integers. */
function table(db: Kysely<any>, name: string, required: readonly string[], whole: readonly string[] = []): CreateTableBuilder<string, any> {
  return db.schema
    .createTable(name)
    .addColumn('id', 'text', (column) => column.primaryKey())
    .$call(texts(required))
    .$call(integers(whole)) as CreateTableBuilder<string, any>;
}

function texts(names: readonly string[]) {
  return <B extends CreateTableBuilder<any, any>>(builder: B): B => names.reduce((made, name) => made.addColumn(name, 'text', (column) => column.notNull()) as B, builder);
}

function nullableTexts(names: readonly string[]) {
  return <B extends CreateTableBuilder<any, any>>(builder: B): B => names.reduce((made, name) => made.addColumn(name, 'text') as B, builder);
}

function integers(names: readonly string[]) {
  return <B extends CreateTableBuilder<any, any>>(builder: B): B => names.reduce((made, name) => made.addColumn(name, 'integer', (column) => column.notNull()) as B, builder);
}
