import { z } from 'zod'
import { shanghaiTime } from '#domain/place.ts'
import { accountFilter } from '#contract/account.ts'
import { sendDocument, show, XLSX } from '#server/kernel/routes.ts'
import { writeSheet } from '#server/kernel/sheet.ts'
import { pageOfAccounts } from './store.ts'

const filterShape = z.strictObject(accountFilter)
const MOST_ROWS = 20_000

/** The list of accounts as it is seen, to be kept or checked against the staff list. */
export const exportAccounts = show(
  { name: 'exportAccounts', path: '/api/accounts-export', access: ['admin', 'security'] },
  async ({ look, query, reply }) => {
    const filter = filterShape.parse(query)
    const { items } = await pageOfAccounts(look, { ...filter, page: 1, size: MOST_ROWS })
    const body = await writeSheet({
      title: '账号',
      columns: [
        { header: '姓名', width: 14, kind: 'text' },
        { header: '登录名', width: 18, kind: 'text' },
        { header: '岗位', width: 40, kind: 'text' },
        { header: '状态', width: 12, kind: 'text' },
        { header: '最近登录', width: 18, kind: 'text' },
      ],
      rows: items.map((one) => [
        one.name,
        one.loginName,
        one.roles.join('；'),
        one.state === 'disabled' ? '已停用' : one.waiting ? '待激活' : one.locked ? '已锁定' : '正常',
        one.lastSignInAt ? shanghaiTime(one.lastSignInAt) : '',
      ]),
    })
    return sendDocument(reply, { name: '账号.xlsx', mime: XLSX, body })
  },
)
