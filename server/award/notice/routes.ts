import * as contract from '#contract/award/notice.ts'
import { act, answer } from '#server/kernel/routes.ts'
import { composeNotice, drop, end, post, saveNoticeText } from './actions.ts'
import { noticePages } from './pages.ts'
import { readNoticeDetail } from './queries.ts'

export const noticeRoutes = [
  act(contract.draftNotice, (work, { body, query }) => composeNotice(work, body.seen, query.year)),
  answer(contract.readNotice, (look, { params }) => readNoticeDetail(look, params.id)),
  act(contract.saveNotice, (work, { params, body }) => saveNoticeText(work, params.id, body)),
  act(contract.postNotice, (work, { params, body }) => post(work, params.id, body.seen)),
  act(contract.endNotice, (work, { params, body }) => end(work, params.id, body.seen)),
  act(contract.dropNotice, (work, { params, body }) => drop(work, params.id, body)),
  ...noticePages,
]
