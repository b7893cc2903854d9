import { implement } from '@orpc/server';
import { templatesContract } from '../../../common/contract/templates.ts';
import { errorBoundary } from '../../transport/implement.ts';
import type { CallContext } from '../../transport/implement.ts';
import type { TemplatesService } from './service.ts';

/** Templates over the contract; nothing else. */
export function createTemplatesRouter(templates: TemplatesService) {
  const os = implement(templatesContract).$context<CallContext>().use(errorBoundary);
  return os.router({
    list: os.list.handler(({ input }) => templates.list(input)),
    create: os.create.handler(({ input, context }) => templates.create(input, context)),
    update: os.update.handler(({ input, context }) => templates.update(input, context)),
    openDraft: os.openDraft.handler(({ input, context }) => templates.openDraft(input, context)),
    saveDraft: os.saveDraft.handler(({ input, context }) => templates.saveDraft(input, context)),
    closeDraft: os.closeDraft.handler(async ({ input }) => {
      await templates.closeDraft(input);
      return {};
    }),
    discardDraft: os.discardDraft.handler(({ input, context }) => templates.discardDraft(input, context)),
    check: os.check.handler(({ input, context }) => templates.check(input.id, context)),
    publish: os.publish.handler(({ input, context }) => templates.publish(input, context)),
    versions: os.versions.handler(({ input }) => templates.versions(input.id)),
    version: os.version.handler(({ input }) => templates.version(input.versionId)),
    rollBack: os.rollBack.handler(({ input, context }) => templates.rollBack(input, context)),
    picture: os.picture.handler(({ input }) => templates.picture(input)),
    compare: os.compare.handler(({ input }) => templates.compare(input)),
    exportFile: os.exportFile.handler(({ input }) => templates.exportFile(input.id)),
    importFile: os.importFile.handler(({ input, context }) => templates.importFile(input, context)),
    realData: os.realData.handler(({ input, context }) => templates.realData(input.id, context)),
    testPrint: os.testPrint.handler(({ input, context }) => templates.testPrint(input, context)),
  });
}
