import { existsSync } from 'node:fs'
import type { FastifyInstance } from 'fastify'
import { watchParent } from '#ballot/box/folders.ts'
import { openApp } from './app.ts'
import { type Ballot, openBallot } from './ballot.ts'
import { settleInstallation } from './db/installation.ts'
import { migrate } from './db/migrate.ts'
import { type Database, openDatabase } from './db/open.ts'
import { postgresWords, reachPostgres } from './db/reach.ts'
import { keepStatistics, refreshStatistics } from './db/statistics.ts'
import { firstVisitLink } from './schools/setup/actions.ts'
import { offerDemo } from '#demo/pages.ts'
import { playedRespondents } from './respondents.ts'
import { type Clock, systemClock } from './kernel/clock.ts'
import { openFiles } from './kernel/files/open.ts'
import { hintsOf } from './kernel/hints.ts'
import { openLog } from './kernel/log.ts'
import { ENV_FILE, environmentWithFile, readSettings, type Settings } from './kernel/settings.ts'
import { unknownSettings } from './kernel/settingNames.ts'
import type { House } from './kernel/work.ts'
import { closeToOthers } from './modes.ts'
import { keepTidy } from './tidy.ts'

const STOP_AFTER_MS = 10_000

/** Opens everything that a running product needs, with the schema up to date. Scripts use the same. */
export async function openHouse(settings: Settings, clock: Clock = systemClock): Promise<House & { ballot: Ballot }> {
  for (const line of closeToOthers(settings)) console.error(line)
  const database = await openUpToDate(settings)
  await settleInstallation(database, settings)
  await refreshStatistics(database)
  const files = await openFiles(settings.dataDir)
  const log = openLog(settings.logLevel)
  const ballot = openBallot({ settings, now: () => clock.now(), failed: (error) => log.error(error) })
  const box = { ballot, ballotBox: ballot.calls, boxTroubles: ballot.troubles, boxHints: ballot.hints }
  return { database, clock, settings, log, files, ...box }
}

async function openUpToDate({ databaseUrl: url, dataDir }: Settings): Promise<Database> {
  const database = openDatabase(url ? { url } : { dataDir })
  try {
    if (url) await reachPostgres(database, { url })
    await migrate(database, dataDir)
    return database
  } catch (error) {
    const words = url && postgresWords(error, url)
    throw words ? new Error(words, { cause: error }) : error
  }
}

async function start(): Promise<void> {
  for (const line of unknownSettings(ENV_FILE)) console.error(`注意：${line}`)
  const settings = readSettings(environmentWithFile())
  if ('mistakes' in settings) {
    for (const mistake of settings.mistakes) console.error(`设置有误：${mistake}`)
    process.exit(1)
  }
  const house = await openHouse(settings)
  const app = await openApp(house, { respondents: house.ballot.handle })
  const address = await app.listen({ port: settings.port, host: settings.host })
  // A free port was asked for: only now is it known how this is reached.
  if (new URL(settings.publicUrl).port === '0') settings.publicUrl = new URL(address).origin
  // Before anybody is told that it runs: whoever stops it from then on finds it ready to stop in order.
  stopGracefully(app, house)
  console.log(`一校一品已启动：${address}/`)
  // What an earlier run left half done, and the mixing of what waits, begin without a first call; whatever is wrong there ends nothing here.
  void house.ballot
    .wake()
    .then((troubles) => {
      for (const trouble of troubles) console.error(`票箱：${trouble}其余功能照常运行。`)
      return hintsOf(house)
    })
    .then((hints) => {
      for (const hint of hints) console.error(`注意：${hint}`)
    })
  const link = await firstVisitLink(house)
  if (link && !settings.ballot.url) offerDemo(house, { respondents: playedRespondents(house.ballot) })
  if (link) {
    console.log(`还没有账号。请在浏览器打开这个一次性的初始化地址：\n${link}`)
    console.log(newSystemWords(settings))
  }
  keepStatistics(house.database, (error) => house.log.error(error))
  keepTidy(house)
}

/** An empty folder is what a disk looks like that is not mounted, and what is made where a setting was not read. */
const newSystemWords = ({ dataDir, databaseUrl }: Settings): string =>
  [
    `这是一套全新的、空的系统：数据在 ${databaseUrl ? `DATABASE_URL 的数据库，文件在 ${dataDir}` : dataDir}，`,
    existsSync(ENV_FILE) ? `设置读自 ${ENV_FILE}。` : `没有设置文件 ${ENV_FILE}。`,
    '如果这里本来有数据，请先停下，核对数据盘是否挂上、DATA_DIR 和 DATABASE_URL 是否写对，不要在这里重新初始化。',
  ].join('')

export async function startOrSay(): Promise<void> {
  // Ten frames end inside the libraries, before our own code.
  Error.stackTraceLimit = 40
  try {
    await start()
  } catch (error) {
    console.error('启动失败：', error instanceof Error ? error.message : error)
    process.exit(1)
  }
}

function stopGracefully(app: FastifyInstance, house: House & { ballot: Ballot }): void {
  let stopping = false
  const stop = async () => {
    if (stopping) return
    stopping = true
    setTimeout(() => process.exit(1), STOP_AFTER_MS).unref()
    await app.close()
    await house.ballot.close()
    await house.database.close()
    process.exit(0)
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
  watchParent(() => void stop())
}

if (import.meta.main) await startOrSay()
