import type { Command } from 'commander';
import { loadDivisions } from '../../../common/domain/addresses/load.ts';
import { parseAddress } from '../../../common/domain/addresses/parse.ts';
import type { Ambiguity, ParsedAddress } from '../../../common/domain/addresses/types.ts';
import { guarded } from './io.ts';
import type { CliIo } from './io.ts';

/** `packbench parse-address`: pasted recipient texts in, fields out, one per line. */
export function register(program: Command, io: CliIo): void {
  program
    .command('parse-address')
    .description('read pasted recipient texts from standard input, one per line')
    .option('--json', 'each line is a JSON string, each answer a JSON object on one line')
    .addHelpText(
      'after',
      `
Fields: name, phone, extension, phone2, province, city, district, town, detail, note, postcode, confidence (0–1), ambiguities, doubts.
An ambiguity lists its candidates as province/city/district; nothing is guessed. A line that is no JSON string gives an object with
"error" in its place and exit code 1.

Example: echo '"张三 13800000000 浙江省杭州市西湖区文新街道听松路7号"' | npm run -s packbench -- parse-address --json`,
    )
    .action((options: { json?: boolean }) =>
      guarded(io, false, async () => {
        const divisions = await loadDivisions();
        for await (const line of io.lines()) {
          if (line.trim() === '') continue;
          if (options.json !== true) {
            io.stdout(`${readable(parseAddress(line, divisions))}\n`);
            continue;
          }
          const text = jsonString(line);
          if (text === undefined) {
            io.fail();
            io.stdout(`${JSON.stringify({ error: { code: 'BAD_INPUT', data: { issues: [{ path: '', message: 'the line is not a JSON string' }] } } })}\n`);
          } else io.stdout(`${JSON.stringify(parseAddress(text, divisions))}\n`);
        }
      }),
    );
}

function jsonString(line: string): string | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
}

function readable(parsed: ParsedAddress): string {
  const phone = parsed.extension === '' ? parsed.phone : `${parsed.phone}-${parsed.extension}`;
  const place = [parsed.province, parsed.city === parsed.province ? '' : parsed.city, parsed.district, parsed.town, parsed.detail].filter((part) => part !== '').join(' ');
  const parts = [parsed.name || '—', phone || '—', place || '—'];
  if (parsed.note !== '') parts.push(`备注: ${parsed.note}`);
  parts.push(`${Math.round(parsed.confidence * 100)}%`);
  return parts.join(' | ') + parsed.ambiguities.map((one: Ambiguity) => `\n  ? ${one.text}: ${one.candidates.join(' · ')}`).join('');
}
