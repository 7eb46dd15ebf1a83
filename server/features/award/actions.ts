import { randomBytes } from 'node:crypto'
import { addWorkingDays } from '#domain/calendar.ts'
import {
  againstDeciding,
  againstHandler,
  againstMovingAward,
  againstMovingNotice,
  againstMovingObjection,
  againstMovingRecommendation,
  certificateNumber,
} from '#domain/award.ts'
import { canonical } from '#domain/canonical.ts'
import { nextState } from '#domain/lifecycle.ts'
import { type AwardAction, awardLife, type AwardState } from '#domain/lifecycles/award.ts'
import { noticeLife } from '#domain/lifecycles/notice.ts'
import { type ObjectionAction, objectionLife } from '#domain/lifecycles/objection.ts'
import { refusal } from '#domain/refusal.ts'
import {
  type RecommendationAction,
  recommendationLife,
  type RecommendationState,
} from '#domain/lifecycles/recommendation.ts'
import { moveApplication } from '#server/features/application/actions.ts'
import { readCalendar, readCycle } from '#server/features/cycle/store.ts'
import { moveResult } from '#server/features/review/actions.ts'
import { changedOne, demand, found, Problem, refuse } from '#server/kernel/problem.ts'
import { sha256, type Work } from '#server/kernel/work.ts'
import {
  againstConferring,
  againstDrafting,
  countOpenObjections,
  findAward,
  findLatestResult,
  findNotice,
  findObjection,
  listRanked,
  type NamesOfStage,
  ownCycle,
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
  const cycle = await ownCycle(work)
  const result = found(await findLatestResult(work.db, cycle.id))
  if (result.id !== resultId) throw refuse('stateChanged', '评审结果已重新计算，请刷新后以最新结果审定。')
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
        certificateDigest: null,
        conferredOn: null,
        validUntil: null,
        revokedReason: null,
        createdAt: work.now,
        updatedAt: work.now,
      })
      .execute()
    await changeAward(work, { id, schoolId: application.schoolId, state: awardLife.first }, 'decide')
  }
  return { ok: true }
}

/** The text of a notice is composed from the year's own words; names go by stage, never by place (rule 11). */
export async function composeNotice(work: Work): Promise<{ id: string }> {
  const cycle = await ownCycle(work)
  const result = await findLatestResult(work.db, cycle.id)
  const existing = await work.db.selectFrom('notice').select('state').where('cycleId', '=', cycle.id).executeTakeFirst()
  demand(againstDrafting(result?.state, existing?.state))
  const chosen = await work.db
    .selectFrom('award')
    .innerJoin('school', 'school.id', 'award.schoolId')
    .leftJoin('brand', 'brand.schoolId', 'award.schoolId')
    .select(['school.name as schoolName', 'school.stage', 'brand.name as brandName'])
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
    })
    .execute()
  work.record('notice.drafted', 'notice', id, { names: chosen.length })
  return { id }
}

function byStage(rows: { schoolName: string; stage: string; brandName: string | null }[]): NamesOfStage[] {
  const stages = new Map<string, NamesOfStage>()
  for (const { stage, schoolName, brandName } of rows) {
    const group = stages.get(stage) ?? { stage, schools: [] }
    group.schools.push({ schoolName, brandName: brandName ?? '' })
    stages.set(stage, group)
  }
  return [...stages.values()]
}

export async function saveNoticeText(
  work: Work,
  id: string,
  words: { title: string; body: string },
): Promise<{ ok: true }> {
  const notice = await findNotice(work, id)
  changedOne(
    await work.tx
      .updateTable('notice')
      .set(words)
      .where('id', '=', notice.id)
      .where('state', '=', 'draft')
      .executeTakeFirstOrThrow(),
  )
  work.record('notice.saved', 'notice', id)
  return { ok: true }
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
  work.record('notice.post', 'notice', id, { from: notice.state, to: 'posted', endsOn })
  await changeAwards(work, notice.cycleId, 'decided', 'publicise')
  return { endsOn }
}

export async function end(work: Work, id: string): Promise<{ ok: true }> {
  const notice = await findNotice(work, id)
  const openObjections = await countOpenObjections(work.db, id)
  demand(againstMovingNotice(work.actor, notice, 'end', { today: work.today, openObjections }))
  changedOne(
    await work.tx
      .updateTable('notice')
      .set({ state: 'ended', endedAt: work.now })
      .where('id', '=', id)
      .where('state', '=', notice.state)
      .executeTakeFirstOrThrow(),
  )
  work.record('notice.end', 'notice', id, { from: notice.state, to: 'ended' })
  const result = found(await findLatestResult(work.db, notice.cycleId))
  await moveResult(work, result, 'finish', {})
  return { ok: true }
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
    certificateDigest: string
    conferredOn: string
    validUntil: string
    revokedReason: string
  }> = {},
): Promise<void> {
  const to = nextState(awardLife, award.state, action)
  if (!to) throw refuse('notInThisState')
  changedOne(
    await work.tx
      .updateTable('award')
      .set({ state: to, updatedAt: work.now, ...values })
      .where('id', '=', award.id)
      .where('state', '=', award.state)
      .executeTakeFirstOrThrow(),
  )
  work.record(`award.${action}`, 'award', award.id, { schoolId: award.schoolId, from: award.state, to, ...values })
}

