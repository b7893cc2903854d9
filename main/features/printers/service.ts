import { printerAddressSchema, printerProfileSchema } from '../../../common/contract/printers.ts';
import type { Calibration, Discovery, PrinterAddressValue, PrinterProfileValue, PrinterRow, PrinterState, ProbeResult } from '../../../common/contract/printers.ts';
import type { LabelData } from '../../../common/domain/label/data.ts';
import type { LabelDocument } from '../../../common/domain/label/document.ts';
import type { RenderedLabel } from '../../../common/domain/label/rendered.ts';
import { fail } from '../../../common/errors.ts';
import type { Clock, Ids } from '../../ports/index.ts';
import { encodeLabel } from '../../printing/languages/index.ts';
import { languageScales } from '../../printing/languages/limits.ts';
import { defaultProfiles, genericProfile } from '../../printing/languages/profiles.ts';
import type { LabelEngine } from '../../printing/raster/engine.ts';
import { encodePng } from '../../printing/raster/png.ts';
import type { DiscoveryResult } from '../../printing/setup/discovery.ts';
import { probePrinter } from '../../printing/setup/probe.ts';
import { testLabel } from '../../printing/setup/test-label.ts';
import type { PrinterHub } from '../../printing/spool/hub.ts';
import type { LivePrinter } from '../../printing/spool/types.ts';
import { addressText } from '../../printing/transports/address.ts';
import type { ParsedAddress } from '../../printing/transports/address.ts';
import type { PrinterAddress, Transport } from '../../printing/types.ts';
import { completeLabelData } from '../../../common/domain/label/data.ts';
import type { Actor, AuditService } from '../audit/service.ts';
import type { Changes } from '../events/service.ts';
import { calibrated } from './calibrate.ts';
import { measureMediaBytes } from './media.ts';
import type { PrintersRepository } from './repository.ts';
import { testAttemptId } from './test-labels.ts';

export interface PrintersDeps {
  readonly repository: PrintersRepository;
  /** Handed over as a function: the hub asks this service for printers, and this service asks the hub for actors. */
  readonly hub: () => PrinterHub;
  readonly engine: Pick<LabelEngine, 'render'>;
  readonly discover: () => Promise<DiscoveryResult>;
  readonly transportFor: (address: PrinterAddress) => Transport;
  readonly changes: Changes;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly audit: AuditService;
}

export interface Sending {
  readonly state: 'sent' | 'acked' | 'uncertain' | 'not_sent';
  readonly reason: string;
}

export type PrintersService = ReturnType<typeof createPrintersService>;

