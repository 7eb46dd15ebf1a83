import { addWorkingDays, addYears } from '#domain/calendar.ts'
import {
  againstConferralDate,
  againstDeciding,
  againstMovingAward,
  againstMovingNotice,
  certificateNumber,
} from '#domain/award.ts'
import { canonical } from '#domain/canonical.ts'
import { nextState } from '#domain/lifecycle.ts'
import { type AwardAction, awardLife, type AwardState } from '#domain/lifecycles/award.ts'
import { noticeLife } from '#domain/lifecycles/notice.ts'
import { moveApplication } from '#server/features/application/actions.ts'
import { brandApplied } from '#server/features/application/documents.ts'
import { findOwnCycle, readCalendar, readCycle } from '#server/features/cycle/store.ts'
import { listOpenBreaches } from '#server/features/precondition/store.ts'
import { moveResult } from '#server/features/review/actions.ts'
import { againstBrokenReview } from '#server/features/review/store.ts'
import { changedOne, demand, found, Problem, refuse } from '#server/kernel/problem.ts'
import { againstBroken, liftSeal, sealRow } from '#server/kernel/seal.ts'
import { sha256, type Work } from '#server/kernel/work.ts'
import {
  againstConferring,
  againstDrafting,
  type Certificate,
  countOpenObjections,
  findAward,
  findLatestResult,
  findNotice,
  listRanked,
  type NamesOfStage,
  readQuota,
} from './store.ts'

export interface Decision {
  heldOn: string
  attendees: string
  minutes: string
  grades: { applicationId: string; grade: string }[]
}

/** Records what the deciding meeting chose, with its minutes; those not chosen are told once the names are conferred. */
export async function decide(work: Work, resultId: string, decision: Decision): Promise<{ ok: true }> {
  const cycle = await findOwnCycle(work)
  const result = found(await findLatestResult(work.db, cycle.id))
  if (result.id !== resultId) throw refuse('stateChanged', '评审结果已重新计算，请刷新后以最新结果审定。')
  demand(await againstBrokenReview(work.db, cycle))
  const ranked = await listRanked(work.db, cycle.id)
  const { settings } = cycle
  demand(
    againstDeciding(work.actor, {
      bureauId: cycle.bureauId,
      resultState: result.state,
      quota: await readQuota(work.db, cycle),
      grades: settings.grades,
      rankedIds: ranked.map((one) => one.applicationId),
      chosen: decision.grades,
      breached: await namesOfBreached(work, cycle.id, ranked, decision),
    }),
  )
  const { grades, ...minutes } = decision
  await moveResult(work, result, 'decide', { minutes: JSON.stringify(minutes), decidedAt: work.now })
  for (const { applicationId, grade } of grades) {
    const application = found(ranked.find((one) => one.applicationId === applicationId))
    const id = work.newId()
    await work.tx
      .insertInto('award')
      .values({
        id,
        bureauId: cycle.bureauId,
        cycleId: cycle.id,
        schoolId: application.schoolId,
        applicationId,
        resultId,
        grade,
        state: awardLife.first,
        documentNumber: null,
        certificateNumber: null,
        certificate: null,
        certificateDigest: null,
        conferredOn: null,
        validUntil: null,
        revokedReason: null,
        createdAt: work.now,
        updatedAt: work.now,
      })
      .execute()
    await sealRow(work, 'award', id)
    await changeAward(work, { id, schoolId: application.schoolId, state: awardLife.first }, 'decide')
  }
  return { ok: true }
}

async function namesOfBreached(
  work: Work,
  cycleId: string,
  ranked: Awaited<ReturnType<typeof listRanked>>,
  { grades }: Decision,
): Promise<string[]> {
  const chosen = ranked.filter((one) => grades.some(({ applicationId }) => applicationId === one.applicationId))
  const open = await listOpenBreaches(
    work.db,
    chosen.map((one) => one.schoolId),
    cycleId,
  )
  return chosen.filter((one) => open.some(({ schoolId }) => schoolId === one.schoolId)).map((one) => one.schoolName)
}

