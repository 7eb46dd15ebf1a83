import { z } from 'zod'
import { type Actor, isOffice } from '#domain/actor.ts'
import { dateInWords } from '#domain/calendar.ts'
import { againstMovingAward, againstMovingNotice, quotaOf } from '#domain/award.ts'
import { movesOf } from '#domain/lifecycle.ts'
import { awardLife, type AwardState } from '#domain/lifecycles/award.ts'
import { noticeLife, type NoticeState } from '#domain/lifecycles/notice.ts'
import type { ResultState } from '#domain/lifecycles/result.ts'
import { type Refusal, refusal } from '#domain/refusal.ts'
import { chosenCycle, currentCycle, findOwnCycle } from '#server/features/cycle/store.ts'
import type { Todo } from '#server/features/planList/store.ts'
import { standingResult } from '#server/features/review/store.ts'
import { found } from '#server/kernel/problem.ts'
import { againstBroken } from '#server/kernel/seal.ts'
import type { Look, ReadOnly } from '#server/kernel/work.ts'

/** The newest result of a year: corrections make a new one that points to the old. */
export async function findLatestResult(db: ReadOnly, cycleId: string) {
  const row = await standingResult(db, cycleId)
    .select(['id', 'bureauId', 'cycleId', 'state', 'minutes', 'digest'])
    .executeTakeFirst()
  return row && { ...row, state: row.state as ResultState }
}

export async function readQuota(
  db: ReadOnly,
  cycle: { id: string; bureauId: string; settings: { awardShareOfApplicants: number; awardShareOfSchools: number } },
) {
  const applicants = await db
    .selectFrom('application')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('cycleId', '=', cycle.id)
    .where('state', 'not in', ['draft', 'refused', 'withdrawn'])
    .executeTakeFirst()
  const schools = await db
    .selectFrom('school')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('bureauId', '=', cycle.bureauId)
    .where('retiredAt', 'is', null)
    .executeTakeFirst()
  return quotaOf(
    { applicants: Number(applicants?.count ?? 0), schools: Number(schools?.count ?? 0) },
    { applicants: cycle.settings.awardShareOfApplicants, schools: cycle.settings.awardShareOfSchools },
  )
}

/** Applications whose review is done, by stage and name: never by rank (rule 11). */
export function listRanked(db: ReadOnly, cycleId: string) {
  return db
    .selectFrom('application')
    .innerJoin('school', 'school.id', 'application.schoolId')
    .leftJoin('brand', 'brand.schoolId', 'application.schoolId')
    .select([
      'application.id as applicationId',
      'application.schoolId',
      'application.state',
      'school.name as schoolName',
      'school.stage',
      'brand.name as brandName',
    ])
    .where('application.cycleId', '=', cycleId)
    .where('application.state', '=', 'ranked')
    .orderBy('school.stage')
    .orderBy('school.name')
    .execute()
}

const awards = (db: ReadOnly) =>
  db
    .selectFrom('award')
    .innerJoin('school', 'school.id', 'award.schoolId')
    .leftJoin('brand', 'brand.schoolId', 'award.schoolId')
    .selectAll('award')
    .select(['school.name as schoolName', 'school.stage', 'brand.name as brandName'])

type AwardFound = Awaited<ReturnType<ReturnType<typeof awards>['execute']>>[number]

const shownAward = (actor: Actor, row: AwardFound) => ({
  id: row.id,
  schoolId: row.schoolId,
  schoolName: row.schoolName,
  stage: row.stage,
  brandName: row.brandName ?? '',
  grade: row.grade,
  state: row.state,
  certificateNumber: row.certificateNumber,
  documentNumber: row.documentNumber,
  conferredOn: row.conferredOn,
  validUntil: row.validUntil,
  revokedReason: row.revokedReason,
  moves: isOffice(actor, row.bureauId)
    ? movesOf(awardLife, row.state as AwardState, (action) =>
        againstMovingAward(actor, { bureauId: row.bureauId, state: row.state as AwardState }, action),
      )
    : {},
})

export async function findAward(look: Look, id: string) {
  const row = found(
    await awards(look.db)
      .where('award.id', '=', id)
      .where('award.bureauId', '=', look.actor.bureauId ?? '')
      .executeTakeFirst(),
  )
  return { ...row, state: row.state as AwardState }
}

