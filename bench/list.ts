import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { Agent, get } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import fastify from 'fastify'
import { schoolScope, system } from '#domain/actor.ts'
import defaultStandard from '#domain/default-standard.json' with { type: 'json' }
import { pillars } from '#domain/pillar.ts'
import { entryFilter } from '#contract/ledger.ts'
import { addPerson } from '#server/features/access/actions.ts'
import { addStandard, createCycle, openCycle } from '#server/features/cycle/actions.ts'
import { countOfEntries, pageOfEntries } from '#server/features/ledgerList/store.ts'
import { addOrganization, addSchool, addZone } from '#server/features/organization/actions.ts'
import { openHouse } from '#server/main.ts'
import { COOKIE, openSession, readActor } from '#server/kernel/session.ts'
import { type House, inWork, type Work } from '#server/kernel/work.ts'

// Request logging is off on both sides, since the log would only be read by the bench itself.
// A signed-in list of 50 of 100,000 entries over HTTP, against the same SQL by node:sqlite alone behind a bare Fastify.

const ENTRIES = 100_000
const SCHOOLS = 49
const CALLERS = 8
const ROUNDS = 3
const SECONDS = 1.5
const GOAL = 0.5
const QUERY = 'pillar=activity&sort=-happenedOn&size=50&page=2'
const FILTER = entryFilter.parse({ pillar: 'activity', sort: '-happenedOn' })
const CUT = { limit: 50, offset: 50 }

interface Statement {
  sql: string
  parameters: unknown[]
}
interface Case {
  name: string
  cookie: string
  page: Statement
  count: Statement
}

const median = (values: number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0

async function compare(): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'yipin-bench-list-'))
  const children: ChildProcess[] = []
  try {
    const cases = await furnish(dataDir)
    const ours = await startChild(children, ['server/main.ts'], {
      DATA_DIR: dataDir,
      PORT: '0',
      HOST: '127.0.0.1',
      LOG_LEVEL: 'warn',
    })
    const database = join(dataDir, 'yipin.db')
    const statements = JSON.stringify(cases.map(({ page, count }) => ({ page, count })))
    const limit = await startChild(children, [import.meta.filename, '--limit'], {
      DATABASE: database,
      STATEMENTS: statements,
    })
    const results = []
    for (const [index, one] of cases.entries()) {
      const headers = { cookie: one.cookie }
      const own = () => rate(`${ours}/api/ledger/entries?${QUERY}`, headers)
      const bare = () => rate(`${limit}/${index}`, {})
      const [a, b] = [await body(`${ours}/api/ledger/entries?${QUERY}`, headers), await body(`${limit}/${index}`, {})]
      if (a.total !== b.total || a.items.length !== 50 || b.items.length !== 50)
        throw new Error(`both must answer alike: ${JSON.stringify([a.total, b.total, a.items.length, b.items.length])}`)
      await own()
      await bare()
      const runs: { ours: number; limit: number }[] = []
      for (let round = 0; round < ROUNDS; round += 1) runs.push({ ours: await own(), limit: await bare() })
      const ratio = median(runs.map((run) => run.ours / run.limit))
      results.push({ name: one.name, total: a.total, ratio, runs })
    }
    report(results)
  } finally {
    for (const child of children) child.kill('SIGTERM')
    rmSync(dataDir, { recursive: true, force: true })
  }
}

function report(
  results: { name: string; total: number; ratio: number; runs: { ours: number; limit: number }[] }[],
): void {
  for (const { name, total, ratio, runs } of results) {
    const [ours, limit] = [median(runs.map((run) => run.ours)), median(runs.map((run) => run.limit))]
    console.log(
      `${name} (${total} entries): ours ${ours.toFixed(0)}/s, limit ${limit.toFixed(0)}/s, ratio ${ratio.toFixed(2)}`,
    )
  }
  const worst = results.toSorted((a, b) => a.ratio - b.ratio)[0]
  if (!worst) throw new Error('nothing was measured')
  const [ours, limit] = [median(worst.runs.map((run) => run.ours)), median(worst.runs.map((run) => run.limit))]
  console.log(`list: ratio ${worst.ratio.toFixed(2)} (goal ≥ ${GOAL}) in the harder of ${results.length} cases`)
  if (process.argv.includes('--json'))
    console.log(
      JSON.stringify({ bench: 'list', ratio: worst.ratio, goal: GOAL, ours, limit, runs: worst.runs, cases: results }),
    )
}

