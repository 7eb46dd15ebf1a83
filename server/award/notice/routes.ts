import * as contract from '#contract/award/notice.ts'
import { act, answer } from '#server/kernel/routes.ts'
import { composeNotice, dropNotice, endNotice, postNotice, saveNoticeText } from './actions.ts'
import { noticePages } from './pages.ts'
import { readNoticeDetail } from './views.ts'

export const noticeRoutes = [
  act(contract.draftNotice, (work, { body, query }) => composeNotice(work, body.seen, query.year)),
  answer(contract.readNotice, (look, { params }) => readNoticeDetail(look, params.id)),
  act(contract.saveNotice, (work, { params, body }) => saveNoticeText(work, params.id, body)),
  act(contract.postNotice, (work, { params, body }) => postNotice(work, params.id, body.seen)),
  act(contract.endNotice, (work, { params, body }) => endNotice(work, params.id, body.seen)),
  act(contract.dropNotice, (work, { params, body }) => dropNotice(work, params.id, body)),
  ...noticePages,
]
