import type { SurveyState } from '#domain/survey/surveyLife.ts'
import { readPersonNames } from '#server/identity/access/queries.ts'
import { hasRole, isOffice, ownSchoolId } from '#domain/base/actor.ts'
import type { Refusal } from '#domain/base/refusal.ts'
import { sum } from '#domain/base/score.ts'
import { audienceLabels, audiences } from '#domain/survey/survey.ts'
import { againstReminding, againstVoiding } from '#domain/survey/surveyRules.ts'
import type { BatchProgress } from '#contract/survey/ballotBox.ts'
import type { Todo } from '#contract/home/todo.ts'
import type { SurveyBatchRow } from '#server/db/tables/survey.ts'
import { factsOf, findSurvey, listBatches, listParts, type Survey } from '#server/survey/survey/queries.ts'
import { findOwnPart } from '#server/survey/roster/queries.ts'
import { askBox } from '#server/kernel/ballotBox.ts'
import type { Look } from '#server/kernel/work.ts'
import { listGathering, listReminded, listReprinted, listRunningSurveys, listVoidsToConfirm } from './queries.ts'

export type Named = Map<string, string>

/** The moves of a class that its state leaves open, each with what stands against it. */
function batchMoves(look: Look, survey: Survey, batch: SurveyBatchRow): Record<string, Refusal[]> {
  if (!isOffice(look.actor, survey.bureauId)) return {}
  const moves: Record<string, Refusal[]> = {}
  const facts = { voided: batch.voidedAt !== null, askedBy: batch.voidAskedBy }
  if (!facts.voided && (survey.state === 'open' || survey.state === 'closed'))
    for (const action of facts.askedBy === null ? (['askVoid'] as const) : (['confirmVoid', 'dropVoid'] as const))
      moves[action] = againstVoiding(look.actor, survey, facts, action)
  if (!facts.voided && survey.state === 'open') moves['remind'] = againstReminding(look.actor, factsOf(survey))
  return moves
}

function shown(
  look: Look,
  survey: Survey,
  {
    batch,
    progress,
    schools,
    people,
  }: { batch: SurveyBatchRow; progress?: BatchProgress | undefined; schools: Named; people: Named },
) {
  const office = isOffice(look.actor, survey.bureauId)
  const { voidAskedBy, voidAskedAt } = batch
  return {
    id: batch.id,
    schoolId: batch.schoolId,
    schoolName: schools.get(batch.schoolId) ?? '',
    audience: batch.audience,
    grade: batch.grade,
    className: batch.className,
    size: batch.size,
    codes: batch.codes,
    issued: progress?.issued ?? 0,
    cast: progress?.cast ?? 0,
    flags: office ? (progress?.flags ?? []) : [],
    void: batch.voidedAt !== null,
    voidReason: batch.voidedAt === null ? '' : (batch.voidReason ?? ''),
    asked:
      office && voidAskedBy !== null && batch.voidedAt === null
        ? { byName: people.get(voidAskedBy) ?? '', at: voidAskedAt ?? '', reason: batch.voidReason ?? '' }
        : null,
    remindedAt: batch.remindedAt,
    moves: batchMoves(look, survey, batch),
  }
}

const cast = (list: readonly { progress?: BatchProgress | undefined }[]) => ({
  issued: sum(list.map((one) => one.progress?.issued ?? 0)),
  cast: sum(list.map((one) => one.progress?.cast ?? 0)),
})

/** Who asked to take a class out of the count. */
const askersOf = (batches: readonly SurveyBatchRow[]): string[] =>
  batches.flatMap((one) => (one.voidAskedBy === null ? [] : [one.voidAskedBy]))

/** Counts of all schools for the office; whatever the state, nothing of what was answered. */
export async function readProgressOf(look: Look, id: string) {
  const survey = await findSurvey(look, id)
  const parts = await listParts(look.db, survey)
  const rows = await listBatches(look.db, id)
  const found = rows.length === 0 ? [] : await askBox(look.house.ballotBox.progress(id))
  const progressOf = new Map(found.map((one) => [one.id, one]))
  const batches = rows.map((batch) => ({ batch, progress: progressOf.get(batch.id) }))
  const bySchool = Map.groupBy(batches, (one) => one.batch.schoolId)
  const schools: Named = new Map(parts.map((one) => [one.schoolId, one.schoolName]))
  const people = await readPersonNames(look.db, askersOf(rows))
  return {
    title: survey.title,
    kind: survey.kind,
    state: survey.state,
    closesOn: survey.closesOn,
    ...cast(batches),
    schools: parts.flatMap(({ schoolId, schoolName, stage }) => {
      const own = bySchool.get(schoolId)
      if (!own) return []
      const [teacher, parent, pupil] = audiences.map((audience) =>
        cast(own.filter((one) => one.batch.audience === audience)),
      )
      const none = { issued: 0, cast: 0 }
      return [
        {
          schoolId,
          schoolName,
          stage,
          ...cast(own),
          byAudience: { teacher: teacher ?? none, parent: parent ?? none, pupil: pupil ?? none },
          flagged: own.filter((one) => (one.progress?.flags.length ?? 0) > 0).length,
          voided: own.filter((one) => one.batch.voidedAt !== null).length,
        },
      ]
    }),
    batches: stillTold(survey, batches)
      .filter(
        ({ batch, progress }) =>
          (progress?.flags.length ?? 0) > 0 || batch.voidAskedBy !== null || batch.voidedAt !== null,
      )
      .map((one) => shown(look, survey, { ...one, schools, people })),
  }
}

