/** `packbench render`: label data in, one file per label out, in any printer language or as a picture. */
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative, resolve } from 'node:path';
import { InvalidArgumentError } from 'commander';
import type { Command } from 'commander';
import { z } from 'zod';
import { builtinTemplates, findBuiltin } from '../../../common/domain/label/builtin/index.ts';
import { labelDataJsonSchema, labelDataSchema, type LabelData } from '../../../common/domain/label/data.ts';
import { documentSchema, readDocument, type LabelDocument } from '../../../common/domain/label/document.ts';
import { labelSamples } from '../../../common/domain/label/samples.ts';
import type { DecodedCode, RenderedLabel } from '../../../common/domain/label/rendered.ts';
import { dpiLimits } from '../../../common/domain/label/units.ts';
import { prove } from '../../../common/domain/templates/proof.ts';
import { pictureLimits } from '../../../common/domain/templates/picture-header.ts';
import { errorText } from '../../../common/error-texts.ts';
import { fail, isFailure, failure, type AppError } from '../../../common/errors.ts';
import { pictureOf, sheetOf } from '../../features/templates/pictures.ts';
import { encodeLabel } from '../../printing/languages/index.ts';
import { genericProfile } from '../../printing/languages/profiles.ts';
import { createLabelEngine, unreadCodes, type LabelEngine } from '../../printing/raster/engine.ts';
import { loadFontSet } from '../../printing/raster/fonts.ts';
import { importPicture } from '../../printing/raster/pictures.ts';
import { encodePng } from '../../printing/raster/png.ts';
import { printerLanguages } from '../../printing/types.ts';
import { guarded, printJson, type CliIo } from './io.ts';

const formats = [...printerLanguages, 'png', 'pdf'] as const;
type Format = (typeof formats)[number];

interface Options {
  readonly template?: string;
  readonly data?: string;
  readonly sample?: string;
  readonly language: string;
  readonly dpi: number;
  readonly mode: 'hybrid' | 'raster';
  readonly headDots?: number;
  readonly logos: 'both' | 'upper' | 'lower' | 'none';
  readonly out: string;
  readonly list?: boolean;
  readonly schema?: true | string;
  readonly json?: boolean;
}

/** What the report says of one label. A label with an error has no file. */
interface LabelReport {
  readonly file: string | null;
  readonly path: string | null;
  /** 1-based position of its data in the data file. */
  readonly source: number;
  readonly part: { readonly index: number; readonly total: number };
  readonly widthDots: number;
  readonly heightDots: number;
  readonly bytes: number;
  readonly decoded: readonly DecodedCode[];
  readonly lint: readonly { readonly severity: string; readonly code: string; readonly element: string; readonly message: string }[];
  readonly error?: AppError & { readonly message: string };
}

/** Adds the command. */
export function register(program: Command, io: CliIo): void {
  program
    .command('render')
    .description('lay out labels from data and write one file per label: printer commands, PNG or PDF')
    .option('--template <file>', 'a label document (JSON), a file exported from the designer, or builtin:ID')
    .option('--data <file>', 'label data (JSON): one object or an array; "-" for standard input')
    .option('--sample <name>', `instead of --data: ${labelSamples.map(({ id }) => id).join(', ')}`)
    .option('--language <language>', formats.join(', '), 'png')
    .option('--dpi <dpi>', 'dots per inch of the print head: 203, 300, 600 or another', wholeNumber(dpiLimits.min, dpiLimits.max), 203)
    .option('--mode <mode>', 'hybrid (codes and lines drawn by the printer) or raster (whole page as dots)', oneOf(['hybrid', 'raster'] as const), 'hybrid')
    .option('--head-dots <dots>', 'width of the print head, to find what would not print', wholeNumber(1, 100_000))
    .option('--logos <which>', 'logos to print: both, upper, lower, none', oneOf(['both', 'upper', 'lower', 'none'] as const), 'both')
    .option('--out <dir>', 'folder for the files', '.')
    .option('--list', 'list the built-in templates; with --json also what the lint finds in each and its picture')
    .option('--schema [what]', 'print the JSON schema of label data ("data") or of a label document ("template")', oneOf(['data', 'template']))
    .option('--json', 'print one JSON document')
    .addHelpText(
      'after',
      '\nFiles are named by position: 0001.tspl, 0002.tspl, …\nA label with an error is not written; the others are, and the command fails.\n\nExamples:\n  packbench render --list\n  packbench render --schema > label-data.schema.json\n  packbench render --template builtin:waybill-76x130 --sample typical --out labels\n  packbench render --template builtin:waybill-76x130 --data labels.json --language tspl --dpi 203 --out labels --json',
    )
    .action(async (options: Options) => {
      await guarded(io, options.json === true, () => run(options, io));
    });
}

