/**
 * Brings documents of earlier versions up, one step per version. Steps work on plain JSON, because the shape of an old
 * version is known only here.
 */

type Json = Readonly<Record<string, unknown>>;

/** step[n] turns version n into n + 1. Never edited after a release. */
const steps: Readonly<Record<number, (document: Json) => Json>> = {
  // Version 0 is the shape of early drafts: sizes in millimetres under `paper`, no privacy, no purpose.
  0: ({ paper, ...rest }) => {
    const size = isObject(paper) ? paper : {};
    const micrometres = (value: unknown): unknown => (typeof value === 'number' ? Math.round(value * 1000) : value);
    return { ...rest, media: { width: micrometres(size['width']), height: micrometres(size['height']) } };
  },
};

export type Migrated =
  | { readonly ok: true; readonly value: Json }
  | { readonly ok: false; readonly reason: 'not_a_label' }
  | { readonly ok: false; readonly reason: 'newer'; readonly version: number; readonly supported: number };

/** Applies every step from the document's version to the wanted one. */
export function migrateDocument(value: unknown, wanted: number): Migrated {
  if (!isObject(value) || value['format'] !== 'packbench-label') return { ok: false, reason: 'not_a_label' };
  const version = value['version'];
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 0) return { ok: false, reason: 'not_a_label' };
  if (version > wanted) return { ok: false, reason: 'newer', version, supported: wanted };
  let current: Json = value;
  for (let at = version; at < wanted; at++) current = { ...steps[at]!(current), version: at + 1 };
  return { ok: true, value: current };
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