/** Confers everything that came through its notice: certificates get consecutive numbers, the applications their outcome. */
export async function confer(
  work: Work,
  act: { documentNumber: string; conferredOn: string },
): Promise<{ conferred: number }> {
  const cycle = await ownCycle(work)
  const result = await findLatestResult(work.db, cycle.id)
  const notice = await work.db
    .selectFrom('notice')
    .select(['state', 'endsOn'])
    .where('cycleId', '=', cycle.id)
    .orderBy('createdAt', 'desc')
    .executeTakeFirst()
  const reasons = againstConferring(result?.state, notice)
  if (notice?.endsOn && act.conferredOn <= notice.endsOn)
    reasons.push(refusal('invalid', `授予日期应在公示截止日 ${notice.endsOn} 之后。`, { field: 'conferredOn' }))
  demand(reasons)
  const rows = await work.db
    .selectFrom('award')
    .innerJoin('school', 'school.id', 'award.schoolId')
    .select(['award.id', 'award.schoolId', 'award.applicationId', 'award.grade'])
    .where('award.cycleId', '=', cycle.id)
    .where('award.state', '=', 'publicised')
    .orderBy('school.stage')
    .orderBy('school.name')
    .execute()
  if (rows.length === 0) throw refuse('stateChanged', '没有等待授予的学校，请刷新页面。')
  const validUntil = `${Number(act.conferredOn.slice(0, 4)) + cycle.settings.awardYears}${act.conferredOn.slice(4)}`
  for (const row of rows) {
    const number = certificateNumber(cycle.year, await takeSerial(work, cycle.bureauId, cycle.year))
    const certificate = {
      number,
      schoolId: row.schoolId,
      awardTitle: cycle.awardTitle,
      grade: row.grade,
      ...act,
      validUntil,
    }
    await changeAward(work, { id: row.id, schoolId: row.schoolId, state: 'publicised' }, 'confer', {
      ...act,
      validUntil,
      certificateNumber: number,
      certificateDigest: sha256(canonical(certificate)),
    })
  }
  const named = new Set(rows.map((row) => row.applicationId))
  for (const application of await listRanked(work.db, cycle.id)) {
    const subject = { id: application.applicationId, schoolId: application.schoolId, state: 'ranked' as const }
    await moveApplication(work, subject, named.has(subject.id) ? 'award' : 'notAward')
  }
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
  return { ok: true }
}

export interface ObjectionWords {
  name: string
  phone: string
  schoolId: string | null
  content: string
}

/** Takes an objection to a posted notice; the receipt code is told once and kept only as a hash. */
export async function objectTo(
  work: Work,
  notice: { id: string; bureauId: string; cycleId: string },
  words: ObjectionWords,
): Promise<string> {
  const receipt = randomBytes(8).toString('hex').toUpperCase()
  const id = work.newId()
  await work.tx
    .insertInto('objection')
    .values({
      id,
      bureauId: notice.bureauId,
      cycleId: notice.cycleId,
      noticeId: notice.id,
      receiptHash: sha256(receipt),
      ...words,
      state: objectionLife.first,
      receivedAt: work.now,
      handlerId: null,
      admission: '',
      decision: '',
      reply: '',
      repliedAt: null,
    })
    .execute()
  work.record('objection.received', 'objection', id)
  return receipt
}

export async function moveObjection(
  work: Work,
  id: string,
  action: ObjectionAction,
  given: { text?: string; handlerId?: string },
): Promise<{ ok: true }> {
  const objection = await findObjection(work, id)
  demand(againstMovingObjection(work.actor, objection, action))
  if (given.handlerId) demand(await againstAssigning(work, objection, given.handlerId))
  const to = nextState(objectionLife, objection.state, action) ?? objection.state
  const text = given.text ?? ''
  const traces = {
    admit: { admission: text },
    dismiss: { admission: text },
    assign: { handlerId: given.handlerId ?? null },
    decide: { decision: text },
    reply: { reply: text, repliedAt: work.now },
  }[action]
  changedOne(
    await work.tx
      .updateTable('objection')
      .set({ state: to, ...traces })
      .where('id', '=', id)
      .where('state', '=', objection.state)
      .executeTakeFirstOrThrow(),
  )
  work.record(`objection.${action}`, 'objection', id, { from: objection.state, to })
  return { ok: true }
}

