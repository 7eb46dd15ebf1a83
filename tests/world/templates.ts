import { randomUUID } from 'node:crypto'
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { system } from '#domain/base/actor.ts'
import { migrate } from '#server/db/migrate.ts'
import { type Database, openDatabase } from '#server/db/open.ts'
import { inWork } from '#server/kernel/work.ts'
import { furnish, nothingMade, type Stock } from './furnish.ts'
import { openTestHouse, START } from './house.ts'

/** A database that every world of this process begins as a copy of, and what stands in it. */
interface Template {
  at: string
  stock: Stock
}

// Migrating and furnishing cost more than most tests: done once per process, for bare worlds and for furnished ones.
const templates: { bare?: Promise<Template>; furnished?: Promise<Template> } = {}

/** A database of its own for one world, and the ids of what stands in it. */
export async function freshPlace(dataDir: string, bare: boolean) {
  const url = process.env['TEST_ENGINE'] === 'postgres' ? process.env['TEST_POSTGRES_URL'] : undefined
  const kind = bare ? 'bare' : 'furnished'
  templates[kind] ??= url ? postgresTemplate(url, kind) : fileTemplate(kind)
  const { at, stock } = await templates[kind]
  const made = structuredClone(stock)
  if (url) return { made, place: await freshPostgres(url, at) }
  mkdirSync(dataDir, { recursive: true })
  copyFileSync(at, join(dataDir, 'yipin.db'))
  return { made, place: { at: { dataDir }, remove: async () => undefined } }
}

async function fileTemplate(kind: keyof typeof templates): Promise<Template> {
  const folder = mkdtempSync(join(tmpdir(), 'yipin-template-'))
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
  return { at: join(folder, 'yipin.db'), stock: await prepared(openDatabase({ dataDir: folder }), kind) }
}

async function freshPostgres(url: string, from: string) {
  const name = `w_${randomUUID().replaceAll('-', '')}`
  await onServer(url, `create database ${name} template ${from} strategy file_copy`)
  return {
    at: { url: withDatabase(url, name) },
    remove: () => onServer(url, `drop database if exists ${name} with (force)`),
  }
}

async function postgresTemplate(url: string, kind: keyof typeof templates): Promise<Template> {
  const name = `template_${kind}_${process.pid}`
  await onServer(url, `drop database if exists ${name} with (force)`)
  await onServer(url, `create database ${name}`)
  return { at: name, stock: await prepared(openDatabase({ url: withDatabase(url, name) }), kind) }
}

/** Migrated and, unless bare, furnished at the hour at which every world begins; closed, so that it can be copied. */
async function prepared(database: Database, kind: keyof typeof templates): Promise<Stock> {
  await migrate(database)
  const dataDir = mkdtempSync(join(tmpdir(), 'yipin-stock-'))
  const { house, ballot } = await openTestHouse(database, dataDir, { now: () => new Date(START) })
  const stock = kind === 'bare' ? nothingMade() : await inWork(house, system, furnish)
  await ballot.close()
  await database.close()
  rmSync(dataDir, { recursive: true, force: true })
  return stock
}

async function onServer(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}

const withDatabase = (url: string, name: string): string => {
  const changed = new URL(url)
  changed.pathname = `/${name}`
  return changed.href
}
