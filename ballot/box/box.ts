import type { BallotBox, BoxRemark, BoxSurvey } from '#contract/survey/ballotBox.ts'
import { join } from 'node:path'
import type { AuditFile } from './audit.ts'
import { openQueue, type Queue } from './writeQueue.ts'
import { countUniform, tally } from './count.ts'
import { openBallotDatabase, orClosed } from './database.ts'
import type { Voting } from '../voting/voting.ts'
import { openKeys } from './keys.ts'
import { shuffle } from './shuffle.ts'
import { oneTree } from './folders.ts'
import { close, erase, isLost, issueKit, open, prepare, voidBatch } from '../office/office.ts'
import { openVoting } from '../voting/openVoting.ts'
import { enterPaper, openPaper, withdrawPaper } from '../office/paper.ts'
import {
  activeSurveys,
  bodyOfSurvey,
  findSurvey,
  type BoxContext,
  type SurveyRow,
  surveysWithoutKeys,
} from './context.ts'
import { boxBroken, refused } from './refused.ts'
import { moveCounters, progress } from './progress.ts'
import type { Kit, Paper } from '../office/print.ts'

const SHUFFLE_EVERY_MS = 20_000
const MIX_AT_LATEST_MS = 300_000

export interface BoxOptions {
  /** Where the box's file lies, unless `databaseUrl` names a PostgreSQL. */
  folder: string
  databaseUrl?: string | undefined
  /** Apart from the folder when it may not travel with its copies. */
  keyFolder?: string | undefined
  publicUrl: string
  /** The key that signs is lost for good and whoever runs the machine wants a new one. */
  newKey?: boolean | undefined
  now?: () => Date
  /** Prints slips and papers; loaded only when something is printed. */
  print: { kit(kit: Kit): Promise<Uint8Array>; paper(paper: Paper): Promise<Uint8Array> }
  failed?: (error: unknown) => void
}

/** The whole box: the respondents' side and the office's calls, over one database and one folder of keys. */
export async function openBox(options: BoxOptions) {
  const place = options.databaseUrl ? { url: options.databaseUrl } : { path: join(options.folder, 'ballot.db') }
  const named = options.databaseUrl
    ? 'BALLOT_DATABASE_URL 指向的数据库'
    : `数据库文件 ${join(options.folder, 'ballot.db')}`
  const database = await openBallotDatabase(place).catch((error: unknown) => {
    throw boxBroken(`票箱的${named}打不开（${wordsOf(error)}）。`, error)
  })
  const keyFolder = options.keyFolder ?? join(options.folder, 'ballot-keys')
  const keys = await orClosed(database, async () => {
    const [some] = await database.read.all<{ id: string }>('select id from survey limit 1')
    return openKeys(keyFolder, some !== undefined && !options.newKey)
  })
  const context: BoxContext = {
    database,
    keys,
    now: options.now ?? (() => new Date()),
    publicUrl: options.publicUrl,
    known: undefined,
    asking: undefined,
    forgottenIn: 0,
    shownIn: 0,
  }
  await orClosed(database, () => finishTallies(context))
  const queue = openQueue(context)
  const voting: Voting = openVoting(context, queue)
  let last = Date.now()
  const shuffleNow = () => {
    // However long the rush, nothing waits in the inbox for more than five minutes.
    const late = Date.now() - last > MIX_AT_LATEST_MS
    if (!late && queue.busy()) return
    last = Date.now()
    // Asked also when nobody comes: what another process has counted leaves nothing in this one's memory.
    activeSurveys(context).catch((error: unknown) => options.failed?.(error))
    moveCounters(context).catch((error: unknown) => options.failed?.(error))
    shuffle(context, late ? {} : { busy: queue.busy }).catch((error: unknown) => options.failed?.(error))
  }
  const timer = setInterval(shuffleNow, SHUFFLE_EVERY_MS)
  timer.unref()
  return {
    context,
    voting,
    calls: callsOf(context, queue, options.print),
    /** What keeps the box from working, in words; none is good. */
    troubles: () => troublesOf(context),
    /** What is not broken and should be otherwise all the same. */
    hints: () => (options.databaseUrl || !oneTree(keyFolder, options.folder) ? Promise.resolve([]) : hintsOf(context)),
    /** Lets the counters move now, if so many have answered that they may. */
    moveCounters: () => {
      context.shownIn = 0
      return moveCounters(context)
    },
    /** Mixes at once what waits, when it is enough; the timer does it by itself. */
    shuffle: () => shuffle(context),
    /** From now on it mixes only when told: who breaks one call after the other must own them all. */
    shuffleWhenTold: () => clearInterval(timer),
    async close() {
      clearInterval(timer)
      await queue.idle()
      await context.database.close()
    },
  }
}

