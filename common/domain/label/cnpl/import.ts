/**
 * Cainiao-language (CNPL) templates and custom areas as label documents: the safe subset, with a list of everything that was
 * not taken over. Nothing of it is run, nothing is fetched.
 */
import type { Condition } from '../conditions.ts';
import type { Content, ContentPart } from '../content.ts';
import { documentVersion, readDocument } from '../document.ts';
import type { LabelDocument, LabelElementInput } from '../document.ts';
import { findField } from '../fields.ts';
import { readScript, scriptToken, setScriptsAside } from './script.ts';
import { readTree } from './tree.ts';
import type { Branch, Node } from './tree.ts';

export interface NotTakenOver {
  readonly what: string;
  /** Tag and line of the file. */
  readonly where: string;
  readonly why: 'include' | 'script' | 'condition' | 'remote_picture' | 'picture' | 'tag' | 'symbology' | 'rotation' | 'font' | 'field' | 'loop' | 'style' | 'table' | 'reference';
}

export type CnplReading =
  | { readonly ok: true; readonly document: LabelDocument; readonly notTaken: readonly NotTakenOver[] }
  | { readonly ok: false; readonly reason: string };

interface Frame {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}
type Guard = { readonly condition?: Condition; readonly logo?: 'upper' | 'lower' } | 'unknown';

const known = (path: string): boolean => findField(path) !== undefined;
const micrometresPerPoint = 352.78;
/** Custom areas come without a page: they get one of their own size. */
const smallest = { width: 10_000, height: 5_000 } as const;

/** True for text that looks like this language. */
export function looksLikeCnpl(text: string): boolean {
  return /<(?:\w+:)?(?:page|layout)[\s>]/.test(text.slice(0, 20_000)) && !text.trimStart().startsWith('{');
}

