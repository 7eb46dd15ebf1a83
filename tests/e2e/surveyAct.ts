import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { readPdf } from '#tests/world/pdf.ts'
import { fill, fillDate, open, press } from './form.ts'
import { glanceAt, type Stage } from './fixture.ts'
import type { SchoolPeople } from './year.test.ts'

const TITLE = '2026 年度满意度测评'
/** How the people of each school answer; pupils have faces, so that 满意 is not among their choices. */
const moods = [['verySatisfied'], ['satisfied', 'verySatisfied'], ['fair']] as const

/** The survey from the classes to the published figures; slips are read from the printed PDF, as people read them from paper. */
export async function holdSurvey(s: Stage, office: Page, schools: readonly SchoolPeople[]): Promise<void> {
  await announce(s, office)
  for (const school of schools) await fillRoster(s, school)
  await s.look(office, '24-survey-draft')
  await office.reload()
  await press(office, '冻结题目和名额')
  await office.getByRole('heading', { name: '冻结题目和名额' }).waitFor()
  await s.look(office, '24-survey-freeze')
  await press(office, '冻结')
  await press(office, '制发编码')
  const slips = await printSlips(s, office, schools)
  await office.getByRole('link', { name: TITLE }).first().click()
  await press(office, '开始答题')
  await office.getByRole('link', { name: '答题进度' }).waitFor()
  for (const [at, codes] of slips.entries()) await answerAll(s, codes, moods[at] ?? moods[0])
  await office.getByRole('link', { name: '答题进度' }).click()
  const all = schools.reduce((sum, { name }) => sum + codesOf(name), 0)
  // While answers come in, the counters move by the hour: how many have answered is told exactly only at the end.
  await office
    .getByText(new RegExp(`\\d+ / ${all}`))
    .first()
    .waitFor()
  await s.look(office, '25-survey-progress')
  await office.getByRole('link', { name: TITLE }).first().click()
  await press(office, '截止答题', '全部答完')
  await press(office, '计票')
  await office.getByRole('link', { name: '公布结果' }).click()
  await fill(office, { 给参加的教师: '感谢大家。各校结果已反馈学校。' })
  await office.getByRole('checkbox', { name: /不能撤回/ }).check()
  await press(office, '公布')
  await office.getByRole('link', { name: '打开公布的页面' }).click()
  await office.getByRole('heading', { name: new RegExp(TITLE) }).waitFor()
  await s.look(office, '26-survey-published')
}

async function announce(s: Stage, office: Page): Promise<void> {
  await open(office, s.url, '/surveys', '群众测评')
  await office.getByRole('link', { name: '新建测评' }).click()
  await fill(office, { 名称: TITLE })
  await fillDate(office, '开始答题的日期', '2026-10-12')
  await press(office, '新建')
  await office.getByRole('link', { name: '修改设置和问卷' }).click()
  await fill(office, { 个人信息保护影响评估的文号或编号: '演示评估〔2026〕1 号' })
  await press(office, '保存')
  await office.getByRole('link', { name: '各校班级人数' }).waitFor()
}

const isNursery = (name: string): boolean => name.includes('幼儿园')
/** Six teachers and twelve parents answer at every school, and twelve pupils where there are any. */
const codesOf = (name: string): number => (isNursery(name) ? 18 : 30)

async function fillRoster(s: Stage, { name, clerk, secretary }: SchoolPeople): Promise<void> {
  const grade = isNursery(name) ? '中班' : '三年级'
  await open(clerk, s.url, '/own-surveys', '群众测评')
  await clerk.getByRole('link', { name: '填报班级人数' }).click()
  await fill(clerk, { 教师人数: '6', 各班人数: `${grade}\t1班\t6\n${grade}\t2班\t6` })
  await press(clerk, '保存人数')
  await clerk.getByRole('button', { name: '修改' }).waitFor()
  await open(secretary, s.url, '/own-surveys', '群众测评')
  await secretary.getByRole('link', { name: '核对并确认' }).click()
  await press(secretary, '确认班级人数')
  await secretary.getByText(/已于 .+ 确认/).waitFor()
}

/** The typed codes of each school, in the order of the schools. */
async function printSlips(s: Stage, office: Page, schools: readonly SchoolPeople[]): Promise<string[][]> {
  await office.getByRole('link', { name: '打印纸条' }).click()
  const all: string[][] = []
  for (const { name } of schools) {
    const row = office
      .locator('tr, li, .list-card')
      .filter({ hasText: name })
      .filter({ has: office.getByRole('button') })
      .first()
    const arriving = office.waitForEvent('download')
    await row.getByRole('button', { name: '打印纸条' }).click()
    const path = await (await arriving).path()
    const texts = readPdf(readFileSync(path)).flatMap((page) => page.texts)
    const codes = texts.join('\n').match(/\b[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}\b/g) ?? []
    assert.equal(codes.length, codesOf(name), `slips of ${name}`)
    all.push(codes)
  }
  await s.look(office, '24-survey-kits')
  return all
}

/** The first of a school answers on a phone without script, the others send the same form. */
async function answerAll(s: Stage, codes: readonly string[], mood: readonly string[]): Promise<void> {
  const [first = '', ...others] = codes
  const phone = await s.phone({ javaScriptEnabled: false })
  await phone.goto(`${s.url}/t`)
  await phone.getByRole('textbox').first().fill(first)
  await phone.getByRole('button', { name: '开始答题' }).click()
  for (const question of await phone.locator('fieldset').all())
    await question.locator(choiceOf(mood)).first().check({ force: true })
  await phone.getByRole('button', { name: '提交' }).click()
  await phone.getByText('已经收到').waitFor()
  await glanceAt(phone, '25-survey-thanks')
  await phone.context().close()
  for (const code of others) await answerByForm(s, code, mood)
}

const choiceOf = (mood: readonly string[]): string => mood.map((value) => `input[value="${value}"]`).join(', ')

async function answerByForm(s: Stage, code: string, mood: readonly string[]): Promise<void> {
  const post = async (path: string, body: URLSearchParams) => {
    const answer = await fetch(`${s.url}${path}`, { method: 'POST', headers: { origin: s.url }, body })
    const page = await answer.text()
    assert.equal(answer.status, 200, page)
    return page
  }
  const page = await post('/t/questions', new URLSearchParams({ code }))
  const fields = new URLSearchParams({ code })
  for (const [input] of page.matchAll(/<input\b[^>]*>/g)) {
    const of = (attribute: string) => new RegExp(`\\b${attribute}="([^"]*)"`).exec(input)?.[1] ?? ''
    const chosen = of('type') === 'radio' && mood.includes(of('value')) && !fields.has(of('name'))
    if (chosen || (of('type') === 'hidden' && of('name') !== 'code')) fields.set(of('name'), of('value'))
  }
  assert.match(await post('/t', fields), /已经收到/)
}
