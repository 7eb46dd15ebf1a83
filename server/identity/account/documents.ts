import { z } from 'zod'
import { shanghaiTime } from '#domain/base/calendar.ts'
import { accountFilter } from '#contract/identity/account.ts'
import { demandReadable, MOST_ROWS, sendListSheet } from '#server/kernel/listSheet.ts'
import { show } from '#server/kernel/routes.ts'
import { readAccountPage } from './queries.ts'

const filterShape = z.strictObject(accountFilter)

/** The list of accounts as it is seen, to be kept or checked against the staff list. */
export const exportAccounts = show(
  { name: 'exportAccounts', path: '/api/accounts-export', access: ['admin', 'security'] },
  async (exchange) => {
    const filter = filterShape.parse(exchange.query)
    const { items, total } = await readAccountPage(exchange.look, { ...filter, page: 1, size: MOST_ROWS })
    demandReadable(total)
    return sendListSheet(exchange, {
      title: '账号',
      rows: items,
      columns: [
        { header: '姓名', width: 14, kind: 'text', of: (one) => one.name },
        { header: '登录名', width: 18, kind: 'text', of: (one) => one.loginName },
        { header: '岗位', width: 40, kind: 'text', of: (one) => one.roles.join('；') },
        { header: '状态', width: 12, kind: 'text', of: (one) => stateOf(one) },
        {
          header: '最近登录',
          width: 18,
          kind: 'text',
          of: (one) => one.lastSignInAt && shanghaiTime(one.lastSignInAt),
        },
      ],
    })
  },
)

const stateOf = (one: { state: string; waiting: boolean; locked: boolean }): string => {
  if (one.state === 'disabled') return '已停用'
  if (one.waiting) return '待激活'
  return one.locked ? '已锁定' : '正常'
}
