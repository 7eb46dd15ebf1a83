import { type Scope, schoolScope } from '#domain/base/actor.ts'
import { applicationLife, notSent } from '#domain/application/applicationLife.ts'
import { planLife } from '#domain/plan/planLife.ts'
import { pillarLabels, pillars } from '#domain/base/pillar.ts'
import { listAccountTodos } from '#server/identity/account/views.ts'
import { listRequestTodos } from '#server/identity/accountRequest/views.ts'
import { explainSight } from '#server/identity/access/views.ts'
import { listApplicationTodos } from '#server/application/application/views.ts'
import { listBeginningTodos } from '#server/year/beginning/queries.ts'
import { listAwardTodos } from '#server/award/decision/views.ts'
import { listRenamingTodos } from '#server/brand/brand/views.ts'
import { listCommentTodos } from '#server/plan/comment/views.ts'
import { type Cycle, cycleOf, listCalendarTodos } from '#server/year/cycle/queries.ts'
import { listLedgerTodos } from '#server/ledger/entry/views.ts'
import { countedIn, countFiled } from '#server/ledger/figures/queries.ts'
import type { Todo } from '#contract/home/todo.ts'
import { countPlans } from '#server/plan/list/queries.ts'
import { listPlanTodos } from '#server/plan/list/views.ts'
import { listReviewTodos } from '#server/review/result/views.ts'
import { listEventTodos } from '#server/showcase/event/views.ts'
import { listArticleTodos } from '#server/showcase/article/views.ts'
import { listFindingTodos } from '#server/supervision/finding/views.ts'
import { listRectificationTodos } from '#server/supervision/rectification/views.ts'
import { listSurveyTodos } from '#server/survey/classes/views.ts'
import { listHouseTodos } from '#server/records/system/views.ts'
import { countSummaries } from '#server/application/summary/queries.ts'
import { listSummaryTodos } from '#server/application/summary/views.ts'
import type { Look } from '#server/kernel/work.ts'
import { countApplications, countComments, countOrders, countSchools } from './queries.ts'

const sources: readonly ((look: Look) => Promise<Todo[]>)[] = [
  listBeginningTodos,
  listPlanTodos,
  listRenamingTodos,
  listCommentTodos,
  listLedgerTodos,
  listSummaryTodos,
  listApplicationTodos,
  listSurveyTodos,
  listReviewTodos,
  listAwardTodos,
  listArticleTodos,
  listEventTodos,
  listFindingTodos,
  listRectificationTodos,
  listAccountTodos,
  listRequestTodos,
  listCalendarTodos,
  listHouseTodos,
]

const LAST = '9999'

/** A signature that is asked for and a text that came back hold up everybody else, so they stand first. */
const waitsForOne = ({ kind }: Todo): boolean => /(ToSign|Returned)$/.test(kind)

/** Everything that waits for this person, whatever the feature: what holds others up first, then by date, undated last. */
export async function readTodoList(look: Look) {
  const todos: Todo[] = []
  for (const list of sources) todos.push(...(await list(look)))
  const items = todos.map((todo) => ({ ...todo, overdue: todo.dueDate !== undefined && todo.dueDate < look.today }))
  items.sort(
    (a, b) =>
      Number(waitsForOne(b)) - Number(waitsForOne(a)) ||
      (a.dueDate ?? LAST).localeCompare(b.dueDate ?? LAST) ||
      a.title.localeCompare(b.title) ||
      a.id.localeCompare(b.id),
  )
  return { items, explain: explainSight(look.actor).join('') }
}

interface Figure {
  label: string
  value: string
  note: string
  href: string
  bad: boolean
}

/** The year at a glance for the schools in scope, in as many queries for one school as for a thousand. */
export async function readFigures(
  look: Look,
  year?: number,
): Promise<{ cycleTitle: string | null; figures: Figure[] }> {
  const cycle = await cycleOf(look, year)
  if (!cycle) return { cycleTitle: null, figures: [] }
  const scope = schoolScope(look.actor)
  const figures = [
    ...(await schoolFigures(look, scope)),
    await planFigure(look, cycle),
    await ledgerFigure(look, scope, cycle.id),
    await summaryFigure(look, cycle),
    await applicationFigure(look, scope, cycle.id),
    ...(await overdueFigures(look, scope)),
  ]
  // A figure of a chosen year leads to the list of that year; the register of schools and their brands belong to none.
  const there = (href: string) =>
    /^\/console\/(schools|brands)/.test(href) ? href : `${href}${href.includes('?') ? '&' : '?'}year=${cycle.year}`
  return {
    cycleTitle: cycle.title,
    figures: year === undefined ? figures : figures.map((one) => ({ ...one, href: there(one.href) })),
  }
}

