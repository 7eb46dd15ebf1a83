import { worksAt } from '#domain/base/actor.ts'
import { movesFrom } from '#domain/base/lifecycle.ts'
import { againstApplied, againstBeginning, againstMovingSummary } from '#domain/application/summary.ts'
import { summaryLife } from '#domain/application/summaryLife.ts'
import { lastApplyDay } from '#domain/year/cycle.ts'
import { type SummaryDetail, type YearFacts, yearFacts } from '#contract/application/summary.ts'
import type { Todo } from '#contract/home/todo.ts'
import type { Look } from '#server/kernel/work.ts'
import { cycleOf } from '#server/year/cycle/queries.ts'
import {
  findApplied,
  findOwnSummary,
  findSummary,
  listSummaryVersions,
  listWaitingSummaries,
  readSummaryNames,
  readYearFacts,
} from './queries.ts'

/** The school's summary of the year, or why none can be begun; looking makes nothing. */
export async function showOwnSummary(look: Look, year?: number) {
  const cycle = await cycleOf(look, year)
  const existing = cycle && (await findOwnSummary(look, cycle.id))
  return {
    id: existing?.id ?? null,
    cycleTitle: cycle?.title ?? null,
    moves: { start: againstBeginning(cycle) },
  }
}

const factsIn = (text: string): YearFacts => yearFacts.parse(JSON.parse(text))

/** One summary with its facts and versions, and what may be done with it. */
export async function readSummaryDetail(look: Look, id: string): Promise<SummaryDetail> {
  const summary = await findSummary(look, id)
  const names = await readSummaryNames(look.db, summary)
  const { bureauId: _bureau, signedBy: _signer, createdAt: _created, facts, ...shown } = summary
  const applied = summary.state === 'accepted' ? againstApplied(await findApplied(look.db, summary)) : []
  return {
    ...shown,
    ...names,
    // A signed summary shows the facts as they were signed; a draft shows today's.
    facts: summary.state === 'draft' ? await readYearFacts(look.db, summary.schoolId, summary.cycleId) : factsIn(facts),
    versions: await listSummaryVersions(look.db, id),
    mayWrite: summary.state === 'draft' && worksAt(look.actor, summary.schoolId),
    moves: Object.fromEntries(
      movesFrom(summaryLife, summary.state).map((action) => [
        action,
        [...againstMovingSummary(look.actor, summary, action), ...(action === 'amend' ? applied : [])],
      ]),
    ),
  }
}

/** What the summary asks of this person now: to mend, to sign or to judge. */
export async function listSummaryTodos(look: Look): Promise<Todo[]> {
  const at = (...roles: string[]) =>
    look.actor.grants.filter((one) => roles.includes(one.role)).map((one) => one.organizationId)
  const [offices, own] = [at('office'), at('secretary', 'clerk')]
  if (offices.length + own.length === 0) return []
  const rows = await listWaitingSummaries(look.db, { offices, own })
  return rows.flatMap((row): Todo[] => {
    // Without an accepted summary a school cannot apply.
    const here = { id: `summary:${row.id}`, href: `/console/summaries/${row.id}` }
    const base = { ...here, dueDate: lastApplyDay(row) }
    const over = `${row.schoolName} ${row.cycleTitle}`
    if (row.state === 'submitted')
      return [{ ...here, kind: 'summaryToJudge', title: '年度总结待审核', detail: `${over}：学校书记已签报。` }]
    if (row.returnReason)
      return [{ ...base, kind: 'summaryReturned', title: '年度总结被退回，请修改', detail: row.returnReason }]
    if (againstMovingSummary(look.actor, { ...row, state: 'draft' }, 'sign').length === 0)
      return [{ ...base, kind: 'summaryToSign', title: '年度总结待签报', detail: `${over}：请核对后签报。` }]
    return [{ ...base, kind: 'summaryDraft', title: '年度总结待写完', detail: `${over}：写好后请书记签报。` }]
  })
}
