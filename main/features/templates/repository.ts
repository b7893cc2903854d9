import type { Kysely, Selectable, Transaction } from 'kysely';
import type { TemplateScope } from '../../../common/domain/templates/scope.ts';
import { scopeSchema } from '../../../common/domain/templates/scope.ts';
import type { Database } from '../../database/tables.ts';
import type { TemplateDraftTable, TemplateTable, TemplateVersionTable } from '../../database/tables/templates.ts';

export type TemplateRow = Omit<Selectable<TemplateTable>, 'scope'> & { scope: TemplateScope };
export type VersionRow = Selectable<TemplateVersionTable>;
export type DraftRow = Selectable<TemplateDraftTable>;
export type ListedRow = TemplateRow & { readonly version: Pick<VersionRow, 'number' | 'published_at' | 'operator' | 'sha256'> | undefined; readonly draftDocument: string | undefined };

export type TemplatesRepository = ReturnType<typeof createTemplatesRepository>;

/** The only SQL of templates. */
export function createTemplatesRepository(db: Kysely<Database>) {
  function on(trx: Kysely<Database>) {
    return {
      async find(id: string): Promise<TemplateRow | undefined> {
        const row = await trx.selectFrom('templates').selectAll().where('id', '=', id).executeTakeFirst();
        return row && { ...row, scope: readScope(row.scope) };
      },
      async insert(row: TemplateRow): Promise<void> {
        await trx.insertInto('templates').values({ ...row, scope: JSON.stringify(row.scope) }).execute();
      },
      async update(row: TemplateRow): Promise<void> {
        const { id, ...rest } = row;
        await trx.updateTable('templates').set({ ...rest, scope: JSON.stringify(row.scope) }).where('id', '=', id).execute();
      },

      draft: (templateId: string): Promise<DraftRow | undefined> => trx.selectFrom('template_drafts').selectAll().where('template_id', '=', templateId).executeTakeFirst(),
      async insertDraft(row: DraftRow): Promise<void> {
        await trx.insertInto('template_drafts').values(row).execute();
      },
      /** Writes the draft if it is still at `rev`; false when somebody was faster. */
      async updateDraft(row: DraftRow, rev: number): Promise<boolean> {
        const { template_id: templateId, ...rest } = row;
        const result = await trx.updateTable('template_drafts').set(rest).where('template_id', '=', templateId).where('rev', '=', rev).executeTakeFirst();
        return Number(result.numUpdatedRows) === 1;
      },

      version: (id: string): Promise<VersionRow | undefined> => trx.selectFrom('template_versions').selectAll().where('id', '=', id).executeTakeFirst(),
      /** Latest first, without their documents. */
      versions: (templateId: string): Promise<Omit<VersionRow, 'document'>[]> =>
        trx
          .selectFrom('template_versions')
          .select(['id', 'template_id', 'number', 'name', 'sha256', 'note', 'operator', 'station_id', 'published_at', 'rolled_back_to'])
          .where('template_id', '=', templateId)
          .orderBy('number', 'desc')
          .execute(),
      async lastNumber(templateId: string): Promise<number> {
        const row = await trx.selectFrom('template_versions').select(({ fn }) => fn.max('number').as('last')).where('template_id', '=', templateId).executeTakeFirst();
        return Number(row?.last ?? 0);
      },
      async insertVersion(row: VersionRow): Promise<void> {
        await trx.insertInto('template_versions').values(row).execute();
      },
      /** Keeps a built-in document as a version of its own, once. */
      async keepVersion(row: VersionRow): Promise<void> {
        await trx.insertInto('template_versions').values(row).onConflict((conflict) => conflict.column('id').doNothing()).execute();
      },
    };
  }
  return {
    ...on(db),
    /** Several writes or none. */
    transaction: <T>(work: (trx: ReturnType<typeof on>) => Promise<T>): Promise<T> => db.transaction().execute((trx: Transaction<Database>) => work(on(trx))),

    async list(archived: boolean): Promise<ListedRow[]> {
      let query = db
        .selectFrom('templates')
        .leftJoin('template_versions as version', 'version.id', 'templates.current_version_id')
        .leftJoin('template_drafts as draft', 'draft.template_id', 'templates.id')
        .selectAll('templates')
        .select(['version.number as version_number', 'version.published_at as version_published_at', 'version.operator as version_operator', 'version.sha256 as version_sha256', 'draft.document as draft_document'])
        .orderBy('templates.name');
      if (!archived) query = query.where('templates.archived_at', 'is', null);
      const rows = await query.execute();
      return rows.map(({ version_number: number, version_published_at: publishedAt, version_operator: operator, version_sha256: sha256, draft_document: draftDocument, ...row }) => ({
        ...row,
        scope: readScope(row.scope),
        version: number === null || publishedAt === null || operator === null || sha256 === null ? undefined : { number, published_at: publishedAt, operator, sha256 },
        draftDocument: draftDocument ?? undefined,
      }));
    },
  };
}

function readScope(text: string): TemplateScope {
  return scopeSchema.parse(JSON.parse(text));
}
