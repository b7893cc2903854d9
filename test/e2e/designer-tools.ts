/** What the tests of the designer do and look at: dots on the canvas, drags in dots, names of layers. */
import { createHash } from 'node:crypto';
import axe from 'axe-core';
import type { Page } from 'playwright-core';
import type { App } from './app.ts';

/** SHA-256 of dots, made the way the virtual printer names its paper. */
export function hashDots({ width, height, bits }: { readonly width: number; readonly height: number; readonly bits: Uint8Array }): string {
  return createHash('sha256').update(`${width}x${height}:`).update(bits).digest('hex');
}

/** SHA-256 of the dots on the canvas, made the way the virtual printer names its paper. */
export async function canvasHash(page: Page): Promise<string> {
  const { width, height, base64 } = await page.getByTestId('label-canvas').evaluate((node) => {
    const canvas = node as HTMLCanvasElement;
    const data = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? new Uint8ClampedArray();
    const stride = Math.ceil(canvas.width / 8);
    const bits = new Uint8Array(stride * canvas.height);
    for (let y = 0; y < canvas.height; y++) for (let x = 0; x < canvas.width; x++) if ((data[(y * canvas.width + x) * 4 + 3] ?? 0) > 0) bits[y * stride + (x >> 3)] = (bits[y * stride + (x >> 3)] ?? 0) | (0x80 >> (x & 7));
    let text = '';
    for (const byte of bits) text += String.fromCharCode(byte);
    return { width: canvas.width, height: canvas.height, base64: btoa(text) };
  });
  return hashDots({ width, height, bits: Buffer.from(base64, 'base64') });
}

/** What axe finds serious on the page, as `rule: place`. */
export async function accessibility(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate<{ violations: { id: string; impact: string; nodes: { target: string[] }[] }[] }>('axe.run(document.querySelector("main"))');
  return violations.filter((one) => one.impact === 'serious' || one.impact === 'critical').flatMap((one) => one.nodes.slice(0, 3).map((node) => `${one.id}: ${node.target.join(' ')}`));
}

/** Waits until the canvas was drawn with fonts. */
export async function drawn(page: Page): Promise<void> {
  await page.waitForFunction(() => Number(document.querySelector<HTMLCanvasElement>('[data-testid=label-canvas]')?.dataset['drawn'] ?? 0) > 0);
}
export const saved = (page: Page): Promise<void> => page.getByTestId('save-state').getByText('已保存').waitFor();
export const zoomOf = async (page: Page): Promise<number> => Number(await page.getByRole('application').getAttribute('data-zoom'));
/** Screen place of a point of the label, given in dots. */
export async function at(page: Page, x: number, y: number): Promise<[number, number]> {
  const [box, zoom] = [await page.getByRole('application').boundingBox(), await zoomOf(page)];
  return [(box?.x ?? 0) + x * zoom, (box?.y ?? 0) + y * zoom];
}
/** Drags by a number of dots. */
export async function dragBy(page: Page, from: [number, number], dx: number, dy: number): Promise<void> {
  const zoom = await zoomOf(page);
  await page.mouse.move(...from);
  await page.mouse.down();
  for (let step = 1; step <= 8; step++) await page.mouse.move(from[0] + (dx * zoom * step) / 8, from[1] + (dy * zoom * step) / 8);
  await page.mouse.up();
}
/** A row of the layers, by kind and what it prints. */
export const layer = (page: Page, name: string | RegExp) => page.locator('.layer').getByRole('button', { name });
export const chosenName = (page: Page) => page.getByRole('complementary', { name: '属性' }).locator('.section-title').first();


/** The person at the desk. */
export const lead = { operator: '王主管', station: { id: 'host', name: '主机' } };

/** Shows a template in the designer. */
export async function showTemplate(page: Page, id: string): Promise<void> {
  await page.goto(`${page.url().replace(/#.*/, '')}#/templates/${id}`);
  await drawn(page);
}
/** A template of the lead's own, opened in the designer. */
export async function openTemplate({ server, page }: Pick<App, 'server' | 'page'>, name: string, from: { copyOf: string } | { width: number; height: number }): Promise<string> {
  const made = await server.core.services.templates.create('copyOf' in from ? { name, copyOf: from.copyOf } : { name, media: { ...from, cutLines: [], continuous: false } }, lead);
  await showTemplate(page, made.id);
  return made.id;
}
/** x, y, width, height of the selection, as its form says. */
export const placeOf = (page: Page): Promise<number[]> => Promise.all(['x', 'y', '大小 宽', '大小 ↕'].map((name) => page.getByRole('spinbutton', { name, exact: true }).inputValue().then(Number)));