async function schoolFigures(look: Look, scope: Scope): Promise<Figure[]> {
  const { schools, made, published } = await countSchools(look.db, scope)
  return [
    { label: '学校（幼儿园）', value: `${schools}`, note: '本级在册', href: '/console/schools', bad: false },
    {
      label: '已创建品牌',
      value: `${made}/${schools}`,
      note: `应创建 ${schools}，已公布 ${published}`,
      href: '/console/brands?state=made',
      bad: false,
    },
  ]
}

type Counts = { state: string; count: number }[]

const total = (rows: Counts): number => rows.reduce((sum, row) => sum + Number(row.count), 0)

const of = (rows: Counts, ...states: string[]): number => total(rows.filter((row) => states.includes(row.state)))

/** “已公布 38，已签报 2”: the states in the order of their life. */
const said = (rows: Counts, labels: Readonly<Record<string, string>>): string =>
  Object.entries(labels)
    .flatMap(([state, label]) => (of(rows, state) > 0 ? [`${label} ${of(rows, state)}`] : []))
    .join('，')

async function planFigure(look: Look, cycle: Cycle): Promise<Figure> {
  const { states, inForce } = await countPlans(look, cycle)
  const rows = states.flatMap(({ state, count }) => (state === null ? [] : [{ state, count }]))
  const note = said(rows, { ...planLife.states, published: '执行中' }) || '还没有学校起草'
  return { label: '创建方案已公布', value: `${inForce}`, note, href: '/console/plans?state=published', bad: false }
}

async function ledgerFigure(look: Look, scope: Scope, cycleId: string): Promise<Figure> {
  const filed = await countFiled(look.db, countedIn(scope, cycleId))
  const all = pillars.reduce((sum, pillar) => sum + filed[pillar], 0)
  const note = pillars.map((pillar) => `${pillarLabels[pillar]} ${filed[pillar]}`).join('，')
  return { label: '已归档台账', value: `${all}`, note, href: '/console/ledger?state=filed', bad: false }
}

async function summaryFigure(look: Look, cycle: Cycle): Promise<Figure> {
  const rows = (await countSummaries(look, cycle)).map(({ state, count }) => ({ state: state ?? 'none', count }))
  const note = `待审核 ${of(rows, 'submitted')}，起草中 ${of(rows, 'draft')}`
  const href = '/console/summaries?state=accepted'
  return { label: '年度总结已通过', value: `${of(rows, 'accepted')}`, note, href, bad: false }
}

async function applicationFigure(look: Look, scope: Scope, cycleId: string): Promise<Figure> {
  const rows = await countApplications(look.db, scope, cycleId)
  const note = said(rows, applicationLife.states) || '还没有申报'
  const value = `${total(rows) - of(rows, ...notSent)}`
  return { label: '已提交申报', value, note, href: '/console/applications?state=sent', bad: false }
}

async function overdueFigures(look: Look, scope: Scope): Promise<Figure[]> {
  const orders = await countOrders(look.db, scope, look.today)
  const comments = await countComments(look.db, scope, look.today)
  const figure = (label: string, overdue: number, rest: { note: string; href: string }): Figure => ({
    label,
    value: `${overdue}`,
    ...rest,
    bad: overdue > 0,
  })
  return [
    figure('逾期未整改', orders.late, {
      note: `学校待办共 ${orders.open}${orders.waiting > 0 ? `，已报送待核验 ${orders.waiting}` : ''}`,
      href: '/console/rectifications?overdue=yes',
    }),
    figure('逾期未答复意见', comments.late, {
      note: `待答复共 ${comments.open}`,
      href: '/console/comments?state=overdue',
    }),
  ]
}