function oneOf<T extends string>(known: readonly T[]): (value: string) => T {
  return (value) => {
    const found = known.find((one) => one === value);
    if (found === undefined) throw new InvalidArgumentError(`one of ${known.join(', ')}`);
    return found;
  };
}

function wholeNumber(min: number, max: number): (value: string) => number {
  return (value) => {
    const number = Number(value);
    if (!Number.isInteger(number) || number < min || number > max) throw new InvalidArgumentError(`a whole number from ${min} to ${max}`);
    return number;
  };
}

async function run(options: Options, io: CliIo): Promise<void> {
  if (options.list === true) return listTemplates(options, io);
  if (options.schema !== undefined) return printJson(io, options.schema === 'template' ? z.toJSONSchema(documentSchema, { io: 'input' }) : labelDataJsonSchema());
  if (options.template === undefined) fail('BAD_INPUT', { issues: [{ path: '--template', message: 'name a template file or builtin:ID; --list shows the built-in ones' }] });
  const language = formats.find((one) => one === options.language) ?? fail('LANGUAGE_UNKNOWN', { language: options.language });
  const document = await loadTemplate(options.template);
  const entries = await loadData(options, io);
  await mkdir(options.out, { recursive: true });
  const engine = createLabelEngine({ fonts: loadFontSet() });

  const labels: LabelReport[] = [];
  for (const [i, entry] of entries.entries()) {
    const source = i + 1;
    if (!entry.ok) {
      labels.push({ ...refused(source, entry.error, io) });
      continue;
    }
    for (const sheet of engine.render(document, entry.data, renderOptions(options))) {
      labels.push(await writeLabel(engine, sheet, { options, language, source, position: labels.length + 1, io }));
    }
  }
  if (labels.some((label) => label.error)) io.fail();
  if (options.json === true) printJson(io, { labels });
  else for (const label of labels) io.stdout(`${humanLine(label)}\n`);
}

function listTemplates(options: Options, io: CliIo): void {
  const templates = builtinTemplates.map(({ id, name, document }) => ({
    id: `builtin:${id}`,
    name: name['zh-CN'],
    nameEn: name.en,
    widthMm: document.media.width / 1000,
    heightMm: document.media.height / 1000,
    document,
  }));
  if (options.json !== true) {
    for (const one of templates) io.stdout(`${one.id.padEnd(30)} ${one.widthMm} × ${one.heightMm} mm  ${one.name}  ${one.nameEn}\n`);
    return;
  }
  const engine = createLabelEngine({ fonts: loadFontSet() });
  const drawn = templates.map(({ document, ...one }) => {
    const findings = prove(document, (given, data, dpi) => engine.render(given, data, { dpi }));
    const count = (severity: string): number => findings.filter((finding) => finding.severity === severity).length;
    return {
      ...one,
      /** With all sample data at 203 and 300 dpi. */
      lint: { errors: count('error'), warnings: count('warning'), infos: count('info'), findings: findings.map(({ severity, code, element, message, sample, dpi }) => ({ severity, code, element, message, sample, dpi })) },
      /** PNG of the typical sample at 203 dpi. */
      picture: pictureOf(sheetOf(engine, document, 'typical', 203), 203),
    };
  });
  printJson(io, { templates: drawn });
}

