import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import { choose, fill, fillDate, open, press, send } from './form.ts'
import type { Stage } from './fixture.ts'

const methods = ['查阅资料', '现场展示', '实地走访', '访谈座谈']

/** Four panels, each with the reviewer whose turn it is; the sheets are handed out after a look at the preview. */
export async function formPanels(s: Stage, office: Page, reviewers: readonly string[]): Promise<void> {
  for (const [at, method] of methods.entries()) {
    await open(office, s.url, '/panels', '评审组')
    await choose(office, office, '评审方式', method)
    await fill(office, { 名称: '第一组' })
    await choose(office, office, '专家', reviewers[at % reviewers.length] ?? '')
    await press(office, '建立评审组')
    const section = office.getByRole('region', { name: method })
    await section.getByRole('button', { name: '分配评分表' }).click()
    const hand = section.getByRole('button', { name: /发出 \d+ 张评分表/ })
    await press(office, (await hand.innerText()).trim())
    await section.getByText('评分表 3 张').waitFor()
  }
  await s.look(office, '30-panels')
}

/** Every sheet of a reviewer: the declaration first, then points for each line, submitted and locked. */
export async function scoreEverything(s: Stage, page: Page, share: number): Promise<void> {
  await open(page, s.url, '/sheets', '我的评审')
  const links = await page
    .locator('a.row-list-title')
    .evaluateAll((found) => found.map((one) => one.getAttribute('href') ?? ''))
  assert.equal(links.length, 6)
  for (const [at, link] of links.entries()) {
    await page.goto(`${s.url}${link}`)
    // The declaration is for the school: its second sheet is open at once.
    const declare = page.getByRole('button', { name: '我没有以上情形，开始评分' })
    await declare.or(page.locator('.score-line')).first().waitFor()
    if (await declare.isVisible()) await press(page, '我没有以上情形，开始评分')
    await page.locator('.score-line').first().waitFor()
    for (const line of await page.locator('.score-line').all()) {
      const most = Number(/\/ ([\d.]+) 分/.exec(await line.innerText())?.[1])
      await line.getByRole('textbox').fill(String(Math.round(most * share * 100) / 100))
    }
    if (at === 0) await s.look(page, '31-score-sheet')
    await press(page, '提交评分')
    await page.getByText('已提交').first().waitFor()
  }
}

/** The points of the counted survey, then the result: computed, checked and sealed. */
export async function sealResult(s: Stage, office: Page, schools: readonly string[]): Promise<void> {
  await open(office, s.url, '/review', '评审进展')
  await office
    .getByRole('link', { name: schools[0] ?? '' })
    .first()
    .click()
  const points = office.getByRole('region', { name: '群众测评得分' })
  await points.getByText(/满意度指数 100/).waitFor()
  await computeAndSeal(s, office)
  // Sealed too early: the result is set aside and computed again.
  await press(office, '更正结果', '封存后发现漏看一处材料，重新核对。')
  await office.getByText('结果正在更正').waitFor()
  await s.look(office, '32-correcting')
  await computeAndSeal(s, office)
  await office.getByRole('heading', { name: '更正前的结果' }).waitFor()
  await s.look(office, '32-ranking')
}

async function computeAndSeal(s: Stage, office: Page): Promise<void> {
  await open(office, s.url, '/review', '评审进展')
  await press(office, '计算结果')
  await open(office, s.url, '/ranking', '评审结果')
  await press(office, '登记复核意见', '逐校核对，无误。')
  await press(office, '封存结果')
  await office.getByText('已封存').first().waitFor()
}

