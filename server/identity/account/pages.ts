import { SLIP_DAYS } from '#domain/identity/account.ts'
import { refusal } from '#domain/base/refusal.ts'
import { shanghaiTime } from '#domain/base/calendar.ts'
import { Problem } from '#server/kernel/problem.ts'
import { post, sendHtml } from '#server/kernel/routes.ts'
import { printPage } from '#server/portal/layout.ts'
import { slipQr, slips } from '#server/portal/printPieces.ts'
import { readSite } from '#server/portal/site.ts'
import { issueSlips } from './actions.ts'

const SLIPS_AT_ONCE = 400

/** How long the slips are good, as chosen before printing. */
function daysOf(typed: string | undefined): number {
  const days = typed === undefined || typed === '' ? SLIP_DAYS.usual : Number(typed)
  if (Number.isInteger(days) && days >= SLIP_DAYS.least && days <= SLIP_DAYS.most) return days
  throw new Problem([
    refusal('invalid', `激活单的有效期为 ${SLIP_DAYS.least}–${SLIP_DAYS.most} 天。`, { field: 'days' }),
  ])
}

/** Makes activation slips and shows them once as a sheet to print and cut; asked again, it makes new codes. */
export const slipsForm = post(
  { name: 'printSlipsForm', path: '/accounts/slips', access: ['admin', 'security'] },
  async (exchange) => {
    const ids = [...new Set(exchange.all('id'))]
    if (ids.length === 0) throw new Problem([refusal('incomplete', '请先选择要打印激活单的人。')])
    if (ids.length > SLIPS_AT_ONCE)
      throw new Problem([refusal('tooLarge', `一次最多打印 ${SLIPS_AT_ONCE} 张，请分几次。`)])
    // Read before: the codes are shown once, and nothing may come between.
    const site = await readSite(exchange)
    const days = daysOf(exchange.form['days'])
    const made = await exchange.work((work) => issueSlips(work, ids, days))
    const { publicUrl } = exchange.house.settings
    const body = slips(
      '激活单',
      made.map((one) => ({
        title: `${one.name}　${one.organization}`,
        lines: [
          { label: '网址', value: `${publicUrl}/activate` },
          { label: '登录名', value: one.loginName },
          { label: '激活码', value: one.code },
          { label: '有效期', value: `至 ${shanghaiTime(one.expiresAt)}` },
        ],
        qrSvg: slipQr(publicUrl, one.loginName),
        note: '用手机扫二维码，或打开网址，输入激活码，设置自己的密码。激活码只能用一次，请当面交给本人，用后销毁。',
      })),
    )
    return sendHtml(exchange.reply, printPage(site, { title: '激活单', back: '/console/accounts' }, body))
  },
)