function renderOptions(options: Options): { dpi: number; headDots?: number; logos: { upper: boolean; lower: boolean } } {
  const { logos, dpi, headDots } = options;
  return { dpi, headDots, logos: { upper: logos === 'both' || logos === 'upper', lower: logos === 'both' || logos === 'lower' } };
}

async function loadTemplate(source: string): Promise<LabelDocument> {
  if (source.startsWith('builtin:')) return findBuiltin(source)?.document ?? fail('NOT_FOUND', { what: 'template', id: source });
  const reading = readDocument(await withPictures(unpacked(parseJson(await readText(source), source)), dirname(resolve(source))));
  if (reading.ok) return reading.document;
  if (reading.reason === 'newer') fail('DOCUMENT_NEWER', { name: source, version: reading.version, supported: reading.supported });
  const issues = reading.reason === 'invalid' ? [...reading.issues] : [{ path: 'format', message: 'this is not a Packbench label document' }];
  fail('DOCUMENT_INVALID', { name: source, issues });
}

/** The document of a file the designer exported; anything else as it is. */
function unpacked(value: unknown): unknown {
  return typeof value === 'object' && value !== null && 'format' in value && value.format === 'packbench-template' && 'document' in value ? value.document : value;
}

/**
 * A document written by hand may name its pictures (`"picture": {"file": "logo.png"}`) instead of carrying them; they lie beside
 * the document or below it. Errors: PICTURE_REFUSED, FILE_UNREADABLE.
 */
async function withPictures(value: unknown, folder: string): Promise<unknown> {
  if (Array.isArray(value)) return Promise.all(value.map((one: unknown) => withPictures(one, folder)));
  if (typeof value !== 'object' || value === null) return value;
  const entries = await Promise.all(
    Object.entries(value).map(async ([key, inner]: [string, unknown]): Promise<[string, unknown]> => [key, key === 'picture' ? await namedPicture(inner, folder) : await withPictures(inner, folder)]),
  );
  return Object.fromEntries(entries);
}

async function namedPicture(value: unknown, folder: string): Promise<unknown> {
  if (typeof value !== 'object' || value === null || !('file' in value) || typeof value.file !== 'string') return value;
  const path = resolve(folder, value.file);
  if (relative(folder, path).startsWith('..') || isAbsolute(value.file)) fail('FILE_UNREADABLE', { file: value.file, reason: 'pictures lie beside the template' });
  const { size } = await stat(path).catch((error: unknown) => fail('FILE_UNREADABLE', { file: path, reason: error instanceof Error ? error.message : String(error) }));
  if (size > pictureLimits.bytes) fail('PICTURE_REFUSED', { file: value.file, why: 'bytes', detail: `${size} bytes` });
  return importPicture(await readFile(path), value.file);
}

type DataEntry = { readonly ok: true; readonly data: LabelData } | { readonly ok: false; readonly error: AppError };

async function loadData(options: Options, io: CliIo): Promise<DataEntry[]> {
  if (options.sample !== undefined) {
    const sample = labelSamples.find(({ id }) => id === options.sample) ?? fail('NOT_FOUND', { what: 'sample', id: options.sample });
    return [{ ok: true, data: sample.data }];
  }
  if (options.data === undefined) fail('BAD_INPUT', { issues: [{ path: '--data', message: 'name a file with label data, or use --sample typical' }] });
  const raw = parseJson(options.data === '-' ? await standardInput(io) : await readText(options.data), options.data);
  return (Array.isArray(raw) ? raw : [raw]).map((one: unknown, i) => {
    const parsed = labelDataSchema.safeParse(one);
    if (parsed.success) return { ok: true, data: parsed.data };
    const issues = parsed.error.issues.slice(0, 20).map((issue) => ({ path: [String(i), ...issue.path.map(String)].join('.'), message: issue.message }));
    return { ok: false, error: failure('BAD_INPUT', { issues }).error };
  });
}

