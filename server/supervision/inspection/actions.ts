import type { z } from 'zod'
import { againstOffice } from '#domain/base/actor.ts'
import { nextState } from '#domain/base/lifecycle.ts'
import { type FindingAction, findingLife } from '#domain/supervision/findingLife.ts'
import { type InspectionAction, inspectionLife } from '#domain/supervision/inspectionLife.ts'
import { againstOverseeing } from '#domain/supervision/rectification.ts'
import { stampAfter, stampOf } from '#domain/base/stamp.ts'
import { againstUnseen } from '#domain/base/refusal.ts'
import {
  againstAmendingFinding,
  againstDeletingInspection,
  againstEditingInspection,
  againstMovingFinding,
  againstMovingInspection,
  findingStamp,
} from '#domain/supervision/supervision.ts'
import type {
  Choice,
  createInspection,
  drawSchools,
  editInspection,
  recordFinding,
  recordInspected,
} from '#contract/supervision/supervision.ts'
import { workingCycle } from '#server/year/cycle/queries.ts'
import { attachEvidence } from '#server/records/file/actions.ts'
import { issueRectification } from '#server/supervision/rectification/actions.ts'
import { changedOne, demand, found, refuse, unseen } from '#server/kernel/problem.ts'
import { sha256, type Work } from '#server/kernel/work.ts'
import { findFinding, findInspection } from './queries.ts'

const notChosen: Choice = { way: 'none', seed: '', stage: '', zoneId: '', count: 0, candidates: [] }

export async function planInspection(
  work: Work,
  asked: z.infer<typeof createInspection.body>,
): Promise<{ id: string }> {
  const bureauId = work.actor.bureauId ?? ''
  demand(againstOffice(work.actor, { bureauId }))
  if (asked.endsOn < asked.startsOn) throw refuse('invalid', '结束日期不能早于开始日期。', { field: 'endsOn' })
  const cycle = await workingCycle(work.db, bureauId)
  if (!cycle) throw refuse('windowClosed', '本年度还没有开启，暂不能安排督查。')
  const id = work.newId()
  await work.tx
    .insertInto('inspection')
    .values({
      id,
      bureauId,
      cycleId: cycle.id,
      ...asked,
      checklist: JSON.stringify(asked.checklist),
      choice: JSON.stringify(notChosen),
      state: inspectionLife.first,
      createdAt: work.now,
      updatedAt: work.now,
      closedAt: null,
    })
    .execute()
  work.record('inspection.planned', 'inspection', id)
  return { id }
}

export async function editRound(
  work: Work,
  id: string,
  { seen, ...asked }: z.infer<typeof editInspection.body>,
): Promise<{ ok: true }> {
  const inspection = await findInspection(work, id)
  demand([
    ...againstEditingInspection(work.actor, inspection),
    ...againstUnseen(seen, inspection.updatedAt, '保存', '这次督查'),
  ])
  if (asked.endsOn < asked.startsOn) throw refuse('invalid', '结束日期不能早于开始日期。', { field: 'endsOn' })
  changedOne(
    await work.tx
      .updateTable('inspection')
      .set({
        ...asked,
        checklist: JSON.stringify(asked.checklist),
        updatedAt: stampAfter(inspection.updatedAt, work.now),
      })
      .where('id', '=', id)
      .where('updatedAt', '=', inspection.updatedAt)
      .where('state', '=', 'draft')
      .executeTakeFirstOrThrow(),
  )
  const { title, basis, startsOn, endsOn } = inspection
  work.record('inspection.edited', 'inspection', id, { before: JSON.stringify({ title, basis, startsOn, endsOn }) })
  return { ok: true }
}

/** Takes away a round that was made by mistake; the audit log keeps what it was. */
export async function deleteRound(work: Work, id: string): Promise<{ ok: true }> {
  const inspection = await findInspection(work, id)
  demand(againstDeletingInspection(work.actor, inspection))
  await work.tx.deleteFrom('inspectionSchool').where('inspectionId', '=', id).execute()
  const gone = await work.tx
    .deleteFrom('inspection')
    .where('id', '=', id)
    .where('state', '=', 'draft')
    .executeTakeFirst()
  changedOne({ numUpdatedRows: gone.numDeletedRows })
  work.record('inspection.deleted', 'inspection', id, { title: inspection.title })
  return { ok: true }
}

/** Orders the candidates by the hash of seed and id: with the recorded seed anybody draws the same schools again. */
export const drawnFrom = (candidates: readonly string[], seed: string, count: number): string[] =>
  candidates
    .map((id) => ({ id, key: sha256(`${seed}:${id}`) }))
    .toSorted((a, b) => (a.key < b.key ? -1 : 1))
    .slice(0, count)
    .map((one) => one.id)

/** Whose hands are on it: a page says what it had shown, the story of the demonstration has just read it. */
type Seen<Body extends { seen: string }> = Omit<Body, 'seen'> & { seen?: string }