/** The text of a notice is composed from the year's own words; names go by stage, never by place (rule 11). */
export async function composeNotice(work: Work, year?: number): Promise<{ id: string }> {
  const cycle = await findOwnCycle(work, year)
  const result = await findLatestResult(work.db, cycle.id)
  const existing = await work.db.selectFrom('notice').select('state').where('cycleId', '=', cycle.id).executeTakeFirst()
  demand(againstDrafting(result?.state, existing?.state))
  demand(await againstBrokenReview(work.db, cycle))
  demand(await againstBroken(work.db, 'award', { cycleId: cycle.id }))
  const chosen = await work.db
    .selectFrom('award')
    .innerJoin('school', 'school.id', 'award.schoolId')
    .leftJoin('brand', 'brand.schoolId', 'award.schoolId')
    .innerJoin('application', 'application.id', 'award.applicationId')
    .select(['school.name as schoolName', 'school.stage', 'brand.name as brandName', 'application.frozen'])
    .where('award.cycleId', '=', cycle.id)
    .where('award.state', '=', 'decided')
    .orderBy('school.stage')
    .orderBy('school.name')
    .execute()
  const id = work.newId()
  await work.tx
    .insertInto('notice')
    .values({
      id,
      bureauId: cycle.bureauId,
      cycleId: cycle.id,
      title: `关于拟授予“${cycle.awardTitle}”学校名单的公示`,
      body: `经学校申报、资格审核、专家评审、群众测评和会议审定，拟授予下列 ${chosen.length} 所学校“${cycle.awardTitle}”。现予公示，接受监督。名单按学段排列，不分先后。\n公示期间，单位和个人可以在本页实名提出异议，请写明事实和依据。我们为提出人保密，并在核查后答复。`,
      names: JSON.stringify(byStage(chosen)),
      state: noticeLife.first,
      postedOn: null,
      endsOn: null,
      endedAt: null,
      createdAt: work.now,
      updatedAt: work.now,
    })
    .execute()
  work.record('notice.drafted', 'notice', id, { names: chosen.length })
  return { id }
}

function byStage(
  rows: { schoolName: string; stage: string; brandName: string | null; frozen: string | null }[],
): NamesOfStage[] {
  const stages = new Map<string, NamesOfStage>()
  for (const { stage, schoolName, ...brand } of rows) {
    const group = stages.get(stage) ?? { stage, schools: [] }
    group.schools.push({ schoolName, brandName: brandApplied(brand) })
    stages.set(stage, group)
  }
  return [...stages.values()]
}

export async function saveNoticeText(
  work: Work,
  id: string,
  { updatedAt, ...words }: { title: string; body: string; updatedAt: string },
): Promise<{ updatedAt: string }> {
  const notice = await findNotice(work, id)
  if (notice.state === 'draft' && notice.updatedAt !== updatedAt)
    throw refuse('stateChanged', '公示文字刚才已有人保存过。您填写的内容还在本页，请先核对最新内容再保存。')
  changedOne(
    await work.tx
      .updateTable('notice')
      .set({ ...words, updatedAt: work.now })
      .where('id', '=', notice.id)
      .where('state', '=', 'draft')
      .where('updatedAt', '=', updatedAt)
      .executeTakeFirstOrThrow(),
  )
  work.record('notice.saved', 'notice', id)
  return { updatedAt: work.now }
}

/** Posts the notice: its last day is counted in working days, the posting day not counted (rule 12). */
export async function post(work: Work, id: string): Promise<{ endsOn: string }> {
  const notice = await findNotice(work, id)
  demand(againstMovingNotice(work.actor, notice, 'post', { today: work.today, openObjections: 0 }))
  const cycle = await readCycle(work.db, notice.cycleId)
  const endsOn = addWorkingDays(work.today, cycle.settings.noticeDays, await readCalendar(work.db))
  if (typeof endsOn !== 'string') throw new Problem([endsOn.refused])
  const result = found(await findLatestResult(work.db, notice.cycleId))
  await moveResult(work, result, 'notice', {})
  changedOne(
    await work.tx
      .updateTable('notice')
      .set({ state: 'posted', postedOn: work.today, endsOn })
      .where('id', '=', id)
      .where('state', '=', notice.state)
      .executeTakeFirstOrThrow(),
  )
  const digest = await sealRow(work, 'notice', id)
  work.record('notice.post', 'notice', id, { from: notice.state, to: 'posted', endsOn, digest })
  await changeAwards(work, notice.cycleId, 'decided', 'publicise')
  return { endsOn }
}

export async function end(work: Work, id: string): Promise<{ ok: true }> {
  const notice = await findNotice(work, id)
  const openObjections = await countOpenObjections(work.db, id)
  demand(againstMovingNotice(work.actor, notice, 'end', { today: work.today, openObjections }))
  await liftSeal(work, 'notice', id)
  changedOne(
    await work.tx
      .updateTable('notice')
      .set({ state: 'ended', endedAt: work.now })
      .where('id', '=', id)
      .where('state', '=', notice.state)
      .executeTakeFirstOrThrow(),
  )
  const digest = await sealRow(work, 'notice', id)
  work.record('notice.end', 'notice', id, { from: notice.state, to: 'ended', digest })
  const result = found(await findLatestResult(work.db, notice.cycleId))
  await moveResult(work, result, 'finish', {})
  await tellWithoutConferral(work, notice.cycleId)
  return { ok: true }
}

/** When every name was taken back before the conferral, there is none that would tell the schools. */
async function tellWithoutConferral(work: Work, cycleId: string): Promise<void> {
  const left = await work.db
    .selectFrom('award')
    .select('id')
    .where('cycleId', '=', cycleId)
    .where('state', '=', 'publicised')
    .executeTakeFirst()
  if (!left) await tellOutcomes(work, cycleId, new Set())
}

async function tellOutcomes(work: Work, cycleId: string, named: ReadonlySet<string>): Promise<void> {
  for (const { applicationId: id, schoolId } of await listRanked(work.db, cycleId))
    await moveApplication(work, { id, schoolId, state: 'ranked' }, named.has(id) ? 'award' : 'notAward')
}