async function standardInput(io: CliIo): Promise<string> {
  const lines: string[] = [];
  for await (const line of io.lines()) lines.push(line);
  return lines.join('\n');
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    fail('FILE_UNREADABLE', { file, reason: error instanceof Error && 'code' in error ? String(error.code) : String(error) });
  }
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    fail('FILE_UNREADABLE', { file, reason: error instanceof Error ? error.message : String(error) });
  }
}

interface WriteJob {
  readonly options: Options;
  readonly language: Format;
  readonly source: number;
  readonly position: number;
  readonly io: CliIo;
}

async function writeLabel(engine: LabelEngine, sheet: RenderedLabel, job: WriteJob): Promise<LabelReport> {
  const { options, language, source, position, io } = job;
  const readings = await engine.check(sheet);
  const report = {
    file: null,
    path: null,
    source,
    part: sheet.part,
    widthDots: sheet.bitmap.width,
    heightDots: sheet.bitmap.height,
    bytes: 0,
    decoded: readings.flatMap(({ format, text }) => (text === undefined ? [] : [{ format, text }])),
    lint: sheet.lint.map(({ severity, code, element, message }) => ({ severity, code, element, message })),
  };
  try {
    const faults = sheet.lint.filter((finding) => finding.severity === 'error');
    if (faults.length > 0) fail('LABEL_FAULTY', { parcel: String(source), findings: faults.map(({ code, element, message }) => ({ code, element, message })) });
    const [unread] = unreadCodes(readings);
    if (unread) fail('CODE_UNREADABLE', { parcel: String(source), element: unread.element, text: unread.expected });
    const bytes = await encode(sheet, language, options);
    const file = `${String(position).padStart(4, '0')}.${language}`;
    await writeFile(join(options.out, file), bytes);
    return { ...report, file, path: resolve(options.out, file), bytes: bytes.length };
  } catch (thrown) {
    if (!isFailure(thrown)) throw thrown;
    return { ...report, error: said(thrown.error, io) };
  }
}

async function encode(sheet: RenderedLabel, language: Format, options: Options): Promise<Uint8Array> {
  if (language === 'png') return encodePng(sheet.bitmap, sheet.dpi);
  if (language === 'pdf') return (await import('../../printing/languages/pdf/encode.ts')).encodePdf([sheet]);
  const profile = genericProfile({ language, dpi: options.dpi, widthMicrometres: sheet.widthMicrometres, heightMicrometres: sheet.heightMicrometres, mode: options.mode });
  return encodeLabel(sheet, options.headDots === undefined ? profile : { ...profile, headDots: options.headDots }, { mode: options.mode });
}

function refused(source: number, error: AppError, io: CliIo): LabelReport {
  return { file: null, path: null, source, part: { index: 1, total: 1 }, widthDots: 0, heightDots: 0, bytes: 0, decoded: [], lint: [], error: said(error, io) };
}

function said(error: AppError, io: CliIo): AppError & { readonly message: string } {
  const message = errorText(error, /^zh/i.test(io.env['LC_ALL'] ?? io.env['LANG'] ?? '') ? 'zh-CN' : 'en');
  io.stderr(`${message} (${error.code})\n`);
  return { ...error, message };
}

function humanLine(label: LabelReport): string {
  const codes = label.decoded.map(({ format, text }) => `${format}:${text}`).join(' ');
  const findings = label.lint.filter(({ severity }) => severity !== 'info').map(({ severity, code, element }) => `${severity} ${code} ${element}`);
  return [label.file ?? '(not written)', `${label.widthDots}×${label.heightDots}`, `${label.bytes} bytes`, codes, ...findings].filter((part) => part !== '').join('  ');
}
