import type { Channel, PrinterProfile, Transport, TransportProgress } from '../types.ts';
import { matchAutomatic, matchProcessId } from '../status/escpos.ts';
import { createFrameReader, type FrameReader } from '../status/frames.ts';
import { matchGprinterResponse, type GprinterResponse } from '../status/tspl.ts';
import type { Decoded } from '../status/vocabulary.ts';

/** What the printer may say by itself about a label. */
export type Message =
  | { readonly kind: 'process_id'; readonly id: string }
  | { readonly kind: 'response'; readonly response: GprinterResponse }
  | { readonly kind: 'echo'; readonly text: string };

/** An open connection with everything the printer said on it. */
export interface Session {
  readonly channel: Channel;
  /** Undefined on one-way transports. */
  readonly reader: FrameReader | undefined;
  readonly broken: string | undefined;
  /** Messages that nobody took yet, oldest first. */
  readonly messages: Message[];
  /** The count in the last completion message that was taken. */
  lastCount: number | undefined;
  /** Before a label, with nothing under way: what came unasked belongs to no label. */
  forget(): void;
  /** Resolves at the next message, break, or after the time. */
  nextMessage(timeoutMs: number): Promise<void>;
  /** Starts to look for the echo of one label. */
  expectEcho(text: string): void;
  onMessage(listener: (message: Message) => void): void;
  close(): ReturnType<Channel['close']>;
}

export interface SessionDeps {
  readonly transport: Transport;
  readonly dialect: Pick<PrinterProfile['dialect'], 'completion' | 'statusMethod'>;
  /** Status the printer tells unasked (ESC/POS automatic status back, where the printer is set to it). */
  readonly onStatus: (status: Decoded) => void;
  /** Bytes that print nothing in the printer's language. */
  readonly harmless: Uint8Array;
  /** Late-bound: progress of whatever label is under way. */
  readonly onProgress: (progress: TransportProgress) => void;
}

/** Opens the transport and starts to listen. Rejects with a TransportFailure of 0 offered bytes. */
export async function openSession(deps: SessionDeps, name: string, signal: AbortSignal): Promise<Session> {
  const channel = await deps.transport.open({ name, harmless: deps.harmless, onProgress: deps.onProgress }, signal);
  const reader = channel.duplex ? createFrameReader(channel) : undefined;
  const messages: Message[] = [];
  const listeners = new Set<(message: Message) => void>();
  let broken: string | undefined;
  let wake = Promise.withResolvers<void>();

  function stir(): void {
    wake.resolve();
    wake = Promise.withResolvers<void>();
  }
  function take(message: Message): void {
    messages.push(message);
    for (const listener of listeners) listener(message);
    stir();
  }

  channel.onBroken?.((reason) => {
    broken = reason;
    stir();
  });
  if (deps.dialect.completion === 'escpos-process-id') reader?.listen(matchProcessId, (id) => take({ kind: 'process_id', id }));
  // After the process ids: what is left of the stream may be a status, and must not pass for an answer.
  if (deps.dialect.statusMethod === 'escpos-dle') reader?.listen(matchAutomatic, deps.onStatus);
  if (deps.dialect.completion === 'gprinter-response') reader?.listen(matchGprinterResponse, (response) => take({ kind: 'response', response }));

  const session: Session = {
    channel,
    reader,
    get broken() { return broken; },
    messages,
    lastCount: undefined,
    forget() {
      for (const message of messages.splice(0)) if (message.kind === 'response' && message.response.count !== undefined) session.lastCount = message.response.count;
      reader?.flush();
    },
    async nextMessage(timeoutMs) {
      if (broken !== undefined) return;
      const timer = Promise.withResolvers<void>();
      const handle = setTimeout(timer.resolve, timeoutMs);
      await Promise.race([wake.promise, timer.promise]);
      clearTimeout(handle);
    },
    expectEcho(text) {
      let stop: (() => void) | undefined;
      stop = reader?.listen(echoOf(text), (seen) => {
        stop?.();
        take({ kind: 'echo', text: seen });
      });
    },
    onMessage(listener) { listeners.add(listener); },
    close() {
      reader?.close();
      return channel.close();
    },
  };
  return session;
}

function echoOf(text: string) {
  const wanted = Buffer.from(text, 'latin1');
  return (bytes: Uint8Array) => {
    const at = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).indexOf(wanted);
    return at < 0 ? undefined : { value: text, start: at, end: at + wanted.length };
  };
}
