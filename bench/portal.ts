import { type Actor, system } from '#domain/base/actor.ts'
import { pillars } from '#domain/base/pillar.ts'
import { publishBrand } from '#server/brand/brand/actions.ts'
import { uuidv7 } from '#server/kernel/clock.ts'
import { inWork, type Work } from '#server/kernel/work.ts'
import { type District, entryAt, keepEntries, makeDistrict, openHere, withDataDir } from './district.ts'
import { alternate, compared, type Finding, findingOf, load, startProcess, startServer } from './measure.ts'

// Public pages drawn from the database, against Fastify answering a constant page of the same size.

const CALLERS = 8
const ROUNDS = 5
const SECONDS = 1.2
const GOAL = 0.5
const ENTRIES = 5_000

export const drivePortal = (): Promise<Finding> =>
  withDataDir('portal', async (dataDir) => {
    const { brandId, planId } = await prepare(dataDir)
    const ours = await startServer({ dataDir })
    const pages = [
      { name: 'brand page', path: `/brands/${brandId}`, size: 0 },
      { name: 'plan page', path: `/plans/${planId}`, size: 0 },
      { name: 'list page', path: '/brands', size: 0 },
    ]
    for (const one of pages) one.size = await sizeOf(`${ours.url}${one.path}`)
    const limit = await startProcess({
      args: ['bench/limit/pages.ts'],
      env: { SIZES: pages.map((one) => one.size).join(',') },
    })
    const results = []
    for (const [index, one] of pages.entries()) {
      const drive = (url: string) => async () => (await load({ url, callers: CALLERS, seconds: SECONDS })).rate
      const runs = await alternate(ROUNDS, drive(`${ours.url}${one.path}`), drive(`${limit.url}/${index}`))
      results.push({ name: one.name, size: one.size, ...compared(runs) })
    }
    await ours.stop()
    await limit.stop()
    return findingOf(
      { bench: 'portal', goal: GOAL, better: 'more' },
      results,
      (one) =>
        `${one.name} (${one.size} bytes): ${one.ours.toFixed(0)}/s, limit ${one.limit.toFixed(0)}/s, ratio ${one.ratio.toFixed(2)}`,
    )
  })

async function sizeOf(url: string): Promise<number> {
  const answer = await fetch(url)
  const text = await answer.text()
  if (answer.status !== 200) throw new Error(`${url} answered ${answer.status}: ${text.slice(0, 300)}`)
  return Buffer.byteLength(text)
}

/** Every school with a published brand and plan, its ledger and a few answered comments. */
async function prepare(dataDir: string): Promise<{ brandId: string; planId: string }> {
  const house = await openHere(dataDir)
  const district = await makeDistrict(house)
  const made = await inWork(house, system, async (work) => {
    const ids: { brandId: string; planId: string }[] = []
    for (const [index, schoolId] of district.schoolIds.entries()) {
      const brandId = await addBrand(work, district, { schoolId, name: `红旗渠畔第 ${index + 1} 号品牌` })
      await publishBrand(work, schoolId)
      ids.push({ brandId, planId: await addPlan(work, district, schoolId) })
    }
    return ids
  })
  const at = house.clock.now()
  await keepEntries(
    house,
    Array.from({ length: ENTRIES }, (_, index) => entryAt(index, uuidv7(at), district)),
  )
  await house.database.close()
  const first = made[0]
  if (!first) throw new Error('the district has no school')
  return first
}

const paragraph =
  '立足本校历史和学科特点，把党的组织生活、师德建设和课堂育人连成一体，让每一名师生都能说出品牌的来历和做法。'

async function addBrand(
  work: Work<Actor>,
  district: District,
  { schoolId, name }: { schoolId: string; name: string },
): Promise<string> {
  const id = work.newId()
  const texts = { concept: paragraph.repeat(2), connotation: paragraph.repeat(6), slogan: '一渠清水润童心' }
  const blank = { categoryId: null, logoFileId: null, publishedAt: null, version: 1 }
  const times = { createdAt: work.now, updatedAt: work.now }
  await work.tx
    .insertInto('brand')
    .values({
      id,
      schoolId,
      bureauId: district.bureauId,
      name,
      localResources: '["红旗渠精神"]',
      ...texts,
      ...blank,
      ...times,
    })
    .execute()
  return id
}

/** A published plan of usual size: eight tasks, four promises, ten comments. */
async function addPlan(work: Work<Actor>, { bureauId, cycleId, clerk }: District, schoolId: string): Promise<string> {
  const planId = work.newId()
  const area = { highlights: paragraph, weakPoints: paragraph }
  await work.tx
    .insertInto('plan')
    .values({
      id: planId,
      schoolId,
      cycleId,
      bureauId,
      version: 1,
      state: 'published',
      diagnosis: JSON.stringify({ membership: area, education: area, democracy: area, institutions: area }),
      entryPoint: paragraph,
      goals: paragraph.repeat(3),
      commitment: paragraph,
      noBudgetReason: '',
      signedAt: work.now,
      signedBy: clerk.personId,
      acceptedAt: work.now,
      acceptedBy: clerk.personId,
      publishedAt: work.now,
      returnReason: null,
      reviseReason: null,
      digest: null,
      createdAt: work.now,
      updatedAt: work.now,
    })
    .execute()
  const part = (sortOrder: number) => {
    const id = work.newId()
    return { id, rootId: id, planId, schoolId, sortOrder }
  }
  const tasks = Array.from({ length: 8 }, (_, at) => ({
    ...part(at),
    pillar: pillars[at % pillars.length] ?? 'activity',
    content: '党员教师示范课',
    measure: paragraph,
    ownerName: '教务处',
    startsOn: null,
    dueOn: work.today,
    expectedResult: '每学期四次',
    progress: at * 10,
    progressNote: '',
    doneOn: null,
    removedAt: null,
  }))
  await work.tx.insertInto('task').values(tasks).execute()
  const promises = Array.from({ length: 4 }, (_, at) => ({
    ...part(at),
    content: '每学期向家长开放一次课堂。',
    state: 'open' as const,
    explanation: '',
    fileId: null,
    decidedAt: null,
  }))
  await work.tx.insertInto('promise').values(promises).execute()
  const comments = Array.from({ length: 10 }, (_, at) => ({
    id: work.newId(),
    planId,
    schoolId,
    bureauId,
    planVersion: 1,
    nickname: `家长${at + 1}`,
    relation: 'parent',
    content: paragraph,
    state: at % 2 === 0 ? ('answered' as const) : ('received' as const),
    receivedAt: work.now,
    shownAt: work.now,
    dueOn: work.today,
    answer: at % 2 === 0 ? paragraph : null,
    answeredAt: at % 2 === 0 ? work.now : null,
    answeredBy: at % 2 === 0 ? clerk.personId : null,
    hiddenReason: null,
    hiddenOn: null,
    correctedAt: null,
    judgedAt: work.now,
    heldFor: '',
    contentHash: `${planId}:${at}`,
    receiptHash: `${planId}:${at}`,
  }))
  await work.tx.insertInto('comment').values(comments).execute()
  return planId
}
