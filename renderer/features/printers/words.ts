/** Short words about a printer that several screens show. */
import type { PrinterAddressValue, PrinterProfileValue } from '../../../common/contract/printers.ts';

/** Where it is, in one line a person recognises. */
export function addressWords(address: PrinterAddressValue): string {
  switch (address.kind) {
    case 'tcp':
      return `${address.host}:${address.port}`;
    case 'cups':
      return address.queue;
    case 'winspool':
      return address.name;
    case 'device':
      return address.path;
    case 'serial':
      return `${address.path} ${address.baudRate}`;
    case 'virtual':
      return address.directory;
  }
}

/** `TSPL 203 · 76×130`. */
export function profileWords({ language, dpi, media }: PrinterProfileValue): string {
  const size = media.kind === 'continuous' ? `${media.widthMicrometres / 1_000}` : `${media.widthMicrometres / 1_000}×${media.heightMicrometres / 1_000}`;
  return `${language === 'escpos' ? 'ESC/POS' : language.toUpperCase()} ${dpi} · ${size}`;
}

export type ConditionWord = 'ready' | 'busy' | 'paused' | 'out_of_paper' | 'out_of_ribbon' | 'head_open' | 'jam' | 'over_heated' | 'off_line' | 'silent' | 'error' | 'idle';

/** Colour and shape of a condition. */
export function conditionLook(condition: ConditionWord): { readonly colour: string; readonly shape: string } {
  if (condition === 'ready') return { colour: 'var(--state-confirmed)', shape: '✓' };
  if (condition === 'busy') return { colour: 'var(--state-sending)', shape: '◔' };
  if (condition === 'idle') return { colour: 'var(--state-waiting)', shape: '○' };
  if (condition === 'silent' || condition === 'paused') return { colour: 'var(--state-unknown)', shape: '?' };
  return { colour: 'var(--state-failed)', shape: '✕' };
}
