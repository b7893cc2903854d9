/**
 * Cainiao-language (CNPL) templates and custom areas as label documents: the safe subset, with a list of everything that was
 * not taken over. Nothing of it is run, nothing is fetched.
 */
import type { Condition } from '../conditions.ts';
import type { Content, ContentPart } from '../content.ts';
import { documentVersion, readDocument } from '../document.ts';
import type { LabelDocument, LabelElementInput } from '../document.ts';
import { scriptToken, setScriptsAside } from './aside.ts';
import { goodsLists } from './names.ts';
import { createScriptReader } from './script.ts';
import type { Step, Test } from './script.ts';
import { clamp, isDark, isLength, isLight, lightness, lineWidth, micrometres, micrometresPerPoint, sides, styleOf } from './style.ts';
import { cellsOf, columnsOf, placeCells, rowGroups } from './table.ts';
import { readTree } from './tree.ts';
import type { Branch, Node } from './tree.ts';
import { mixOf } from './words.ts';
import { legible } from '../units.ts';

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
type Guard = Pick<Test, 'condition' | 'logo'> | 'unknown';

const floatingTags: ReadonlySet<string> = new Set(['layout', 'text', 'barcode', 'rect', 'round', 'table']);
/** Custom areas come without a page: they get one of their own size. */
const smallest = { width: 10_000, height: 5_000 } as const;

/** Real templates have some ten thousand characters. */
const largestSource = 2_000_000;
const mostScripts = 5_000;
const mostVisits = 20_000;
/** Nobody reads a longer list. */
const mostMissed = 2_000;

/** True for text that looks like this language. */
export function looksLikeCnpl(text: string): boolean {
  return /<(?:\w+:)?(?:page|layout)[\s>]/.test(text.slice(0, 20_000)) && !text.trimStart().startsWith('{');
}

