import type { SystemStatus } from '../../../common/contract/system.ts';
import type { SettingsService } from '../settings/service.ts';
import type { PrintingService } from '../printing/service.ts';

export interface SystemDeps {
  readonly version: string;
  readonly settings: SettingsService;
  readonly printing: Pick<PrintingService, 'running'>;
  /** Printers by name; the condition is the last one heard, `idle` when nobody asked yet. */
  readonly printers: () => Promise<readonly { id: string; name: string; condition: string }[]>;
  readonly numbers: () => Promise<{ left: number; daysLeft: number | null; unknown: number }>;
  /** Nothing has been entered yet: no shop, no order. */
  readonly isEmpty: () => Promise<boolean>;
}

export type SystemService = ReturnType<typeof createSystemService>;

/** What the frame always tells. */
export function createSystemService(deps: SystemDeps) {
  return {
    async status(): Promise<SystemStatus> {
      const [settings, printers, numbers] = await Promise.all([deps.settings.get(), deps.printers(), deps.numbers()]);
      const printer = printers.find((entry) => entry.id === settings.defaultPrinterId) ?? printers[0] ?? null;
      return {
        version: deps.version,
        printer,
        numbersLeft: numbers.left,
        daysLeft: numbers.daysLeft,
        unknownLabels: numbers.unknown,
        jobs: deps.printing.running().map((job) => ({
          jobId: job.jobId,
          printerName: job.printer.name,
          ...job.summary(),
          state: job.state() === 'stopped' ? ('stopped' as const) : ('running' as const),
        })),
        fresh: !settings.onboarded && (await deps.isEmpty()),
      };
    },
  };
}
