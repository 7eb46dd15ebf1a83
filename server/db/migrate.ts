import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { type Migration, Migrator } from 'kysely/migration'
import { sql } from 'kysely'
import type { Database } from './open.ts'

const names = [
  '0001-foundation',
  '0002-school',
  '0003-plan',
  '0004-ledger',
  '0005-supervision',
  '0006-application',
  '0007-review',
  '0008-award',
  '0009-survey',
] as const

async function allMigrations(): Promise<Record<string, Migration>> {
  const found: Record<string, Migration> = {}
  for (const name of names) found[name] = (await import(`./migrations/${name}.ts`)) as Migration
  return found
}

/** Why the schema is not the one of this version, in words; it only looks. */
export async function againstVersion(database: Database): Promise<string[]> {
  const migrator = new Migrator({ db: database.writer, provider: { getMigrations: allMigrations } })
  const pending = (await migrator.getMigrations()).filter((one) => one.executedAt === undefined)
  if (pending.length === 0) return []
  return [`数据库属于另一个版本（还没有 ${pending.map((one) => one.name).join('、')}），请用那个版本来检查。`]
}

/** Brings the schema up to date; on SQLite a copy of the file is kept before anything changes. Answers what was done. */
export async function migrate(database: Database, dataDir?: string): Promise<string[]> {
  const migrator = new Migrator({ db: database.writer, provider: { getMigrations: allMigrations } })
  const pending = (await migrator.getMigrations()).filter((one) => one.executedAt === undefined)
  if (pending.length === 0) return []
  if (database.engine === 'sqlite' && dataDir && pending.length < names.length) await keepCopy(database, dataDir)
  const { error, results } = await migrator.migrateToLatest()
  if (error) throw error
  return (results ?? []).map((one) => one.migrationName)
}

async function keepCopy(database: Database, dataDir: string): Promise<void> {
  const folder = join(dataDir, 'before-upgrade')
  mkdirSync(folder, { recursive: true })
  let number = 1
  while (existsSync(join(folder, `yipin-${number}.db`))) number += 1
  await sql`vacuum into ${join(folder, `yipin-${number}.db`)}`.execute(database.writer)
}
