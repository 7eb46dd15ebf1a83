import { hasRole, ownSchoolId } from '#domain/base/actor.ts'
import { dateInWords, shanghaiDate } from '#domain/base/calendar.ts'
import {
  againstAnswering,
  againstCorrecting,
  againstJudgingComment,
  againstReporting,
  isLate,
  judgements,
  relationLabels,
} from '#domain/plan/comment.ts'
import { commentLife } from '#domain/plan/commentLife.ts'
import type { Todo } from '#contract/home/todo.ts'
import type { Look } from '#server/kernel/work.ts'
import {
  type Comment,
  type CommentFilter,
  listAnsweredSchools,
  listAnswersBefore,
  listCommentRows,
  listToAnswer,
  readJudging,
  readOrphaned,
} from './queries.ts'

export const relationOf = (comment: { relation: string }): string =>
  Object.entries(relationLabels).find(([relation]) => relation === comment.relation)?.[1] ?? '社会公众'

const stateLabel = (comment: Comment): string => commentLife.states[comment.state]

/** Comments that wait for an answer of the person's own school, or for the office to judge them. */
export async function listCommentTodos(look: Look): Promise<Todo[]> {
  if (!ownSchoolId(look.actor)) return [...(await listJudgingTodos(look)), ...(await listClosedTodos(look))]
  const schools = await listAnsweredSchools(look)
  if (schools.length === 0) return []
  const rows = await listToAnswer(
    look.db,
    schools.map((one) => one.id),
  )
  const merged = new Map(schools.flatMap((one) => (one.retiredAt === null ? [] : [[one.id, one.name] as const])))
  return rows.map(({ id, schoolId, content, dueOn }) => ({
    id: `comment:${id}`,
    kind: 'commentToAnswer',
    title: merged.has(schoolId) ? `并入本校的${merged.get(schoolId)}有意见待答复` : '意见建议待答复',
    detail: [...content].length > 40 ? `${[...content].slice(0, 40).join('')}…` : content,
    ...(dueOn === null ? {} : { dueDate: dueOn }),
    href: '/console/comments?state=received',
  }))
}

/** What visitors said to schools that are closed and have no successor waits for the office itself. */
async function listClosedTodos(look: Look): Promise<Todo[]> {
  if (!hasRole(look.actor, 'office')) return []
  const row = await readOrphaned(look)
  if (row.count === 0) return []
  return [
    {
      id: 'comment:closed',
      kind: 'commentToAnswer',
      title: `撤并学校有 ${row.count} 条意见待答复`,
      detail: '这些学校没有接续的学校，由局党工委办答复。',
      ...(row.first === null ? {} : { dueDate: row.first }),
      href: '/console/comments?state=closed',
    },
  ]
}

/** One line however many wait, with the day of the oldest: visitors wait, and schools cannot answer before. */
async function listJudgingTodos(look: Look): Promise<Todo[]> {
  const office = look.actor.grants.find((one) => one.role === 'office')
  if (!office) return []
  const row = await readJudging(look.db, office.organizationId)
  if (row.count === 0) return []
  return [
    {
      id: 'comment:judging',
      kind: 'commentToJudge',
      title: `有 ${row.count} 条意见待审核`,
      detail: `最早的一条 ${dateInWords(shanghaiDate(row.oldest))}收到。审核后才公开，学校才能答复。`,
      href: '/console/comments?state=judging',
    },
  ]
}

/** The comments in scope, each with what this person may do with it. */
export async function readComments(look: Look, filter: CommentFilter) {
  const { items, total } = await listCommentRows(look, filter)
  const before = await listAnswersBefore(
    look.db,
    items.map((one) => one.id),
  )
  return {
    items: items.map((one) => ({
      id: one.id,
      planId: one.planId,
      planVersion: one.planVersion,
      schoolName: one.schoolName,
      closed: one.closed !== undefined,
      nickname: one.nickname,
      relationLabel: relationOf(one),
      content: one.content,
      state: one.state,
      stateLabel: stateLabel(one),
      overdue: isLate(one, look.today),
      receivedAt: one.receivedAt,
      dueOn: one.dueOn,
      answer: one.answer,
      answeredAt: one.answeredAt,
      correctedAt: one.correctedAt,
      hiddenReason: one.hiddenReason,
      heldFor: one.heldFor,
      earlier: before
        .filter((old) => old.commentId === one.id)
        .map(({ answer, answeredAt, replacedAt }) => ({ answer, answeredAt, replacedAt })),
      moves: movesFor(look, one),
    })),
    total,
  }
}

/** Only what the state allows has a button; a comment that nobody can move has none. */
function movesFor({ actor }: Look, comment: Comment) {
  const open = commentLife.moves[comment.state]
  const judging = judgements.filter((one) => open[one] !== undefined)
  return {
    ...(open.answer && !(comment.state === 'hidden' && comment.answer !== null)
      ? { answer: againstAnswering(actor, comment) }
      : {}),
    ...(open.correct ? { correct: againstCorrecting(actor, comment) } : {}),
    ...(open.report && comment.judgedAt === null ? { report: againstReporting(actor, comment) } : {}),
    ...Object.fromEntries(
      judging.map((judgement) => [judgement, againstJudgingComment(actor, comment, { judgement })] as const),
    ),
  }
}
