import { applySchoolList as applying, checkSchoolList } from '#contract/schools/schoolList.ts'
import { exchange, post, type Route } from '#server/kernel/routes.ts'
import { applySchoolList, readSentList } from './actions.ts'
import { printSlips } from './documents.ts'
import { judgeSchoolList } from './queries.ts'
import { reportOf } from './views.ts'

export const schoolListRoutes: readonly Route[] = [
  exchange(checkSchoolList, async (one) => {
    const sent = await readSentList(one)
    return reportOf(await judgeSchoolList(one.look.db, one.actor.bureauId, sent))
  }),
  exchange(applying, async (one, { query }) => {
    const sent = await readSentList(one)
    return one.work((work) =>
      applySchoolList(work, {
        ...sent,
        bureauId: work.actor.bureauId,
        digest: query.digest,
        accounts: query.accounts === 'yes',
      }),
    )
  }),
  post({ name: 'printSlips', path: '/schools/slips', access: ['office'] }, printSlips),
]
