import type { Clock, Log } from '../../ports/index.ts';
import type { AttemptSink, PrinterAddress, PrinterProfile, Transport } from '../types.ts';
import { createPrinterActor } from './actor.ts';
import { createTurns } from './turns.ts';
import type { ActorTuning, LivePrinter, PrinterActor } from './types.ts';

/** What the hub must know of a printer to drive it. */
export interface PrinterSetup {
  readonly profile: PrinterProfile;
  readonly address: PrinterAddress;
  readonly tuning?: Partial<ActorTuning>;
}

export interface HubDeps {
  /** Looks a printer up; throws the caller's own error when there is none. */
  readonly resolve: (printerId: string) => Promise<PrinterSetup>;
  readonly transportFor: (address: PrinterAddress, setup: PrinterSetup) => Transport;
  readonly sink: AttemptSink;
  readonly clock: Clock;
  readonly log: Log;
  /** Resolves when the queues of the system hold nothing of an earlier run; no printer is driven before that. */
  readonly queuesSettled?: Promise<unknown>;
}

/** The actors of this process, one per printer, made when first asked for. */
export interface PrinterHub {
  actor(printerId: string): Promise<PrinterActor>;
  /** The actors that exist now. */
  actors(): readonly PrinterActor[];
  /** The set-up changed or the printer is gone: its actor ends in order; the next call makes a new one. */
  forget(printerId: string): Promise<void>;
  /** Live state of every printer that has an actor, now and with every change. */
  subscribe(listener: (live: LivePrinter) => void): () => void;
  /** Ends all actors in order (see `PrinterActor.close`). After this `actor` throws. */
  close(): Promise<void>;
}

export function createPrinterHub(deps: HubDeps): PrinterHub {
  const actors = new Map<string, Promise<PrinterActor>>();
  const ready = new Map<string, PrinterActor>();
  const listeners = new Set<(live: LivePrinter) => void>();
  /** Two actors on one printer would break the one promise an actor makes, so a new one waits for the old one's end. */
  const ending = new Map<string, Promise<void>>();
  const turns = createTurns();
  let closed = false;

  async function make(printerId: string): Promise<PrinterActor> {
    await ending.get(printerId);
    await deps.queuesSettled;
    const setup = await deps.resolve(printerId);
    const actor = createPrinterActor({
      printerId,
      profile: setup.profile,
      transport: deps.transportFor(setup.address, setup),
      sink: deps.sink,
      clock: deps.clock,
      log: deps.log,
      turn: turns.of(JSON.stringify(Object.entries(setup.address).sort())),
      ...(setup.tuning === undefined ? {} : { tuning: setup.tuning }),
    });
    ready.set(printerId, actor);
    actor.subscribe((live) => {
      for (const listener of listeners) listener(live);
    });
    return actor;
  }

  async function end(printerId: string): Promise<void> {
    const pending = actors.get(printerId);
    actors.delete(printerId);
    if (pending === undefined) return;
    const closing = (async () => {
      try {
        const actor = await pending;
        if (ready.get(printerId) === actor) ready.delete(printerId);
        await actor.close();
      } catch {
        // An actor that could not be made has nothing to close; its caller was told.
      }
    })();
    ending.set(printerId, closing);
    await closing;
    if (ending.get(printerId) === closing) ending.delete(printerId);
  }

  return {
    actor(printerId) {
      if (closed) return Promise.reject(new Error('the printers are closed'));
      let actor = actors.get(printerId);
      if (actor === undefined) {
        actor = make(printerId);
        actors.set(printerId, actor);
        // A failed set-up may be corrected: the next call tries again.
        actor.catch(() => actors.delete(printerId));
      }
      return actor;
    },
    actors: () => [...ready.values()],
    forget: end,
    subscribe(listener) {
      listeners.add(listener);
      for (const actor of ready.values()) listener(actor.live());
      return () => listeners.delete(listener);
    },
    async close() {
      closed = true;
      await Promise.all([...actors.keys()].map((printerId) => end(printerId)));
      await Promise.all(ending.values());
    },
  };
}