export function readCnpl(source: string, name: string): CnplReading {
  if (/<!DOCTYPE|<!ENTITY/i.test(source)) return { ok: false, reason: 'doctype' };
  if (source.length > largestSource) return { ok: false, reason: 'too_large' };
  if (source.split('<%', mostScripts + 2).length > mostScripts + 1) return { ok: false, reason: 'too_large' };
  const { xml, scripts } = setScriptsAside(source);
  const tree = readTree(xml);
  if (!tree.ok) return tree;
  const { root } = tree;
  if (root.tag !== 'page' && root.tag !== 'layout') return { ok: false, reason: `root element is ${root.tag}` };

  const page: Frame = { x: 0, y: 0, width: Math.max(smallest.width, micrometres(root.attributes['width'], 76_000)), height: Math.max(smallest.height, micrometres(root.attributes['height'], 130_000)) };
  const footer = root.children.find((child): child is Branch => child.kind === 'element' && child.tag === 'footer');
  const footerHeight = Math.min(page.height, micrometres(footer?.attributes['height'], 0));
  /** Rows that do not fit go on a further page. */
  const splitable = root.attributes['splitable'] === 'true';
  const notTaken: NotTakenOver[] = [];
  const elements: LabelElementInput[] = [];
  let count = 0;
  const reader = createScriptReader();
  /** Scripts as they stand in the file again. */
  const asWritten = (text: string): string => text.replace(scriptToken, (_, number: string) => `<%${scripts[Number(number)] ?? ''}%>`);
  const missed = (why: NotTakenOver['why'], what: string, branch: Branch): NotTakenOver => ({ what: asWritten(what).slice(0, 200), where: `${branch.tag} · ${branch.line}`, why });
  const miss = (why: NotTakenOver['why'], what: string, branch: Branch): void => {
    if (notTaken.length < mostMissed) notTaken.push(missed(why, what, branch));
  };
  const next = (tag: string): string => `${tag}-${++count}`;

  const content = (text: string, branch: Branch): Content => mixOf(text, scripts, reader, (why, what) => miss(why, what, branch));
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
    const length = (key: string, fallback: number): number => {
      const given = branch.attributes[key];
      if (given !== undefined && given.trim() !== '' && !isLength(given)) miss('style', `${key}=${given}`, branch);
      return micrometres(given, fallback);
    };
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
    const family = style['fontfamily'];
    // Editors write the font on every text: it is said once.
    if (family !== undefined && !notTaken.some((one) => one.why === 'font' && one.what === family)) miss('font', family, branch);
    // White letters stand on black, whoever gave it them.
    const reverse = isLight(style['fontcolor']);
    for (const key of ['fontunderline', 'fontitalic', 'fontitatlic', ...(reverse ? [] : ['backgroundcolor']), 'alpha']) if (style[key] !== undefined && !/^(false|none|#?f{3,6}|1|100)$/i.test(style[key])) miss('style', `${key}: ${style[key]}`, branch);
    if (style['orientation'] === 'vertical') miss('style', 'orientation: vertical', branch);
    if (style['direction'] === 'rtl') miss('style', 'direction: rtl', branch);
    const body = content(bodyOf(branch), branch);
    const base = {
      id: next('text'), reverse, ...frame, height: frame.height > 0 ? frame.height : Math.round(size * 1.3), rotation: turn(style, branch), content: body,
      font: { weight: style['fontweight'] === 'bold' ? ('bold' as const) : ('regular' as const), size: Math.min(size, 60_000) },
      align: (style['align'] === 'center' || style['align'] === 'right' ? style['align'] : 'left') as 'left' | 'center' | 'right',
      valign: (style['valign'] === 'middle' || style['valign'] === 'bottom' ? style['valign'] : 'top') as 'top' | 'middle' | 'bottom',
      ...guarded(guards),
    };
    const fit = { kind: 'shrink' as const, smallest: Math.min(size, legible), then: 'clamp' as const };
    const severalLines = frame.height >= size * 2 || body.some((part) => 'text' in part && part.text.includes('\n'));
    elements.push(severalLines && style['wrap'] !== 'false' ? { ...base, type: 'paragraph', fit, lineHeight: clamp(Number.parseInt(style['lineheight'] ?? '120', 10) || 120, 80, 400) } : { ...base, type: 'text', fit });
  };

  const symbologies: Readonly<Record<string, 'code128' | 'ean13' | 'ean8' | 'code39' | 'itf14'>> = { code128: 'code128', code128a: 'code128', code128b: 'code128', code128c: 'code128', ean13: 'ean13', ean8: 'ean8', code39: 'code39', itf14: 'itf14' };
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
    elements.push({ ...shared, type: 'barcode', symbology, ...(style['hidetext'] === 'false' ? { caption: { size: Math.min(3_000, Math.max(legible, Math.round(frame.height / 4))) } } : {}) });
  };

  const line = (branch: Branch, parent: Frame, guards: readonly Guard[]): void => {
    const style = styleOf(branch);
    const at = (key: string): number => micrometres(branch.attributes[key] ?? branch.attributes[key.toLowerCase()], 0);
    const [x0, y0, x1, y1] = [at('startX'), at('startY'), at('endX'), at('endY')];
    const thickness = lineWidth(style['linewidth'], 125);
    const horizontal = Math.abs(x1 - x0) >= Math.abs(y1 - y0);
    if (x0 !== x1 && y0 !== y1) miss('style', 'slanting line', branch);
    const [x, y] = [parent.x + Math.min(x0, x1), parent.y + Math.min(y0, y1)];
    const long = horizontal ? Math.abs(x1 - x0) : Math.abs(y1 - y0);
    const dashed = style['linetype'] === 'dashed' || style['linetype'] === 'dotted';
    elements.push({ id: next('line'), type: 'line', direction: horizontal ? 'horizontal' : 'vertical', x, y, width: horizontal ? long : thickness, height: horizontal ? thickness : long, thickness, ...(dashed ? { dash: { on: 1_000, off: 1_000 } } : {}), ...guarded(guards) });
  };

  const carrierName = (frame: Frame, guards: readonly Guard[]): void => {
    const size = clamp(Math.round(frame.height * 0.6), 2_500, 8_000);
    elements.push({ id: next('logo'), type: 'text', ...frame, content: [{ field: 'waybill.carrier.name' }], font: { weight: 'bold', size }, align: 'center', valign: 'middle', fit: { kind: 'shrink', smallest: legible, then: 'clamp' }, ...guarded(guards) });
  };

  /** Fixed rows become texts with frames, the row of a loop becomes a table of items. */
  const table = (branch: Branch, frame: Frame, guards: readonly Guard[]): void => {
    const length = (text: string | undefined): number | undefined => (text === undefined ? undefined : text.trim().endsWith('%') ? (frame.width * Number.parseFloat(text)) / 100 : micrometres(text, 0) || undefined);
    const groups = rowGroups(branch.children, (number) => reader.steps(scripts[number] ?? ''), (step, number) => miss(step.kind === 'refused' ? step.why : step.kind === 'loop' ? 'loop' : 'condition', (scripts[number] ?? '').trim(), branch));
    const columns = columnsOf(groups.flatMap((group) => (group.kind === 'fixed' ? group.rows : [group.row])), frame.width, length);
    const below = (from: number): number => groups.slice(from).reduce((sum, group) => sum + (group.kind === 'fixed' ? placeCells(group.rows, columns, length).height : 0), 0);
    let y = frame.y;
    groups.forEach((group, index) => {
      if (group.kind === 'loop') {
        const height = Math.max(4_000, frame.y + frame.height - y - below(index + 1));
        loopTable(group, { x: frame.x, y, width: columns.reduce((sum, width) => sum + width, 0), height }, columns, guards);
        y += height;
        return;
      }
      const { cells, height } = placeCells(group.rows, columns, length);
      for (const { cell, ...place } of cells) {
        const at = { ...place, x: frame.x + place.x, y: y + place.y };
        if (styleOf(branch)['cellborderwidth'] !== '0') elements.push({ id: next('box'), type: 'box', ...at, thickness: 125, ...guarded(guards) });
        const inner = styleOf(cell)['padding'] === undefined ? { x: at.x + 500, y: at.y + 300, width: Math.max(0, at.width - 1_000), height: Math.max(0, at.height - 600) } : padded(cell, at);
        if (cell.children.some((child) => child.kind === 'element')) children(structure(cell), inner, guards, cell);
        else if (bodyOf(cell) !== '') textElement(cell, inner, guards);
      }
      y += height;
    });
  };
  /** Texts that a loop repeats down the label are a table; gives the place behind the loop, or undefined where it is something else. */
  const repeated = (nodes: readonly Node[], from: number, list: string, frame: Frame, guards: readonly Guard[]): number | undefined => {
    const end = nodes.findIndex((node, index) => index >= from && node.kind === 'script' && reader.steps(scripts[node.number] ?? '').length > 0);
    const last = nodes[end];
    if (last?.kind !== 'script' || reader.steps(scripts[last.number] ?? '').map((step) => step.kind).join() !== 'end') return undefined;
    const texts = nodes.slice(from, end).filter((node): node is Branch => node.kind === 'element');
    const at = (branch: Branch, key: string, row: number): number | undefined => {
      const figure = branch.attributes[key]?.replace(scriptToken, (_, number: string) => String(reader.figure(scripts[Number(number)] ?? '', row) ?? '?'));
      return figure !== undefined && isLength(figure) ? micrometres(figure, 0) : undefined;
    };
    const placed = texts
      .map((branch) => ({ branch, left: at(branch, 'left', 0), top: at(branch, 'top', 0), width: at(branch, 'width', 0) }))
      .toSorted((one, two) => (one.left ?? 0) - (two.left ?? 0));
    const [first] = placed;
    if (first === undefined || placed.some(({ branch, left, top, width }) => branch.tag !== 'text' || left === undefined || top !== first.top || width === undefined)) return undefined;
    const top = first.top ?? 0;
    const columns = placed.map(({ left, width }, index) => Math.max(1_000, Math.min(width ?? 0, (placed[index + 1]?.left ?? Infinity) - (left ?? 0))));
    const wide = columns.reduce((sum, width) => sum + width, 0);
    // Down to what stands below it.
    const below = nodes.slice(end).flatMap((node) => (node.kind === 'element' ? [micrometres(node.attributes['top'], 0)] : [])).filter((one) => one > top);
    const height = Math.max(4_000, Math.min(frame.height, ...below) - top);
    const row: Branch = { kind: 'element', tag: 'tr', attributes: {}, line: first.branch.line, children: placed.map(({ branch }) => ({ ...branch, tag: 'td' })) };
    loopTable({ row, list }, { x: frame.x + (first.left ?? 0), y: frame.y + top, width: Math.min(wide, Math.max(1_000, frame.width - (first.left ?? 0))), height }, columns, guards, 'none');
    return end + 1;
  };
  const loopTable = (group: { readonly row: Branch; readonly list: string }, place: Frame, columns: readonly number[], guards: readonly Guard[], rules: 'none' | 'rows' = 'rows'): void => {
    if (!goodsLists.has(group.list)) miss('loop', `_data.${group.list} → items`, group.row);
    const cells = cellsOf(group.row);
    const texts = cells.map((cell) => cell.children.find((child): child is Branch => child.kind === 'element' && child.tag === 'text') ?? cell);
    const styles = texts.map(styleOf);
    const size = clamp(Math.round(Number.parseFloat(styles.find((style) => style['fontsize'] !== undefined)?.['fontsize'] ?? '8') * micrometresPerPoint) || 2_800, 2_000, 8_000);
    for (const cell of cells) for (const child of cell.children) if (child.kind === 'element' && child.tag !== 'text') miss('table', child.tag, child);
    elements.push({
      id: next('table'), type: 'table', ...place, source: 'items', font: { size }, rules,
      columns: cells.slice(0, 12).map((_, index) => ({
        content: content(bodyOf(texts[index]!), texts[index]!), width: columns[index] ?? 0, wrap: true, align: (['center', 'right'] as const).find((align) => align === styles[index]?.['align']) ?? 'left',
        weight: styles[index]?.['fontweight'] === 'bold' ? ('bold' as const) : ('regular' as const),
      })),
      overflow: splitable ? { kind: 'continue' } : { kind: 'shrink', smallest: legible, then: 'more' }, ...guarded(guards),
    });
  };

  /** A frame, whole or only some of its sides, or a black block. */
  const borders = (style: Record<string, string>, frame: Frame, guards: readonly Guard[], branch: Branch, filled: boolean): void => {
    const grey = lightness(style['backgroundcolor'] ?? style['fillcolor']);
    if (grey !== undefined && grey >= 100 && grey < 250) miss('style', `colour ${style['backgroundcolor'] ?? style['fillcolor']}`, branch);
    const widths = sides(style['borderwidth'] ?? '0').map((one) => ((Number.parseFloat(one) || 0) > 0 ? lineWidth(one, 125) : 0)) as [number, number, number, number];
    const [top, right, bottom, left] = widths;
    const dash = /dashed|dotted/.test(style['borderstyle'] ?? '') ? { dash: { on: 1_000, off: 1_000 } } : {};
    if (filled || (top > 0 && !('dash' in dash) && widths.every((one) => one === top))) {
      elements.push({ id: next('box'), type: 'box', ...frame, thickness: Math.max(125, top), filled, ...guarded(guards) });
      return;
    }
    const across = (y: number, thickness: number): void => void elements.push({ id: next('line'), type: 'line', direction: 'horizontal', x: frame.x, y, width: frame.width, height: thickness, thickness, ...dash, ...guarded(guards) });
    const down = (x: number, thickness: number): void => void elements.push({ id: next('line'), type: 'line', direction: 'vertical', x, y: frame.y, width: thickness, height: frame.height, thickness, ...dash, ...guarded(guards) });
    if (top > 0) across(frame.y, top);
    if (bottom > 0) across(frame.y + frame.height - bottom, bottom);
    if (left > 0) down(frame.x, left);
    if (right > 0) down(frame.x + frame.width - right, right);
  };
  /** The room a style leaves inside a frame. */
  const padded = (branch: Branch, frame: Frame): Frame => {
    const style = styleOf(branch);
    if (style['margin'] !== undefined && /[1-9]/.test(style['margin'])) miss('style', `margin: ${style['margin']}`, branch);
    if (style['padding'] === undefined) return frame;
    const [top, right, bottom, left] = sides(style['padding']).map((one) => micrometres(one, 0)) as [number, number, number, number];
    return { x: frame.x + left, y: frame.y + top, width: Math.max(0, frame.width - left - right), height: Math.max(0, frame.height - top - bottom) };
  };
  /** Layouts by their id, for those that repeat another one's content; and those being copied now, which may not copy themselves. */
  const byId = new Map<string, Branch>();
  const copying = new Set<string>();
  let visits = 0;
  const layout = (own: Branch, frame: Frame, guards: readonly Guard[]): void => {
    const { ref } = own.attributes;
    const source = ref === undefined || copying.has(ref) ? undefined : byId.get(ref);
    if (ref !== undefined && source === undefined) miss('reference', `ref=${ref}`, own);
    const branch: Branch = source === undefined ? own : { ...own, attributes: { ...source.attributes, ...own.attributes } };
    const style = styleOf(branch);
    // White letters bring their own black; a block without letters is black by itself.
    borders(style, frame, guards, branch, isDark(style['backgroundcolor']) && !holdsText(branch));
    const inner = padded(branch, frame);
    if (source !== undefined && ref !== undefined) {
      copying.add(ref);
      children(source.children, inner, guards, { ...source, attributes: branch.attributes });
      copying.delete(ref);
    }
    children(own.children, inner, guards, branch);
  };

  const visit = (branch: Branch, parent: Frame, guards: readonly Guard[]): void => {
    // A file may copy its own parts into each other: what it makes is bounded like what it says.
    if (++visits === mostVisits) notTaken.unshift(missed('reference', 'too many parts', branch));
    if (visits >= mostVisits) return;
    if (elements.length >= 400) return miss('tag', branch.tag, branch);
    const frame = box(branch, parent);
    switch (branch.tag) {
      case 'layout':
        return layout(branch, frame, guards);
      case 'header':
        return children(branch.children, frame, guards, branch);
      case 'footer': {
        // It takes its height from the bottom of the page. What some write into it counts from the top of the page all the same.
        const ofPage = branch.children.some((child) => child.kind === 'element' && micrometres(child.attributes['top'], 0) > footerHeight);
        return children(branch.children, ofPage ? page : { ...page, y: page.height - footerHeight, height: footerHeight }, guards, branch);
      }
      case 'text': return textElement(branch, padded(branch, frame), guards);
      case 'barcode': return barcode(branch, frame, guards);
      case 'line': return line(branch, parent, guards);
      case 'rect': case 'round': {
        const style = styleOf(branch);
        if (branch.tag === 'round') miss('style', 'round corners', branch);
        if (turn(style, branch) !== 0) miss('rotation', `rotation ${style['rotation']}`, branch);
        borders({ ...style, borderwidth: style['borderwidth'] ?? '1' }, frame, guards, branch, isDark(style['fillcolor']));
        return;
      }
      case 'table': return table(branch, frame, guards);
      case 'image':
        // Where a printer may leave its logo out, the carrier's name stands in for the picture that is not fetched.
        if (guards.some((guard) => guard !== 'unknown' && guard.logo !== undefined)) carrierName(frame, guards);
        return miss(/^(https?:)?\/\//.test(branch.attributes['src'] ?? '') ? 'remote_picture' : 'picture', branch.attributes['src'] ?? '', branch);
      case 'pageindex':
        elements.push({ id: next('text'), type: 'text', ...frame, height: Math.max(frame.height, 3_000), content: pageIndex(branch.attributes['format']), font: { size: 2_500 }, fit: { kind: 'shrink', smallest: legible, then: 'clamp' }, ...guarded(guards) });
        return;
      default: return miss('tag', branch.tag, branch);
    }
  };
  const children = (nodes: readonly Node[], frame: Frame, guards: readonly Guard[], owner: Branch): void => {
    const open: OpenBlock[] = [];
    // Elements that say no place stand one after the other, in the direction of their container.
    const down = owner.attributes['orientation'] === 'vertical';
    let flow = 0;
    let behind = 0;
    for (const [index, node] of nodes.entries()) {
      if (index < behind) continue;
      if (node.kind === 'element') {
        const floats = node.attributes[down ? 'top' : 'left'] === undefined && floatingTags.has(node.tag) && owner.tag === 'layout';
        const shift = floats ? flow : 0;
        // Said with the first element it would repeat: a loop may also only count.
        for (const block of open.splice(0)) {
          if (block.loop !== undefined) miss('loop', `_data.${block.loop}`, owner);
          open.push({ earlier: block.earlier, now: block.now });
        }
        visit(node, { ...frame, x: frame.x + (down ? 0 : shift), y: frame.y + (down ? shift : 0) }, [...guards, ...open.map(guardOf)]);
        if (floats) flow += micrometres(node.attributes[down ? 'height' : 'width'], 0);
      } else if (node.kind === 'script') {
        const body = scripts[node.number] ?? '';
        if (body.trim().startsWith('=')) miss('script', body.trim(), owner);
        else {
          for (const step of reader.steps(body)) {
            behind = (step.kind === 'loop' ? repeated(nodes, index + 1, step.list, frame, [...guards, ...open.map(guardOf)]) : undefined) ?? behind;
            if (index >= behind) take(step, body.trim(), open, owner);
          }
        }
      }
    }
  };
  /** What a step of a script opens or closes around the elements that follow. */
  const take = (step: Step, body: string, open: OpenBlock[], owner: Branch): void => {
    if (step.kind === 'if' || step.kind === 'else-if') {
      if (step.test === undefined) miss('condition', body, owner);
      for (const path of step.test?.unknown ?? []) miss('field', `_data.${path}`, owner);
      const before = step.kind === 'if' ? undefined : open.pop();
      open.push({ earlier: before === undefined ? [] : [...before.earlier, before.now], now: step.test ?? 'unknown' });
    } else if (step.kind === 'else') {
      const before = open.pop();
      if (before !== undefined && before.now !== 'unknown' && before.now.logo !== undefined) miss('condition', body, owner);
      open.push({ earlier: before === undefined ? ['unknown'] : [...before.earlier, before.now], now: {} });
    } else if (step.kind === 'loop') {
      open.push({ earlier: [], now: 'unknown', loop: step.list });
    } else if (step.kind === 'end') open.pop();
    else {
      miss(step.why, body, owner);
      for (let more = step.opens; more > 0; more--) open.push({ earlier: [], now: 'unknown' });
      for (let less = step.opens; less < 0; less++) open.pop();
    }
  };

  noteIds(root, byId);
  if (root.tag === 'layout') borders(styleOf(root), page, [], root, false);
  const body = { ...page, height: page.height - footerHeight };
  children(root.children, root.tag === 'layout' ? padded(root, body) : body, [], root);
  const reading = readDocument({ format: 'packbench-label', version: documentVersion, name: name.slice(0, 80) || 'CNPL', purpose: 'waybill', media: { width: page.width, height: page.height }, privacy: 'masked', elements });
  if (!reading.ok) return { ok: false, reason: reading.reason === 'invalid' ? reading.issues.map((issue) => `${issue.path} ${issue.message}`).join('; ') : reading.reason };
  return { ok: true, document: reading.document, notTaken };
}

function noteIds(branch: Branch, into: Map<string, Branch>): void {
  const { id } = branch.attributes;
  if (branch.tag === 'layout' && id !== undefined && !into.has(id)) into.set(id, branch);
  for (const child of branch.children) if (child.kind === 'element') noteIds(child, into);
}

function holdsText(branch: Branch): boolean {
  return branch.children.some((child) => child.kind === 'element' && (child.tag === 'text' || holdsText(child)));
}

/** Words around the number of the page and of all pages. */
function pageIndex(format: string | undefined): ContentPart[] {
  const places: Readonly<Record<string, string>> = { currentPageNumber: 'label.part', totalPageNumber: 'label.parts' };
  const words = (format === undefined || format.trim() === '' ? 'currentPageNumber/totalPageNumber' : format).split(/(currentPageNumber|totalPageNumber)/);
  return words.filter((word) => word !== '').map((word) => {
    const field = places[word];
    return field === undefined ? { text: word } : { field, format: [], before: '', after: '', fallback: '' };
  });
}

/** Elements of a cell with the scripts between them; loose text beside elements is not text of the label. */
function structure(cell: Branch): Node[] {
  return cell.children.flatMap((child): Node[] => (child.kind === 'text' ? [...child.text.matchAll(scriptToken)].map((match) => ({ kind: 'script', number: Number(match[1]) })) : [child]));
}

/** A branch of an if: the branches before it did not hold, and what it asks itself. */
interface OpenBlock {
  readonly earlier: readonly Guard[];
  readonly now: Guard;
  /** List of a loop whose first element is still to come. */
  readonly loop?: string;
}

/** When what stands in the branch is shown; a logo switch has no other branch. */
function guardOf({ earlier, now }: OpenBlock): Guard {
  const before = earlier.map((guard) => (guard === 'unknown' || guard.logo !== undefined ? undefined : guard.condition));
  if (now === 'unknown' || before.includes(undefined)) return 'unknown';
  const not = before.flatMap((condition) => (condition === undefined ? [] : [{ op: 'not', of: condition } as const]));
  const all = [...not, ...(now.condition === undefined ? [] : [now.condition])];
  const [only] = all;
  return { ...(now.logo === undefined ? {} : { logo: now.logo }), ...(only === undefined ? {} : { condition: all.length === 1 ? only : { op: 'all', of: all } }) };
}
