/**
 * Asks a printer what it is with questions that cannot print. Without a chosen language only control sequences are sent: the immediate
 * status question of TSPL, then the real-time one of ESC/POS; neither holds a printable line. Text queries such as `~HS` go only to
 * a printer the person has said to speak ZPL.
 */
import { decodeRealTime, matchRealTime, realTimeQuery } from '../status/escpos.ts';
import { createFrameReader } from '../status/frames.ts';
import type { FrameReader } from '../status/frames.ts';
import { readStatus } from '../status/read.ts';
import { matchTsplByte, tsplStatusQuery } from '../status/tspl.ts';
import { asTransportFailure } from '../transports/failure.ts';
import type { Channel, PrinterCondition, PrinterLanguage, PrinterProfile, Transport } from '../types.ts';

export interface Probe {
  readonly reachable: boolean;
  readonly reason: string;
  readonly duplex: boolean;
  readonly language: PrinterLanguage | null;
  readonly condition: PrinterCondition | null;
  readonly detail: string;
}

const methods = { tspl: 'tspl-esc', zpl: 'zpl-hs', cpcl: 'none', escpos: 'escpos-dle' } as const satisfies Record<PrinterLanguage, PrinterProfile['dialect']['statusMethod']>;

/** Opens the transport, asks, closes. Never rejects: a printer that cannot be reached is a result. */
export async function probePrinter(transport: Transport, language: PrinterLanguage | undefined, timeoutMs = 700, signal?: AbortSignal): Promise<Probe> {
  const nothing = { language: null, condition: null, detail: '' } as const;
  // Through a print queue a question would become a print job of its own.
  if (transport.oneJobPerChannel) return { reachable: true, reason: 'queue', duplex: false, ...nothing };
  let channel;
  try {
    channel = await transport.open({ name: 'probe' }, signal);
  } catch (thrown) {
    return { reachable: false, reason: asTransportFailure(thrown, 0).message, duplex: false, ...nothing };
  }
  const reader = channel.duplex ? createFrameReader(channel) : undefined;
  try {
    if (reader === undefined) return { reachable: true, reason: '', duplex: false, ...nothing };
    const answer = language === undefined ? await askUnknown(channel, reader, timeoutMs) : await askKnown(reader, language, timeoutMs);
    return { reachable: true, reason: '', duplex: true, ...(answer ?? nothing) };
  } finally {
    reader?.close();
    await channel.close();
  }
}

interface Answer {
  readonly language: PrinterLanguage;
  readonly condition: PrinterCondition;
  readonly detail: string;
}

async function askKnown(reader: FrameReader, language: PrinterLanguage, timeoutMs: number): Promise<Answer | undefined> {
  const method = methods[language];
  if (method === 'none') return undefined;
  const answer = await readStatus(reader, method, timeoutMs);
  return answer.condition === 'silent' ? undefined : { language, condition: answer.condition, detail: answer.detail ?? '' };
}

/** `ESC @`: an ESC/POS printer has taken the TSPL question for a print mode, which is undone. */
const resetEscpos = Uint8Array.of(0x1b, 0x40);

/** TSPL is asked first: a TSPL printer would keep the ESC/POS question as the beginning of its next line. */
async function askUnknown(channel: Channel, reader: FrameReader, timeoutMs: number): Promise<Answer | undefined> {
  const tspl = await reader.ask(tsplStatusQuery, matchTsplByte, timeoutMs);
  if (tspl !== undefined) return { language: 'tspl', condition: tspl.condition, detail: tspl.detail ?? '' };
  const realTime = await reader.ask(realTimeQuery(1), matchRealTime, timeoutMs);
  if (realTime === undefined) return undefined;
  await channel.write(resetEscpos);
  const { condition, detail = '' } = decodeRealTime([realTime]);
  return { language: 'escpos', condition, detail };
}