async function changeAwards(work: Work, cycleId: string, from: AwardState, action: AwardAction): Promise<void> {
  const rows = await work.db
    .selectFrom('award')
    .select(['id', 'schoolId'])
    .where('cycleId', '=', cycleId)
    .where('state', '=', from)
    .execute()
  for (const row of rows) await changeAward(work, { ...row, state: from }, action)
}

async function changeAward(
  work: Work,
  award: { id: string; schoolId: string; state: AwardState },
  action: AwardAction,
  values: Partial<{
    documentNumber: string
    certificateNumber: string
    certificate: string
    certificateDigest: string
    conferredOn: string
    validUntil: string
    revokedReason: string
  }> = {},
): Promise<void> {
  const to = nextState(awardLife, award.state, action)
  if (!to) throw refuse('notInThisState')
  await liftSeal(work, 'award', award.id, values.revokedReason ?? '')
  changedOne(
    await work.tx
      .updateTable('award')
      .set({ state: to, updatedAt: work.now, ...values })
      .where('id', '=', award.id)
      .where('state', '=', award.state)
      .executeTakeFirstOrThrow(),
  )
  const digest = await sealRow(work, 'award', award.id)
  const { schoolId } = award
  work.record(`award.${action}`, 'award', award.id, { schoolId, from: award.state, to, ...values, digest })
}

/** Confers everything that came through its notice: certificates get consecutive numbers, the applications their outcome. */
export async function confer(
  work: Work,
  act: { documentNumber: string; conferredOn: string },
  year?: number,
): Promise<{ conferred: number }> {
  const cycle = await findOwnCycle(work, year)
  const result = await findLatestResult(work.db, cycle.id)
  const notice = await work.db
    .selectFrom('notice')
    .select(['state', 'endsOn'])
    .where('cycleId', '=', cycle.id)
    .orderBy('createdAt', 'desc')
    .executeTakeFirst()
  demand([
    ...againstConferring(result?.state, notice),
    ...againstConferralDate(act.conferredOn, { today: work.today, noticeEnds: notice?.endsOn ?? null }),
  ])
  const rows = await work.db
    .selectFrom('award')
    .innerJoin('school', 'school.id', 'award.schoolId')
    .innerJoin('organization', 'organization.id', 'award.bureauId')
    .leftJoin('brand', 'brand.schoolId', 'award.schoolId')
    .select(['award.id', 'award.schoolId', 'award.applicationId', 'award.grade', 'school.name as schoolName'])
    .innerJoin('application', 'application.id', 'award.applicationId')
    .select(['brand.name as brandName', 'organization.name as bureauName', 'application.frozen'])
    .where('award.cycleId', '=', cycle.id)
    .where('award.state', '=', 'publicised')
    .orderBy('school.stage')
    .orderBy('school.name')
    .execute()
  if (rows.length === 0) throw refuse('stateChanged', '没有等待授予的学校，请刷新页面。')
  const validUntil = addYears(act.conferredOn, cycle.settings.awardYears)
  for (const row of rows) {
    const number = certificateNumber(cycle.year, await takeSerial(work, cycle.bureauId, cycle.year))
    // A school that is renamed later keeps the certificate that it was given.
    const said: Certificate = {
      number,
      year: cycle.year,
      schoolName: row.schoolName,
      brandName: brandApplied(row),
      awardTitle: cycle.awardTitle,
      grade: row.grade,
      bureauName: row.bureauName,
      ...act,
      validUntil,
    }
    const certificate = canonical(said)
    await changeAward(work, { id: row.id, schoolId: row.schoolId, state: 'publicised' }, 'confer', {
      ...act,
      validUntil,
      certificateNumber: number,
      certificate,
      certificateDigest: sha256(certificate),
    })
  }
  await tellOutcomes(work, cycle.id, new Set(rows.map((row) => row.applicationId)))
  return { conferred: rows.length }
}

/** The next serial of a bureau and year; the row is the lock, so that numbers are consecutive and used once (I10). */
async function takeSerial(work: Work, bureauId: string, year: number): Promise<number> {
  const row = await work.tx
    .insertInto('certificateCounter')
    .values({ bureauId, year, last: 1 })
    .onConflict((conflict) =>
      conflict.columns(['bureauId', 'year']).doUpdateSet((eb) => ({ last: eb('certificateCounter.last', '+', 1) })),
    )
    .returning('last')
    .executeTakeFirstOrThrow()
  return row.last
}

export async function revoke(work: Work, id: string, reason: string): Promise<{ ok: true }> {
  const award = await findAward(work, id)
  demand(againstMovingAward(work.actor, award, 'revoke'))
  await changeAward(work, award, 'revoke', { revokedReason: reason })
  const result = await findLatestResult(work.db, award.cycleId)
  if (result?.state === 'final') await tellWithoutConferral(work, award.cycleId)
  return { ok: true }
}