/** Use cases of printers. */
export function createPrintersService(deps: PrintersDeps) {
  const { repository, hub, engine, changes, clock, ids, audit } = deps;

  async function get(id: string): Promise<PrinterRow> {
    return (await repository.find(id)) ?? fail('NOT_FOUND', { what: 'printer', id });
  }

  async function nameIsFree(name: string, id: string | undefined): Promise<void> {
    const other = await repository.findByName(name);
    if (other !== undefined && other.id !== id) fail('CONFLICT', { what: 'printer', id: other.id, reason: 'name' });
  }

  async function freeName(wanted: string): Promise<string> {
    const base = wanted.slice(0, 55);
    for (let count = 1; ; count++) {
      const name = count === 1 ? base : `${base} ${count}`;
      if ((await repository.findByName(name)) === undefined) return name;
    }
  }

  /** Writes the change; an actor that drove the printer by its old settings ends in order. */
  async function save(printers: readonly PrinterRow[]): Promise<void> {
    await repository.update(printers);
    changes.emit('printers');
    await Promise.all(printers.map((printer) => hub().forget(printer.id)));
  }

  function draw(profile: PrinterProfileValue, name: string): RenderedLabel {
    const document = testLabel(profile, { printer: name, printedAt: clock.now().slice(0, 19).replace('T', ' ') });
    const [label] = engine.render(document, completeLabelData({}), { dpi: profile.dpi, headDots: profile.headDots });
    return label ?? fail('BAD_INPUT', { issues: [{ path: 'media', message: 'the paper is too small for a test label' }] });
  }

  /** Sends bytes through the printer's actor, behind whatever it is printing, and waits for what becomes of them. */
  async function send(printer: PrinterRow, encode: () => Uint8Array): Promise<Sending> {
    // Encoded before it is queued: what cannot be printed is said before paper moves.
    const bytes = encode();
    const actor = await hub().actor(printer.id);
    const { labels, stopped } = await actor.submit([{ attemptId: testAttemptId(ids.next('tst')), encode: () => Promise.resolve(bytes) }]).done;
    const outcome = labels[0];
    const reason = outcome?.reason ?? stopped?.message ?? '';
    if (outcome?.state === 'sent' || outcome?.state === 'acked' || outcome?.state === 'uncertain') return { state: outcome.state, reason };
    return { state: 'not_sent', reason };
  }

  const service = {
    get,

    async list(query: { archived: boolean }): Promise<(PrinterRow & { state: PrinterState | null })[]> {
      const live = new Map(hub().actors().map((actor) => [actor.printerId, stateOf(actor.live())]));
      return (await repository.list(query.archived)).map((printer) => ({ ...printer, state: live.get(printer.id) ?? null }));
    },

    /** Errors: CONFLICT when a printer in use has the name. */
    async create(input: { name: string; address: PrinterAddressValue; profile: PrinterProfileValue }, actor: Actor): Promise<PrinterRow> {
      await nameIsFree(input.name, undefined);
      const now = clock.now();
      const printer: PrinterRow = { ...input, id: ids.next('prn'), calibratedAt: null, archivedAt: null, createdAt: now, updatedAt: now };
      await repository.insert(printer);
      await audit.record(actor, 'printer.create', printer.id, { kind: input.address.kind, language: input.profile.language });
      changes.emit('printers');
      return printer;
    },

    /**
     * The printer at an address given as one line, made when there is none; options (language, dpi, mode, width and height in mm) win over
     * what was set before. Errors: LANGUAGE_UNKNOWN, BAD_INPUT.
     */
    async ensure({ address, options }: ParsedAddress, actor: Actor): Promise<PrinterRow> {
      const known = (await repository.list(false)).find((printer) => samePlace(printer.address, address));
      if (known !== undefined && Object.keys(options).every((key) => !profileOptions.has(key))) return known;
      const profile = profileFromOptions(options, known?.profile);
      if (known !== undefined) return JSON.stringify(known.profile) === JSON.stringify(profile) ? known : service.update({ id: known.id, profile }, actor);
      return service.create({ name: await freeName(addressText(address)), address: printerAddressSchema.parse(address), profile }, actor);
    },

    async update(
      input: { id: string; name?: string | undefined; address?: PrinterAddressValue | undefined; profile?: PrinterProfileValue | undefined; archived?: boolean | undefined },
      actor: Actor,
    ): Promise<PrinterRow> {
      const before = await get(input.id);
      const next: PrinterRow = {
        ...before,
        name: input.name ?? before.name,
        address: input.address ?? before.address,
        profile: input.profile ?? before.profile,
        archivedAt: input.archived === undefined ? before.archivedAt : input.archived ? clock.now() : null,
        updatedAt: clock.now(),
      };
      if (next.archivedAt === null && (next.name !== before.name || before.archivedAt !== null)) await nameIsFree(next.name, next.id);
      await save([next]);
      await audit.record(actor, 'printer.update', next.id, { fields: Object.keys(input).filter((key) => key !== 'id') });
      return next;
    },

    /** The profile onto other printers, except what belongs to the single device: offset and darkness. */
    async copyProfile(input: { id: string; toIds: readonly string[] }, actor: Actor): Promise<PrinterRow[]> {
      const from = await get(input.id);
      const targets = await Promise.all([...new Set(input.toIds)].filter((id) => id !== from.id).map((id) => get(id)));
      const next = targets.map((printer): PrinterRow => {
        const { darkness, offset } = printer.profile;
        const { darkness: _other, ...common } = from.profile;
        return { ...printer, profile: { ...common, offset, ...(darkness === undefined ? {} : { darkness }) }, updatedAt: clock.now() };
      });
      await save(next);
      for (const printer of next) await audit.record(actor, 'printer.copy_profile', printer.id, { from: from.id });
      return next;
    },

    presets: () => ({ profiles: defaultProfiles.map(({ id, name, profile }) => ({ id, name, profile })), scales: languageScales }),

    /** What this PC knows of, with the printer that is already set up at the address. */
    async discover(): Promise<Discovery> {
      const [{ found, problems }, known] = await Promise.all([deps.discover(), repository.list(false)]);
      return {
        found: found.map((one) => ({
          ...one,
          languages: [...one.languages],
          printerId: known.find((printer) => samePlace(printer.address, one.address))?.id ?? null,
        })),
        problems: problems.map((problem) => ({ ...problem })),
      };
    },

    probe(input: { address: PrinterAddressValue; language?: PrinterProfileValue['language'] | undefined }, signal?: AbortSignal): Promise<ProbeResult> {
      return probePrinter(deps.transportFor(input.address), input.language, undefined, signal);
    },

    /** Asks the printer now; prints nothing. */
    async status(id: string): Promise<PrinterState> {
      await get(id);
      return stateOf(await (await hub().actor(id)).refresh());
    },

    async pause(id: string, paused: boolean): Promise<PrinterState> {
      await get(id);
      const actor = await hub().actor(id);
      if (paused) actor.pause();
      else actor.resume();
      return stateOf(actor.live());
    },

    /** A stalled printer is never given up by itself; a person does it, and the label under way stays in doubt. */
    async giveUp(id: string, actor: Actor): Promise<PrinterState> {
      await get(id);
      const printer = await hub().actor(id);
      const { current } = printer.live();
      printer.giveUp();
      await audit.record(actor, 'printer.give_up', id, { attempt: current ?? null });
      return stateOf(printer.live());
    },

    async *watch(signal?: AbortSignal): AsyncGenerator<PrinterState & { printerId: string }> {
      const waiting = new Map<string, LivePrinter>();
      let wake = Promise.withResolvers<void>();
      const stop = hub().subscribe((live) => {
        waiting.set(live.printerId, live);
        wake.resolve();
      });
      const ended = (): boolean => signal?.aborted === true;
      const end = (): void => wake.resolve();
      signal?.addEventListener('abort', end);
      try {
        while (!ended()) {
          await wake.promise;
          wake = Promise.withResolvers();
          // Only the last state of each printer matters to a screen.
          for (const live of Array.from(waiting.values())) {
            waiting.delete(live.printerId);
            yield { printerId: live.printerId, ...stateOf(live) };
          }
        }
      } finally {
        signal?.removeEventListener('abort', end);
        stop();
      }
    },

    /** Errors: those of the encoder; nothing is sent then. */
    async printTest(id: string): Promise<Sending> {
      const printer = await get(id);
      return send(printer, () => encodeLabel(draw(printer.profile, printer.name), printer.profile, { mode: printer.profile.mode }));
    },

    /** A document with sample data on paper, outside every job. Errors: those of the encoder; nothing is sent then. */
    async printSample(id: string, document: LabelDocument, data: LabelData): Promise<Sending> {
      const printer = await get(id);
      const { profile } = printer;
      const labels = engine.render(document, data, { dpi: profile.dpi, headDots: profile.headDots, logos: profile.logos });
      return send(printer, () => Buffer.concat(labels.map((label) => encodeLabel(label, profile, { mode: profile.mode }))));
    },

    testPicture(profile: PrinterProfileValue, name: string): { png: string; widthDots: number; heightDots: number } {
      const { bitmap, dpi } = draw(profile, name);
      return { png: Buffer.from(encodePng(bitmap, dpi)).toString('base64'), widthDots: bitmap.width, heightDots: bitmap.height };
    },

    async measureMedia(id: string): Promise<Sending> {
      const printer = await get(id);
      return send(printer, () => measureMediaBytes(printer.profile));
    },

    /** Errors: PRINTER_SCALE_WRONG, BAD_INPUT. */
    async calibrate(reading: Calibration, actor: Actor): Promise<PrinterRow> {
      const printer = await get(reading.id);
      const now = clock.now();
      const next: PrinterRow = { ...printer, profile: calibrated(printer.profile, reading), calibratedAt: now, updatedAt: now };
      await save([next]);
      await audit.record(actor, 'printer.calibrate', printer.id, { offset: next.profile.offset, darkness: next.profile.darkness ?? null });
      return next;
    },
  };
  return service;
}

