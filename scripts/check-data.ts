import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { inspectBox } from '#ballot/box/inspect.ts'
import { openBallot } from '#server/ballot.ts'
import { migrationNames } from '#server/db/migrate.ts'
import { openDatabase } from '#server/db/open.ts'
import { againstSchema } from '#server/db/schema.ts'
import { systemClock } from '#server/kernel/clock.ts'
import { openFiles } from '#server/kernel/files/open.ts'
import { openLog } from '#server/kernel/log.ts'
import { environmentWithFile, readSettings, type Settings } from '#server/kernel/settings.ts'
import type { House } from '#server/kernel/work.ts'
import { type Check, checkInvariants } from '#server/records/invariants.ts'

const SHOWN = 20

/** Checks the data of an installation, running or not, and says what is wrong; ends with 1 when something is. */
async function checkData(): Promise<number> {
  const settings = readSettings(environmentWithFile())
  if ('mistakes' in settings) {
    for (const mistake of settings.mistakes) console.error(`设置有误：${mistake}`)
    return 1
  }
  const checks = await checkPlace(settings)
  for (const { name, breaches } of checks) {
    console.log(`${breaches.length === 0 ? '正常' : '有误'}  ${name}`)
    for (const breach of breaches.slice(0, SHOWN)) console.log(`      ${breach}`)
    if (breaches.length > SHOWN) console.log(`      另有 ${breaches.length - SHOWN} 处`)
  }
  const broken = checks.filter((check) => check.breaches.length > 0).length
  console.log(broken === 0 ? '数据完好。' : `有 ${broken} 项不对，请先停用系统并从备份核对。`)
  return broken === 0 ? 0 : 1
}

async function checkPlace(settings: Settings): Promise<Check[]> {
  const { dataDir, databaseUrl } = settings
  const path = join(dataDir, 'yipin.db')
  const wanted = databaseUrl ? join(dataDir, 'files') : path
  if (!existsSync(wanted))
    return [{ name: '数据文件夹', breaches: [`${wanted} 不存在，这里没有系统的数据。请核对 DATA_DIR。`] }]
  const box = { name: '票箱和它的密钥完好', breaches: await troublesOfBox(settings) }
  const whole = databaseUrl ? undefined : { name: '数据库文件完好', breaches: damageIn(path) }
  const looked = whole ? [whole, box] : [box]
  if (whole && whole.breaches.length > 0) return looked
  return [...looked, ...(await checkDatabase(settings))]
}

async function troublesOfBox(settings: Settings): Promise<string[]> {
  const { url, databaseUrl, keyFolder } = settings.ballot
  // In another process only the box itself can look.
  if (url) return openBallot({ settings, failed: () => undefined }).troubles()
  return inspectBox({ folder: settings.dataDir, databaseUrl, keyFolder })
}

/** Never brought up to date from here: another version may be running on it. */
async function checkDatabase(settings: Settings): Promise<Check[]> {
  const { dataDir, databaseUrl } = settings
  const database = openDatabase(databaseUrl ? { url: databaseUrl } : { dataDir })
  try {
    const version = { name: '表结构与本版本相符', breaches: await againstSchema(database, migrationNames, true) }
    if (version.breaches.length > 0) return [version]
    const files = await openFiles(dataDir)
    const ballotBox = openBallot({ settings, failed: () => undefined }).calls
    const house: House = { database, clock: systemClock, settings, files, ballotBox, log: openLog('warn') }
    return [version, ...(await checkInvariants(house))]
  } catch (error) {
    return [{ name: '数据能读', breaches: [`读到一半出错：${error instanceof Error ? error.message : String(error)}`] }]
  } finally {
    await database.close()
  }
}

/** The engine's own look at every page and index of a file. */
function damageIn(path: string): string[] {
  try {
    const file = new DatabaseSync(path, { readOnly: true })
    try {
      const found = file.prepare('pragma integrity_check').all()
      return found.map((row) => String(row['integrity_check'])).filter((one) => one !== 'ok')
    } finally {
      file.close()
    }
  } catch (error) {
    return [`${path}：${error instanceof Error ? error.message : String(error)}`]
  }
}

process.exitCode = await checkData()
