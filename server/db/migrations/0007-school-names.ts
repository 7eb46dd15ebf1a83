import { type Kysely, sql } from 'kysely'
import { schoolKeys } from '#server/kernel/names.ts'
import { ddl } from '../ddl.ts'

const columns = ddl(`
alter table school add column sortOrder integer;
alter table school add column sortKey text not null default '';
alter table school add column pinyin text not null default '';
create index schoolSorted on school (bureauId, sortKey)
`)

/** Schools stand in the bureau's own order or by pinyin, and are found by it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await columns(db)
  const { rows } = await sql<{ id: string; name: string }>`select id, name from school`.execute(db)
  for (const { id, name } of rows) {
    const { sortKey, pinyin } = await schoolKeys(name, null)
    await sql`update school set ${sql.ref('sortKey')} = ${sortKey}, pinyin = ${pinyin} where id = ${id}`.execute(db)
  }
}
