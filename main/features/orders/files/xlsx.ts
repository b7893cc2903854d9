/** Workbooks (.xlsx) → records, streaming, one sheet in memory at no time. Cells stay text; formulas are not computed, their stored result is read. */
import { StringDecoder } from 'node:string_decoder';
import { SaxesParser } from 'saxes';
import { spreadsheetTime } from '../../../../common/domain/orders/values.ts';
import type { RawRecord } from '../../../../common/domain/orders/types.ts';
import { FileRefused, limits } from './limits.ts';
import { openCheckedZip } from './zip.ts';
import type { CheckedZip } from './zip.ts';

export interface WorkbookSheet {
  readonly name: string;
  readonly path: string;
  readonly bytes: number;
}

interface WorkbookStyles {
  /** Style index → the number is a date. */
  readonly dates: readonly boolean[];
  readonly from1904: boolean;
}

export interface Workbook {
  readonly sheets: readonly WorkbookSheet[];
  /** Records of one sheet, until `onRecord` returns false. */
  read(sheet: WorkbookSheet, onRecord: (record: RawRecord) => boolean | void): Promise<void>;
  close(): void;
}

/** Opens a workbook after the pre-flight of its ZIP. Errors: FileRefused. */
export async function openWorkbook(bytes: Uint8Array): Promise<Workbook> {
  const zip = await openCheckedZip(bytes);
  const workbookPath = zip.names.find((name) => /^(?:xl\/)?workbook\d*\.xml$/.test(name));
  if (workbookPath === undefined) {
    zip.close();
    throw new FileRefused('not-a-workbook');
  }
  const folder = workbookPath.slice(0, workbookPath.lastIndexOf('/') + 1);
  const relations = await readRelations(zip, `${folder}_rels/${workbookPath.slice(folder.length)}.rels`, folder);
  const { sheets, from1904 } = await readSheetList(zip, workbookPath, relations, folder);
  const stylesPath = [...relations.values()].find((path) => path.endsWith('styles.xml')) ?? `${folder}styles.xml`;
  const stringsPath = [...relations.values()].find((path) => /sharedstrings\.xml$/i.test(path)) ?? `${folder}sharedstrings.xml`;
  let shared: readonly string[] | undefined;
  let styles: WorkbookStyles | undefined;
  return {
    sheets,
    close: () => zip.close(),
    read: async (sheet, onRecord) => {
      shared ??= zip.size(stringsPath) > 0 ? await readSharedStrings(zip, stringsPath) : [];
      styles ??= { dates: zip.size(stylesPath) > 0 ? await readDateStyles(zip, stylesPath) : [], from1904 };
      await readSheet(zip, sheet.path, shared, styles, onRecord);
    },
  };
}

interface Tag {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
}

interface Handlers {
  open?(tag: Tag): void;
  close?(name: string): void;
  text?(text: string): void;
}

/** Names without their prefix: some writers put `x:` before every element. */
function local(name: string): string {
  const colon = name.indexOf(':');
  return colon === -1 ? name : name.slice(colon + 1);
}

const stop = Symbol('enough');

async function parseXml(zip: CheckedZip, path: string, handlers: Handlers): Promise<void> {
  const parser = new SaxesParser({ position: false });
  parser.on('doctype', () => {
    throw new FileRefused('dangerous-xml', path);
  });
  parser.on('error', (error) => {
    throw new FileRefused('xml-broken', error.message);
  });
  const { open, close, text } = handlers;
  if (open) parser.on('opentag', (tag) => open({ name: local(tag.name), attributes: tag.attributes as Record<string, string> }));
  if (close) parser.on('closetag', (tag) => close(local(tag.name)));
  if (text) {
    parser.on('text', text);
    parser.on('cdata', text);
  }
  const decoder = new StringDecoder('utf8');
  const stream = await zip.open(path);
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) parser.write(decoder.write(chunk));
    parser.write(decoder.end()).close();
  } catch (thrown) {
    stream.destroy();
    if (thrown !== stop) throw thrown;
  }
}

async function readRelations(zip: CheckedZip, path: string, folder: string): Promise<Map<string, string>> {
  const relations = new Map<string, string>();
  if (zip.size(path) === 0) return relations;
  await parseXml(zip, path, {
    open: ({ name, attributes }) => {
      if (name !== 'Relationship') return;
      if (attributes['TargetMode'] === 'External') throw new FileRefused('external-links');
      const target = attributes['Target'] ?? '';
      relations.set(attributes['Id'] ?? '', (target.startsWith('/') ? target.slice(1) : `${folder}${target}`).toLowerCase());
    },
  });
  return relations;
}

async function readSheetList(zip: CheckedZip, path: string, relations: ReadonlyMap<string, string>, folder: string): Promise<{ sheets: WorkbookSheet[]; from1904: boolean }> {
  const sheets: WorkbookSheet[] = [];
  let from1904 = false;
  await parseXml(zip, path, {
    open: ({ name, attributes }) => {
      if (name === 'workbookPr') from1904 = attributes['date1904'] === '1' || attributes['date1904'] === 'true';
      if (name !== 'sheet') return;
      const id = Object.entries(attributes).find(([key]) => local(key) === 'id')?.[1] ?? '';
      const sheetPath = relations.get(id) ?? `${folder}worksheets/sheet${attributes['sheetId'] ?? sheets.length + 1}.xml`;
      const bytes = zip.size(sheetPath);
      if (bytes > 0 && sheetPath.includes('worksheets/')) sheets.push({ name: attributes['name'] ?? '', path: sheetPath, bytes });
    },
  });
  if (sheets.length === 0) throw new FileRefused('not-a-workbook');
  return { sheets, from1904 };
}

