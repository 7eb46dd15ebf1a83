import { pick } from '#domain/base/record.ts'
import { type Actor, againstReadingSchool, ownSchoolId } from '#domain/base/actor.ts'
import { missingOfPlan, type PlanContent } from '#domain/plan/completeness.ts'
import { planLife } from '#domain/plan/planLife.ts'
import { promiseLife } from '#domain/plan/promiseLife.ts'
import {
  againstAmending,
  againstEditing,
  againstJudging,
  againstPublishing,
  againstRevising,
  againstSigning,
  againstStarting,
  againstTracking,
  differences,
} from '#domain/plan/plan.ts'
import { type Refusal, refusal } from '#domain/base/refusal.ts'
import { listOutcomesBefore, type Parts, readParts } from '#server/plan/part/queries.ts'
import type { PromiseRow } from '#server/db/tables/plan.ts'
import { readBrandGaps, readBrandOf } from '#server/brand/brand/queries.ts'
import { countComments } from '#server/plan/comment/queries.ts'
import { cycleOf } from '#server/year/cycle/queries.ts'
import { countEntriesOfTasks } from '#server/ledger/figures/queries.ts'
import { demand } from '#server/kernel/problem.ts'
import type { Look } from '#server/kernel/work.ts'
import { contentOf, findEarlierPlan, findPlan, listPlanSteps, listVersions, type Plan } from './queries.ts'

const planUntilOf = (cycle: { id: string; title: string; planUntil: string | null }) => ({
  id: cycle.id,
  title: cycle.title,
  planUntil: cycle.planUntil,
})

/** Where a school person goes on: the newest version of this year, or how it can begin. */
export async function readOwnPlan(look: Look, year?: number) {
  const schoolId = ownSchoolId(look.actor) ?? ''
  const bureauId = look.actor.bureauId
  const cycle = await cycleOf(look, year)
  if (!cycle) {
    const start = [refusal('notInThisState', '局党工委办还没有建立年度，请等通知。')]
    return { cycle: null, planId: null, copyFrom: null, moves: { start } }
  }
  const [newest] = await listVersions(look.db, { schoolId, cycleId: cycle.id })
  const earlier = await findEarlierPlan(look.db, schoolId, cycle.year)
  return {
    cycle: planUntilOf(cycle),
    planId: newest?.id ?? null,
    copyFrom: earlier ? { id: earlier.id, title: `${earlier.cycleTitle} 创建方案` } : null,
    moves: { start: againstStarting(look.actor, { schoolId, bureauId, cycleState: cycle.state }) },
  }
}

const shownOfPlan = [
  'schoolId',
  'schoolName',
  'version',
  'state',
  'entryPoint',
  'goals',
  'commitment',
  'noBudgetReason',
  'signedAt',
  'signedByName',
  'acceptedAt',
  'publishedAt',
  'returnReason',
  'reviseReason',
  'digest',
  'updatedAt',
] as const

/** The whole of one version for who reaches the school, with what may be done to it and why not. */
export async function readPlanDetail(look: Look, id: string) {
  const plan = await findPlan(look.db, id)
  demand(againstReadingSchool(look.actor, plan))
  const versions = await listVersions(look.db, plan)
  const before = versions.find((one) => one.version < plan.version)
  const previous = before && (await findPlan(look.db, before.id))
  const parts = await readParts(look.db, previous ? [id, previous.id] : [id])
  const content = contentOf(plan, parts)
  const brandGaps = await readBrandGaps(look.db, plan.schoolId)
  const brand = await readBrandOf(look.db, plan.schoolId)
  const newest = versions[0]?.id === id
  const outcomesBefore = await listOutcomesBefore(look.db, parts.promises)
  const entryCounts = await countEntriesOfTasks(look.db, plan)
  const gaps = [
    ...missingOfPlan(content).map((one) => refusal('incomplete', one.message, { field: one.field })),
    ...brandGaps,
  ]
  return {
    id,
    ...pick(plan, shownOfPlan),
    cycle: planUntilOf({ id: plan.cycleId, title: plan.cycleTitle, planUntil: plan.planUntil }),
    brandName: brand?.name ?? null,
    stateLabel: planLife.states[plan.state],
    diagnosis: content.diagnosis,
    ...partsOf(id, parts, { entryCounts, outcomesBefore }),
    versions,
    rounds: await readRounds(look, id),
    differences: previous ? differences(contentOf(previous, parts), content) : [],
    gaps: plan.state === 'draft' ? gaps : [],
    comments: await countComments(look.db, plan, look.today),
    moves: planMoves(look.actor, plan, { content, brandGaps, newest }),
  }
}