export function readCnpl(source: string, name: string): CnplReading {
  if (/<!DOCTYPE|<!ENTITY/i.test(source)) return { ok: false, reason: 'doctype' };
  const { xml, scripts } = setScriptsAside(source);
  const tree = readTree(xml);
  if (!tree.ok) return tree;
  const { root } = tree;
  if (root.tag !== 'page' && root.tag !== 'layout') return { ok: false, reason: `root element is ${root.tag}` };

  const notTaken: NotTakenOver[] = [];
  const elements: LabelElementInput[] = [];
  let count = 0;
  const miss = (why: NotTakenOver['why'], what: string, branch: Branch): void => void notTaken.push({ what: what.slice(0, 200), where: `${branch.tag} · ${branch.line}`, why });
  const next = (tag: string): string => `${tag}-${++count}`;

  /** Text with values of fields in it. */
  const content = (text: string, branch: Branch): Content => {
    const parts: ContentPart[] = [];
    let at = 0;
    for (const match of text.matchAll(scriptToken)) {
      if (match.index > at) parts.push({ text: text.slice(at, match.index) });
      at = match.index + match[0].length;
      const body = scripts[Number(match[1])] ?? '';
      const script = readScript(body, known);
      if (script.kind === 'value') {
        if (script.unknown !== undefined) miss('field', `_data.${script.unknown}`, branch);
        parts.push(script.part);
      } else if (script.kind !== 'nothing') miss(script.kind === 'refused' ? (script.why as NotTakenOver['why']) : 'script', body.trim(), branch);
    }
    if (at < text.length) parts.push({ text: text.slice(at) });
    return parts.slice(0, 60);
  };
  const bodyOf = (branch: Branch): string => {
    const value = branch.attributes['value'];
    if (value !== undefined && value !== '') return value;
    return branch.children
      .map((child) => (child.kind === 'text' ? child.text : child.kind === 'script' ? `\u{E000}${child.number}\u{E001}` : ''))
      .join('')
      .replace(/^\s*\n|\n\s*$/g, '')
      .trim();
  };
  const box = (branch: Branch, parent: Frame): Frame => {
    const length = (key: string, fallback: number): number => micrometres(branch.attributes[key], fallback);
    const [left, top] = [length('left', 0), length('top', 0)];
    return { x: parent.x + left, y: parent.y + top, width: Math.max(0, length('width', parent.width - left)), height: Math.max(0, length('height', parent.height - top)) };
  };
  const guarded = (guards: readonly Guard[]): { when?: Condition; logo?: 'upper' | 'lower' } => {
    const conditions = guards.flatMap((guard) => (guard !== 'unknown' && guard.condition !== undefined ? [guard.condition] : []));
    const logo = guards.map((guard) => (guard === 'unknown' ? undefined : guard.logo)).find((one) => one !== undefined);
    const when = conditions.length === 0 ? undefined : conditions.length === 1 ? conditions[0] : ({ op: 'all', of: conditions } as const);
    return { ...(when === undefined ? {} : { when }), ...(logo === undefined ? {} : { logo }) };
  };
  const turn = (style: Record<string, string>, branch: Branch): 0 | 90 | 180 | 270 => {
    const degrees = ((Number(style['rotation'] ?? 0) % 360) + 360) % 360;
    if (degrees === 0 || degrees === 90 || degrees === 180 || degrees === 270) return degrees;
    miss('rotation', `rotation ${style['rotation']}`, branch);
    return 0;
  };

  const textElement = (branch: Branch, frame: Frame, guards: readonly Guard[]): void => {
    const style = styleOf(branch);
    const auto = style['fontsize'] === 'auto';
    const size = auto ? Math.max(1_500, Math.min(frame.height, 8_000)) : Math.max(1_000, Math.round(Number.parseFloat(style['fontsize'] ?? '8') * micrometresPerPoint) || 2_800);
    if (style['fontfamily'] !== undefined) miss('font', style['fontfamily'], branch);
    for (const key of ['fontunderline', 'fontitalic', 'backgroundcolor', 'alpha']) if (style[key] !== undefined && !/^(false|none|#?f{3,6}|1|100)$/i.test(style[key])) miss('style', `${key}: ${style[key]}`, branch);
    const body = content(bodyOf(branch), branch);
    const base = {
      id: next('text'), ...frame, height: frame.height > 0 ? frame.height : Math.round(size * 1.3), rotation: turn(style, branch), content: body,
      font: { weight: style['fontweight'] === 'bold' ? ('bold' as const) : ('regular' as const), size: Math.min(size, 60_000) },
      align: (style['align'] === 'center' || style['align'] === 'right' ? style['align'] : 'left') as 'left' | 'center' | 'right',
      valign: (style['valign'] === 'middle' || style['valign'] === 'bottom' ? style['valign'] : 'top') as 'top' | 'middle' | 'bottom',
      ...guarded(guards),
    };
    const fit = { kind: 'shrink' as const, smallest: Math.min(size, 2_000), then: 'clamp' as const };
    const severalLines = frame.height >= size * 2 || body.some((part) => 'text' in part && part.text.includes('\n'));
    elements.push(severalLines && style['wrap'] !== 'false' ? { ...base, type: 'paragraph', fit, lineHeight: clamp(Number.parseInt(style['lineheight'] ?? '120', 10) || 120, 80, 400) } : { ...base, type: 'text', fit });
  };

  const symbologies: Readonly<Record<string, 'code128' | 'ean13' | 'ean8' | 'code39' | 'itf14'>> = { code128: 'code128', code128a: 'code128', code128b: 'code128', code128c: 'code128', ean13: 'ean13', ean8: 'ean8', code39: 'code39' };
  const barcode = (branch: Branch, frame: Frame, guards: readonly Guard[]): void => {
    const style = styleOf(branch);
    const type = (branch.attributes['type'] ?? 'code128').toLowerCase();
    const body = content(bodyOf(branch), branch);
    const shared = { id: next(type === 'qrcode' ? 'qr' : 'barcode'), ...frame, rotation: turn(style, branch), content: body, ...guarded(guards) };
    if (type === 'qrcode') {
      elements.push({ ...shared, type: 'qr', level: (['L', 'M', 'Q', 'H'] as const)[Number(branch.attributes['errorcorrection'] ?? branch.attributes['errorCorrection'] ?? 1)] ?? 'M' });
      return;
    }
    const symbology = symbologies[type];
    if (symbology === undefined) return miss('symbology', type, branch);
    elements.push({ ...shared, type: 'barcode', symbology, ...(style['hidetext'] === 'false' ? { caption: { size: Math.min(3_000, Math.max(2_000, Math.round(frame.height / 4))) } } : {}) });
  };

  const line = (branch: Branch, parent: Frame, guards: readonly Guard[]): void => {
    const style = styleOf(branch);
    const at = (key: string): number => micrometres(branch.attributes[key] ?? branch.attributes[key.toLowerCase()], 0);
    const [x0, y0, x1, y1] = [at('startX'), at('startY'), at('endX'), at('endY')];
    const thickness = clamp(Math.round((Number.parseFloat(style['linewidth'] ?? '1') || 1) * micrometresPerPoint), 125, 20_000);
    const horizontal = Math.abs(x1 - x0) >= Math.abs(y1 - y0);
    if (x0 !== x1 && y0 !== y1) miss('style', 'slanting line', branch);
    const [x, y] = [parent.x + Math.min(x0, x1), parent.y + Math.min(y0, y1)];
    const long = horizontal ? Math.abs(x1 - x0) : Math.abs(y1 - y0);
    const dashed = style['linetype'] === 'dashed' || style['linetype'] === 'dotted';
    elements.push({ id: next('line'), type: 'line', direction: horizontal ? 'horizontal' : 'vertical', x, y, width: horizontal ? long : thickness, height: horizontal ? thickness : long, thickness, ...(dashed ? { dash: { on: 1_000, off: 1_000 } } : {}), ...guarded(guards) });
  };

  /** Rows of fixed cells become text elements with frames; a loop over rows is for a person to set up as a table of items. */
  const table = (branch: Branch, frame: Frame, guards: readonly Guard[]): void => {
    const rows = branch.children.filter((child): child is Branch => child.kind === 'element' && child.tag === 'tr');
    if (branch.children.some((child) => child.kind === 'script')) {
      miss('loop', 'rows made by a script: use a table of items', branch);
    }
    let y = frame.y;
    let widths: number[] = [];
    for (const row of rows) {
      const cells = row.children.filter((child): child is Branch => child.kind === 'element' && (child.tag === 'td' || child.tag === 'th'));
      const head = cells.some((cell) => cell.tag === 'th');
      if (head || widths.length === 0) widths = cells.map((cell) => (cell.attributes['width']?.endsWith('%') ? (frame.width * Number.parseFloat(cell.attributes['width'])) / 100 : micrometres(cell.attributes['width'], frame.width / Math.max(1, cells.length))));
      const height = Math.max(4_000, ...cells.map((cell) => micrometres(cell.attributes['height'], 0)));
      let x = frame.x;
      cells.forEach((cell, index) => {
        if (cell.attributes['rowspan'] !== undefined || cell.attributes['colspan'] !== undefined) miss('table', 'joined cells', cell);
        const width = Math.round(widths[index] ?? frame.width / Math.max(1, cells.length));
        const place = { x: Math.round(x), y, width, height };
        elements.push({ id: next('box'), type: 'box', ...place, thickness: 250, ...guarded(guards) });
        const inner = { x: place.x + 500, y: y + 300, width: Math.max(0, width - 1_000), height: Math.max(0, height - 600) };
        const nested = cell.children.filter((child): child is Branch => child.kind === 'element');
        if (nested.length > 0) for (const one of nested) visit(one, inner, guards);
        else if (bodyOf(cell) !== '') textElement(cell, inner, guards);
        x += width;
      });
      y += height;
    }
  };

  const visit = (branch: Branch, parent: Frame, guards: readonly Guard[]): void => {
    if (elements.length >= 400) return miss('tag', branch.tag, branch);
    const frame = box(branch, parent);
    switch (branch.tag) {
      case 'layout':
        if (branch.attributes['ref'] !== undefined) miss('reference', `ref=${branch.attributes['ref']}`, branch);
        if ((Number.parseFloat(styleOf(branch)['borderwidth'] ?? '0') || 0) > 0) elements.push({ id: next('box'), type: 'box', ...frame, thickness: 250, ...guarded(guards) });
        return children(branch.children, frame, guards, branch);
      case 'header': case 'footer':
        return children(branch.children, frame, guards, branch);
      case 'text': return textElement(branch, frame, guards);
      case 'barcode': return barcode(branch, frame, guards);
      case 'line': return line(branch, parent, guards);
      case 'rect': case 'round': {
        const width = clamp(Math.round((Number.parseFloat(styleOf(branch)['borderwidth'] ?? '1') || 1) * micrometresPerPoint), 125, 20_000);
        if (branch.tag === 'round') miss('style', 'round corners', branch);
        elements.push({ id: next('box'), type: 'box', ...frame, thickness: width, ...guarded(guards) });
        return;
      }
      case 'table': return table(branch, frame, guards);
      case 'image': return miss(/^(https?:)?\/\//.test(branch.attributes['src'] ?? '') ? 'remote_picture' : 'picture', branch.attributes['src'] ?? '', branch);
      case 'pageindex':
        elements.push({ id: next('text'), type: 'text', ...frame, height: Math.max(frame.height, 3_000), content: [{ field: 'label.part' }, { text: '/' }, { field: 'label.parts' }], font: { size: 2_500 } });
        return;
      default: return miss('tag', branch.tag, branch);
    }
  };
  const children = (nodes: readonly Node[], frame: Frame, guards: readonly Guard[], owner: Branch): void => {
    const open: Guard[] = [];
    for (const node of nodes) {
      if (node.kind === 'element') visit(node, frame, [...guards, ...open]);
      else if (node.kind === 'script') {
        const body = scripts[node.number] ?? '';
        const script = readScript(body, known);
        if (script.kind === 'if') open.push(script);
        else if (script.kind === 'loop') {
          open.push('unknown');
          miss('loop', `loop over _data.${script.list}`, owner);
        } else if (script.kind === 'end') open.pop();
        else if (script.kind === 'refused') {
          if (/\{\s*$/.test(body)) open.push('unknown');
          miss(script.why as NotTakenOver['why'], body.trim(), owner);
        } else if (script.kind === 'value') miss('script', body.trim(), owner);
      }
    }
  };

  const size = { width: Math.max(smallest.width, micrometres(root.attributes['width'], 76_000)), height: Math.max(smallest.height, micrometres(root.attributes['height'], 130_000)) };
  children(root.children, { x: 0, y: 0, ...size }, [], root);
  const reading = readDocument({ format: 'packbench-label', version: documentVersion, name: name.slice(0, 80) || 'CNPL', purpose: 'waybill', media: size, privacy: 'masked', elements });
  if (!reading.ok) return { ok: false, reason: reading.reason === 'invalid' ? reading.issues.map((issue) => `${issue.path} ${issue.message}`).join('; ') : reading.reason };
  return { ok: true, document: reading.document, notTaken };
}

/** A length of the language in micrometres: millimetres unless it says pt. */
function micrometres(value: string | undefined, fallback: number): number {
  const match = /^\s*(-?[\d.]+)\s*(mm|pt)?\s*$/.exec(value ?? '');
  if (match === null) return Math.round(fallback);
  return Math.round(Number(match[1]) * (match[2] === 'pt' ? micrometresPerPoint : 1_000));
}

/** `name:value;` pairs, names in lower case. */
function styleOf(branch: Branch): Record<string, string> {
  const style: Record<string, string> = {};
  for (const pair of (branch.attributes['style'] ?? '').split(';')) {
    const colon = pair.indexOf(':');
    if (colon > 0) style[pair.slice(0, colon).trim().toLowerCase()] = pair.slice(colon + 1).trim();
  }
  return style;
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}