export async function drawForInspection(
  work: Work,
  id: string,
  { seen, ...asked }: Seen<z.infer<typeof drawSchools.body>>,
) {
  const inspection = await draftInspection(work, id, seen)
  if (inspection.choice.way === 'drawn')
    throw refuse('alreadyExists', '已经抽取过，不能重抽；抽取结果和随机数已留存，可以复算。')
  let rows = work.db
    .selectFrom('school')
    .select('id')
    .where('bureauId', '=', inspection.bureauId)
    .where('retiredAt', 'is', null)
  if (asked.stage) rows = rows.where('stage', '=', asked.stage)
  if (asked.zoneId) rows = rows.where('zoneId', '=', asked.zoneId)
  const candidates = (await rows.orderBy('id').execute()).map((one) => one.id)
  if (candidates.length < asked.count)
    throw refuse('invalid', `符合条件的学校只有 ${candidates.length} 所，抽不出 ${asked.count} 所。`, {
      field: 'count',
    })
  const seed = work.newId()
  const schoolIds = drawnFrom(candidates, seed, asked.count)
  await putSchools(work, inspection, { way: 'drawn', seed, ...asked, candidates }, schoolIds)
  work.record('inspection.drawn', 'inspection', id, { seed, schoolIds })
  return { seed, schoolIds }
}

export async function chooseForInspection(
  work: Work,
  id: string,
  { seen, ...asked }: { schoolIds: readonly string[]; seen?: string },
): Promise<{ ok: true }> {
  const inspection = await draftInspection(work, id, seen)
  if (inspection.choice.way === 'drawn') throw refuse('alreadyExists', '已经随机抽取，不能再改为选定。')
  const schoolIds = [...new Set(asked.schoolIds)]
  const rows = await work.db
    .selectFrom('school')
    .select('id')
    .where('bureauId', '=', inspection.bureauId)
    .where('id', 'in', schoolIds)
    .execute()
  if (rows.length !== schoolIds.length) throw refuse('invalid', '有学校不在本区名录中。', { field: 'schoolIds' })
  await putSchools(work, inspection, { ...notChosen, way: 'chosen', count: schoolIds.length }, schoolIds)
  work.record('inspection.chosen', 'inspection', id, { schoolIds })
  return { ok: true }
}

async function draftInspection(work: Work, id: string, seen: string | undefined) {
  const inspection = await findInspection(work, id)
  demand([...againstOffice(work.actor, inspection), ...unseen(seen, inspection.updatedAt, '确定学校')])
  if (inspection.state !== 'draft') throw refuse('notInThisState', '督查已经启动，不能再改受检学校。')
  return inspection
}

async function putSchools(
  work: Work,
  inspection: { id: string; choice: Choice; updatedAt: string },
  choice: Choice,
  schoolIds: readonly string[],
): Promise<void> {
  changedOne(
    await work.tx
      .updateTable('inspection')
      .set({ choice: JSON.stringify(choice), updatedAt: stampAfter(inspection.updatedAt, work.now) })
      .where('id', '=', inspection.id)
      .where('state', '=', 'draft')
      .where('choice', '=', JSON.stringify(inspection.choice))
      .executeTakeFirstOrThrow(),
  )
  await work.tx.deleteFrom('inspectionSchool').where('inspectionId', '=', inspection.id).execute()
  await work.tx
    .insertInto('inspectionSchool')
    .values(
      schoolIds.map((schoolId) => ({
        id: work.newId(),
        inspectionId: inspection.id,
        schoolId,
        inspectorId: null,
        inspectedOn: null,
        answers: '[]',
        remark: '',
      })),
    )
    .execute()
}

export async function moveInspection(
  work: Work,
  id: string,
  action: InspectionAction,
  { reason, seen }: { reason?: string; seen?: string } = {},
): Promise<{ ok: true }> {
  const inspection = await findInspection(work, id)
  demand([
    ...againstMovingInspection(work.actor, inspection, action),
    ...unseen(seen, inspection.updatedAt, inspectionLife.actions[action]),
  ])
  const to = nextState(inspectionLife, inspection.state, action) ?? inspection.state
  changedOne(
    await work.tx
      .updateTable('inspection')
      .set({
        state: to,
        closedAt: action === 'close' ? work.now : null,
        updatedAt: stampAfter(inspection.updatedAt, work.now),
      })
      .where('id', '=', id)
      .where('state', '=', inspection.state)
      .executeTakeFirstOrThrow(),
  )
  work.record(`inspection.${action}`, 'inspection', id, { from: inspection.state, to, ...(reason ? { reason } : {}) })
  return { ok: true }
}

