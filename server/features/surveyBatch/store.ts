import { isOffice } from '#domain/actor.ts'
import type { Refusal } from '#domain/refusal.ts'
import { sum } from '#domain/score.ts'
import { audiences } from '#domain/survey.ts'
import { againstReminding, againstVoiding } from '#domain/surveyRules.ts'
import type { SurveyBatchRow } from '#server/db/tables/survey.ts'
import { audienceOf, factsOf, findSurvey, listBatches, listParts, type Survey } from '#server/features/survey/store.ts'
import { findOwnPart } from '#server/features/surveySchool/store.ts'
import { askBox, type BatchProgress } from '#server/kernel/ballotBox.ts'
import type { Look, ReadOnly } from '#server/kernel/work.ts'

type Named = Map<string, string>

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
    audience: audienceOf(batch.audience),
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

async function namesOf(db: ReadOnly, batches: readonly SurveyBatchRow[]): Promise<Named> {
  const ids = batches.flatMap((one) => (one.voidAskedBy === null ? [] : [one.voidAskedBy]))
  const rows = await db
    .selectFrom('person')
    .select(['id', 'name'])
    .where('id', 'in', [...ids, ''])
    .execute()
  return new Map(rows.map((row) => [row.id, row.name]))
}

const cast = (list: readonly { progress?: BatchProgress | undefined }[]) => ({
  issued: sum(list.map((one) => one.progress?.issued ?? 0)),
  cast: sum(list.map((one) => one.progress?.cast ?? 0)),
})

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
  const people = await namesOf(look.db, rows)
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
    batches: batches
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
  const people = await namesOf(look.db, rows)
  return {
    title: survey.title,
    kind: survey.kind,
    state: survey.state,
    closesOn: survey.closesOn,
    schoolName: part.schoolName,
    ...cast(batches),
    batches: batches.map((one) => shown(look, survey, { ...one, schools, people })),
  }
}
