/** The commands that make a printer measure its own paper. They feed labels, so they are sent only when a person asks. */
import type { PrinterProfileValue } from '../../../common/contract/printers.ts';
import { fail } from '../../../common/errors.ts';
import { millimetres } from '../../printing/languages/job.ts';

/** TSPL `GAPDETECT`/`BLINEDETECT`, ZPL `~JC`. Error: BAD_INPUT for a language or paper that has nothing to measure. */
export function measureMediaBytes(profile: PrinterProfileValue): Uint8Array {
  const { media, language } = profile;
  if (media.kind === 'continuous') fail('BAD_INPUT', { issues: [{ path: 'media', message: 'continuous paper has neither gap nor mark' }] });
  if (language === 'tspl') {
    const size = `SIZE ${millimetres(media.widthMicrometres)} mm,${millimetres(media.heightMicrometres)} mm`;
    const kind = media.kind === 'mark' ? 'BLINE' : 'GAP';
    return Buffer.from(`\r\n${size}\r\n${kind} ${millimetres(media.gapMicrometres)} mm,0 mm\r\n${kind}DETECT\r\n`, 'latin1');
  }
  if (language === 'zpl') return Buffer.from(`^XA^MN${media.kind === 'mark' ? 'M' : 'Y'}^XZ\r\n~JC\r\n`, 'latin1');
  return fail('BAD_INPUT', { issues: [{ path: 'language', message: 'this language has no command for it: hold the feed button as the printer manual says' }] });
}
