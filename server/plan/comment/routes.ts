import * as contract from '#contract/plan/comment.ts'
import { act, answer, type Route } from '#server/kernel/routes.ts'
import { answerComment, correctAnswer, judgeComments, reportComment } from './actions.ts'
import { commentPages } from './pages.ts'
import { readComments } from './views.ts'

export const commentRoutes: readonly Route[] = [
  ...commentPages,
  answer(contract.listComments, (look, { query }) => readComments(look, query)),
  act(contract.answerComment, (work, { params, body }) => answerComment(work, params.id, body.answer)),
  act(contract.correctAnswer, (work, { params, body }) => correctAnswer(work, params.id, body)),
  act(contract.reportComment, (work, { params, body }) => reportComment(work, params.id, body.reason)),
  act(contract.judgeComments, (work, { body }) => judgeComments(work, body)),
]
