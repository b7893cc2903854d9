/** The report on paper: A4, drawn with our own fonts, which the PDF carries as subsets. */
import { GlobalFonts, PDFDocument } from '@napi-rs/canvas';
import type { Language } from '../../../common/domain/costs/basics.ts';
import { bothNames } from '../../../common/domain/costs/basics.ts';
import { formatFen } from '../../../common/domain/costs/money.ts';
import type { CostReport } from '../../../common/domain/costs/report.ts';
import type { Scenario } from '../../../common/domain/costs/scenario.ts';
import { fontFilePaths } from '../../printing/raster/fonts.ts';

const page = { width: 595, height: 842, margin: 48 } as const;
const ink = '#1f1d1a';
const muted = '#6b665c';
const accent = '#d9480f';
/** Told apart in black and white too: dark to light. */
const shades = ['#1f1d1a', '#d9480f', '#7a756a', '#b0a998', '#f08c5a', '#4c6e91', '#8fa9bf', '#cfcabd', '#5f7f5a', '#9fbf9a', '#e3ded2', '#a35c2f'];

const words = {
  'zh-CN': { title: '自发与云仓成本比较', example: '示例数字', ticket: '元/票', month: '元/月', count: '件', component: '项目', perTicket: '每票', total: '期间合计', curve: '单票成本与日均件数（元/票）', perDay: '票/天', now: '现在', split: '分仓建议', notes: '注意', made: '生成于', none: '按现在的数字，分仓不比单选更省' },
  en: { title: 'Own shipping against cloud warehouses', example: 'example figures', ticket: 'yuan a ticket', month: 'yuan a month', count: 'parcels', component: 'Component', perTicket: 'a ticket', total: 'whole period', curve: 'Ticket cost against parcels per day (yuan)', perDay: 'a day', now: 'now', split: 'Proposed split', notes: 'Please note', made: 'made', none: 'with these figures a split saves nothing over the better pure option' },
} as const;

let registered = false;

