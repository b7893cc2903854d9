/**
 * The same waybill the usual way: HTML laid out by Chromium and printed to PDF. The browser is warm, fonts are the system's, codes are
 * ready-made SVG, so that only its own work is timed.
 */
import { existsSync } from 'node:fs';
import type { LabelData } from '../../common/domain/label/data.ts';
import { encodeLinear } from '../../common/domain/label/codes/linear.ts';

export interface ChromiumPrinter {
  /** PDF of these labels, one page each. Returns its size in bytes. */
  print(labels: readonly LabelData[]): Promise<number>;
  close(): Promise<void>;
}

const browsers = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', 'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe', 'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe'];
const flags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

/** Starts a browser, or undefined where there is none. */
export async function startChromium(): Promise<ChromiumPrinter | undefined> {
  const executablePath = process.env['PACKBENCH_CHROMIUM'] ?? browsers.find((path) => existsSync(path));
  if (executablePath === undefined) return undefined;
  const { chromium } = await import('playwright-core').catch(() => ({ chromium: undefined }));
  if (chromium === undefined) return undefined;
  const browser = await chromium.launch({ executablePath, args: flags, headless: true });
  const page = await browser.newPage();
  return {
    async print(labels) {
      await page.setContent(html(labels), { waitUntil: 'load' });
      const pdf = await page.pdf({ width: '76mm', height: '130mm', printBackground: true });
      return pdf.length;
    },
    close: () => browser.close(),
  };
}

const style = `@page{size:76mm 130mm;margin:0}*{box-sizing:border-box}body{margin:0;font-family:"Noto Sans CJK SC","Noto Sans SC",sans-serif}
.label{width:76mm;height:130mm;padding:2mm;page-break-after:always;overflow:hidden;display:flex;flex-direction:column;font-size:2.8mm;line-height:1.2}
.label>div{border-bottom:.3mm solid #000;padding:1mm 0}.big{font-size:8mm;font-weight:700}.mid{font-size:4mm;font-weight:500}svg{display:block;width:54mm;height:10mm;margin:auto}`;

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}

function bars(number: string): string {
  const made = encodeLinear('code128', number);
  if (!made.ok) return '';
  const { modules } = made.code;
  const rects = [...modules.matchAll(/1+/g)].map((run) => `<rect x="${run.index}" y="0" width="${run[0].length}" height="10"/>`).join('');
  return `<svg viewBox="0 0 ${modules.length} 10" preserveAspectRatio="none" shape-rendering="crispEdges">${rects}</svg>`;
}

function html(labels: readonly LabelData[]): string {
  const pages = labels.map((data) => {
    const { waybill, recipient, sender, items, orders, job } = data;
    const place = (party: typeof recipient): string => escape(party.province + party.city + party.district + party.town + party.detail);
    return `<div class="label"><div class="mid">${escape(waybill.carrier.name)} ${escape(waybill.product)}</div><div>${bars(waybill.number)}<p style="text-align:center;margin:0">${escape(waybill.number)}</p></div>
<div class="big">${escape(waybill.sortCode)}</div><div class="mid">${escape(waybill.consolidation)} ${escape(waybill.originCode)}</div>
<div class="mid">收 ${escape(recipient.name)} ${escape(recipient.phone)}<br>${place(recipient)}</div><div>寄 ${escape(sender.name)} ${escape(sender.phone)}<br>${place(sender)}</div>
<div>${items.map((item) => `${escape(item.shortName)} ${escape(item.sku)} ×${item.quantity}`).join('<br>')}</div>
<div>${bars(waybill.number)}</div><div>${orders.map((order) => `${escape(order.id)} ${escape(order.buyerNote)} ${escape(order.sellerNote)}`).join('<br>')}</div>
<div>${escape(job.operator)} ${escape(job.station)} ${job.sequence}/${job.total} ${escape(job.printedAt)}</div></div>`;
  });
  return `<!doctype html><meta charset="utf-8"><style>${style}</style>${pages.join('')}`;
}