async function againstAssigning(
  work: Work,
  objection: { bureauId: string; schoolId: string | null },
  handlerId: string,
) {
  const person = found(
    await work.db
      .selectFrom('person')
      .select(['id', 'name'])
      .where('id', '=', handlerId)
      .where('bureauId', '=', objection.bureauId)
      .executeTakeFirst(),
  )
  const schoolId = objection.schoolId ?? ''
  const works = await work.db
    .selectFrom('roleGrant')
    .select('id')
    .where('personId', '=', handlerId)
    .where('organizationId', '=', schoolId)
    .where('endedAt', 'is', null)
    .executeTakeFirst()
  const reviewed = await work.db
    .selectFrom('scoreSheet')
    .select('id')
    .where('reviewerId', '=', handlerId)
    .where('schoolId', '=', schoolId)
    .executeTakeFirst()
  return againstHandler({ worksThere: works !== undefined, reviewedIt: reviewed !== undefined, name: person.name })
}

/** Passes a conferred brand upward, within the share that rule 15 allows. */
export async function select(
  work: Work,
  chosen: { awardId: string; targetLevel: 'city' | 'province' },
): Promise<{ id: string }> {
  const award = await findAward(work, chosen.awardId)
  if (award.state !== 'conferred') throw refuse('notInThisState', '只能推荐已经授予的品牌。')
  const cycle = await readCycle(work.db, award.cycleId)
  await demandShare(work, { ...cycle, targetLevel: chosen.targetLevel })
  const id = work.newId()
  await work.tx
    .insertInto('recommendation')
    .values({
      id,
      bureauId: award.bureauId,
      cycleId: award.cycleId,
      awardId: award.id,
      schoolId: award.schoolId,
      targetLevel: chosen.targetLevel,
      state: recommendationLife.first,
      package: '',
      digest: null,
      outcome: '',
      createdAt: work.now,
      updatedAt: work.now,
    })
    .execute()
  work.record('recommendation.selected', 'recommendation', id, {
    schoolId: award.schoolId,
    targetLevel: chosen.targetLevel,
  })
  return { id }
}

async function demandShare(
  work: Work,
  cycle: { id: string; settings: { recommendationShare: number }; targetLevel: string },
): Promise<void> {
  const awarded = await work.db
    .selectFrom('award')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('cycleId', '=', cycle.id)
    .where('state', '=', 'conferred')
    .executeTakeFirst()
  const selected = await work.db
    .selectFrom('recommendation')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('cycleId', '=', cycle.id)
    .where('targetLevel', '=', cycle.targetLevel)
    .executeTakeFirst()
  const most = Math.max(1, Math.floor((Number(awarded?.count ?? 0) * cycle.settings.recommendationShare) / 100))
  if (Number(selected?.count ?? 0) >= most)
    throw refuse(
      'invalid',
      `向同一级至多推荐 ${most} 所（已授予的 ${cycle.settings.recommendationShare}%），名额已用完。`,
    )
}

/** Moves a recommendation; packaging bundles the frozen application with its digest, so that the upper level can check it. */
export async function recommend(
  work: Work,
  id: string,
  { action, note }: { action: RecommendationAction; note: string },
): Promise<{ ok: true }> {
  const row = found(
    await work.db
      .selectFrom('recommendation')
      .selectAll()
      .where('id', '=', id)
      .where('bureauId', '=', work.actor.bureauId ?? '')
      .executeTakeFirst(),
  )
  const state = row.state as RecommendationState
  demand(againstMovingRecommendation(work.actor, { bureauId: row.bureauId, state }, action))
  if (action === 'return' && note === '') throw refuse('reasonMissing', '请写明上级退回的理由。', { field: 'note' })
  const bundle = action === 'package' ? await bundleOf(work, row.awardId) : undefined
  const to = nextState(recommendationLife, state, action) ?? state
  changedOne(
    await work.tx
      .updateTable('recommendation')
      .set({ state: to, updatedAt: work.now, ...(note ? { outcome: note } : {}), ...bundle })
      .where('id', '=', id)
      .where('state', '=', state)
      .executeTakeFirstOrThrow(),
  )
  work.record(`recommendation.${action}`, 'recommendation', id, { schoolId: row.schoolId, from: state, to })
  return { ok: true }
}

async function bundleOf(work: Work, awardId: string): Promise<{ package: string; digest: string }> {
  const row = found(
    await work.db
      .selectFrom('award')
      .innerJoin('application', 'application.id', 'award.applicationId')
      .select([
        'award.certificateNumber',
        'award.grade',
        'award.documentNumber',
        'application.frozen',
        'application.digest',
      ])
      .where('award.id', '=', awardId)
      .executeTakeFirst(),
  )
  const text = canonical({ ...row })
  return { package: text, digest: sha256(text) }
}
