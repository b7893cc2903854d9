import { afterEach, beforeAll, expect, it, vi } from 'vitest';
import { builtinTemplates } from '../../../common/domain/label/builtin/index.ts';
import { defineDocument } from '../../../common/domain/label/document.ts';
import type { LabelDocument } from '../../../common/domain/label/document.ts';
import { field, masked, text } from '../../../common/domain/label/builtin/kit.ts';
import { completeLabelData } from '../../../common/domain/label/data.ts';
import type { OpenDatabase } from '../../database/open.ts';
import { forEachDialect } from '../../database/testing.ts';
import { createLabelEngine } from '../../printing/raster/engine.ts';
import type { LabelEngine } from '../../printing/raster/engine.ts';
import { loadFontSet } from '../../printing/raster/fonts.ts';
import { createAuditService } from '../audit/service.ts';
import { createChanges } from '../events/service.ts';
import { createTemplatesRepository } from './repository.ts';
import { createTemplatesService } from './service.ts';
import type { TemplatesDeps, TemplatesService } from './service.ts';

// The first start of PGlite takes its time on a busy machine.
vi.setConfig({ testTimeout: 120_000 });

const person = { operator: '张工', station: { id: 'st1', name: '打包台1' }, role: 'lead' };
const other = { operator: '李工', station: { id: 'st2', name: '打包台2' }, role: 'lead' };
const media = { width: 60_000, height: 40_000, cutLines: [], continuous: false };