/** Draws the report; returns the bytes of the PDF. */
export function pdfReport(scenario: Scenario, report: CostReport, language: Language, now: string): Buffer {
  if (!registered) {
    const files = fontFilePaths();
    GlobalFonts.registerFromPath(files.regular, 'Packbench Text');
    GlobalFonts.registerFromPath(files.bold, 'Packbench Bold');
    registered = true;
  }
  const t = words[language];
  const document = new PDFDocument({ title: `${t.title}: ${bothNames(scenario.name)[language]}`, creator: 'Packbench' });
  let context: ReturnType<PDFDocument['beginPage']> = document.beginPage(page.width, page.height);
  let y: number = page.margin;
  const width = page.width - 2 * page.margin;

  function room(height: number): void {
    if (y + height <= page.height - page.margin) return;
    document.endPage();
    context = document.beginPage(page.width, page.height);
    y = page.margin;
  }
  function text(value: string, size: number, options: { bold?: boolean; colour?: string; x?: number; right?: boolean; gap?: number } = {}): void {
    context.font = `${size}px "${options.bold ? 'Packbench Bold' : 'Packbench Text'}"`;
    context.fillStyle = options.colour ?? ink;
    context.textAlign = options.right ? 'right' : 'left';
    context.textBaseline = 'alphabetic';
    context.fillText(value, options.x ?? page.margin, y + size);
    if (options.gap !== undefined) y += size + options.gap;
  }
  function paragraph(value: string, size: number, colour = ink): void {
    context.font = `${size}px "Packbench Text"`;
    for (const line of wrap(value, (part) => context.measureText(part).width, width)) {
      room(size + 5);
      text(line, size, { colour, gap: 5 });
    }
  }

  text(bothNames(scenario.name)[language], 20, { bold: true, gap: 4 });
  text(`${t.title} · ${t.made} ${now.slice(0, 16).replace('T', ' ')} UTC${report.scenario.example ? ` · ${t.example}` : ''}`, 9, { colour: report.scenario.example ? accent : muted, gap: 12 });
  for (const sentence of report.explanation[language]) {
    paragraph(sentence, 11);
    y += 2;
  }
  y += 8;

  // stacked bars
  const most = Math.max(1, ...report.options.map((option) => option.perTicketE4 ?? 0));
  const ticket = (fen: number | null) => (fen === null ? '—' : formatFen(fen));
  const colours = new Map<string, string>();
  for (const option of report.options) for (const component of option.components) if (!colours.has(component.id)) colours.set(component.id, shades[colours.size % shades.length] ?? ink);
  for (const option of report.options) {
    room(40);
    text(option.name[language], 10, { bold: true });
    text(`${ticket(option.perTicketFen)} ${t.ticket}   ${formatFen(option.perMonthFen)} ${t.month}   ${option.parcels} ${t.count}${option.complete ? '' : ' !'}`, 10, { x: page.width - page.margin, right: true, gap: 4 });
    let x: number = page.margin;
    for (const component of option.components) {
      const part = (component.perTicketE4 / most) * width;
      context.fillStyle = colours.get(component.id) ?? ink;
      context.fillRect(x, y, Math.max(0, part - 0.6), 12);
      x += part;
    }
    y += 20;
  }

  for (const option of report.options) {
    room(30 + option.components.length * 13);
    y += 6;
    text(option.name[language], 11, { bold: true });
    text(t.perTicket, 9, { colour: muted, x: page.width - page.margin - 110, right: true });
    text(t.total, 9, { colour: muted, x: page.width - page.margin, right: true, gap: 5 });
    for (const component of option.components) {
      room(14);
      context.fillStyle = colours.get(component.id) ?? ink;
      context.fillRect(page.margin, y + 2, 7, 7);
      text(component.name[language], 9, { x: page.margin + 12 });
      text(formatFen(component.perTicketFen), 9, { x: page.width - page.margin - 110, right: true });
      text(formatFen(component.fen), 9, { x: page.width - page.margin, right: true, gap: 4 });
    }
    text(ticket(option.perTicketFen), 9, { bold: true, x: page.width - page.margin - 110, right: true });
    text(formatFen(option.fen), 9, { bold: true, x: page.width - page.margin, right: true, gap: 6 });
  }

  drawCurve();

  const split = report.splits.filter((each) => (each.savingPerMonthE4 ?? 0) > 0 && each.cloudParcels > 0 && each.ownParcels > 0).sort((a, b) => (b.savingPerMonthE4 ?? 0) - (a.savingPerMonthE4 ?? 0))[0];
  room(40);
  text(t.split, 11, { bold: true, gap: 5 });
  if (!split) paragraph(t.none, 9);
  else {
    const name = report.options.find((option) => option.id === split.quote)?.name[language] ?? split.quote;
    paragraph(`${name}: ${split.cloudParcels} ${t.count}, −${formatFen(Math.round((split.savingPerMonthE4 ?? 0) / 100))} ${t.month}`, 9);
    for (const part of split.moved.slice(0, 12)) paragraph(`${part.province || '?'} ${part.band} g: ${part.parcels} ${t.count}`, 9, muted);
  }
  if (report.issues.length > 0) {
    y += 6;
    room(30);
    text(t.notes, 11, { bold: true, gap: 5 });
    for (const issue of report.issues) paragraph(`${issue.severity === 'error' ? '✕' : issue.severity === 'warning' ? '?' : '·'} ${issue.text[language]}`, 9, issue.severity === 'error' ? accent : ink);
  }
  document.endPage();
  return document.close();

  function drawCurve(): void {
    const points = report.curve;
    if (points.length < 2) return;
    room(220);
    y += 10;
    text(t.curve, 11, { bold: true, gap: 8 });
    const box = { x: page.margin + 30, y, width: width - 40, height: 150 };
    const ids = report.options.filter((option) => option.parcels > 0).map((option) => option.id);
    const lastDay = points.at(-1)?.perDay ?? 1;
    // the first volumes are dear beyond all scale: the axis ends a little above the dearest option of today
    const top = most * 2;
    const px = (perDay: number) => box.x + (box.width * perDay) / lastDay;
    const py = (e4: number) => box.y + box.height * (1 - Math.min(e4, top) / top);
    context.strokeStyle = '#cfcabd';
    context.lineWidth = 0.5;
    context.strokeRect(box.x, box.y, box.width, box.height);
    for (let yuan = 1; yuan * 10_000 < top; yuan += 1) {
      context.beginPath();
      context.moveTo(box.x, py(yuan * 10_000));
      context.lineTo(box.x + box.width, py(yuan * 10_000));
      context.stroke();
      y = py(yuan * 10_000) - 8;
      text(String(yuan), 7, { x: box.x - 4, right: true, colour: muted });
    }
    ids.forEach((id, index) => {
      context.strokeStyle = shades[index] ?? ink;
      context.lineWidth = 1.4;
      context.setLineDash(index === 0 ? [] : [4 + 2 * index, 2]);
      context.beginPath();
      points.forEach((point, n) => {
        const at = [px(point.perDay), py(point.perTicketE4[id] ?? 0)] as const;
        if (n === 0) context.moveTo(...at);
        else context.lineTo(...at);
      });
      context.stroke();
    });
    context.setLineDash([]);
    const mark = (perDay: number, label: string, colour: string, drop: number) => {
      context.strokeStyle = colour;
      context.lineWidth = 0.8;
      context.beginPath();
      context.moveTo(px(perDay), box.y);
      context.lineTo(px(perDay), box.y + box.height);
      context.stroke();
      y = box.y + box.height + 2 + drop;
      text(label, 7, { x: px(perDay) - 6, colour });
    };
    if (report.breakEven.perDayNow <= lastDay) mark(report.breakEven.perDayNow, `${t.now} ${report.breakEven.perDayNow}`, muted, 0);
    report.breakEven.pairs.forEach((pair, index) => pair.changes.slice(0, 4).forEach((change) => mark(change.perDay, String(change.perDay), accent, 9 + 9 * (index % 2))));
    y = box.y + box.height + 30;
    let x: number = box.x;
    ids.forEach((id, index) => {
      const label = report.options.find((option) => option.id === id)?.name[language] ?? id;
      context.fillStyle = shades[index] ?? ink;
      context.fillRect(x, y + 3, 14, 3);
      text(label, 8, { x: x + 18 });
      x += 30 + context.measureText(label).width;
    });
    y += 24;
  }
}

/** Breaks a text into lines: at blanks for Latin, anywhere for Chinese, never before closing punctuation. */
export function wrap(value: string, measure: (part: string) => number, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const part of value.match(/[A-Za-z0-9.,%×/()+−-]+\s?|\s+|./gu) ?? []) {
    if (line !== '' && measure(line + part.trimEnd()) > width && !/^[，。；：、）”！？]/u.test(part)) {
      lines.push(line.trimEnd());
      line = part.trimStart();
    } else line += part;
  }
  if (line.trim() !== '') lines.push(line.trimEnd());
  return lines;
}
