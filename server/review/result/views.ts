import { hasRole } from '#domain/base/actor.ts'
import { againstComputing, withoutBarred } from '#domain/review/computing.ts'
import { methodLabels } from '#domain/year/standard.ts'
import type { Todo } from '#contract/home/todo.ts'
import { barredSchools } from '#server/identity/recusal/queries.ts'
import { currentCycle, readStandard } from '#server/year/cycle/queries.ts'
import type { Look } from '#server/kernel/work.ts'
import { latestResult, readInputs, readWaiting, sheetsToScore } from './queries.ts'

const REASONS_SHOWN = 3

/** What the review asks of this person now: sheets to score, or the next step towards a sealed result. */
export async function listReviewTodos(look: Look): Promise<Todo[]> {
  return [...(await listSheetTodos(look)), ...(await listResultTodos(look))]
}

async function listSheetTodos(look: Look): Promise<Todo[]> {
  if (!hasRole(look.actor, 'reviewer')) return []
  return (await sheetsToScore(look)).map(({ id, method, name, returnReason }) => ({
    id: `sheet:${id}`,
    kind: returnReason ? 'sheetReturned' : 'sheetToScore',
    title: returnReason ? `评分表被退回：${name}` : `待评分：${name}`,
    detail: returnReason ?? `${methodLabels[method]}评分表。`,
    href: `/console/sheets/${id}`,
  }))
}

async function listResultTodos(look: Look): Promise<Todo[]> {
  if (!hasRole(look.actor, 'office')) return []
  const cycle = look.actor.bureauId ? await currentCycle(look.db, look.actor.bureauId) : undefined
  if (cycle?.state !== 'open' || !cycle.standardId) return []
  const base = { id: `review:${cycle.id}`, href: '/console/review' }
  const result = await latestResult(look.db, cycle.id)
  if (result?.state === 'computed')
    return [
      {
        ...base,
        href: '/console/ranking',
        kind: 'resultToModerate',
        title: '评审结果待复核',
        detail: '复核后封存，封存后评分不能再改。',
      },
    ]
  if (result?.state === 'moderated')
    return [
      {
        ...base,
        href: '/console/ranking',
        kind: 'resultToSeal',
        title: '评审结果待封存',
        detail: '封存后登记审定会议的决定。',
      },
    ]
  if (result) return []
  const standard = (await readStandard(look.db, cycle.standardId)).body
  const applications = await readInputs(look.db, cycle.id, standard)
  if (applications.length === 0) return []
  const waiting = await readWaiting(look.db, cycle.id)
  const barred = await barredSchools(look, cycle.id)
  const reasons = withoutBarred(
    againstComputing(applications, standard, cycle.settings.disagreementShare, undefined, waiting),
    [...applications, ...waiting].filter((one) => barred.has(one.schoolId)),
  )
  if (reasons.length === 0)
    return [{ ...base, kind: 'resultToCompute', title: '评审结果可以计算', detail: '评分和测评得分已经齐全。' }]
  const first = reasons.slice(0, REASONS_SHOWN).map((one) => one.message)
  const title = `评审还有 ${reasons.length} 处没有办完`
  return [{ ...base, kind: 'reviewBlocked', title, detail: first.join('') }]
}
