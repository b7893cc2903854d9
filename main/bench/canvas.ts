/** The same waybill drawn the plain way: text on a canvas, every pixel through a threshold, one bit per dot. */
import { createCanvas, GlobalFonts } from '@napi-rs/canvas';
import type { LabelData } from '../../common/domain/label/data.ts';
import { encodeLinear } from '../../common/domain/label/codes/linear.ts';
import type { Bitmap } from '../../common/domain/label/rendered.ts';
import { fontFilePaths } from '../printing/raster/fonts.ts';

const family = 'BenchSans';

/** Registers the product's own font once and returns the drawing function; its canvas is kept. */
export function createCanvasRaster(width: number, height: number): (data: LabelData) => Bitmap {
  GlobalFonts.registerFromPath(fontFilePaths().medium, family);
  const canvas = createCanvas(width, height);
  const context = canvas.getContext('2d');
  const stride = (width + 7) >> 3;
  return (data) => {
    context.fillStyle = '#fff';
    context.fillRect(0, 0, width, height);
    context.fillStyle = '#000';
    context.textBaseline = 'top';
    let y = 20;
    const line = (text: string, size: number): void => {
      context.font = `${size}px ${family}`;
      context.fillText(text, 20, y);
      y += Math.ceil(size * 1.25);
    };
    const bars = (number: string, tall: number): void => {
      const made = encodeLinear('code128', number);
      if (made.ok) for (const run of made.code.modules.matchAll(/1+/g)) context.fillRect(80 + run.index * 3, y, run[0].length * 3, tall);
      y += tall + 8;
    };
    const { waybill, recipient, sender, items, orders, job } = data;
    line(`${waybill.carrier.name} ${waybill.product}`, 36);
    bars(waybill.number, 85);
    line(waybill.number, 24);
    line(waybill.sortCode, 64);
    line(`${waybill.consolidation} ${waybill.originCode}`, 36);
    line(`收 ${recipient.name} ${recipient.phone}`, 32);
    line(recipient.province + recipient.city + recipient.district, 26);
    line(recipient.detail, 26);
    line(`寄 ${sender.name} ${sender.phone}`, 22);
    line(sender.province + sender.city + sender.district + sender.detail, 20);
    for (const item of items) line(`${item.shortName} ${item.sku} ×${item.quantity}`, 24);
    bars(waybill.number, 63);
    for (const order of orders) line(`${order.id} ${order.buyerNote} ${order.sellerNote}`, 20);
    line(`${job.operator} ${job.station} ${job.sequence}/${job.total} ${job.printedAt}`, 18);
    for (const at of [90, 219, 302, 357, 501, 579, 733]) context.fillRect(16, at, 576, 3);
    const pixels = context.getImageData(0, 0, width, height).data;
    const bits = new Uint8Array(stride * height);
    for (let row = 0; row < height; row++) {
      for (let x = 0; x < width; x++) {
        const at = row * stride + (x >> 3);
        if ((pixels[(row * width + x) * 4] ?? 255) < 128) bits[at] = (bits[at] ?? 0) | (0x80 >> (x & 7));
      }
    }
    return { width, height, stride, bits };
  };
}