export async function readSchoolProgressOf(look: Look, id: string, schoolId: string) {
  const { survey, part } = await findOwnPart(look, id, schoolId)
  const rows = (await listBatches(look.db, id)).filter((one) => one.schoolId === schoolId)
  const found = rows.length === 0 ? [] : await askBox(look.house.ballotBox.progress(id, schoolId))
  const progressOf = new Map(found.map((one) => [one.id, one]))
  const batches = rows.map((batch) => ({ batch, progress: progressOf.get(batch.id) }))
  const schools: Named = new Map([[schoolId, part.schoolName]])
  const people = await readPersonNames(look.db, askersOf(rows))
  return {
    title: survey.title,
    kind: survey.kind,
    state: survey.state,
    closesOn: survey.closesOn,
    schoolName: part.schoolName,
    ...cast(batches),
    batches: stillTold(survey, batches).map((one) => shown(look, survey, { ...one, schools, people })),
  }
}

/** Once results are there, the number of a class would let them be read as that class's where no other answered; what was voided is in none. */
const stillTold = <One extends { batch: SurveyBatchRow }>(
  { state }: Survey,
  batches: readonly One[],
): readonly One[] =>
  state === 'tallied' || state === 'published' ? batches.filter(({ batch }) => batch.voidedAt !== null) : batches

/** What surveys ask of this person now: classes to give, classes that lag behind, or the office's next step. */
export async function listSurveyTodos(look: Look): Promise<Todo[]> {
  const schoolId = ownSchoolId(look.actor)
  if (schoolId) return listSchoolTodos(look, schoolId)
  return hasRole(look.actor, 'office') ? listOfficeTodos(look) : []
}

async function listSchoolTodos(look: Look, schoolId: string): Promise<Todo[]> {
  const gathering = await listGathering(look, schoolId)
  const signs = hasRole(look.actor, 'secretary')
  const reminded = await listReminded(look, schoolId)
  const reprinted = await listReprinted(look, schoolId)
  return [
    ...reprinted.map(({ id, title, kitPrintings, kitReason }) => ({
      id: `surveyReprint:${id}:${kitPrintings}`,
      kind: 'surveyReprint',
      title: `本校的测评纸条重印过（第 ${kitPrintings} 次印）：${title}`,
      detail: `理由：${kitReason ?? ''}。没有用过的旧卡已经作废，只有新卡能用。新卡没有送到学校的，请马上问局党工委办。`,
      href: `/console/surveys/${id}/schools/${schoolId}`,
    })),
    ...gathering.flatMap(({ id, title, opensOn, teachers }) => {
      const filled = teachers !== null
      // What is filled waits for the secretary; the clerk has nothing left to do.
      if (filled && !signs) return []
      return {
        id: `surveyRoster:${id}`,
        kind: 'surveyRoster',
        title: filled ? '测评班级人数表待确认' : '测评班级人数表待填报',
        detail: filled
          ? `${title}：人数已经填好，请核对后确认。`
          : `${title}：填写教师人数和各班学生人数，由书记确认。`,
        dueDate: opensOn,
        href: `/console/surveys/${id}/schools/${schoolId}`,
      }
    }),
    ...reminded.map(({ id, surveyId, closesOn, audience, grade, className, codes, remindedCast }) => ({
      id: `surveyReminder:${id}`,
      kind: 'surveyReminder',
      title: `测评答题偏少：${grade}${className}${audienceLabels[audience]} ${remindedCast ?? 0}/${codes}`,
      detail: '请提醒全班自愿、如实作答；不查看、不登记谁答了没有。',
      dueDate: closesOn,
      href: `/console/surveys/${surveyId}/schools/${schoolId}`,
    })),
  ]
}

/** What the office does before anybody can answer, due on the first day. */
const preparing: Partial<Record<SurveyState, { title: string; detail: string }>> = {
  draft: { title: '测评筹备', detail: '定好题目和日期，收齐各校班级人数，然后冻结。' },
  frozen: { title: '测评待制发编码', detail: '题目和名额已经冻结，制发编码以后逐校打印纸条。' },
  issued: { title: '测评待开始答题', detail: '逐校打印纸条，送到学校，都印好了再开始答题。' },
}

async function listOfficeTodos(look: Look): Promise<Todo[]> {
  const rows = await listRunningSurveys(look)
  const asked = await listVoidsToConfirm(look)
  const steps = rows.flatMap((row): Todo[] => {
    const base = { id: `survey:${row.id}`, href: `/console/surveys/${row.id}` }
    const prepared = preparing[row.state]
    if (prepared)
      return [
        {
          ...base,
          kind: 'surveyToOpen',
          title: `${prepared.title}：${row.title}`,
          detail: prepared.detail,
          dueDate: row.opensOn,
        },
      ]
    if (row.state === 'open' && row.closesOn < look.today)
      return [
        {
          ...base,
          kind: 'surveyToClose',
          title: `测评已过截止日：${row.title}`,
          detail: '请截止答题，然后计票。',
          dueDate: row.closesOn,
        },
      ]
    if (row.state === 'closed')
      return [
        { ...base, kind: 'surveyToTally', title: `测评待计票：${row.title}`, detail: '计票后编码和答卷永久销毁。' },
      ]
    if (row.state === 'tallied' && row.kind === 'real')
      return [{ ...base, kind: 'surveyToPublish', title: `测评结果待公布：${row.title}`, detail: '公布全区汇总结果。' }]
    return []
  })
  return [
    ...steps,
    ...asked.map((one) => ({
      id: `surveyVoid:${one.id}`,
      kind: 'surveyVoid',
      title: `作废申请待确认：${one.name}${one.grade}${one.className}${audienceLabels[one.audience]}`,
      detail: '有人申请作废这个班的答卷，须由另一人确认或驳回。',
      href: `/console/surveys/${one.surveyId}/progress`,
    })),
  ]
}
