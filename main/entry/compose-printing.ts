/** The main job's part of the core: label maker, pictures, print service, and what the frame tells of it. */
import { join } from 'node:path';
import { createPictures } from '../features/printing/pictures.ts';
import { createLabelMaker } from '../features/printing/labels.ts';
import { createPrintingService } from '../features/printing/service.ts';
import type { PrintingDeps } from '../features/printing/service.ts';
import { createSlips } from '../features/printing/slips.ts';
import { createPrintingSources } from '../features/printing/sources.ts';
import type { SourcesDeps } from '../features/printing/sources.ts';
import { encodeLabel } from '../printing/languages/index.ts';
import { genericProfile } from '../printing/languages/profiles.ts';
import type { LabelEngine } from '../printing/raster/engine.ts';
import { createTransport } from '../printing/transports/index.ts';
import type { PrinterAddress, PrinterProfile, Transport } from '../printing/types.ts';

/** Pictures of labels in the data folder; the virtual printer copies from them. */
export function composePictures(dataFolder: string) {
  return createPictures(join(dataFolder, 'pictures'));
}

/** The transport of a printer; a virtual one writes each label's picture beside its bytes. */
export function transportOf(address: PrinterAddress, profile: Pick<PrinterProfile, 'language'>, pictures: ReturnType<typeof composePictures>): Transport {
  return createTransport(address, {
    virtual: {
      extension: profile.language,
      picture: async ({ name, directory, baseName }) => pictures.copy(name, join(directory, `${baseName}.png`)),
    },
  });
}

/** A generic profile from the options of a printer address: language, dpi, mode, width and height in mm. Errors: LANGUAGE_UNKNOWN. */
export function profileOf(options: Readonly<Record<string, string>>): PrinterProfile {
  const number = (text: string | undefined, otherwise: number): number => (text !== undefined && Number(text) > 0 ? Number(text) : otherwise);
  return genericProfile({
    language: options['language'] ?? 'tspl',
    dpi: number(options['dpi'], 203),
    widthMicrometres: number(options['width'], 76) * 1_000,
    heightMicrometres: number(options['height'], 130) * 1_000,
    ...(options['mode'] === 'raster' || options['mode'] === 'hybrid' ? { mode: options['mode'] } : {}),
  });
}

export interface ComposePrinting extends Omit<PrintingDeps, 'sources' | 'maker'> {
  readonly engine: () => LabelEngine;
  readonly sources: SourcesDeps;
}

export function composePrinting({ engine, sources: given, ...deps }: ComposePrinting) {
  const sources = createPrintingSources(given);
  const maker = createLabelMaker({ engine: { render: (...label) => engine().render(...label), check: (label) => engine().check(label) }, encode: encodeLabel });
  return {
    printing: createPrintingService({ ...deps, sources, maker }),
    slips: createSlips({ sources, maker, hub: deps.hub, clock: deps.clock, ids: deps.ids }),
  };
}
