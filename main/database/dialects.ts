/**
 * The two dialects. SQLite: Kysely's own, with three differences that safety and speed ask for. PostgreSQL: Kysely's own.
 */
import type BetterSqlite3 from 'better-sqlite3';
import { CompiledQuery, SqliteAdapter, SqliteDialect, SqliteDriver } from 'kysely';
import type { DatabaseConnection, SqliteDatabase, SqliteDialectConfig } from 'kysely';

/** Kysely's adapter says SQLite cannot roll back DDL. It can, and a half-applied migration must leave nothing. */
class TransactionalSqliteAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

/** A writing transaction takes the write lock at its start, so it never fails half way because a reader became a writer. */
class ImmediateSqliteDriver extends SqliteDriver {
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'));
  }
}

const keptStatements = 400;

/** Keeps prepared statements by their text, oldest out first: preparing costs ten times the execution of a small query. */
function keepStatements(database: BetterSqlite3.Database): SqliteDatabase {
  const kept = new Map<string, BetterSqlite3.Statement>();
  return {
    close: () => {
      kept.clear();
      database.close();
    },
    prepare: (text) => {
      let statement = kept.get(text);
      if (statement) {
        kept.delete(text);
      } else {
        statement = database.prepare(text);
        if (kept.size >= keptStatements) kept.delete(kept.keys().next().value as string);
      }
      kept.set(text, statement);
      return statement as never;
    },
  };
}

class PackbenchSqliteDialect extends SqliteDialect {
  readonly #config: SqliteDialectConfig;
  constructor(config: SqliteDialectConfig) {
    super(config);
    this.#config = config;
  }
  override createDriver(): SqliteDriver {
    return new ImmediateSqliteDriver(this.#config);
  }
  override createAdapter(): SqliteAdapter {
    return new TransactionalSqliteAdapter();
  }
}

/** The dialect for one open better-sqlite3 connection. */
export function sqliteDialect(database: BetterSqlite3.Database): SqliteDialect {
  return new PackbenchSqliteDialect({ database: keepStatements(database) });
}
