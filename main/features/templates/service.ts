/** Use cases of templates: drafts are edited, a published version prints, every version is kept for its reprints. */
import { createHash } from 'node:crypto';
import type { DraftHolder, Logos, NotTaken, ParcelOfTheDay, Template, TemplateDraft, TemplateVersion } from '../../../common/contract/templates.ts';
import { builtinTemplates, findBuiltin } from '../../../common/domain/label/builtin/index.ts';
import type { BuiltinTemplate } from '../../../common/domain/label/builtin/index.ts';
import type { LabelData } from '../../../common/domain/label/data.ts';
import { documentVersion, readDocument } from '../../../common/domain/label/document.ts';
import type { LabelDocument } from '../../../common/domain/label/document.ts';
import { looksLikeCnpl, readCnpl } from '../../../common/domain/label/cnpl/import.ts';
import { readPackage, writePackage } from '../../../common/domain/templates/package.ts';
import { findingOf, proofCases, prove } from '../../../common/domain/templates/proof.ts';
import type { ProofFinding, ProofParcel } from '../../../common/domain/templates/proof.ts';
import { markAsSample } from '../../../common/domain/templates/sample-mark.ts';
import { misfitOf, rankTemplates, universalScope } from '../../../common/domain/templates/scope.ts';
import type { Misfit, PrintSubject, TemplateScope } from '../../../common/domain/templates/scope.ts';
import { fail } from '../../../common/errors.ts';
import type { Clock, Ids } from '../../ports/index.ts';
import { unreadCodes } from '../../printing/raster/engine.ts';
import type { LabelEngine } from '../../printing/raster/engine.ts';
import type { Actor, AuditService } from '../audit/service.ts';
import type { Changes } from '../events/service.ts';
import { differenceOf, pictureOf, sampleData, sheetOf } from './pictures.ts';
import type { Picture } from './pictures.ts';
import type { Looker } from './real-data.ts';
import type { DraftRow, ListedRow, TemplateRow, TemplatesRepository, VersionRow } from './repository.ts';

export interface TemplatesDeps {
  readonly repository: TemplatesRepository;
  readonly engine: Pick<LabelEngine, 'render' | 'check'>;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly audit: AuditService;
  readonly changes: Changes;
  /** Parcels that are to print, for the designer, recipients masked; left out where there are none. */
  readonly realData?: (scope: TemplateScope, looker: Looker) => Promise<readonly ParcelOfTheDay[]>;
  /** The same parcels in the clear, for the proof: the template's own masks decide what they look like on paper. */
  readonly parcelsOfTheDay?: (scope: TemplateScope, looker: Looker) => Promise<readonly ProofParcel[]>;
  /** One parcel in the clear for a test on paper, with a number no carrier knows. Errors: NOT_FOUND. */
  readonly testData?: (parcelId: string, looker: Looker) => Promise<LabelData>;
  /** Sends one document with data to a printer, outside every job; left out where there are no printers. */
  readonly sendTest?: (printerId: string, document: LabelDocument, data: LabelData) => Promise<{ readonly state: string; readonly reason: string }>;
}

export type TemplatesService = ReturnType<typeof createTemplatesService>;

/** A version ready to be printed. */
export interface ResolvedTemplate {
  readonly versionId: string;
  readonly name: string;
  readonly document: LabelDocument;
}

/** What prints now under a template, and for which parcels it is meant. */
export interface CurrentTemplate extends ResolvedTemplate {
  readonly scope: TemplateScope;
}

/** A template the print dialog may show. */
export interface TemplateOffer {
  readonly id: string;
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly fits: boolean;
  readonly misfit: Misfit | undefined;
}

type Person = Actor & { readonly role?: string; readonly station: { readonly id: string; readonly name?: string } };

/** A hold ends by itself when its editor has been silent this long; an open editor renews it. */
const holdMs = 90_000;
/** Built-in templates are as old as the program. */
const builtinAt = '2026-01-01T00:00:00.000Z';

