import { randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Database } from './open.ts'

const KEY = 'installation'

interface Place {
  dataDir: string
  /** The files are gone, or belong to another database, and whoever starts knows it. */
  adopt?: boolean | undefined
}

const markOf = (dataDir: string): string => join(dataDir, 'files', 'installation')

/**
 * Holds database and folder to each other by a number that both keep: an empty disk, a wrong path or another process's own folder would
 * show people files as missing, and the sweep would take all files of another database for unneeded.
 */
export async function settleInstallation(database: Database, { dataDir, adopt = false }: Place): Promise<void> {
  const mark = readMark(dataDir)
  const number = await readNumber(database)
  if (number !== undefined && number === mark) return
  const why = adopt ? undefined : await whyStrangers(database, { dataDir, mark, number })
  if (why) throw new Error(`${why}请核对后再启动。确认要照这样用下去，请带 ADOPT_DATA_DIR=1 启动一次。`)
  const own = number ?? mark ?? randomUUID()
  // The folder first: killed in between, the next start finds a mark without files and goes on with it.
  writeMark(dataDir, own)
  const settled = number ?? (await keepNumber(database, own))
  if (settled !== own) writeMark(dataDir, settled)
}

function writeMark(dataDir: string, number: string): void {
  const path = markOf(dataDir)
  mkdirSync(dirname(path), { recursive: true, mode: 0o750 })
  writeFileSync(path, `${number}\n`, { mode: 0o600 })
}

const ELSEWHERE =
  '数据盘没有挂上，或 DATA_DIR、DATABASE_URL 指错了地方；几个进程共用一个数据库时，它们的 DATA_DIR 也要是同一个文件夹。'

async function whyStrangers(
  database: Database,
  { dataDir, mark, number }: { dataDir: string; mark: string | undefined; number: string | undefined },
): Promise<string | undefined> {
  if (mark !== undefined && number !== undefined) return `文件夹 ${dataDir} 里的文件属于另一个数据库：${ELSEWHERE}`
  const { reader } = database
  const file = await reader.selectFrom('file').select('sha256').orderBy('id', 'desc').limit(1).executeTakeFirst()
  if (file) {
    const { sha256 } = file
    const lies = existsSync(join(dataDir, 'files', 'kept', sha256.slice(0, 2), sha256.slice(2, 4), sha256))
    return lies ? undefined : `文件夹 ${dataDir} 里没有这个数据库登记的文件：${ELSEWHERE}`
  }
  if (keptIn(dataDir) > 0) return `文件夹 ${dataDir} 里有文件，这个数据库却是新的，一个文件也没有登记：${ELSEWHERE}`
  // The embedded database lies in the folder itself, so that nothing can be elsewhere.
  if (number !== undefined && database.engine === 'postgres')
    return `这个数据库已经在用，文件夹 ${dataDir} 却是新的：${ELSEWHERE}`
  return undefined
}

function keptIn(dataDir: string): number {
  const folder = join(dataDir, 'files', 'kept')
  return existsSync(folder) ? readdirSync(folder).length : 0
}

function readMark(dataDir: string): string | undefined {
  const path = markOf(dataDir)
  return existsSync(path) ? readFileSync(path, 'utf8').trim() : undefined
}

async function readNumber({ reader }: Pick<Database, 'reader'>): Promise<string | undefined> {
  const row = await reader.selectFrom('setting').select('value').where('key', '=', KEY).executeTakeFirst()
  return row?.value
}

/** Two processes may start at once: the first number stands. */
async function keepNumber(database: Database, number: string): Promise<string> {
  await database.writer
    .insertInto('setting')
    .values({ key: KEY, value: number, updatedAt: new Date().toISOString() })
    .onConflict((conflict) => conflict.column('key').doNothing())
    .execute()
  return (await readNumber(database)) ?? number
}
