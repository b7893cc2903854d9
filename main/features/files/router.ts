import { implement } from '@orpc/server';
import { filesContract } from '../../../common/contract/files.ts';
import { errorBoundary } from '../../transport/implement.ts';
import type { CallContext } from '../../transport/implement.ts';
import type { FilesService } from './service.ts';
import type { TablesService } from './tables.ts';

export function createFilesRouter(files: FilesService, tables: TablesService) {
  const os = implement(filesContract).$context<CallContext>().use(errorBoundary);
  return os.router({
    begin: os.begin.handler(({ input }) => files.begin(input)),
    append: os.append.handler(({ input }) => files.append(input)),
    readTable: os.readTable.handler(({ input, signal }) => tables.text(input, signal)),
    drop: os.drop.handler(({ input }) => {
      files.drop(input.fileId);
      return {};
    }),
  });
}