export async function listOwn(look: Look, schoolId: string, year?: number) {
  const cycle = await chosenCycle(look, year)
  const rows = await awards(look.db)
    .$if(cycle !== undefined, (eb) => eb.where('award.cycleId', '=', cycle?.id ?? ''))
    .where('award.schoolId', '=', schoolId)
    // What was taken back during the notice had never been an honour.
    .where('award.certificateNumber', 'is not', null)
    .orderBy('award.conferredOn', 'desc')
    .execute()
  return rows.map((row) => shownAward(look.actor, row))
}

const certificateShape = z.object({
  number: z.string(),
  year: z.int(),
  schoolName: z.string(),
  brandName: z.string(),
  awardTitle: z.string(),
  grade: z.string(),
  bureauName: z.string(),
  documentNumber: z.string(),
  conferredOn: z.string(),
  validUntil: z.string(),
})
/** What a certificate says, as it was conferred. */
export type Certificate = z.infer<typeof certificateShape>

export async function findCertificate(db: ReadOnly, number: string) {
  const row = await db
    .selectFrom('award')
    .select(['id', 'bureauId', 'schoolId', 'state', 'revokedReason', 'certificate', 'certificateDigest'])
    .where('certificateNumber', '=', number)
    .executeTakeFirst()
  if (!row?.certificate) return undefined
  const { certificate, ...award } = row
  const broken = await againstBroken(db, 'award', { id: row.id })
  return { ...award, broken, says: certificateShape.parse(JSON.parse(certificate)) }
}

export async function readNamingState(look: Look, year?: number) {
  const cycle = await findOwnCycle(look, year)
  const result = await findLatestResult(look.db, cycle.id)
  const candidates = await listRanked(look.db, cycle.id)
  const rows = await awards(look.db)
    .where('award.cycleId', '=', cycle.id)
    .orderBy('school.stage')
    .orderBy('school.name')
    .execute()
  const notice = await look.db
    .selectFrom('notice')
    .select(['id', 'state', 'endsOn'])
    .where('cycleId', '=', cycle.id)
    .orderBy('createdAt', 'desc')
    .executeTakeFirst()
  return {
    cycleId: cycle.id,
    cycleTitle: cycle.title,
    awardTitle: cycle.awardTitle,
    grades: cycle.settings.grades,
    quota: await readQuota(look.db, cycle),
    result: result ? { id: result.id, state: result.state, minutes: result.minutes } : null,
    candidates: candidates.map(({ applicationId, schoolName, stage, brandName }) => ({
      applicationId,
      schoolName,
      stage,
      brandName: brandName ?? '',
    })),
    awards: rows.map((row) => shownAward(look.actor, row)),
    notice: notice ?? null,
    decideReasons:
      result?.state === 'sealed'
        ? []
        : [refusal('notInThisState', '评审结果封存后才能登记审定决定。', { href: '/console/ranking' })],
    noticeReasons: againstDrafting(result?.state, notice?.state),
    conferReasons: againstConferring(result?.state, notice),
  }
}

/** A notice is drafted once from a decided result. */
export function againstDrafting(result: ResultState | undefined, notice: string | undefined): Refusal[] {
  if (notice !== undefined) return [refusal('alreadyExists', '本年度的公示已经起草。')]
  return result === 'decided' ? [] : [refusal('notInThisState', '登记审定决定后才能起草公示。')]
}

export function againstConferring(result: ResultState | undefined, notice: { state: string } | undefined): Refusal[] {
  if (notice?.state !== 'ended') return [refusal('notInThisState', '公示结束、异议全部答复后才能授予。')]
  return result === 'final' ? [] : [refusal('notInThisState', '评审结果还没有生效。')]
}

export async function countOpenObjections(db: ReadOnly, noticeId: string): Promise<number> {
  const row = await db
    .selectFrom('objection')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('noticeId', '=', noticeId)
    .where('state', '!=', 'replied')
    .executeTakeFirst()
  return Number(row?.count ?? 0)
}

export interface NamesOfStage {
  stage: string
  schools: { schoolName: string; brandName: string }[]
}

export async function findNotice(look: Look, id: string) {
  const row = found(
    await look.db
      .selectFrom('notice')
      .selectAll()
      .where('id', '=', id)
      .where('bureauId', '=', look.actor.bureauId ?? '')
      .executeTakeFirst(),
  )
  return { ...row, state: row.state as NoticeState, names: JSON.parse(row.names) as NamesOfStage[] }
}

export async function readNoticeDetail(look: Look, id: string) {
  const { bureauId, cycleId: _cycle, endedAt: _ended, createdAt: _created, ...notice } = await findNotice(look, id)
  const openObjections = await countOpenObjections(look.db, id)
  const facts = { today: look.today, openObjections }
  return {
    ...notice,
    openObjections,
    moves: movesOf(noticeLife, notice.state, (action) =>
      againstMovingNotice(look.actor, { bureauId, ...notice }, action, facts),
    ),
  }
}