/** The school as a part of a running round, for somebody who may inspect it. */
async function inspectedSchool(work: Work, id: string, schoolId: string) {
  const inspection = await findInspection(work, id)
  demand(againstOverseeing(work.actor, { schoolId, bureauId: inspection.bureauId }))
  const row = found(
    await work.db
      .selectFrom('inspectionSchool')
      .selectAll()
      .where('inspectionId', '=', id)
      .where('schoolId', '=', schoolId)
      .executeTakeFirst(),
  )
  if (inspection.state !== 'running') throw refuse('notInThisState', '督查不在进行中，不能记录。')
  return { inspection, row }
}

export async function noteInspected(
  work: Work,
  at: { id: string; schoolId: string },
  asked: Seen<z.infer<typeof recordInspected.body>>,
): Promise<{ ok: true }> {
  const { row } = await inspectedSchool(work, at.id, at.schoolId)
  const { seen, ...words } = asked
  const answers = JSON.parse(row.answers) as string[]
  demand(unseen(seen, stampOf([row.inspectedOn, answers, row.remark]), '保存'))
  if (asked.inspectedOn > work.today) throw refuse('invalid', '检查日期不能晚于今天。', { field: 'inspectedOn' })
  await work.tx
    .updateTable('inspectionSchool')
    .set({ ...words, answers: JSON.stringify(asked.answers), inspectorId: work.actor.personId })
    .where('id', '=', row.id)
    .execute()
  work.record('inspection.inspected', 'inspection', at.id, { schoolId: at.schoolId, inspectedOn: asked.inspectedOn })
  return { ok: true }
}

export async function noteFinding(
  work: Work,
  at: { id: string; schoolId: string },
  asked: z.infer<typeof recordFinding.body>,
): Promise<{ id: string }> {
  const { inspection } = await inspectedSchool(work, at.id, at.schoolId)
  const id = work.newId()
  await work.tx
    .insertInto('finding')
    .values({
      id,
      inspectionId: at.id,
      schoolId: at.schoolId,
      bureauId: inspection.bureauId,
      cycleId: inspection.cycleId,
      ...asked,
      state: findingLife.first,
      preliminary: '',
      reply: '',
      repliedAt: null,
      opinion: '',
      issuedAt: null,
      withdrawnReason: null,
      recordedBy: work.actor.personId ?? '',
      createdAt: work.now,
    })
    .execute()
  work.record('finding.recorded', 'finding', id, { schoolId: at.schoolId })
  return { id }
}

export interface FindingWords {
  preliminary?: string
  reply?: string
  opinion?: string
}

export async function moveFinding(
  work: Work,
  id: string,
  action: FindingAction,
  {
    words = {},
    reason,
    seen,
    fileIds = [],
  }: { words?: FindingWords; reason?: string; seen?: string; fileIds?: readonly string[] } = {},
): Promise<{ ok: true }> {
  const finding = await findFinding(work, id)
  demand([
    ...againstMovingFinding(work.actor, finding, action),
    ...unseen(seen, findingStamp(finding), findingLife.actions[action]),
  ])
  const to = nextState(findingLife, finding.state, action) ?? finding.state
  changedOne(
    await work.tx
      .updateTable('finding')
      .set({
        state: to,
        ...words,
        ...(action === 'withdraw' ? { withdrawnReason: reason ?? '' } : {}),
        ...(action === 'reply' ? { repliedAt: work.now } : {}),
        ...(action === 'issue' ? { issuedAt: work.now } : {}),
      })
      .where('id', '=', id)
      .where('state', '=', finding.state)
      .executeTakeFirstOrThrow(),
  )
  const { schoolId } = finding
  if (fileIds.length > 0) await attachEvidence(work, { schoolId, subjectType: 'finding', subjectId: id, fileIds })
  const detail = { schoolId, from: finding.state, to, ...(reason ? { reason } : {}) }
  work.record(`finding.${action}`, 'finding', id, detail)
  return { ok: true }
}

/** The only way past a silent school; who did it and why stands where the reply would. */
export async function amendFinding(
  work: Work,
  id: string,
  { reason, seen }: { reason: string; seen?: string },
): Promise<{ ok: true }> {
  const finding = await findFinding(work, id)
  demand([...againstAmendingFinding(work.actor, finding), ...unseen(seen, findingStamp(finding), '继续办理')])
  changedOne(
    await work.tx
      .updateTable('finding')
      .set({ state: 'replied', reply: `（学校没有回复。局党工委办说明：${reason}）` })
      .where('id', '=', id)
      .where('state', '=', 'preliminary')
      .executeTakeFirstOrThrow(),
  )
  const { schoolId, state } = finding
  work.record('finding.amend', 'finding', id, { schoolId, from: state, to: 'replied', reason })
  return { ok: true }
}

/** The order to mend and the finding's own move stand or fall together. */
export async function orderRectification(
  work: Work,
  id: string,
  { seen, ...asked }: { requirement: string; dueOn?: string | undefined; seen?: string },
): Promise<{ id: string }> {
  const finding = await findFinding(work, id)
  await moveFinding(work, id, 'order', seen === undefined ? {} : { seen })
  return { id: await issueRectification(work, finding, asked) }
}