/** The meeting decides, the notice is posted for five working days, and somebody objects. */
export async function decideAndPost(
  s: Stage,
  office: Page,
  colleague: { page: Page },
  winner: string,
): Promise<string> {
  await open(office, s.url, '/naming', '审定公布')
  await fillDate(office, '会议日期', '2026-11-04')
  await fill(office, { 参会人员: '局党组成员（演示）', 会议纪要: '经集体研究，同意拟命名名单。' })
  await choose(office, office, '拟授予', new RegExp(winner))
  await send(office, '登记决定')
  await office.getByRole('dialog').getByRole('button', { name: '确认登记' }).click()
  // A meeting that is still to come is no meeting.
  await office.getByText('会议日期不能晚于今天').first().waitFor()
  await fillDate(office, '会议日期', '2026-11-03')
  await send(office, '登记决定')
  await office.getByRole('dialog').getByRole('button', { name: '确认登记' }).click()
  await office.getByRole('button', { name: '起草公示' }).waitFor()
  // Another one holds the names against the minutes before anything gets out.
  await open(colleague.page, s.url, '/revocations', '审定和撤销确认')
  await colleague.page.getByText('经集体研究，同意拟命名名单。').waitFor()
  await press(colleague.page, '确认审定决定')
  await open(office, s.url, '/naming', '审定公布')
  await press(office, '起草公示')
  await office.getByRole('heading', { level: 1, name: '公示' }).waitFor()
  const text = office.getByRole('textbox', { name: '正文' })
  await text.fill((await text.inputValue()).replaceAll('（请填写）', '演示'))
  await send(office, '保存')
  await office.getByText('已保存').first().waitFor()
  await press(office, '发布公示')
  await office.getByText('公示中').first().waitFor()
  const notice = new URL(office.url()).pathname.replace('/console', '')
  const phone = await s.phone({ javaScriptEnabled: false })
  await phone.goto(`${s.url}${notice}`)
  await phone.getByText(winner).first().waitFor()
  await phone.getByRole('link', { name: '提出异议' }).click()
  await phone.locator('[name="name"]').fill('演示群众')
  await phone.locator('[name="phone"]').fill('0372-0000000')
  await phone.locator('[name="content"]').fill('太短')
  // Nobody writes an objection in no time; the clock of the walk stands still in between.
  await s.setTime('2026-11-03T01:10:00.000Z')
  await phone.getByRole('button', { name: '提交异议' }).click()
  await phone.getByText('请至少写 20 个字').first().waitFor()
  assert.equal(await phone.locator('[name="name"]').inputValue(), '演示群众')
  await s.setTime('2026-11-03T01:20:00.000Z')
  await phone.locator('[name="content"]').fill('该校台账中的一次活动与实际日期不符，希望核实后公布结果，谢谢。')
  await phone.getByRole('button', { name: '提交异议' }).click()
  const receipt = (await phone.locator('.code').innerText()).trim()
  await phone.context().close()
  return receipt
}

/** The objection is admitted, checked by somebody of the bureau, decided and answered; the objector sees it. */
export async function answerObjection(
  s: Stage,
  office: Page,
  colleague: { name: string; page: Page },
  receipt: string,
): Promise<void> {
  await open(office, s.url, '/objections', '异议')
  await press(office, '受理', '属实名异议，予以受理。')
  await choose(office, office, '核查人', colleague.name)
  await press(office, '指定核查人')
  await open(colleague.page, s.url, '/objections', '异议')
  await press(colleague.page, '作出结论', '经核对原始记录，日期一致，异议不成立。')
  await press(colleague.page, '答复', '经核查，活动日期与原始记录一致，感谢监督。')
  const phone = await s.phone({ javaScriptEnabled: false })
  await phone.goto(`${s.url}/objections`)
  await phone.locator('[name="receipt"]').fill(receipt)
  await phone.getByRole('button', { name: '查询' }).click()
  await phone.getByText('经核查，活动日期与原始记录一致').waitFor()
  await phone.context().close()
}

/** After the last day the notice ends and the award is conferred; the certificate can be checked and stands on the portal. */
export async function confer(
  s: Stage,
  office: Page,
  winner: { name: string; brand: string; clerk: Page },
): Promise<void> {
  await open(office, s.url, '/naming', '审定公布')
  await office.getByRole('link', { name: '查看公示' }).click()
  await press(office, '结束公示')
  await office.getByText('公示结束').first().waitFor()
  await open(office, s.url, '/naming', '审定公布')
  await fill(office, { 发文字号: '演教党〔2026〕12号' })
  await fillDate(office, '授予日期', '2026-11-16')
  await press(office, '授予')
  await office.getByText('YXYP-2026-0001').first().waitFor()
  await s.look(office, '33-naming')
  await open(winner.clerk, s.url, '/awards', '本校结果')
  await winner.clerk.getByRole('link', { name: /YXYP-2026-0001/ }).click()
  await winner.clerk.getByText('证书编号 YXYP-2026-0001').waitFor()
  await s.look(winner.clerk, '34-certificate')
  const phone = await s.phone()
  await phone.goto(`${s.url}/verify/yxyp-2026-0001`)
  await phone.getByText('证书真实有效').waitFor()
  await phone.getByText(winner.name).first().waitFor()
  await s.look(phone, '35-verify-phone')
  await phone.goto(`${s.url}/brands`)
  await phone.getByRole('link', { name: winner.brand }).click()
  await phone.getByText('2026 年成果奖').first().waitFor()
  await s.look(phone, '36-brand-phone')
  const desktop = await s.desktop()
  await desktop.goto(`${s.url}/`)
  await s.look(desktop, '37-portal-home')
  await desktop.goto(phone.url())
  await s.look(desktop, '38-brand-desktop')
}
