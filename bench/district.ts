import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Actor, type Role, system } from '#domain/base/actor.ts'
import defaultStandard from '#domain/year/default-standard.json' with { type: 'json' }
import { pillars } from '#domain/base/pillar.ts'
import { emptyContent } from '#domain/ledger/entryContent.ts'
import type { EntryRow } from '#server/db/tables/ledger.ts'
import { addPerson } from '#server/identity/access/actions.ts'
import { addStandard, createCycle } from '#server/year/cycle/actions.ts'
import { enterHolidays, openYear } from '#server/yearTurn.ts'
import { readCalendar } from '#server/year/cycle/queries.ts'
import { addZone } from '#server/schools/division/actions.ts'
import { addOrganization, addSchool } from '#server/schools/organization/actions.ts'
import { COOKIE, openSession } from '#server/kernel/session.ts'
import { type House, inWork, type Work } from '#server/kernel/work.ts'
import { openHouse } from '#server/main.ts'
import { noticeOf } from '#tests/world/calendar.ts'

const SCHOOLS = 49

/** Runs with a data folder of its own that is gone afterwards. */
export async function withDataDir<T>(name: string, run: (dataDir: string) => Promise<T>): Promise<T> {
  const dataDir = mkdtempSync(join(tmpdir(), `yipin-bench-${name}-`))
  try {
    return await run(dataDir)
  } finally {
    rmSync(dataDir, { recursive: true, force: true })
  }
}

/** Opens the data folder in this process, as the server and the scripts do. */
export const openHere = (dataDir: string): Promise<House> =>
  openHouse({
    port: 0,
    host: '127.0.0.1',
    dataDir,
    databaseUrl: undefined,
    publicUrl: 'http://127.0.0.1',
    logLevel: 'silent',
    trustProxy: false,
    ballot: {},
  })

export interface Seat {
  name: string
  personId: string
  token: string
  cookie: string
}

export interface District {
  bureauId: string
  schoolIds: string[]
  cycleId: string
  standardId: string
  office: Seat
  clerk: Seat
  now: string
  today: string
}

/** A district in its open year: the schools, one person of the office and the clerk of the first school, both signed in. */
export const makeDistrict = (house: House, schools = SCHOOLS): Promise<District> =>
  inWork(house, system, (work) => furnish(work, schools))

async function furnish(work: Work<Actor>, schools: number): Promise<District> {
  const bureauId = await addOrganization(work, { level: 'district', name: '演示区教育局' })
  const zoneId = await addZone(work, bureauId, '第一片区')
  const common = { bureauId, zoneId, stage: '小学', ownership: '公办', partyKind: '党支部', secretaryName: '书记' }
  const counts = { memberCount: 20, staffCount: 60, studentCount: 900 }
  const schoolIds: string[] = []
  for (let at = 1; at <= schools; at += 1)
    schoolIds.push(await addSchool(work, { ...common, ...counts, name: `演示第${at}小学` }))
  const standardId = await addStandard(work, bureauId, defaultStandard.title, defaultStandard)
  const year = Number(work.today.slice(0, 4))
  // The year is that of the machine's clock, which the bundled calendar need not know.
  const known = await readCalendar(work.db)
  for (const one of [year, year + 1])
    if (!known.some((notice) => notice.year === one)) await enterHolidays(work, one, noticeOf(one))
  const cycleId = await createCycle(work, {
    bureauId,
    year,
    title: `${year} 年度`,
    awardTitle: '成果奖',
    outcomeKind: 'award',
    applyFrom: work.today,
    applyUntil: `${year}-12-31`,
    standardId,
  })
  await openYear(work, cycleId)
  const office = await seat(work, { bureauId, role: 'office', organizationId: bureauId })
  const clerk = await seat(work, { bureauId, role: 'clerk', organizationId: schoolIds[0] ?? '' })
  return { bureauId, schoolIds, cycleId, standardId, office, clerk, now: work.now, today: work.today }
}

async function seat(work: Work<Actor>, at: { bureauId: string; role: Role; organizationId: string }): Promise<Seat> {
  const { bureauId, role, organizationId } = at
  const personId = await addPerson(work, { bureauId, name: role, loginName: role, grants: [{ role, organizationId }] })
  await work.tx.updateTable('account').set({ mustChange: 0 }).where('personId', '=', personId).execute()
  const token = await openSession(work, personId, { source: '127.0.0.1', device: 'bench' })
  return { name: role, personId, token, cookie: `${COOKIE}=${token}` }
}

/** Filed entries, spread over schools, pillars and days; too many to be typed one by one. */
export function entryAt(index: number, id: string, district: District, content?: string): EntryRow {
  const day = new Date(Date.parse(district.today) - (index % 300) * 86_400_000).toISOString().slice(0, 10)
  const words = '全体党员重温入党誓词，围绕本校品牌开展交流研讨，教师代表发言，学生展示学习成果。'
  return {
    id,
    schoolId: district.schoolIds[index % SCHOOLS] ?? '',
    cycleId: district.cycleId,
    bureauId: district.bureauId,
    state: 'filed',
    ...emptyContent,
    title: `第 ${index} 次主题党日活动`,
    happenedOn: day,
    pillar: pillars[Math.floor(index / SCHOOLS) % pillars.length] ?? 'activity',
    place: '报告厅',
    content: content ?? words.repeat(4),
    memberCount: index % 40,
    teacherCount: index % 80,
    pupilCount: index % 900,
    parentCount: index % 60,
    tags: '["partyLeadership"]',
    isLate: index % 9 === 0 ? 1 : 0,
    frozenBy: null,
    version: 1,
    createdBy: district.clerk.personId,
    filedAt: district.now,
    filedBy: district.clerk.personId,
    createdAt: district.now,
    updatedAt: district.now,
    voidedAt: null,
    voidedBy: null,
    voidReason: null,
    deletedAt: null,
  }
}

const AT_ONCE = 500

/** Writes entries in one transaction. */
export async function keepEntries(house: House, rows: readonly EntryRow[]): Promise<void> {
  await house.database.writer.transaction().execute(async (tx) => {
    for (let at = 0; at < rows.length; at += AT_ONCE)
      await tx
        .insertInto('entry')
        .values(rows.slice(at, at + AT_ONCE))
        .execute()
  })
}
