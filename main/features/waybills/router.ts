import { implement } from '@orpc/server';
import { waybillsContract } from '../../../common/contract/waybills.ts';
import { fail } from '../../../common/errors.ts';
import { errorBoundary } from '../../transport/implement.ts';
import type { CallContext } from '../../transport/implement.ts';
import type { Changes } from '../events/service.ts';
import type { FilesService } from '../files/service.ts';
import { readListFile } from './list-file.ts';
import type { WaybillsService } from './service.ts';

/** Waybills over the contract. A packer draws, looks and voids nothing; who may do what is here and nowhere else. */
export function createWaybillsRouter(waybills: WaybillsService, changes: Pick<Changes, 'emit'>, files: Pick<FilesService, 'take'>) {
  const os = implement(waybillsContract).$context<CallContext>().use(errorBoundary);
  const { accounts, grants, imports, leases, life, reports } = waybills;

  function leadOnly(context: CallContext, action: string): void {
    if (context.role === 'packer') fail('FORBIDDEN', { action });
  }
  function ownerOnly(context: CallContext, action: string): void {
    if (context.role !== 'owner') fail('FORBIDDEN', { action });
  }
  /** Runs a change and tells the screens. */
  async function change<T>(work: Promise<T>): Promise<T> {
    const value = await work;
    changes.emit('waybills');
    return value;
  }

  return os.router({
    status: os.status.handler(async ({ context }) => ({ ...(await waybills.status()), role: context.role })),
    seen: os.seen.handler(async ({ input, context }) => {
      leadOnly(context, 'waybills.seen');
      await change(waybills.seen(input, context));
      return { ok: true };
    }),
    resume: os.resume.handler(({ context }) => {
      leadOnly(context, 'waybills.resume');
      return change(waybills.resume(context));
    }),
    pause: os.pause.handler(async ({ input, context }) => {
      leadOnly(context, 'waybills.pause');
      await change(waybills.pause(input, context));
      return { issuing: false };
    }),

    accounts: {
      list: os.accounts.list.handler(({ context }) => {
        leadOnly(context, 'accounts.list');
        return reports.accounts();
      }),
      create: os.accounts.create.handler(({ input, context }) => {
        leadOnly(context, 'accounts.create');
        return change(accounts.create(input, context));
      }),
      update: os.accounts.update.handler(({ input, context }) => {
        leadOnly(context, 'accounts.update');
        return change(accounts.update(input, context));
      }),
      setState: os.accounts.setState.handler(({ input, context }) => {
        leadOnly(context, 'accounts.state');
        return change(accounts.setState(input, context));
      }),
      agreement: os.accounts.agreement.handler(({ input, context }) => {
        leadOnly(context, 'accounts.agreement');
        return change(accounts.recordAgreement(input, context));
      }),
      topUp: os.accounts.topUp.handler(async ({ input, context }) => {
        leadOnly(context, 'accounts.top_up');
        return { balance: await change(accounts.topUp(input, context)) };
      }),
      correct: os.accounts.correct.handler(async ({ input, context }) => {
        leadOnly(context, 'accounts.correct');
        return { balance: await change(accounts.correct(input, context)) };
      }),
      statement: os.accounts.statement.handler(({ input, context }) => {
        leadOnly(context, 'accounts.statement');
        return reports.statement(input);
      }),
    },

    pools: {
      list: os.pools.list.handler(({ context }) => {
        leadOnly(context, 'pools.list');
        return reports.pools();
      }),
      create: os.pools.create.handler(({ input, context }) => {
        leadOnly(context, 'pools.create');
        return change(accounts.createPool(input, context));
      }),
      update: os.pools.update.handler(({ input, context }) => {
        leadOnly(context, 'pools.update');
        return change(accounts.updatePool(input, context));
      }),
      readFile: os.pools.readFile.handler(async ({ input, context }) => {
        leadOnly(context, 'pools.import');
        const file = files.take(input.fileId);
        return { name: file.name, text: await readListFile(file) };
      }),
      previewImport: os.pools.previewImport.handler(({ input, context }) => {
        leadOnly(context, 'pools.import');
        return imports.preview(input);
      }),
      import: os.pools.import.handler(({ input, context }) => {
        leadOnly(context, 'pools.import');
        return change(imports.commit(input, context));
      }),
    },

    grants: {
      list: os.grants.list.handler(({ input, context }) => {
        leadOnly(context, 'grants.list');
        return grants.list(input);
      }),
      create: os.grants.create.handler(({ input, context }) => {
        leadOnly(context, 'grants.create');
        return change(grants.create(input, context));
      }),
      update: os.grants.update.handler(({ input, context }) => {
        leadOnly(context, 'grants.update');
        return change(grants.update(input, context));
      }),
      setState: os.grants.setState.handler(({ input, context }) => {
        leadOnly(context, 'grants.state');
        return change(grants.setState(input, context));
      }),
      share: os.grants.share.handler(({ input, context }) => {
        leadOnly(context, 'grants.share');
        return change(grants.share(input, context));
      }),
      accept: os.grants.accept.handler(({ input, context }) => {
        leadOnly(context, 'grants.accept');
        return change(grants.accept(input, context));
      }),
      drawRules: os.grants.drawRules.handler(() => waybills.grants.drawRules()),
      drawRule: os.grants.drawRule.handler(async ({ input, context }) => {
        leadOnly(context, 'grants.rule');
        await change(grants.setDrawRule(input, context));
        return { ok: true };
      }),
      settlement: os.grants.settlement.handler(({ input, context }) => {
        leadOnly(context, 'grants.settlement');
        return reports.settlement(input);
      }),
      settlementCsv: os.grants.settlementCsv.handler(({ input, context }) => {
        leadOnly(context, 'grants.settlement');
        return waybills.settlementCsv(input);
      }),
      remaining: os.grants.remaining.handler(({ input }) => waybills.remaining(input.shopId)),
    },

    numbers: {
      follow: os.numbers.follow.handler(({ input }) => reports.follow(input.number)),
      void: os.numbers.void.handler(({ input, context }) => {
        leadOnly(context, 'numbers.void');
        return change(life.void(input, context));
      }),
      burn: os.numbers.burn.handler(({ input, context }) => {
        leadOnly(context, 'numbers.burn');
        return change(life.burn(input, context));
      }),
      handOver: os.numbers.handOver.handler(({ input, context }) => change(life.handOver(input.numbers, context))),
      recycle: os.numbers.recycle.handler(async ({ context }) => {
        leadOnly(context, 'numbers.recycle');
        return { returned: await change(life.recycle(context)) };
      }),
      voidWaiting: os.numbers.voidWaiting.handler(() => life.voidWaiting()),
    },

    ledger: {
      list: os.ledger.list.handler(({ input, context }) => {
        leadOnly(context, 'ledger.list');
        return reports.ledger(input);
      }),
      csv: os.ledger.csv.handler(({ input, context }) => {
        leadOnly(context, 'ledger.export');
        return waybills.ledgerCsv(input);
      }),
      verify: os.ledger.verify.handler(({ context }) => {
        leadOnly(context, 'ledger.verify');
        return change(waybills.verify());
      }),
      reconcile: os.ledger.reconcile.handler(({ context }) => {
        leadOnly(context, 'ledger.reconcile');
        return change(waybills.reconcile());
      }),
    },

    stations: {
      list: os.stations.list.handler(({ context }) => {
        leadOnly(context, 'stations.list');
        return leases.list();
      }),
      setQuota: os.stations.setQuota.handler(async ({ input, context }) => {
        leadOnly(context, 'stations.quota');
        await change(leases.enable(input, context));
        return { ok: true };
      }),
      writeOff: os.stations.writeOff.handler(({ input, context }) => {
        ownerOnly(context, 'stations.write_off');
        return change(leases.writeOff(input, context));
      }),
    },

    quarantine: {
      list: os.quarantine.list.handler(({ context }) => {
        leadOnly(context, 'quarantine.list');
        return life.quarantined();
      }),
      release: os.quarantine.release.handler(({ input, context }) => {
        ownerOnly(context, 'quarantine.release');
        return change(life.release(input, context));
      }),
    },
  });
}