export function createTemplatesService(deps: TemplatesDeps) {
  const { repository, engine, clock, ids, audit, changes } = deps;

  const isBuiltin = (id: string): boolean => id.startsWith('builtin:');
  const builtinOf = (id: string): BuiltinTemplate => findBuiltin(id) ?? fail('NOT_FOUND', { what: 'template', id });
  const find = async (id: string): Promise<TemplateRow> => (await repository.find(id)) ?? fail('NOT_FOUND', { what: 'template', id });
  const own = async (id: string): Promise<TemplateRow> => {
    if (isBuiltin(id)) fail('CONFLICT', { what: 'template', id, reason: 'builtin' });
    return find(id);
  };
  const allow = (actor: Person, action: string): void => {
    if (actor.role === 'packer') fail('FORBIDDEN', { action });
  };
  const sha = (document: LabelDocument): string => createHash('sha256').update(JSON.stringify(document)).digest('hex');

  function parse(value: unknown, name: string): LabelDocument {
    const reading = readDocument(value);
    if (reading.ok) return reading.document;
    if (reading.reason === 'newer') fail('DOCUMENT_NEWER', { name, version: reading.version, supported: reading.supported });
    fail('DOCUMENT_INVALID', { name, issues: reading.reason === 'invalid' ? [...reading.issues] : [{ path: '', message: 'this is not a label document' }] });
  }
  const stored = (text: string, name: string): LabelDocument => parse(JSON.parse(text), name);

  function fromBuiltin(builtin: BuiltinTemplate): Template {
    const { media, purpose } = builtin.document;
    return {
      id: `builtin:${builtin.id}`, name: builtin.name['zh-CN'], purpose, scope: universalScope, builtin: true, width: media.width, height: media.height, continuous: media.continuous,
      versionId: builtinVersionId(builtin), versionNumber: 1, publishedAt: builtinAt, publishedBy: 'Packbench', changed: false, archivedAt: null, updatedAt: builtinAt,
    };
  }
  const builtinVersionId = (builtin: BuiltinTemplate): string => `builtin:${builtin.id}:${sha(builtin.document).slice(0, 16)}`;

  function fromRow(row: TemplateRow, version: ListedRow['version'] | VersionRow, draftDocument: string | undefined): Template {
    return {
      id: row.id, name: row.name, purpose: row.purpose as Template['purpose'], scope: row.scope, builtin: false, width: row.width, height: row.height, continuous: row.continuous === 1,
      versionId: row.current_version_id, versionNumber: version?.number ?? 0, publishedAt: version?.published_at ?? null, publishedBy: version?.operator ?? '',
      changed: draftDocument !== undefined && createHash('sha256').update(draftDocument).digest('hex') !== version?.sha256,
      archivedAt: row.archived_at, updatedAt: row.updated_at,
    };
  }
  async function get(id: string): Promise<Template> {
    if (isBuiltin(id)) return fromBuiltin(builtinOf(id));
    const row = await find(id);
    const [version, draft] = await Promise.all([row.current_version_id === null ? undefined : repository.version(row.current_version_id), repository.draft(id)]);
    return fromRow(row, version, draft?.document);
  }

  /** The document a person would edit: the draft, or what is published. */
  async function workingDocument(id: string): Promise<LabelDocument> {
    if (isBuiltin(id)) return builtinOf(id).document;
    const row = await find(id);
    const draft = await repository.draft(id);
    if (draft !== undefined) return stored(draft.document, row.name);
    return (await currentVersion(row)).document;
  }
  async function currentVersion(row: TemplateRow): Promise<CurrentTemplate> {
    const version = row.current_version_id === null ? undefined : await repository.version(row.current_version_id);
    if (version === undefined) fail('CONFLICT', { what: 'template', id: row.id, reason: 'never published' });
    return { versionId: version.id, name: row.name, document: stored(version.document, row.name), scope: row.scope };
  }

  const holderOf = (draft: DraftRow | undefined, except: string): DraftHolder | null => {
    if (draft === undefined || draft.editor === null || draft.editor === except || (draft.held_until ?? '') <= clock.now()) return null;
    return { editor: draft.editor, operator: draft.operator, station: draft.station, since: draft.held_since ?? '' };
  };
  const held = (editor: string, actor: Person, since?: string | null): Pick<DraftRow, 'editor' | 'operator' | 'station' | 'held_since' | 'held_until'> => ({
    editor, operator: actor.operator, station: actor.station.name ?? actor.station.id, held_since: since ?? clock.now(), held_until: new Date(Date.parse(clock.now()) + holdMs).toISOString(),
  });
  async function assertNotHeld(draft: DraftRow | undefined, editor: string, name: string): Promise<void> {
    const holder = holderOf(draft, editor);
    if (holder !== null) fail('DRAFT_HELD', { template: name, operator: holder.operator, station: holder.station, since: holder.since });
  }

  async function insertTemplate(input: { name: string; scope: TemplateScope; document: LabelDocument }, actor: Person): Promise<Template> {
    const now = clock.now();
    const id = ids.next('tpl');
    const document: LabelDocument = { ...input.document, name: input.name };
    const { media, purpose } = document;
    const row: TemplateRow = { id, name: input.name, purpose, scope: input.scope, width: media.width, height: media.height, continuous: media.continuous ? 1 : 0, current_version_id: null, archived_at: null, created_at: now, updated_at: now };
    const text = JSON.stringify(document);
    await repository.transaction(async (trx) => {
      await trx.insert(row);
      await trx.insertDraft({ template_id: id, document: text, rev: 1, saved_at: now, editor: null, operator: actor.operator, station: actor.station.name ?? actor.station.id, held_since: null, held_until: null });
    });
    await audit.record(actor, 'template.create', id, { name: input.name });
    changes.emit('templates');
    return fromRow(row, undefined, text);
  }

  /** Everything that forbids or questions a publication, codes read back from the dots included. */
  async function findingsOf(document: LabelDocument, scope: TemplateScope, actor: Person): Promise<ProofFinding[]> {
    const cases = proofCases(await deps.parcelsOfTheDay?.(scope, actor));
    const findings = prove(document, (given, data, dpi) => engine.render(given, data, { dpi }), cases);
    if (findings.some((one) => one.severity === 'error')) return findings;
    const unread = new Map<string, ProofFinding>();
    for (const one of cases) {
      for (const label of engine.render(document, one.data, { dpi: one.dpi })) {
        for (const { element, expected } of unreadCodes(await engine.check(label))) {
          if (!unread.has(element)) unread.set(element, findingOf({ severity: 'error', code: 'code_unreadable', element, message: `the decoder cannot read ${expected}` }, one));
        }
      }
    }
    return [...unread.values(), ...findings];
  }

  async function addVersion(row: TemplateRow, document: LabelDocument, more: { note: string; rolledBackTo: number | null }, actor: Person): Promise<TemplateVersion> {
    const now = clock.now();
    const text = JSON.stringify(document);
    const version = await repository.transaction(async (trx) => {
      const number = (await trx.lastNumber(row.id)) + 1;
      const inserted: VersionRow = { id: ids.next('tpv'), template_id: row.id, number, name: row.name, document: text, sha256: createHash('sha256').update(text).digest('hex'), note: more.note, operator: actor.operator, station_id: actor.station.id, published_at: now, rolled_back_to: more.rolledBackTo };
      await trx.insertVersion(inserted);
      await trx.update({ ...row, purpose: document.purpose, width: document.media.width, height: document.media.height, continuous: document.media.continuous ? 1 : 0, current_version_id: inserted.id, updated_at: now });
      return inserted;
    });
    await audit.record(actor, 'template.publish', row.id, { version: version.number, ...(more.rolledBackTo === null ? {} : { rolledBackTo: more.rolledBackTo }) });
    changes.emit('templates');
    return toVersion(version, version.id);
  }

  async function documentOf(id: string, versionId: string | undefined): Promise<LabelDocument> {
    if (versionId === undefined) return workingDocument(id);
    return (await resolveVersion(versionId)).document;
  }

  /** A version by id: what a reprint uses. Errors: NOT_FOUND. */
  async function resolveVersion(versionId: string): Promise<ResolvedTemplate> {
    const version = await repository.version(versionId);
    if (version !== undefined) return { versionId, name: version.name, document: stored(version.document, version.name) };
    const builtin = isBuiltin(versionId) ? findBuiltin(versionId.split(':')[1] ?? '') : undefined;
    if (builtin !== undefined && builtinVersionId(builtin) === versionId) return { versionId, name: builtin.name['zh-CN'], document: builtin.document };
    fail('NOT_FOUND', { what: 'template', id: versionId });
  }

  async function allTemplates(archived: boolean): Promise<Template[]> {
    const rows = await repository.list(archived);
    return [...rows.map((row) => fromRow(row, row.version, row.draftDocument)), ...builtinTemplates.map(fromBuiltin)];
  }

  /** Samples print as they are: their numbers are invented. An order prints marked, so that nobody ships what has no number. */
  async function testLabel({ id, sample, parcelId }: { id: string; sample: string; parcelId?: string | undefined }, actor: Person): Promise<{ document: LabelDocument; data: LabelData }> {
    const document = await workingDocument(id);
    if (parcelId === undefined) return { document, data: sampleData(sample) };
    const data = (await deps.testData?.(parcelId, actor)) ?? fail('NOT_FOUND', { what: 'parcel', id: parcelId });
    return { document: markAsSample(document, engine.render(document, data, { dpi: 203 })), data };
  }

  return {
    get,
    list: (query: { archived: boolean }): Promise<Template[]> => allTemplates(query.archived),

    /** What prints now under this template; built-in documents are kept as a version so that a reprint finds them after an update. */
    async resolve(id: string): Promise<CurrentTemplate> {
      if (!isBuiltin(id)) return currentVersion(await find(id));
      const builtin = builtinOf(id);
      const text = JSON.stringify(builtin.document);
      const versionId = builtinVersionId(builtin);
      if ((await repository.version(versionId)) === undefined) {
        await repository.keepVersion({ id: versionId, template_id: `builtin:${builtin.id}:${sha(builtin.document).slice(0, 16)}`, number: 1, name: builtin.name['zh-CN'], document: text, sha256: sha(builtin.document), note: '', operator: 'Packbench', station_id: '', published_at: clock.now(), rolled_back_to: null });
      }
      return { versionId, name: builtin.name['zh-CN'], document: builtin.document, scope: universalScope };
    },
    resolveVersion,

    /** Published waybill templates for a print, each with the reason why it does not fit, and the one to take by rule. */
    async offers(subject: PrintSubject, preferred: string | null): Promise<{ readonly templates: TemplateOffer[]; readonly templateId: string | null }> {
      const candidates = (await allTemplates(false)).filter((one) => one.versionId !== null && one.purpose === 'waybill').map((one) => ({ ...one, publishedAt: one.publishedAt ?? '' }));
      const ranked = rankTemplates(candidates, subject, preferred);
      const offers = [...ranked, ...candidates.filter((one) => !ranked.includes(one))].map((one) => ({ id: one.id, name: one.name, width: one.width, height: one.height, fits: ranked.includes(one), misfit: misfitOf(one, subject) }));
      return { templates: offers, templateId: ranked[0]?.id ?? null };
    },

    async create(input: { name: string; purpose?: Template['purpose'] | undefined; media?: { width: number; height: number; cutLines: number[]; continuous: boolean } | undefined; copyOf?: string | undefined }, actor: Person): Promise<Template> {
      allow(actor, 'template.create');
      if (input.copyOf !== undefined) return insertTemplate({ name: input.name, scope: (await get(input.copyOf)).scope, document: await workingDocument(input.copyOf) }, actor);
      const { media } = input;
      if (media === undefined) fail('BAD_INPUT', { issues: [{ path: 'media', message: 'paper size or a template to copy is needed' }] });
      const document = parse({ format: 'packbench-label', version: documentVersion, name: input.name, purpose: input.purpose ?? 'waybill', media, elements: [] }, input.name);
      return insertTemplate({ name: input.name, scope: universalScope, document }, actor);
    },

    async update(input: { id: string; name?: string | undefined; scope?: TemplateScope | undefined; archived?: boolean | undefined }, actor: Person): Promise<Template> {
      allow(actor, 'template.update');
      const row = await own(input.id);
      const archivedAt = input.archived === undefined ? row.archived_at : input.archived ? clock.now() : null;
      await repository.update({ ...row, name: input.name ?? row.name, scope: input.scope ?? row.scope, archived_at: archivedAt, updated_at: clock.now() });
      await audit.record(actor, 'template.update', row.id, { fields: Object.keys(input).filter((key) => key !== 'id') });
      changes.emit('templates');
      return get(row.id);
    },

    /** Errors: CONFLICT for a built-in one. Another editor's hold is told in `heldBy`; then nothing can be saved until it is taken over. */
    async openDraft(input: { id: string; editor: string; takeOver: boolean }, actor: Person): Promise<TemplateDraft> {
      allow(actor, 'template.edit');
      const row = await own(input.id);
      const draft = await repository.draft(row.id);
      const published = row.current_version_id === null ? undefined : await repository.version(row.current_version_id);
      const text = draft?.document ?? published?.document ?? fail('NOT_FOUND', { what: 'template', id: row.id });
      const document = stored(text, row.name);
      const heldBy = holderOf(draft, input.editor);
      const rev = draft?.rev ?? 1;
      if (heldBy === null || input.takeOver) {
        const hold = held(input.editor, actor);
        if (draft === undefined) await repository.insertDraft({ template_id: row.id, document: text, rev, saved_at: clock.now(), ...hold });
        else await repository.updateDraft({ ...draft, ...hold }, draft.rev);
      }
      return {
        template: fromRow(row, published, text),
        document,
        rev,
        savedAt: draft?.saved_at ?? null,
        heldBy: input.takeOver ? null : heldBy,
        published: published === undefined ? null : parse(JSON.parse(published.document), row.name),
      };
    },

    async saveDraft(input: { id: string; editor: string; rev: number; document: unknown }, actor: Person): Promise<{ rev: number; savedAt: string; changed: boolean }> {
      allow(actor, 'template.edit');
      const row = await own(input.id);
      const document = parse(input.document, row.name);
      const draft = await repository.draft(row.id);
      await assertNotHeld(draft, input.editor, row.name);
      if (draft === undefined || draft.rev !== input.rev) fail('CONFLICT', { what: 'draft', id: row.id, reason: 'changed elsewhere' });
      const text = JSON.stringify(document);
      const next: DraftRow = { ...draft, document: text, rev: draft.rev + 1, saved_at: clock.now(), ...held(input.editor, actor, draft.editor === input.editor ? draft.held_since : null) };
      if (!(await repository.updateDraft(next, draft.rev))) fail('CONFLICT', { what: 'draft', id: row.id, reason: 'changed elsewhere' });
      changes.emit('templates');
      const published = row.current_version_id === null ? undefined : await repository.version(row.current_version_id);
      return { rev: next.rev, savedAt: next.saved_at, changed: createHash('sha256').update(text).digest('hex') !== published?.sha256 };
    },

    /** Lets the draft go; only its holder can. */
    async closeDraft(input: { id: string; editor: string }): Promise<void> {
      const draft = await repository.draft(input.id);
      if (draft === undefined || draft.editor !== input.editor) return;
      await repository.updateDraft({ ...draft, editor: null, held_since: null, held_until: null }, draft.rev);
    },

    async discardDraft(input: { id: string; editor: string }, actor: Person): Promise<TemplateDraft> {
      allow(actor, 'template.edit');
      const row = await own(input.id);
      const draft = await repository.draft(row.id);
      await assertNotHeld(draft, input.editor, row.name);
      const published = row.current_version_id === null ? undefined : await repository.version(row.current_version_id);
      if (draft === undefined || published === undefined) fail('CONFLICT', { what: 'template', id: row.id, reason: 'never published' });
      const next: DraftRow = { ...draft, document: published.document, rev: draft.rev + 1, saved_at: clock.now(), ...held(input.editor, actor) };
      await repository.updateDraft(next, draft.rev);
      changes.emit('templates');
      const document = stored(published.document, row.name);
      return { template: fromRow(row, published, published.document), document, rev: next.rev, savedAt: next.saved_at, heldBy: null, published: document };
    },

    check: async (id: string, actor: Person): Promise<ProofFinding[]> => findingsOf(await workingDocument(id), (await get(id)).scope, actor),

    /** Errors: TEMPLATE_FAULTY while an error stands; DRAFT_HELD when somebody else edits. */
    async publish(input: { id: string; editor?: string | undefined; note: string }, actor: Person): Promise<TemplateVersion> {
      allow(actor, 'template.publish');
      const row = await own(input.id);
      const draft = await repository.draft(row.id);
      await assertNotHeld(draft, input.editor ?? '', row.name);
      const document = await workingDocument(row.id);
      const errors = (await findingsOf(document, row.scope, actor)).filter((one) => one.severity === 'error');
      if (errors.length > 0) fail('TEMPLATE_FAULTY', { template: row.name, findings: errors.map(({ code, element, message }) => ({ code, element, message })) });
      return addVersion(row, document, { note: input.note, rolledBackTo: null }, actor);
    },

    async versions(id: string): Promise<TemplateVersion[]> {
      if (isBuiltin(id)) return [];
      const row = await find(id);
      return (await repository.versions(id)).map((version) => toVersion(version, row.current_version_id));
    },

    async version(versionId: string): Promise<{ templateId: string; version: TemplateVersion; document: LabelDocument }> {
      const version = (await repository.version(versionId)) ?? fail('NOT_FOUND', { what: 'template', id: versionId });
      return { templateId: version.template_id, version: toVersion(version, null), document: stored(version.document, version.name) };
    },

    /** History only grows: a roll-back publishes the old document again. */
    async rollBack(input: { id: string; editor?: string | undefined; versionId: string; note: string }, actor: Person): Promise<TemplateVersion> {
      allow(actor, 'template.publish');
      const row = await own(input.id);
      const old = await repository.version(input.versionId);
      if (old === undefined || old.template_id !== row.id) fail('NOT_FOUND', { what: 'template', id: input.versionId });
      const draft = await repository.draft(row.id);
      await assertNotHeld(draft, input.editor ?? '', row.name);
      const version = await addVersion(row, stored(old.document, row.name), { note: input.note, rolledBackTo: old.number }, actor);
      if (draft !== undefined) await repository.updateDraft({ ...draft, document: old.document, rev: draft.rev + 1, saved_at: clock.now() }, draft.rev);
      return version;
    },

    async picture(input: { id: string; versionId?: string | undefined; sample: string; dpi: number }): Promise<Picture> {
      return pictureOf(sheetOf(engine, await documentOf(input.id, input.versionId), input.sample, input.dpi), input.dpi);
    },

    async compare(input: { id: string; before?: string | undefined; after?: string | undefined; sample: string; logos?: Logos | undefined }): Promise<{ before: Picture; after: Picture; difference: Picture; changedDots: number }> {
      const [before, after] = await Promise.all([documentOf(input.id, input.before), documentOf(input.id, input.after)]);
      const sheets = [sheetOf(engine, before, input.sample, 203, input.logos), sheetOf(engine, after, input.sample, 203, input.logos)] as const;
      const { picture, changedDots } = differenceOf(...sheets);
      return { before: pictureOf(sheets[0], 203), after: pictureOf(sheets[1], 203), difference: picture, changedDots };
    },

    async exportFile(id: string): Promise<{ fileName: string; text: string }> {
      const template = await get(id);
      const safe = template.name.replace(/[^\p{L}\p{N}._-]+/gu, '-');
      return { fileName: `${safe}.packbench-template.json`, text: writePackage({ name: template.name, scope: template.scope, document: await workingDocument(id) }) };
    },

    /** Errors: DOCUMENT_NEWER, DOCUMENT_INVALID, FILE_UNREADABLE; on an error nothing is kept. */
    async importFile(input: { fileName: string; text: string }, actor: Person): Promise<{ template: Template; notTaken: NotTaken[] }> {
      allow(actor, 'template.import');
      const base = input.fileName.replace(/^.*[\\/]/, '').replace(/\.(packbench-template\.json|json|xml|txt|cnpl)$/i, '').slice(0, 80) || 'CNPL';
      if (looksLikeCnpl(input.text)) {
        const reading = readCnpl(input.text, base);
        if (!reading.ok) fail('FILE_UNREADABLE', { file: input.fileName, reason: reading.reason });
        return { template: await insertTemplate({ name: base, scope: universalScope, document: reading.document }, actor), notTaken: [...reading.notTaken] };
      }
      const reading = readPackage(input.text);
      if (reading.ok) return { template: await insertTemplate(reading, actor), notTaken: [] };
      if (reading.reason === 'newer') fail('DOCUMENT_NEWER', { name: input.fileName, version: reading.version, supported: reading.supported });
      if (reading.reason === 'invalid') fail('DOCUMENT_INVALID', { name: input.fileName, issues: [...reading.issues] });
      fail('FILE_UNREADABLE', { file: input.fileName, reason: reading.reason });
    },

    realData: async (id: string, actor: Person): Promise<ParcelOfTheDay[]> => [...((await deps.realData?.((await get(id)).scope, actor)) ?? [])],

    /** One label of the working document on paper. Errors: NOT_FOUND where there is no such printer or parcel, and those of the printer. */
    async testPrint(input: { id: string; printerId: string; sample: string; parcelId?: string | undefined }, actor: Person): Promise<{ sent: boolean }> {
      if (deps.sendTest === undefined) fail('NOT_FOUND', { what: 'printer', id: input.printerId });
      const { document, data } = await testLabel(input, actor);
      const { state, reason } = await deps.sendTest(input.printerId, document, data);
      if (state === 'not_sent') fail('PRINTER_STOPPED', { reason });
      return { sent: true };
    },
  };
}

function toVersion(version: Omit<VersionRow, 'document'>, currentId: string | null): TemplateVersion {
  return { id: version.id, number: version.number, note: version.note, operator: version.operator, publishedAt: version.published_at, rolledBackTo: version.rolled_back_to, current: version.id === currentId };
}
