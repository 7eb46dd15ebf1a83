import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { openBallotDatabase } from '#ballot/box/database.ts'
import { copyTree, digestsIn, MANIFEST, type Manifest } from './backup.ts'
import { type Counts, countSqlite, isEmptyPostgres, restorePostgres } from './db/copy.ts'
import { settleInstallation } from './db/installation.ts'
import { migrate } from './db/migrate.ts'
import { openDatabase } from './db/open.ts'
import type { Settings } from './kernel/settings.ts'

/** Brings a backup back into an empty place and compares every count and digest. Says in words why not. */
export async function restore(settings: Settings, source: string): Promise<Manifest> {
  const folder = resolve(source)
  const manifest = await readManifest(folder)
  await demandFits(settings, manifest)
  const damaged = differing(manifest.files, await digestsIn(folder))
  if (damaged.length > 0)
    throw new Error(`这份备份不完整或被改动过：${damaged.slice(0, 5).join('、')} 等 ${damaged.length} 处。没有恢复。`)
  const { dataDir, ballot } = settings
  await mkdir(dataDir, { recursive: true, mode: 0o700 })
  await copyTree(join(folder, 'files'), join(dataDir, 'files'))
  const rows = await restoreDatabase(settings, folder)
  demandSame('数据库', manifest.database.rows, rows)
  if (manifest.ballot) {
    demandSame('票箱', manifest.ballot.rows, await restoreBox(settings, folder))
    if (manifest.ballot.withKeys)
      await copyTree(join(folder, 'ballot-keys'), ballot.keyFolder ?? join(dataDir, 'ballot-keys'))
  }
  const files = await digestsIn(join(dataDir, 'files'))
  const lost = Object.entries(manifest.files).filter(
    ([path, digest]) => path.startsWith('files/') && files[path.slice('files/'.length)] !== digest,
  )
  if (lost.length > 0) throw new Error(`有 ${lost.length} 个文件恢复以后与备份不同，请检查磁盘后重新恢复。`)
  await joinFolder(settings)
  return manifest
}

async function readManifest(folder: string): Promise<Manifest> {
  const path = join(folder, MANIFEST)
  if (!existsSync(path)) throw new Error(`${folder} 里没有 ${MANIFEST}，不是 npm run backup 做完的备份。`)
  const manifest = JSON.parse(await readFile(path, 'utf8')) as Manifest
  if (manifest.format !== 'yipin-backup-1') throw new Error(`不认识这份备份的格式：${String(manifest.format)}。`)
  return manifest
}

async function demandFits({ dataDir, databaseUrl, ballot }: Settings, manifest: Manifest): Promise<void> {
  const wanted = manifest.database.engine
  if (wanted === 'postgres' && !databaseUrl)
    throw new Error('这份备份来自 PostgreSQL，请先设好 DATABASE_URL（一个空的数据库）。')
  if (wanted === 'sqlite' && databaseUrl) throw new Error('这份备份来自自带数据库，请先删去 DATABASE_URL 再恢复。')
  if (existsSync(dataDir) && (await readdir(dataDir)).length > 0)
    throw new Error(`${dataDir} 不是空的。请把 DATA_DIR 指到一个空文件夹，不要覆盖现有的数据。`)
  if (databaseUrl && !(await isEmptyPostgres(databaseUrl)))
    throw new Error('DATABASE_URL 指向的数据库不是空的，请另建一个空的再恢复。')
  if (manifest.ballot?.engine === 'postgres' && !ballot.databaseUrl)
    throw new Error('备份里的票箱来自 PostgreSQL，请先设好 BALLOT_DATABASE_URL（一个空的数据库）。')
  if (manifest.ballot?.engine === 'sqlite' && (ballot.databaseUrl ?? ballot.url))
    throw new Error('备份里的票箱来自 ballot.db，请先删去 BALLOT_DATABASE_URL 和 BALLOT_URL 再恢复。')
  if (ballot.databaseUrl && manifest.ballot && !(await isEmptyPostgres(ballot.databaseUrl)))
    throw new Error('BALLOT_DATABASE_URL 指向的数据库不是空的，请另建一个空的再恢复。')
}

async function restoreDatabase({ dataDir, databaseUrl }: Settings, folder: string): Promise<Counts> {
  if (!databaseUrl) {
    await copyTree(join(folder, 'database'), dataDir)
    return countSqlite(join(dataDir, 'yipin.db'))
  }
  const database = openDatabase({ url: databaseUrl })
  await migrate(database)
  await database.close()
  return restorePostgres(databaseUrl, join(folder, 'database'))
}

/** The files in the folder are those of the database that was restored beside them. */
async function joinFolder({ dataDir, databaseUrl }: Settings): Promise<void> {
  const database = openDatabase(databaseUrl ? { url: databaseUrl } : { dataDir })
  try {
    await settleInstallation(database, { dataDir, adopt: true })
  } finally {
    await database.close()
  }
}

async function restoreBox({ dataDir, ballot }: Settings, folder: string): Promise<Counts> {
  if (!ballot.databaseUrl) {
    await copyTree(join(folder, 'ballot'), dataDir)
    return countSqlite(join(dataDir, 'ballot.db'))
  }
  await (await openBallotDatabase({ url: ballot.databaseUrl })).close()
  return restorePostgres(ballot.databaseUrl, join(folder, 'ballot'))
}

function demandSame(what: string, wanted: Counts, found: Counts): void {
  const wrong = differing(wanted, found)
  if (wrong.length === 0) return
  const words = wrong.map((one) => `${one}（备份 ${wanted[one] ?? 0} 行，恢复后 ${found[one] ?? 0} 行）`)
  throw new Error(
    `${what}恢复以后与备份不同：${words.slice(0, 8).join('、')}。请用做这份备份的那个版本恢复，再升级；新版本的表与它的不同。`,
  )
}

const differing = (wanted: Record<string, string | number>, found: Record<string, string | number>): string[] =>
  [...new Set([...Object.keys(wanted), ...Object.keys(found)])].filter((one) => wanted[one] !== found[one])