async function readSharedStrings(zip: CheckedZip, path: string): Promise<string[]> {
  const strings: string[] = [];
  let current = '';
  let inText = false;
  let inPhonetic = false;
  await parseXml(zip, path, {
    open: ({ name }) => {
      if (name === 'si') current = '';
      else if (name === 'rPh') inPhonetic = true;
      else if (name === 't') inText = !inPhonetic;
    },
    text: (text) => {
      if (inText) current += text;
    },
    close: (name) => {
      if (name === 't') inText = false;
      else if (name === 'rPh') inPhonetic = false;
      else if (name === 'si') strings.push(current);
    },
  });
  return strings;
}

/** Number formats that show a day or a time; the built-in ones by number, own ones by the letters in their code. */
function isDateFormat(id: number, code: string | undefined): boolean {
  if (code !== undefined) return /[ymdhs]/i.test(code.replace(/"[^"]*"|\[[^\]]*\]|\\./g, '')) && !/General/i.test(code);
  return (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58);
}

async function readDateStyles(zip: CheckedZip, path: string): Promise<boolean[]> {
  const codes = new Map<number, string>();
  const dates: boolean[] = [];
  let inCells = false;
  await parseXml(zip, path, {
    open: ({ name, attributes }) => {
      if (name === 'numFmt') codes.set(Number(attributes['numFmtId']), attributes['formatCode'] ?? '');
      else if (name === 'cellXfs') inCells = true;
      else if (name === 'xf' && inCells) {
        const id = Number(attributes['numFmtId'] ?? 0);
        dates.push(isDateFormat(id, codes.get(id)));
      }
    },
    close: (name) => {
      if (name === 'cellXfs') inCells = false;
    },
  });
  return dates;
}

async function readSheet(zip: CheckedZip, path: string, shared: readonly string[], styles: WorkbookStyles, onRecord: (record: RawRecord) => boolean | void): Promise<void> {
  let row = 0;
  let cells: string[] = [];
  let column = 0;
  let defect: RawRecord['defect'];
  let type = '';
  let style = 0;
  let value = '';
  let taking = false;
  await parseXml(zip, path, {
    open: ({ name, attributes }) => {
      if (name === 'c') {
        const reference = attributes['r'];
        column = reference === undefined ? column : columnOf(reference);
        type = attributes['t'] ?? 'n';
        style = Number(attributes['s'] ?? 0);
        value = '';
      } else if (name === 'v' || name === 't') taking = true;
      else if (name === 'row') {
        const given = Number(attributes['r']);
        row = Number.isInteger(given) && given > row ? given : row + 1;
        cells = [];
        column = 0;
        defect = undefined;
      }
    },
    text: (text) => {
      if (!taking) return;
      if (value.length <= limits.cellCharacters) value += text;
    },
    close: (name) => {
      if (name === 'v' || name === 't') taking = false;
      else if (name === 'c') {
        if (column >= limits.columns) {
          if (value !== '') defect ??= 'too-many-columns';
        } else {
          const text = cellText(type, value, style, shared, styles);
          if (text.length > limits.cellCharacters) defect ??= 'cell-too-long';
          else if (text !== '') {
            while (cells.length < column) cells.push('');
            cells[column] = text;
          }
        }
        column += 1;
      } else if (name === 'row') {
        if (row > limits.rows + 1) throw new FileRefused('too-many-rows');
        const record: RawRecord = defect ? { row, line: row, cells: [], defect } : { row, line: row, cells };
        if (onRecord(record) === false) throw stop;
      }
    },
  });
}

/** The fewest digits that give this number back, padded with zeros: how programs write a number of that size. */
function shortest(number: number): string {
  const [digits = '', exponent = '0'] = number.toExponential().replace('.', '').split('e+');
  return digits.padEnd(Number(exponent) + 1, '0');
}

/** `AB12` → 27. */
function columnOf(reference: string): number {
  let column = 0;
  for (let index = 0; index < reference.length; index += 1) {
    const code = reference.charCodeAt(index);
    if (code < 65 || code > 90) break;
    column = column * 26 + (code - 64);
    if (column > 20_000) break;
  }
  return column - 1;
}

function cellText(type: string, value: string, style: number, shared: readonly string[], styles: WorkbookStyles): string {
  if (type === 's') return shared[Number(value)] ?? '';
  if (type === 'e') return '';
  if (type === 'b') return value === '1' ? 'TRUE' : 'FALSE';
  if (type !== 'n' || value === '') return value;
  return numberText(value, styles.dates[style] === true, styles.from1904);
}

/**
 * A number cell as text. Whole numbers of up to 15 digits are exact however they are written; longer ones that a spreadsheet has
 * rounded (written with an exponent, or with zeros from the 16th digit on) come back in scientific notation, which the reader refuses.
 */
export function numberText(written: string, isDate: boolean, from1904 = false): string {
  const plain = written.trim();
  const number = Number(plain);
  if (!Number.isFinite(number)) return plain;
  if (isDate) return spreadsheetTime(number, from1904) || plain;
  if (Math.abs(number) < 1e15) {
    if (Number.isInteger(number)) return String(number);
    return String(Number(number.toPrecision(15)));
  }
  // 18 and more digits that are the shortest writing of a rounded number went through a spreadsheet or a script; exact ones are kept.
  const rounded = plain.length >= 18 && BigInt(Math.round(number)).toString().length === plain.length && shortest(number) === plain;
  if (/^\d+$/.test(plain) && !/^0+$/.test(plain.slice(15)) && !rounded) return plain;
  return number.toExponential(5).toUpperCase();
}