/** The other side of the comparison: the same statements, no session, no scope, no contract. */
async function answerAlone(): Promise<void> {
  const database = new DatabaseSync(process.env['DATABASE'] ?? '', { readOnly: true })
  database.exec('pragma cache_size = -16000; pragma temp_store = memory;')
  const cases = (JSON.parse(process.env['STATEMENTS'] ?? '[]') as Pick<Case, 'page' | 'count'>[]).map((one) => ({
    page: { run: database.prepare(one.page.sql), parameters: one.page.parameters as string[] },
    count: { run: database.prepare(one.count.sql), parameters: one.count.parameters as string[] },
  }))
  const app = fastify()
  app.get<{ Params: { index: string } }>('/:index', async ({ params }) => {
    const one = cases[Number(params.index)]
    if (!one) return {}
    return { items: one.page.run.all(...one.page.parameters), ...one.count.run.get(...one.count.parameters) }
  })
  console.log(await app.listen({ port: 0, host: '127.0.0.1' }))
}

async function furnish(dataDir: string): Promise<Case[]> {
  const settings = { port: 0, host: '127.0.0.1', dataDir, databaseUrl: undefined, publicUrl: 'http://127.0.0.1' }
  const house = await openHouse({ ...settings, logLevel: 'silent', trustProxy: false })
  const made = await inWork(house, system, makeDistrict)
  const write = house.database.writer
  await write.transaction().execute(async (tx) => {
    const rows = Array.from({ length: ENTRIES }, (_, index) => entryAt(index, made))
    for (let at = 0; at < rows.length; at += 500)
      await tx
        .insertInto('entry')
        .values(rows.slice(at, at + 500))
        .execute()
  })
  const cases: Case[] = []
  for (const { name, personId, token } of made.people) cases.push(await caseOf(house, made, { name, personId, token }))
  await house.database.close()
  return cases
}

async function caseOf(house: House, made: Made, who: { name: string; personId: string; token: string }): Promise<Case> {
  const { reader } = house.database
  const actor = await readActor(reader, { ...who, bureauId: made.bureauId })
  const own = actor.grants.filter((one) => one.role === 'clerk').map((one) => one.organizationId)
  const listed = { scope: schoolScope(actor), own, cycleId: made.cycleId, filter: FILTER }
  const statement = ({ sql, parameters }: { sql: string; parameters: readonly unknown[] }): Statement => ({
    sql,
    parameters: [...parameters],
  })
  return {
    name: who.name,
    cookie: `${COOKIE}=${who.token}`,
    page: statement(pageOfEntries(reader, listed, CUT).compile()),
    count: statement(countOfEntries(reader, listed).compile()),
  }
}

type Made = Awaited<ReturnType<typeof makeDistrict>>

