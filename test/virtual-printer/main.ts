/** A virtual printer as a process: `node test/virtual-printer/main.ts --language tspl --port 9100 --out DIR --json`. */
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { faultCatalog } from './faults.ts';
import type { FaultName } from './faults.ts';
import { createVirtualPrinter } from './printer.ts';
import type { VirtualPrinter, VirtualPrinterEvent } from './printer.ts';

const usage = `A label printer that is not there: listens on 127.0.0.1, understands one language, writes what came out.

  --language tspl|zpl|cpcl|escpos   (default tspl)
  --port N          0 takes a free one (default 9100)
  --out DIR         paper.ndjson and a PNG of every label go there
  --dpi N           203, 300 or 600 (default 203)
  --head N          dots of the print head
  --label-ms N      time one label takes (default 800)
  --completion none|gprinter|hprt   completion messages of TSPL clones
  --fault NAME[=N]  may be given several times
  --no-decode       do not read the codes off the paper
  --json            one JSON object per line; the first is {"event":"listening",…}

While it runs it takes orders on standard input, one a line:
  fault NAME[=N] · heal NAME · heal · open-cover · close-cover · load-paper [N] · clear-jam · cool-down · pause · resume · take-label · feed · status · quit

Faults:
${Object.entries(faultCatalog).map(([name, text]) => `  ${name.padEnd(22)} ${text}`).join('\n')}

Example: node test/virtual-printer/main.ts --language zpl --port 9100 --out ./paper --fault paper-out-after=3 --json
`;

const { values } = parseArgs({
  options: {
    language: { type: 'string', default: 'tspl' }, port: { type: 'string', default: '9100' }, out: { type: 'string' }, dpi: { type: 'string', default: '203' },
    head: { type: 'string' }, 'label-ms': { type: 'string', default: '800' }, completion: { type: 'string', default: 'none' },
    fault: { type: 'string', multiple: true, default: [] }, 'no-decode': { type: 'boolean', default: false }, json: { type: 'boolean', default: false }, help: { type: 'boolean', default: false },
  },
});
if (values.help) {
  process.stdout.write(usage);
  process.exit(0);
}
const language = (['tspl', 'zpl', 'cpcl', 'escpos'] as const).find((one) => one === values.language);
const completion = (['none', 'gprinter', 'hprt'] as const).find((one) => one === values.completion);
const numbers = [values.port, values.dpi, values['label-ms'], values.head ?? '1'].map(Number);
if (language === undefined || completion === undefined || numbers.some((one) => !Number.isInteger(one) || one < 0)) {
  process.stderr.write(`virtual-printer: ${language === undefined ? `unknown language ${values.language}` : completion === undefined ? `unknown completion ${values.completion}` : 'port, dpi, head and label-ms are whole numbers'}\n`);
  process.exit(2);
}

const say = (object: Record<string, unknown>, text: string): void => {
  process.stdout.write(values.json ? `${JSON.stringify(object)}\n` : `${text}\n`);
};
const tell = (event: VirtualPrinterEvent): void => {
  if (event.event === 'entry') {
    const { entry } = event;
    const words = entry.kind === 'label' ? `label ${entry.seq}${entry.complete ? '' : ' (torn)'}${entry.reprintOf === undefined ? '' : ` reprint of ${entry.reprintOf}`} ${entry.widthDots}×${entry.heightDots} ${entry.codes.map((one) => one.text).join(' · ')}` : entry.kind === 'problem' ? `${entry.severity}: ${entry.message}` : 'feed';
    say({ event: entry.kind, ...entry }, words);
  } else say({ ...event }, `${event.event} ${'name' in event ? event.name : `${event.id} ${event.state}`}`);
};

let printer: VirtualPrinter;
try {
  printer = await createVirtualPrinter({
    language, completion, port: Number(values.port), dpi: Number(values.dpi), labelMs: Number(values['label-ms']), decode: !values['no-decode'], faults: values.fault, onEvent: tell,
    ...(values.out === undefined ? {} : { directory: values.out }), ...(values.head === undefined ? {} : { headDots: Number(values.head) }),
  });
} catch (error) {
  process.stderr.write(`virtual-printer: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
say({ event: 'listening', host: printer.host, port: printer.port, language, pid: process.pid }, `${language} printer on ${printer.host}:${printer.port}`);

const stop = async (): Promise<void> => {
  await printer.close();
  process.exit(0);
};
process.on('SIGINT', () => void stop());
process.on('SIGTERM', () => void stop());

/** One order of the person who stands at the printer. */
function order(line: string): void {
  const [word = '', value] = line.trim().split(/\s+/, 2);
  const { mechanism } = printer;
  if (word === '') return;
  else if (word === 'fault' && value !== undefined) printer.faults.add(value);
  else if (word === 'heal' && value !== undefined) printer.faults.remove(value as FaultName);
  else if (word === 'heal') printer.faults.clear();
  else if (word === 'open-cover') mechanism.openCover();
  else if (word === 'close-cover') mechanism.closeCover();
  else if (word === 'load-paper') mechanism.loadPaper(value === undefined ? undefined : Number(value));
  else if (word === 'clear-jam') mechanism.clearJam();
  else if (word === 'cool-down') mechanism.coolDown();
  else if (word === 'pause' || word === 'resume') mechanism.press(word);
  else if (word === 'take-label') mechanism.takeLabel();
  else if (word === 'feed') mechanism.feed();
  else if (word === 'status') say({ event: 'status', ...mechanism.state, faults: printer.faults.list() }, JSON.stringify(mechanism.state));
  else if (word === 'quit') void stop();
  else throw new Error(`unknown order ${JSON.stringify(word)}`);
}
createInterface({ input: process.stdin }).on('line', (line) => {
  try {
    order(line);
  } catch (error) {
    say({ event: 'refused', message: error instanceof Error ? error.message : String(error) }, String(error));
  }
});