forEachDialect('templates', (open) => {
  let engine: LabelEngine;
  let database: OpenDatabase | undefined;
  beforeAll(() => {
    engine = createLabelEngine({ fonts: loadFontSet() });
  });
  afterEach(async () => {
    await database?.close();
    database = undefined;
  });
  async function setUp(more: Pick<TemplatesDeps, 'parcelsOfTheDay'> = {}): Promise<{ service: TemplatesService; pass: (ms: number) => void }> {
    database = await open();
    let now = Date.parse('2026-11-22T08:00:00.000Z');
    let count = 0;
    const clock = { now: () => new Date((now += 1000)).toISOString() };
    const ids = { next: (prefix: string) => `${prefix}_${String(++count).padStart(4, '0')}` };
    const audit = createAuditService({ db: database.db, clock, ids });
    const service = createTemplatesService({ repository: createTemplatesRepository(database.db), engine, clock, ids, audit, changes: createChanges(), ...more });
    return { service, pass: (ms) => void (now += ms) };
  }
  const written = (words: string, size = 4): LabelDocument => defineDocument({ format: 'packbench-label', version: 1, name: 'x', purpose: 'waybill', media, elements: [text('t', [5, 5, 50, 8], size, words)] });

  it('proves with the parcels of the day too: their findings are warnings that name the orders, and keep nobody from publishing', async () => {
    const long = completeLabelData({ recipient: { name: '林晓梅', town: '九堡街道九堡街道九堡街道九堡街道九堡街道九堡街道' } });
    const { service } = await setUp({ parcelsOfTheDay: async () => [{ name: '晓棉家居 39001', data: completeLabelData({ recipient: { name: '林晓梅' } }) }, { name: '晓棉家居 39002', data: long }] });
    const made = await service.create({ name: '小标签', media }, person);
    const draft = await service.openDraft({ id: made.id, editor: 'e1', takeOver: false }, person);
    const document = defineDocument({ format: 'packbench-label', version: 1, name: 'x', purpose: 'waybill', media, elements: [text('t', [5, 5, 50, 8], 4, masked('recipient.name', 'name')), text('town', [5, 15, 50, 8], 4, field('recipient.town'))] });
    await service.saveDraft({ id: made.id, editor: 'e1', rev: draft.rev, document }, person);
    const findings = await service.check(made.id, person);
    expect(findings.filter((one) => one.order !== '')).toMatchObject([{ severity: 'warning', code: 'text_cut', element: 'town', order: '晓棉家居 39002', sample: '' }]);
    // What stands on the label may be somebody's address: it does not travel to the page.
    expect(JSON.stringify(findings.filter((one) => one.order !== ''))).not.toMatch(/九堡/);
    expect(await service.publish({ id: made.id, editor: 'e1', note: '' }, person)).toMatchObject({ number: 1 });
  });

  it('publishes a draft, keeps every version and rolls back by publishing again', async () => {
    const { service } = await setUp();
    const made = await service.create({ name: '小标签', media }, person);
    expect(made).toMatchObject({ versionId: null, changed: true, width: 60_000 });
    await expect(service.resolve(made.id)).rejects.toThrow('never published');
    const draft = await service.openDraft({ id: made.id, editor: 'e1', takeOver: false }, person);
    await service.saveDraft({ id: made.id, editor: 'e1', rev: draft.rev, document: written('第一版') }, person);
    const first = await service.publish({ id: made.id, editor: 'e1', note: '开始' }, person);
    expect(first).toMatchObject({ number: 1, note: '开始', operator: '张工', current: true });
    expect((await service.get(made.id)).changed).toBe(false);
    await service.saveDraft({ id: made.id, editor: 'e1', rev: draft.rev + 1, document: written('第二版') }, person);
    expect(await service.get(made.id)).toMatchObject({ changed: true, versionNumber: 1 });
    expect((await service.resolve(made.id)).document.elements[0]).toMatchObject({ content: [{ text: '第一版' }] });
    const second = await service.publish({ id: made.id, editor: 'e1', note: '' }, person);
    await expect(service.rollBack({ id: made.id, versionId: first.id, note: '' }, other)).rejects.toMatchObject({ error: { code: 'DRAFT_HELD' } });
    await service.closeDraft({ id: made.id, editor: 'e1' });
    const third = await service.rollBack({ id: made.id, versionId: first.id, note: '改回' }, other);
    expect([second.number, third.number, third.rolledBackTo]).toEqual([2, 3, 1]);
    expect((await service.versions(made.id)).map((one) => [one.number, one.current])).toEqual([[3, true], [2, false], [1, false]]);
    // A reprint asks for the version it was printed with.
    expect((await service.resolveVersion(second.id)).document.elements[0]).toMatchObject({ content: [{ text: '第二版' }] });
    expect((await service.resolve(made.id)).document.elements[0]).toMatchObject({ content: [{ text: '第一版' }] });
    const compared = await service.compare({ id: made.id, before: first.id, after: second.id, sample: 'typical' });
    expect(compared.changedDots).toBeGreaterThan(10);
    expect((await service.compare({ id: made.id, before: first.id, after: third.id, sample: 'typical' })).changedDots).toBe(0);
  });

  it('refuses to publish what the lint finds, and says where', async () => {
    const { service } = await setUp();
    const made = await service.create({ name: '坏的', media }, person);
    await expect(service.publish({ id: made.id, note: '' }, person)).rejects.toMatchObject({ error: { code: 'TEMPLATE_FAULTY', data: { findings: [{ code: 'template_empty' }] } } });
    const draft = await service.openDraft({ id: made.id, editor: 'e1', takeOver: false }, person);
    await service.saveDraft({ id: made.id, editor: 'e1', rev: draft.rev, document: written('这一行字无论如何也放不进这个框里因为它实在太长了太长了太长了', 6) }, person);
    await expect(service.publish({ id: made.id, editor: 'e1', note: '' }, person)).rejects.toMatchObject({ error: { code: 'TEMPLATE_FAULTY', data: { findings: [{ code: 'text_cut', element: 't' }] } } });
    await expect(service.publish({ id: made.id, editor: 'e1', note: '' }, { ...person, role: 'packer' })).rejects.toThrow('FORBIDDEN');
    expect(await service.versions(made.id)).toEqual([]);
  });

  it('tells the second editor, lets it take over, and loses nothing of either', async () => {
    const { service, pass } = await setUp();
    const made = await service.create({ name: '共用', media }, person);
    const mine = await service.openDraft({ id: made.id, editor: 'e1', takeOver: false }, person);
    const theirs = await service.openDraft({ id: made.id, editor: 'e2', takeOver: false }, other);
    expect(theirs.heldBy).toMatchObject({ station: '打包台1', operator: '张工' });
    await expect(service.saveDraft({ id: made.id, editor: 'e2', rev: theirs.rev, document: written('b') }, other)).rejects.toMatchObject({ error: { code: 'DRAFT_HELD' } });
    expect((await service.openDraft({ id: made.id, editor: 'e2', takeOver: true }, other)).heldBy).toBeNull();
    await service.saveDraft({ id: made.id, editor: 'e2', rev: theirs.rev, document: written('b') }, other);
    await expect(service.saveDraft({ id: made.id, editor: 'e1', rev: mine.rev, document: written('a') }, person)).rejects.toMatchObject({ error: { code: 'DRAFT_HELD', data: { station: '打包台2' } } });
    const copy = await service.create({ name: '共用 副本', copyOf: made.id }, person);
    expect(copy.id).not.toBe(made.id);
    // A hold that nobody renews ends by itself; an old revision is refused even then.
    pass(10 * 60_000);
    expect((await service.openDraft({ id: made.id, editor: 'e1', takeOver: false }, person)).heldBy).toBeNull();
    await expect(service.saveDraft({ id: made.id, editor: 'e1', rev: mine.rev, document: written('a') }, person)).rejects.toMatchObject({ error: { code: 'CONFLICT' } });
  });

  it('offers what is valid and says why another is not', async () => {
    const { service } = await setUp();
    const scoped = await service.create({ name: '淘宝专用', copyOf: 'builtin:waybill-76x130' }, person);
    await service.publish({ id: scoped.id, note: '' }, person);
    await service.update({ id: scoped.id, scope: { platforms: ['taobao'], shops: [], carriers: [], products: [] } }, person);
    const subject = { platforms: ['taobao'], shops: ['s1'], carriers: ['YTO'], products: [] };
    expect((await service.offers(subject, null)).templateId).toBe(scoped.id);
    expect((await service.offers({ ...subject, paper: { width: 76_200, height: 129_500 } }, null)).templateId).toBe(scoped.id);
    const mixed = await service.offers({ ...subject, platforms: ['taobao', 'pdd'] }, null);
    expect(mixed.templateId).toBe('builtin:waybill-76x130');
    expect(mixed.templates.find((one) => one.id === scoped.id)).toMatchObject({ fits: false, misfit: { kind: 'platforms', meant: ['taobao'], found: ['pdd'] } });
    expect((await service.offers({ ...subject, paper: { width: 100_000, height: 180_000 } }, null)).templates.find((one) => one.id === scoped.id)).toMatchObject({ misfit: { kind: 'paper' } });
    await service.update({ id: scoped.id, archived: true }, person);
    expect((await service.offers(subject, null)).templates.some((one) => one.id === scoped.id)).toBe(false);
    expect((await service.list({ archived: true })).find((one) => one.id === scoped.id)?.archivedAt).not.toBeNull();
  });

  it('refuses a draft and a version of a newer program by name, touches neither, and goes on with the others', async () => {
    const { service } = await setUp();
    const made = await service.create({ name: '新程序做的', copyOf: 'builtin:waybill-76x130' }, person);
    const version = await service.publish({ id: made.id, note: '' }, person);
    const { document } = await service.resolve(made.id);
    const newer = JSON.stringify({ ...document, version: 9, elements: [{ id: 'h', type: 'hologram' }] });
    await database!.db.updateTable('template_drafts').set({ document: newer }).where('template_id', '=', made.id).execute();
    const named = { error: { code: 'DOCUMENT_NEWER', data: { name: '新程序做的', version: 9 } } };
    await expect(service.openDraft({ id: made.id, editor: 'e1', takeOver: true }, person)).rejects.toMatchObject(named);
    await expect(service.check(made.id, person)).rejects.toMatchObject(named);
    await expect(service.publish({ id: made.id, note: '' }, person)).rejects.toMatchObject(named);
    await expect(service.exportFile(made.id)).rejects.toMatchObject(named);
    // Nothing was changed, nobody holds it, and what is published prints on.
    const kept = await database!.db.selectFrom('template_drafts').selectAll().where('template_id', '=', made.id).executeTakeFirstOrThrow();
    expect([kept.document, kept.editor]).toEqual([newer, null]);
    expect((await service.resolve(made.id)).versionId).toBe(version.id);
    await database!.db.updateTable('template_versions').set({ document: newer }).where('id', '=', version.id).execute();
    await expect(service.resolve(made.id)).rejects.toMatchObject(named);
    await expect(service.picture({ id: made.id, sample: 'typical', dpi: 203 })).rejects.toMatchObject(named);
    const { templates } = await service.offers({ platforms: ['taobao'], shops: ['s1'], carriers: ['YTO'], products: [] }, null);
    expect(templates.map((one) => one.id)).toContain('builtin:waybill-76x130');
    expect((await service.list({ archived: false })).map((one) => one.name)).toContain('新程序做的');
  });

  it('keeps built-in documents as versions, so that a reprint after an update finds them', async () => {
    const { service } = await setUp();
    const resolved = await service.resolve('builtin:waybill-76x130');
    expect(await service.resolve('builtin:waybill-76x130')).toEqual(resolved);
    expect((await service.resolveVersion(resolved.versionId)).document).toEqual(builtinTemplates[0]?.document);
    await expect(service.openDraft({ id: 'builtin:waybill-76x130', editor: 'e', takeOver: false }, person)).rejects.toMatchObject({ error: { code: 'CONFLICT' } });
  });

  it('exports and imports one file, and refuses newer, unknown and foreign ones by name', async () => {
    const { service } = await setUp();
    const made = await service.create({ name: '导出 测试', copyOf: 'builtin:waybill-76x130' }, person);
    const file = await service.exportFile(made.id);
    expect(file.fileName).toBe('导出-测试.packbench-template.json');
    const { template, notTaken } = await service.importFile(file, other);
    expect(template).toMatchObject({ name: '导出 测试', width: 76_000 });
    expect(notTaken).toEqual([]);
    const edited = JSON.parse(file.text) as { document: { version: number; elements: { type: string }[] } };
    const without = async (change: () => void): Promise<unknown> => {
      change();
      return service.importFile({ fileName: 'a.json', text: JSON.stringify(edited) }, person).catch((thrown: { error: { code: string } }) => thrown.error.code);
    };
    expect(await without(() => void (edited.document.version = 9))).toBe('DOCUMENT_NEWER');
    expect(await without(() => void ((edited.document.version = 1), (edited.document.elements[0] = { ...edited.document.elements[0], type: 'hologram' })))).toBe('DOCUMENT_INVALID');
    await expect(service.importFile({ fileName: 'x.json', text: '{"a":1}' }, person)).rejects.toMatchObject({ error: { code: 'FILE_UNREADABLE' } });
    await expect(service.importFile({ fileName: 'x.bin', text: 'PK\u0003' }, person)).rejects.toMatchObject({ error: { code: 'FILE_UNREADABLE' } });
    const cnpl = await service.importFile({ fileName: '/tmp/自定义区.xml', text: '<layout width="100" height="40"><text left="1" top="1" width="50" height="6"><%=_data.x.y%></text></layout>' }, person);
    expect(cnpl).toMatchObject({ template: { name: '自定义区' }, notTaken: [{ why: 'field', what: '_data.x.y' }] });
    expect((await service.check(cnpl.template.id, person)).map((one) => one.code)).toContain('unknown_field');
  });
});