async function makeDistrict(work: Work) {
  const bureauId = await addOrganization(work, { level: 'district', name: '演示区教育局' })
  const zoneId = await addZone(work, bureauId, '第一片区')
  const common = { bureauId, zoneId, stage: '小学', ownership: '公办', partyKind: '党支部', secretaryName: '书记' }
  const counts = { memberCount: 20, staffCount: 60, studentCount: 900 }
  const schoolIds: string[] = []
  for (let at = 1; at <= SCHOOLS; at += 1)
    schoolIds.push(await addSchool(work, { ...common, ...counts, name: `演示第${at}小学` }))
  const standardId = await addStandard(work, bureauId, defaultStandard.title, defaultStandard)
  const year = Number(work.today.slice(0, 4))
  const cycleId = await createCycle(work, {
    bureauId,
    year,
    title: `${year} 年度`,
    awardTitle: '成果奖',
    applyFrom: work.today,
    applyUntil: `${year}-12-31`,
    standardId,
  })
  await openCycle(work, cycleId)
  const people = []
  for (const [name, role, organizationId] of [
    ['district list of the office', 'office', bureauId],
    ['school list of the clerk', 'clerk', schoolIds[0] ?? ''],
  ] as const) {
    const personId = await addPerson(work, {
      bureauId,
      name: role,
      loginName: role,
      grants: [{ role, organizationId }],
    })
    await work.tx.updateTable('account').set({ mustChange: 0 }).where('personId', '=', personId).execute()
    people.push({ name, personId, token: await openSession(work, personId, { source: '127.0.0.1', device: 'bench' }) })
  }
  const ids = Array.from({ length: ENTRIES }, () => work.newId())
  return { bureauId, schoolIds, cycleId, people, ids, now: work.now, today: work.today }
}

function entryAt(index: number, made: Made) {
  const day = new Date(Date.parse(made.today) - (index % 300) * 86_400_000).toISOString().slice(0, 10)
  return {
    id: made.ids[index] ?? '',
    schoolId: made.schoolIds[index % SCHOOLS] ?? '',
    cycleId: made.cycleId,
    bureauId: made.bureauId,
    state: 'filed',
    title: `第 ${index} 次主题党日活动`,
    happenedOn: day,
    pillar: pillars[Math.floor(index / SCHOOLS) % pillars.length] ?? 'activity',
    formId: null,
    place: '报告厅',
    content: '全体党员重温入党誓词，围绕本校品牌开展交流研讨，教师代表发言，学生展示学习成果。'.repeat(4),
    memberCount: index % 40,
    teacherCount: index % 80,
    pupilCount: index % 900,
    parentCount: index % 60,
    tags: '["partyLeadership"]',
    taskId: null,
    feedback: '',
    link: '',
    isLate: index % 9 === 0 ? 1 : 0,
    frozenBy: null,
    version: 1,
    createdBy: made.people[1]?.personId ?? '',
    filedAt: made.now,
    filedBy: made.people[1]?.personId ?? '',
    createdAt: made.now,
    updatedAt: made.now,
    deletedAt: null,
  }
}

/** Starts a process of its own and waits for the address that it prints. */
function startChild(children: ChildProcess[], args: string[], environment: Record<string, string>): Promise<string> {
  const child = spawn(process.execPath, args, {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  children.push(child)
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`${args[0]} ended with ${code}`)))
    child.stdout.on('data', (chunk: Buffer) => {
      const address = /http:\/\/127\.0\.0\.1:\d+/.exec(chunk.toString())?.[0]
      if (address) resolve(address)
    })
  })
}

const agent = new Agent({ keepAlive: true, maxSockets: CALLERS })

function fetchText(url: string, headers: Record<string, string>): Promise<string> {
  return new Promise((resolve, reject) => {
    get(url, { agent, headers }, (answer) => {
      const chunks: Buffer[] = []
      answer.on('data', (chunk: Buffer) => chunks.push(chunk))
      answer.on('end', () => {
        const text = Buffer.concat(chunks).toString()
        if (answer.statusCode === 200) resolve(text)
        else reject(new Error(`${answer.statusCode} ${text.slice(0, 300)}`))
      })
    }).on('error', reject)
  })
}

const body = async (url: string, headers: Record<string, string>): Promise<{ items: unknown[]; total: number }> =>
  JSON.parse(await fetchText(url, headers))

/** Answers per second with so many callers at once. */
async function rate(url: string, headers: Record<string, string>): Promise<number> {
  const until = performance.now() + SECONDS * 1000
  const start = performance.now()
  let answered = 0
  await Promise.all(
    Array.from({ length: CALLERS }, async () => {
      while (performance.now() < until) {
        await fetchText(url, headers)
        answered += 1
      }
    }),
  )
  return (answered * 1000) / (performance.now() - start)
}

if (process.argv[2] === '--limit') await answerAlone()
else await compare()
