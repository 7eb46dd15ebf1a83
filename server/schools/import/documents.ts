import { againstReadingSchool, roleLabels } from '#domain/base/actor.ts'
import { id } from '#contract/endpoint.ts'
import { issueActivation } from '#server/identity/activation/actions.ts'
import { listAccountsOfSchools } from '#server/identity/access/queries.ts'
import { readStanding } from '#server/schools/organization/queries.ts'
import { demand, refuse } from '#server/kernel/problem.ts'
import { type Exchange, sendHtml } from '#server/kernel/routes.ts'
import type { Work } from '#server/kernel/work.ts'
import { printPage } from '#server/portal/layout.ts'
import { slipQr, slips } from '#server/portal/printPieces.ts'
import { readSite } from '#server/portal/site.ts'

const MOST_SCHOOLS = 500

function chosenSchools(exchange: Exchange): string[] {
  const texts = exchange.all('schoolIds').flatMap((text) => text.split(','))
  const schoolIds = [...new Set(texts.filter(Boolean))]
  if (schoolIds.length === 0) throw refuse('incomplete', '请先选择学校。')
  if (schoolIds.length > MOST_SCHOOLS) throw refuse('tooLarge', `一次最多打印 ${MOST_SCHOOLS} 所学校的激活单。`)
  for (const one of schoolIds) if (!id.safeParse(one).success) throw refuse('notFound')
  return schoolIds
}

/** New codes for the people of these schools who have no password yet. */
async function issueToSchools(work: Work, schoolIds: readonly string[]) {
  const names = new Map<string, string>()
  for (const schoolId of schoolIds) {
    const standing = await readStanding(work.db, schoolId)
    demand(againstReadingSchool(work.actor, standing))
    names.set(schoolId, standing.name)
  }
  const waiting = (await listAccountsOfSchools(work.db, schoolIds)).filter((one) => !one.activated)
  const made = []
  for (const schoolId of schoolIds)
    for (const person of waiting.filter((one) => one.organizationId === schoolId))
      made.push({ ...person, school: names.get(schoolId) ?? '', ...(await issueActivation(work, person.personId)) })
  if (made.length === 0)
    throw refuse('notInThisState', '所选学校的账号都已经激活，或者还没有建立账号，没有要打印的激活单。')
  work.record('activation.slipsPrinted', 'organization', work.actor.bureauId, { people: made.length })
  return made
}

/** Makes new activation codes for the chosen schools' people who have no password yet, and shows them this once. */
export async function printSlips(exchange: Exchange): Promise<unknown> {
  const schoolIds = chosenSchools(exchange)
  // Read before: the codes are shown once, and nothing may come between.
  const site = await readSite(exchange)
  const printed = await exchange.work((work) => issueToSchools(work, schoolIds))
  const { publicUrl } = exchange.house.settings
  const body = slips(
    '账号激活单',
    printed.map((one) => ({
      title: one.school,
      lines: [
        { label: '岗位', value: one.role === 'secretary' ? roleLabels.secretary : roleLabels.clerk },
        { label: '姓名', value: one.name },
        { label: '登录名', value: one.loginName },
        { label: '激活码', value: one.token },
      ],
      qrSvg: slipQr(publicUrl, one.loginName),
      note: `手机扫二维码，或打开 ${publicUrl}/activate ，输入激活码，自己设置密码。${until(one.expiresAt)}前有效，只能用一次，请勿转交他人。`,
    })),
  )
  return sendHtml(exchange.reply, printPage(site, { title: '账号激活单', back: '/console/schools' }, body))
}

/** The end of validity as a wall clock in Shanghai shows it. */
function until(instant: string): string {
  const local = new Date(Date.parse(instant) + 8 * 3_600_000)
  const two = (value: number) => String(value).padStart(2, '0')
  return `${local.getUTCMonth() + 1} 月 ${local.getUTCDate()} 日 ${two(local.getUTCHours())}:${two(local.getUTCMinutes())} `
}
