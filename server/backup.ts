import { createHash } from 'node:crypto'
import { createReadStream, existsSync, readFileSync } from 'node:fs'
import { constants, copyFile, mkdir, open, readdir, readFile } from 'node:fs/promises'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { type Counts, copySqlite, dumpPostgres } from './db/copy.ts'
import type { Settings } from './kernel/settings.ts'

/** What stands in `backup.json` beside the copied data; a restoration is compared with it. */
export interface Manifest {
  format: 'yipin-backup-1'
  takenAt: string
  version: string
  database: { engine: 'sqlite' | 'postgres'; rows: Counts }
  ballot: { engine: 'sqlite' | 'postgres'; rows: Counts; withKeys: boolean } | null
  /** SHA-256 of every copied file but the manifest, by its path in the backup. */
  files: Record<string, string>
}

export interface Done {
  manifest: Manifest
  /** What is not in the copy and has to be thought of. */
  hints: string[]
}

export const MANIFEST = 'backup.json'

/** Copies a running or stopped installation into a folder of its own. Says in words why not. */
export async function backUp(
  settings: Settings,
  target: string,
  options: { withKeys: boolean; now: Date },
): Promise<Done> {
  const folder = resolve(target)
  await demandPlace(settings, folder)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const rows = settings.databaseUrl
    ? await dumpPostgres(settings.databaseUrl, join(folder, 'database'))
    : await copyInto(join(settings.dataDir, 'yipin.db'), join(folder, 'database', 'yipin.db'))
  const { ballot, hints } = await backUpBox(settings, folder, options.withKeys)
  // After the database: a file is always kept before the row that names it, so every copied row finds its file.
  await copyTree(join(settings.dataDir, 'files', 'kept'), join(folder, 'files', 'kept'))
  const files = await digestsIn(folder)
  const missing = (await filesNamed(settings, folder)).filter((one) => files[placeInCopy(one)] !== one)
  if (missing.length > 0)
    hints.push(`有 ${missing.length} 个登记过的文件在 files 里找不到或内容已变，请运行 npm run check-data 查看是哪些。`)
  const manifest: Manifest = {
    format: 'yipin-backup-1',
    takenAt: options.now.toISOString(),
    version: versionOf(),
    database: { engine: settings.databaseUrl ? 'postgres' : 'sqlite', rows },
    ballot,
    files,
  }
  await writeDurably(join(folder, MANIFEST), JSON.stringify(manifest, null, 1))
  return { manifest, hints }
}

async function demandPlace({ dataDir, databaseUrl }: Settings, folder: string): Promise<void> {
  if (!databaseUrl && !existsSync(join(dataDir, 'yipin.db')))
    throw new Error(`${dataDir} 里没有数据库 yipin.db，没有可备份的。请核对 DATA_DIR。`)
  if (`${folder}${sep}`.startsWith(`${resolve(dataDir)}${sep}`))
    throw new Error(`备份不能放在数据文件夹 ${dataDir} 里面，请换一个地方，最好是另一块磁盘。`)
  if (existsSync(folder) && (await readdir(folder)).length > 0)
    throw new Error(`${folder} 不是空的。每次备份请用一个新文件夹，例如以日期命名。`)
}

async function backUpBox(settings: Settings, folder: string, withKeys: boolean) {
  const { ballot, dataDir } = settings
  const hints: string[] = []
  if (ballot.url) {
    hints.push('票箱在另一个进程里（BALLOT_URL），不在这份备份里。请在那一边备份它的数据库。')
    return { ballot: null, hints }
  }
  const path = join(dataDir, 'ballot.db')
  if (!ballot.databaseUrl && !existsSync(path)) return { ballot: null, hints }
  const rows = ballot.databaseUrl
    ? await dumpPostgres(ballot.databaseUrl, join(folder, 'ballot'))
    : await copyInto(path, join(folder, 'ballot', 'ballot.db'))
  if (withKeys) {
    await copyTree(ballot.keyFolder ?? join(dataDir, 'ballot-keys'), join(folder, 'ballot-keys'))
    hints.push('这份备份里同时有票箱的数据和密钥：谁拿到它，谁就能读出还没有计票的答卷。请锁好，计票当天销毁。')
  } else
    hints.push('票箱的密钥（ballot-keys）不在这份备份里。请另外抄一份，存到别处；没有密钥，还没有计票的测评不能计票。')
  const engine: 'sqlite' | 'postgres' = ballot.databaseUrl ? 'postgres' : 'sqlite'
  return { ballot: { engine, rows, withKeys }, hints }
}

async function copyInto(from: string, to: string): Promise<Counts> {
  await mkdir(dirname(to), { recursive: true, mode: 0o700 })
  return copySqlite(from, to)
}

/** Digests of the files that the copied database names. */
async function filesNamed(settings: Settings, folder: string): Promise<string[]> {
  if (settings.databaseUrl) {
    const lines = (await readFile(join(folder, 'database', 'file.jsonl'), 'utf8')).split('\n').filter(Boolean)
    return lines.map((line) => String((JSON.parse(line) as { sha256: string }).sha256))
  }
  const file = new DatabaseSync(join(folder, 'database', 'yipin.db'), { readOnly: true })
  try {
    return file
      .prepare('select distinct sha256 from file')
      .all()
      .map((row) => String(row['sha256']))
  } finally {
    file.close()
  }
}

const placeInCopy = (sha256: string): string => `files/kept/${sha256.slice(0, 2)}/${sha256.slice(2, 4)}/${sha256}`

/** Copies what is there at this moment; what is taken away meanwhile is no loss. */
export async function copyTree(from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true, mode: 0o700 })
  if (!existsSync(from)) return
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)]
    if (entry.isDirectory()) await copyTree(source, target)
    else await copyDurably(source, target)
  }
}

async function copyDurably(from: string, to: string): Promise<void> {
  try {
    await copyFile(from, to, constants.COPYFILE_FICLONE)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT' && !existsSync(from)) return
    throw error
  }
  const file = await open(to, 'r+')
  await file.sync()
  await file.close()
}

/** SHA-256 of everything below a folder, by its path there. */
export async function digestsIn(folder: string, below = folder): Promise<Record<string, string>> {
  const found: Record<string, string> = {}
  for (const entry of (await readdir(below, { withFileTypes: true })).toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(below, entry.name)
    if (entry.isDirectory()) Object.assign(found, await digestsIn(folder, path))
    else if (path !== join(folder, MANIFEST)) found[relative(folder, path).replaceAll(sep, '/')] = await digestOf(path)
  }
  return found
}

async function digestOf(path: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer)
  return hash.digest('hex')
}

async function writeDurably(path: string, text: string): Promise<void> {
  const file = await open(path, 'w', 0o600)
  await file.writeFile(text)
  await file.sync()
  await file.close()
}

function versionOf(): string {
  const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
    version: string
  }
  return version
}
