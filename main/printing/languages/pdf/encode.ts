/**
 * Labels as PDF for ordinary printers: one page per label at the label's real size, the page one 1-bit picture of exactly our dots. The
 * viewer is told not to scale, because a scaled barcode is no barcode.
 */
import { PDFArray, PDFDocument, PDFName, PDFNumber } from 'pdf-lib';
import type { RenderedLabel } from '../../../../common/domain/label/rendered.ts';

const pointsPerMicrometre = 72 / 25_400;

/** Size of the picture in points: every dot as large as the head makes it (203 dpi heads have 8 dots to the millimetre). */
function pictureSize({ dpi, bitmap }: RenderedLabel): readonly [number, number] {
  const pointsPerDot = (dpi === 203 ? 125 : 25_400 / dpi) * pointsPerMicrometre;
  // Cut, not rounded, to four decimals: a picture a hair wider than its dots makes a renderer double one of them.
  const cut = (points: number): number => Math.floor(points * 10_000) / 10_000;
  return [cut(bitmap.width * pointsPerDot), cut(bitmap.height * pointsPerDot)];
}

/** One PDF with a page for each label. The same labels give the same bytes. */
export async function encodePdf(labels: readonly RenderedLabel[]): Promise<Uint8Array> {
  const pdf = await PDFDocument.create({ updateMetadata: false });
  pdf.setProducer('Packbench');
  const { context } = pdf;
  pdf.catalog.set(PDFName.of('ViewerPreferences'), context.obj({ PrintScaling: 'None' }));
  for (const label of labels) {
    const { width, height, stride, bits } = label.bitmap;
    const decode = PDFArray.withContext(context);
    // Our 1 is black; DeviceGray's 1 is white.
    decode.push(PDFNumber.of(1));
    decode.push(PDFNumber.of(0));
    const picture = context.flateStream(bits.subarray(0, stride * height), {
      Type: 'XObject',
      Subtype: 'Image',
      Width: width,
      Height: height,
      ColorSpace: 'DeviceGray',
      BitsPerComponent: 1,
      Interpolate: false,
    });
    picture.dict.set(PDFName.of('Decode'), decode);
    const pageHeight = label.heightMicrometres * pointsPerMicrometre;
    const page = pdf.addPage([label.widthMicrometres * pointsPerMicrometre, pageHeight]);
    const name = page.node.newXObject('Label', context.register(picture));
    const [wide, tall] = pictureSize(label);
    // Page and picture share the upper left corner; their sizes differ by less than a dot.
    const drawing = context.flateStream(`q ${wide.toFixed(4)} 0 0 ${tall.toFixed(4)} 0 ${(pageHeight - tall).toFixed(4)} cm ${name.toString()} Do Q`);
    page.node.set(PDFName.of('Contents'), context.register(drawing));
  }
  return pdf.save({ useObjectStreams: false, addDefaultPage: false });
}
