import type { PrinterLanguage } from '../types.ts';

/**
 * Bytes that bring a printer's parser back after a label was cut in the middle: they end a half command and print nothing.
 * A cut TSPL BITMAP may still swallow what follows up to its declared length; the new connection that precedes these bytes
 * resets the parser on most printers, not on all (so the cut label is uncertain, whatever the next one looks like).
 */
export function resyncBytes(language: PrinterLanguage): Uint8Array {
  switch (language) {
    case 'zpl':
      // ~JX cancels a partly received format (ZPL II guide).
      return Buffer.from('~JX\r\n', 'latin1');
    case 'tspl':
    case 'cpcl':
      return Buffer.from('\r\n', 'latin1');
    case 'escpos':
      return Uint8Array.of(0x1b, 0x40);
  }
}
