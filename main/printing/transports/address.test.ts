import { describe, expect, it } from 'vitest';
import { isFailure } from '../../../common/errors.ts';
import { addressText, parsePrinterAddress } from './address.ts';

describe('printer addresses', () => {
  it.each([
    ['tcp://192.168.1.50:9100?language=tspl', { kind: 'tcp', host: '192.168.1.50', port: 9100 }, { language: 'tspl' }],
    ['tcp://printer.local', { kind: 'tcp', host: 'printer.local', port: 9100 }, {}],
    ['tcp://[::1]:6101?language=zpl&dpi=300', { kind: 'tcp', host: '::1', port: 6101 }, { language: 'zpl', dpi: '300' }],
    ['virtual:./out/labels', { kind: 'virtual', directory: './out/labels' }, {}],
    ['virtual:/tmp/a b?dpi=300', { kind: 'virtual', directory: '/tmp/a b' }, { dpi: '300' }],
    ['cups:front_desk', { kind: 'cups', queue: 'front_desk' }, {}],
    ['winspool:Deli 888T', { kind: 'winspool', name: 'Deli 888T' }, {}],
    ['device:/dev/usb/lp0', { kind: 'device', path: '/dev/usb/lp0' }, {}],
    ['serial:COM3?baud=9600&flow=rtscts', { kind: 'serial', path: 'COM3', baudRate: 9600, flow: 'rtscts' }, { baud: '9600', flow: 'rtscts' }],
  ])('%s', (text, address, options) => {
    expect(parsePrinterAddress(text)).toEqual({ address, options });
  });

  it('a Windows folder keeps its drive letter', () => {
    expect(parsePrinterAddress('virtual:C:\\labels').address).toEqual({ kind: 'virtual', directory: 'C:\\labels' });
  });

  it.each(['', 'tcp://', 'tcp://host:99999', 'ftp://x', 'printer', 'virtual:'])('%j is refused by name', (text) => {
    try {
      parsePrinterAddress(text);
      expect.unreachable();
    } catch (thrown) {
      expect(isFailure(thrown, 'PRINTER_ADDRESS_BAD')).toBe(true);
    }
  });

  it('is shown as it was written', () => {
    for (const text of ['tcp://10.0.0.2:9100', 'virtual:/tmp/x', 'cups:q', 'winspool:p', 'device:/dev/usb/lp0']) expect(addressText(parsePrinterAddress(text).address)).toBe(text);
  });
});