function stateOf(live: LivePrinter): PrinterState {
  return { condition: live.condition, detail: live.detail ?? live.stopped?.message ?? '', phase: live.phase, queued: live.queued, ...(live.stalledMs === undefined ? {} : { stalledMs: live.stalledMs }), at: live.at };
}

const profileOptions = new Set(['language', 'dpi', 'mode', 'width', 'height']);

/** A generic profile from the options of an address line; what is not given stays as it was, or is TSPL, 203 dpi, 76 × 130 mm. */
function profileFromOptions(options: Readonly<Record<string, string>>, before: PrinterProfileValue | undefined): PrinterProfileValue {
  const number = (key: string, standard: number): number => {
    const value = options[key] === undefined ? standard : Number(options[key]);
    return Number.isFinite(value) ? value : fail('BAD_INPUT', { issues: [{ path: key, message: `not a number: ${options[key]}` }] });
  };
  const made = genericProfile({
    language: options['language'] ?? before?.language ?? 'tspl',
    dpi: number('dpi', before?.dpi ?? 203),
    widthMicrometres: Math.round(number('width', (before?.media.widthMicrometres ?? 76_000) / 1_000) * 1_000),
    heightMicrometres: Math.round(number('height', (before?.media.heightMicrometres ?? 130_000) / 1_000) * 1_000),
  });
  const mode = options['mode'] ?? before?.mode ?? made.mode;
  const kept = before === undefined || before.language !== made.language ? {} : { offset: before.offset, finish: before.finish, upsideDown: before.upsideDown, logos: before.logos, dialect: before.dialect };
  const parsed = printerProfileSchema.safeParse({ ...made, ...kept, mode });
  if (parsed.success) return parsed.data;
  return fail('BAD_INPUT', { issues: parsed.error.issues.map((issue) => ({ path: issue.path.join('.'), message: issue.message })) });
}

function samePlace(a: PrinterAddress, b: PrinterAddress): boolean {
  if (a.kind === 'serial' && b.kind === 'serial') return a.path === b.path;
  return JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
}

function sorted(address: PrinterAddress): [string, unknown][] {
  return Object.entries(address).sort(([a], [b]) => a.localeCompare(b));
}
