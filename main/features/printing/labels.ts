/** One label from data to bytes, with every check that must hold before the first byte may leave. */
import type { RenderedLabel } from '../../../common/domain/label/rendered.ts';
import type { LabelData } from '../../../common/domain/label/data.ts';
import { fail } from '../../../common/errors.ts';
import type { EncodeJob } from '../../printing/languages/index.ts';
import { unreadCodes } from '../../printing/raster/engine.ts';
import type { LabelEngine } from '../../printing/raster/engine.ts';
import { encodePng } from '../../printing/raster/png.ts';
import type { PrinterProfile } from '../../printing/types.ts';
import type { ResolvedTemplate } from './types.ts';

export interface LabelMakerDeps {
  readonly engine: Pick<LabelEngine, 'render' | 'check'>;
  readonly encode: (label: RenderedLabel, profile: PrinterProfile, job: EncodeJob) => Uint8Array;
}

export interface MadeLabel {
  readonly bytes: Uint8Array;
  /** First sheet of the label as PNG. */
  readonly png: Uint8Array;
  readonly rendered: readonly RenderedLabel[];
}

export type LabelMaker = ReturnType<typeof createLabelMaker>;

export function createLabelMaker({ engine, encode }: LabelMakerDeps) {
  const picture = (sheet: RenderedLabel): Uint8Array => encodePng(sheet.bitmap, sheet.dpi);

  /** The label's sheets for one printer (several when a table continues). Never refuses: findings are in `lint`. */
  function draw(template: ResolvedTemplate, data: LabelData, profile: PrinterProfile): RenderedLabel[] {
    return engine.render(template.document, data, { dpi: profile.dpi, headDots: profile.headDots, logos: profile.logos });
  }

  /** Errors: LABEL_FAULTY naming element and reason. */
  function assertClean(sheets: readonly RenderedLabel[], parcel: string): void {
    const findings = sheets.flatMap((sheet) => sheet.lint.filter((finding) => finding.severity === 'error'));
    if (findings.length === 0) return;
    fail('LABEL_FAULTY', { parcel, findings: findings.map(({ code, element, message }) => ({ code, element, message })) });
  }

  return {
    draw,

    /** The sheets, refused when one would not come out right. Errors: LABEL_FAULTY. */
    drawClean(template: ResolvedTemplate, data: LabelData, profile: PrinterProfile, parcel: string): RenderedLabel[] {
      const sheets = draw(template, data, profile);
      assertClean(sheets, parcel);
      return sheets;
    },

    /** Draws with a stand-in and says what would be wrong, before a number is drawn for the parcel. */
    check(template: ResolvedTemplate, data: LabelData, profile: PrinterProfile, parcel: string): void {
      assertClean(draw(template, data, profile), parcel);
    },

    /** Draws, checks, decodes every code from the dots, encodes. Errors: LABEL_FAULTY, CODE_UNREADABLE, and the encoder's. */
    async make(template: ResolvedTemplate, data: LabelData, profile: PrinterProfile, job: { parcel: string; attemptId: string }): Promise<MadeLabel> {
      const sheets = draw(template, data, profile);
      assertClean(sheets, job.parcel);
      for (const sheet of sheets) {
        const [unread] = unreadCodes(await engine.check(sheet));
        if (unread !== undefined) fail('CODE_UNREADABLE', { parcel: job.parcel, element: unread.element, text: unread.expected });
      }
      const parts = sheets.map((sheet) => encode(sheet, profile, { mode: profile.mode, attemptTag: job.attemptId }));
      const [first] = sheets;
      if (first === undefined) fail('LABEL_FAULTY', { parcel: job.parcel, findings: [{ code: 'empty', element: '', message: 'the template made no label' }] });
      return { bytes: joined(parts), png: picture(first), rendered: sheets };
    },

    png: picture,
  };
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const [only] = parts;
  return parts.length === 1 && only !== undefined ? only : Buffer.concat(parts);
}