/** Posted and ended notices for the public, newest first. */
export function listPublicNotices(db: ReadOnly) {
  return db
    .selectFrom('notice')
    .select(['id', 'title', 'state', 'postedOn', 'endsOn'])
    .where('state', 'in', ['posted', 'ended'])
    .orderBy('postedOn', 'desc')
    .limit(100)
    .execute()
}

export async function findPublicNotice(db: ReadOnly, id: string) {
  const row = found(
    await db
      .selectFrom('notice')
      .selectAll()
      .where('id', '=', id)
      .where('state', 'in', ['posted', 'ended'])
      .executeTakeFirst(),
  )
  return { ...row, state: row.state as NoticeState, names: JSON.parse(row.names) as NamesOfStage[] }
}

/** What naming asks of this person now: the office's next step, and objections to admit, check or answer. */
export async function listAwardTodos(look: Look): Promise<Todo[]> {
  return [...(await listNamingTodos(look)), ...(await listObjectionTodos(look))]
}

async function listNamingTodos(look: Look): Promise<Todo[]> {
  const bureauId = look.actor.bureauId ?? ''
  if (!isOffice(look.actor, bureauId)) return []
  const cycle = await currentCycle(look.db, bureauId)
  if (cycle?.state !== 'open') return []
  const result = await findLatestResult(look.db, cycle.id)
  const notice = await look.db
    .selectFrom('notice')
    .select(['id', 'state', 'endsOn'])
    .where('cycleId', '=', cycle.id)
    .orderBy('createdAt', 'desc')
    .executeTakeFirst()
  const base = { id: `naming:${cycle.id}`, kind: 'naming', href: '/console/naming' }
  if (result?.state === 'sealed')
    return [{ ...base, title: '评审结果待审定', detail: '请登记审定会议的决定和拟命名名单。' }]
  if (result?.state === 'decided' && !notice) return [{ ...base, title: '公示待起草', detail: '名单已经审定。' }]
  if (!notice) return []
  const href = `/console/notices/${notice.id}`
  if (notice.state === 'draft') return [{ ...base, href, title: '公示待发布', detail: '核对文字后发布。' }]
  if (notice.state === 'posted') {
    const open = await countOpenObjections(look.db, notice.id)
    if (notice.endsOn === null || look.today <= notice.endsOn || open > 0) return []
    return [
      { ...base, href, title: '公示可以结束', detail: `公示已于${dateInWords(notice.endsOn)}到期，异议都已答复。` },
    ]
  }
  const waiting = await look.db
    .selectFrom('award')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('cycleId', '=', cycle.id)
    .where('state', '=', 'publicised')
    .executeTakeFirst()
  const count = Number(waiting?.count ?? 0)
  return count > 0 ? [{ ...base, title: '等待授予', detail: `公示已结束，有 ${count} 所学校等待发文授予。` }] : []
}

const objectionSteps: Readonly<Record<string, string>> = {
  received: '异议待受理',
  admitted: '异议待指定核查人',
  decided: '异议待答复',
  notAdmitted: '异议待答复',
}

async function listObjectionTodos(look: Look): Promise<Todo[]> {
  const bureauId = look.actor.bureauId ?? ''
  const rows = await look.db
    .selectFrom('objection')
    .innerJoin('notice', 'notice.id', 'objection.noticeId')
    .select(['objection.id', 'objection.state', 'objection.content', 'objection.handlerId', 'notice.endsOn'])
    .where('objection.bureauId', '=', bureauId)
    .where('objection.state', '!=', 'replied')
    .orderBy('objection.receivedAt')
    .limit(100)
    .execute()
  const office = isOffice(look.actor, bureauId)
  return rows.flatMap((row): Todo[] => {
    const handles = row.state === 'assigned' && row.handlerId !== null && row.handlerId === look.actor.personId
    const title = handles ? '异议待核查' : office ? objectionSteps[row.state] : undefined
    if (!title) return []
    const words = [...row.content]
    return [
      {
        id: `objection:${row.id}`,
        kind: handles ? 'objectionToCheck' : 'objection',
        title,
        detail: words.length > 40 ? `${words.slice(0, 40).join('')}…` : row.content,
        ...(row.endsOn ? { dueDate: row.endsOn } : {}),
        href: '/console/objections',
      },
    ]
  })
}
