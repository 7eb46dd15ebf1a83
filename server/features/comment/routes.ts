import * as contract from '#contract/comment.ts'
import { act, answer, type Route } from '#server/kernel/routes.ts'
import { answerComment, hideComment, showComments } from './actions.ts'

export const commentRoutes: readonly Route[] = [
  answer(contract.listComments, (look, { query }) => showComments(look, query)),
  act(contract.answerComment, (work, { params, body }) => answerComment(work, params.id, body.answer)),
  act(contract.hideComment, (work, { params, body }) => hideComment(work, params.id, body.reason)),
]
