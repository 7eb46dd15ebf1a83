import assert from 'node:assert/strict'
import { PDF } from '#tests/world/upload.ts'
import { choose, fill, follow, gone, open, press, send } from './form.ts'
import { attach, type Cast, drawn, LATE_SCHOOL, photo, saved, SCHOOL, takeUp } from './oversight.ts'
import type { Stage } from './fixture.ts'

const TITLE = '品牌创建现场会'

/** The office invites two schools; one says from its to-do list who comes; a school that is not invited sees nothing. */
export async function invite(s: Stage, { office, clerk, stranger }: Cast): Promise<void> {
  await open(office, s.url, '/events', '活动')
  await follow(office, '筹备活动', '筹备活动')
  await fill(office, { 名称: TITLE, 地点: SCHOOL, 议程: '看长廊，听讲解，座谈。' })
  await office.getByLabel('开始时间').fill('2026-05-12T09:00')
  await office.getByLabel('结束时间').fill('2026-05-12T11:30')
  for (const school of [SCHOOL, LATE_SCHOOL]) await choose(office, office, '邀请的学校', school)
  await s.look(office, '70-event-edit')
  await send(office, '保存')
  await office.getByRole('heading', { level: 1, name: TITLE }).waitFor()
  await press(office, '发布活动')
  await office.getByText('活动还没有开始，开始后才能登记成果。').waitFor()
  await gone(office.getByRole('button', { name: '登记到场' }))
  await s.look(office, '71-event-published')

  await takeUp(clerk, s, `请回复是否参加“${TITLE}”`)
  await press(clerk, '参加', '演示教师一')
  await press(clerk, '修改参加人员', '演示教师一、演示教师二')
  await clerk.getByText('演示教师一、演示教师二').waitFor()
  await gone(clerk.getByText(LATE_SCHOOL))
  await s.look(clerk, '72-event-school')
  await stranger.goto(clerk.url())
  await stranger.getByText('没有找到').first().waitFor()
  await open(stranger, s.url, '/events', '活动')
  await stranger.getByText('还没有活动').waitFor()
}

/** On the day: who came, what came of it, the materials for the invited, one picture for everybody. */
export async function hold(s: Stage, { office, leader, clerk, stranger }: Cast): Promise<void> {
  await open(office, s.url, '/events', '活动')
  await follow(office, TITLE, TITLE)
  await office.getByRole('listitem').filter({ hasText: SCHOOL }).getByRole('button', { name: '登记到场' }).click()
  await office.getByText('已到场').waitFor()
  assert.equal(await office.getByRole('button', { name: '登记到场' }).count(), 1)
  await fill(office, { 成果: '两校约定每学期互访一次。' })
  const item = (label: string) => office.locator('.ant-form-item', { hasText: label })
  await attach(item('局内和受邀学校可见'), { name: '座谈记录.pdf', mimeType: 'application/pdf', buffer: PDF })
  await attach(item('公开的图片'), { name: '现场.jpg', mimeType: 'image/jpeg', buffer: await photo(150) })
  await s.look(office, '73-event-outcome')
  await send(office, '登记成果')
  await office.getByText('已举办', { exact: true }).first().waitFor()
  await s.look(office, '74-event-held')

  const path = new URL(office.url()).pathname
  await clerk.goto(`${s.url}${path}`)
  await clerk.getByText('两校约定每学期互访一次。').waitFor()
  assert.equal(await saved(clerk, '座谈记录.pdf'), '座谈记录.pdf')
  await leader.goto(`${s.url}${path}`)
  await drawn(leader.locator('.evidence img'))
  await s.look(leader, '75-event-held-phone')
  const file = (await clerk.getByRole('link', { name: '座谈记录.pdf' }).getAttribute('href')) ?? ''
  assert.match(file, /^\/api\/files\/[0-9a-f-]{36}$/)
  assert.equal(await stranger.evaluate(async (at) => (await fetch(at)).status, file), 404)

  const visitor = await s.phone({ viewport: { width: 390, height: 844 } })
  await visitor.goto(`${s.url}${path.replace('/console', '')}`)
  await visitor.getByText('两校约定每学期互访一次。').waitFor()
  await drawn(visitor.locator('img[src^="/media/"]'))
  await gone(visitor.getByText('座谈记录'))
  await s.look(visitor, '76-portal-event-phone')
  await visitor.context().close()
}

const experience = '让学生讲自己的品牌故事'

/** The school writes what it learnt, the office sends it back once, adopts it and publishes it on the portal. */
export async function adopt(s: Stage, { office, clerk }: Cast): Promise<void> {
  await open(clerk, s.url, '/articles', '经验文章')
  await follow(clerk, '报送经验', '报送经验')
  await fill(clerk, { 标题: experience, 正文: '学生轮流当讲解员。\n\n每月换一批，人人有机会。' })
  await send(clerk, '保存草稿')
  await clerk.getByRole('heading', { level: 1, name: experience }).waitFor()
  await press(clerk, '报送')
  await clerk.getByText('已报送', { exact: true }).first().waitFor()
  const path = new URL(clerk.url()).pathname

  await takeUp(office, s, '经验文章待审阅')
  await s.look(office, '80-article-submitted')
  await press(office, '退回', '请补一个具体的例子。')
  await clerk.reload()
  await clerk.getByText('请补一个具体的例子。').first().waitFor()
  await s.look(clerk, '81-article-returned')
  await fill(clerk, { 正文: '学生轮流当讲解员。\n\n每月换一批，五月有二十人讲过。' })
  await send(clerk, '保存草稿')
  await clerk.getByText('已保存').first().waitFor()
  await press(clerk, '报送')
  await clerk.getByText('已报送', { exact: true }).first().waitFor()

  await office.goto(`${s.url}${path}`)
  await office.getByText('五月有二十人讲过').waitFor()
  const visitor = await s.phone({ viewport: { width: 390, height: 844 } })
  const unseen = await visitor.goto(`${s.url}${path.replace('/console', '')}`)
  assert.equal(unseen?.status(), 404)
  await choose(office, office, '采用级别', '市级采用')
  await press(office, '采用')
  await office.getByText('已采用', { exact: true }).first().waitFor()
  await press(office, '发布')
  await office.getByText('已发布', { exact: true }).first().waitFor()
  await s.look(office, '82-article-published')
  await visitor.goto(`${s.url}/articles`)
  await visitor.getByRole('link', { name: experience }).click()
  await visitor.getByText('五月有二十人讲过').waitFor()
  await s.look(visitor, '83-portal-article-phone')
  await visitor.context().close()
}
