import { applySchoolList as applying, checkSchoolList } from '#contract/schoolList.ts'
import { exchange, post, type Route } from '#server/kernel/routes.ts'
import { applySchoolList } from './actions.ts'
import { printSlips } from './documents.ts'
import { judgeSchoolList, readUploadedTable, reportOf } from './store.ts'

export const schoolListRoutes: readonly Route[] = [
  exchange(checkSchoolList, async (one) => {
    const table = await readUploadedTable(one)
    return reportOf(await judgeSchoolList(one.look.db, one.actor.bureauId ?? '', table))
  }),
  exchange(applying, async (one, { query }) => {
    const table = await readUploadedTable(one)
    return one.work((work) =>
      applySchoolList(work, {
        ...table,
        bureauId: work.actor.bureauId ?? '',
        digest: query.digest,
        accounts: query.accounts === 'yes',
      }),
    )
  }),
  post({ name: 'printSlips', path: '/schools/slips', access: ['office'] }, printSlips),
]