/** What the driver of a server says may name its address; its code says enough. */
const wordsOf = (error: unknown): string => {
  if (error instanceof Error && 'code' in error && !('errcode' in error)) return String(error.code)
  return error instanceof Error ? error.message : String(error)
}

async function troublesOf(context: BoxContext): Promise<string[]> {
  await context.database.read.all('select id from survey limit 1')
  const titles = await surveysWithoutKeys(context)
  return titles.map((title) => `票箱里“${title}”的密钥不见了，请按备份把密钥文件夹放回原处。`)
}

/** Ballots and their keys in one folder: whoever copies it can read them, until they are counted. */
async function hintsOf(context: BoxContext): Promise<string[]> {
  const rows = await context.database.read.all<SurveyRow>("select * from survey where state <> 'tallied'")
  const titles = rows.map(bodyOfSurvey).filter((one) => !one.rehearsal)
  return titles.map(
    ({ title }) =>
      `票箱里“${title}”的答卷和密钥放在同一个文件夹里，谁拷走它，谁就能在计票前读出答卷。请停用系统，把 ballot-keys 移到另一块磁盘或另一个用户的文件夹，并用 BALLOT_KEY_DIR 指明。`,
  )
}

export type OpenedBox = Awaited<ReturnType<typeof openBox>>

function callsOf(context: BoxContext, queue: Queue, print: BoxOptions['print']): BallotBox {
  const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64')
  return {
    prepare: (survey, batches) => prepare(context, survey, batches),
    async printKit(surveyId, schoolId) {
      const kit = await issueKit(context, surveyId, schoolId)
      const codes = kit.batches.reduce((sum, one) => sum + one.slips.length, 0)
      const slips = kit.batches.reduce((sum, one) => sum + one.size, 0)
      return { pdf: base64(await print.kit(kit)), slips, codes }
    },
    async printPaper(surveyId) {
      const { title, bureauName, until, rehearsal, questionnaires } = await bodyOf(context, surveyId)
      return { pdf: base64(await print.paper({ title, bureauName, until, rehearsal, questionnaires })) }
    },
    open: (surveyId) => open(context, surveyId),
    async close(surveyId, papersGivenUp) {
      const closed = await close(context, surveyId, papersGivenUp)
      await countUniform(context, surveyId)
      return closed
    },
    progress: (surveyId, schoolId) => progress(context, surveyId, schoolId),
    voidBatch: (surveyId, batchId) => voidBatch(context, surveyId, batchId),
    async tally(surveyId) {
      const { schools, seal } = await tally(context, surveyId)
      return { schools: schools.map(({ schoolId, stage, audiences }) => ({ schoolId, stage, audiences })), seal }
    },
    async remarks(surveyId) {
      const rows = await context.database.read.all<Said>('select * from said where survey = ? order by id', [surveyId])
      return rows.map(({ id, school, audience, body, doubts }) => ({
        id,
        schoolId: school,
        audience,
        text: body,
        doubts: JSON.parse(doubts) as string[],
      }))
    },
    async checkCodes(surveyId, schoolId) {
      const { schools } = JSON.parse(await auditOf(context, surveyId)) as AuditFile
      return schools.find((one) => one.schoolId === schoolId)?.checkCodes ?? []
    },
    auditFile: (surveyId) => auditOf(context, surveyId),
    enterPaper: (surveyId, entry) => enterPaper(context, queue, surveyId, entry),
    openPaper: (surveyId) => openPaper(context, surveyId),
    withdrawPaper: (surveyId, paperId) => withdrawPaper(context, surveyId, paperId),
    isLost: (surveyId) => isLost(context, surveyId),
    erase: (surveyId) => erase(context, surveyId),
  }
}

interface Said {
  id: string
  school: string
  audience: BoxRemark['audience']
  body: string
  doubts: string
}

async function bodyOf(context: BoxContext, surveyId: string): Promise<BoxSurvey> {
  const row = await findSurvey(context.database.read, surveyId)
  if (!row) throw refused('票箱里没有这次测评。')
  return bodyOfSurvey(row)
}

async function auditOf(context: BoxContext, surveyId: string): Promise<string> {
  const audit = (await findSurvey(context.database.read, surveyId))?.audit
  if (!audit) throw refused('还没有计票，核验文件在计票以后才有。')
  return audit
}

/** A crash between the totals and the destruction of the keys is finished at the next start. */
async function finishTallies(context: BoxContext): Promise<void> {
  const rows = await context.database.read.all<{ id: string }>("select id from survey where state = 'tallied'")
  const left = rows.filter(({ id }) => context.keys.find(id))
  for (const { id } of left) context.keys.destroy(id)
  if (left.length > 0) await context.database.rewrite()
}