/** Every action that the state allows, each with the reasons why this person may not take it. */
function planMoves(
  actor: Actor,
  plan: Plan,
  facts: { content: PlanContent; brandGaps: readonly Refusal[]; newest: boolean },
): Record<string, Refusal[]> {
  switch (plan.state) {
    case 'draft':
      return { edit: againstEditing(actor, plan), sign: againstSigning(actor, plan, facts.content, facts.brandGaps) }
    case 'submitted':
      return {
        accept: againstJudging(actor, plan, 'accept'),
        return: againstJudging(actor, plan, 'return'),
        amend: againstAmending(actor, plan),
      }
    case 'accepted':
      return { publish: againstPublishing(actor, plan), amend: againstAmending(actor, plan) }
    case 'published':
      return { revise: againstRevising(actor, plan, facts.newest), track: againstTracking(actor, plan) }
    case 'closed':
      return {}
  }
}

/** The three lists of a version, each row with what is known of it beside: entries that prove a task, what was said of a promise. */
function partsOf(
  planId: string,
  parts: Parts,
  {
    entryCounts,
    outcomesBefore,
  }: { entryCounts: ReadonlyMap<string, number>; outcomesBefore: readonly OutcomeBefore[] },
) {
  const own = <Row extends { planId: string }>(rows: readonly Row[]) => rows.filter((one) => one.planId === planId)
  return {
    tasks: own(parts.tasks).map(({ planId: _p, schoolId: _s, sortOrder: _o, rootId, removedAt: _r, ...task }) => ({
      ...task,
      entries: entryCounts.get(rootId) ?? 0,
    })),
    budgetLines: own(parts.budgetLines).map(({ planId: _p, schoolId: _s, sortOrder: _o, rootId: _r, ...line }) => line),
    promises: own(parts.promises).map((one) => ({
      id: one.id,
      content: one.content,
      state: one.state,
      ...outcomeOf(one),
      before: outcomesBefore
        .filter(({ rootId }) => rootId === one.rootId)
        .map(({ id, takenBackAt, takenBackByName, reason, ...was }) => ({
          id,
          ...outcomeOf(was),
          takenBackAt,
          takenBackByName,
          reason,
        })),
    })),
  }
}

type OutcomeBefore = Awaited<ReturnType<typeof listOutcomesBefore>>[number]

/** How a promise went, as it stands or as it was said once. */
const outcomeOf = (
  said: Pick<PromiseRow, 'state' | 'explanation' | 'fileId' | 'decidedAt'> & { fileName: string | null },
) => ({
  stateLabel: promiseLife.states[said.state],
  explanation: said.explanation,
  file: said.fileId ? { id: said.fileId, name: said.fileName ?? '' } : null,
  decidedAt: said.decidedAt,
})

const stepTitles = new Map<string, string>([...Object.entries(planLife.actions), ['amended', '改回起草']])

/** How a version went between school and bureau, in words. */
async function readRounds(look: Look, id: string) {
  return (await listPlanSteps(look.db, id)).map(({ seq, at, event, actorName, reason }) => ({
    id: String(seq),
    at,
    who: actorName,
    title: stepTitles.get(event.split('.')[1] ?? '') ?? '',
    detail: reason,
  }))
}
