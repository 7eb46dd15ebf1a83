import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { type Migration, Migrator } from 'kysely/migration'
import { sql } from 'kysely'
import type { Database } from './open.ts'
import { againstSchema, noteMigrations, noteSchema } from './schema.ts'

const names = [
  '0001-first-release',
  '0002-event-changes',
  '0003-indexes-by-school',
  '0004-office-corrections',
  '0005-promises-and-extensions',
  '0006-second-word',
  '0007-school-names',
  '0008-lost-keys-and-files',
] as const

async function allMigrations(): Promise<Record<string, Migration>> {
  const found: Record<string, Migration> = {}
  for (const name of names) found[name] = (await import(`./migrations/${name}.ts`)) as Migration
  return found
}

export const migrationNames: readonly string[] = names

/** Brings the schema up to date; on SQLite a copy of the file is kept before anything changes. Answers what was done. */
export async function migrate(database: Database, dataDir?: string): Promise<string[]> {
  const [strange] = await againstSchema(database, names)
  if (strange) throw new Error(strange)
  const migrator = new Migrator({ db: database.writer, provider: { getMigrations: allMigrations } })
  const pending = (await migrator.getMigrations()).filter((one) => one.executedAt === undefined)
  if (pending.length === 0) {
    await noteSchema(database)
    return []
  }
  if (database.engine === 'sqlite' && dataDir && pending.length < names.length) await keepCopy(database, dataDir)
  // What is going to be run is noted before: after a crash in between the next start finds both or neither.
  await noteMigrations(
    database,
    pending.map((one) => one.name),
  )
  const { error, results } = await migrator.migrateToLatest()
  if (error) throw error
  await noteSchema(database)
  return (results ?? []).map((one) => one.migrationName)
}

async function keepCopy(database: Database, dataDir: string): Promise<void> {
  const folder = join(dataDir, 'before-upgrade')
  mkdirSync(folder, { recursive: true })
  let number = 1
  while (existsSync(join(folder, `yipin-${number}.db`))) number += 1
  await sql`vacuum into ${join(folder, `yipin-${number}.db`)}`.execute(database.writer)
}
