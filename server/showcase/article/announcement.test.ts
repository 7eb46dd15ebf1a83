import assert from 'node:assert/strict'
import { test } from 'node:test'
import { conferred } from '#tests/world/award.ts'
import { PDF, upload } from '#tests/world/upload.ts'
import { world } from '#tests/world/world.ts'

const words = { title: '关于开展品牌创建的通知', body: '各学校：\n\n请按附件办理。', authorName: '演示区教育局' }

test('an announcement stands under its own heading beside the notices and never among the experiences', async (t) => {
  const w = await world(t)
  const office = await w.as('office')
  const { id } = (await office.post('/api/articles', { kind: 'announcement', ...words })).body
  await office.post(`/api/articles/${id}/publish`)
  const text = async (url: string) => (await w.visitor.get(url)).text
  assert.doesNotMatch(await text('/articles'), /品牌创建的通知/)
  assert.match(await text('/announcements'), /品牌创建的通知/)
  assert.match(await text('/notices'), new RegExp(`通知公告[^]*href="/articles/${id}"`))
  const front = await text('/')
  assert.match(front, /公示公告[^]*品牌创建的通知[^]*典型经验/)
  const own = await text(`/articles/${id}`)
  assert.match(own, /href="\/notices"[^]*href="\/announcements"[^]*发布单位/)
  assert.doesNotMatch(own, /<nav class="crumbs"[^]*典型经验/)
})

test('its attachments are offered while it is published, under the names they came with, and go with it', async (t) => {
  const w = await world(t)
  const [office, clerk] = [await w.as('office'), await w.as('clerk')]
  const file = (await upload(w, office, { name: '工作方案.pdf', bytes: PDF })).body
  const { id } = (await office.post('/api/articles', { kind: 'announcement', ...words })).body
  const { updatedAt } = (await office.get(`/api/articles/${id}`)).body
  const saved = await office.put(`/api/articles/${id}`, { ...withoutKind(words), updatedAt, fileIds: [file.id] })
  assert.equal(saved.status, 200, saved.text)
  const url = `/articles/${id}/files/${file.id}`
  assert.equal((await w.visitor.get(url)).status, 404)
  await office.post(`/api/articles/${id}/publish`)
  assert.match((await w.visitor.get(`/articles/${id}`)).text, /附件[^]*工作方案\.pdf/)
  const got = await w.visitor.get(url)
  assert.equal(got.status, 200)
  assert.match(String(got.headers['content-disposition']), /^attachment; .*%E5%B7%A5/)
  const other = (await upload(w, office, { name: '内部.pdf', bytes: PDF })).body
  assert.equal((await w.visitor.get(`/articles/${id}/files/${other.id}`)).status, 404)
  await office.post(`/api/articles/${id}/correct`, { ...withoutKind(words), fileIds: [], reason: '附件发错了' })
  assert.equal((await w.visitor.get(url)).status, 404)
  assert.deepEqual((await office.get(`/api/articles/${id}`)).body.corrections[0].files, ['工作方案.pdf'])
  const own = (await clerk.post('/api/articles', { kind: 'experience', ...words })).body.id
  const photo = (await upload(w, clerk, { name: '照片.pdf', bytes: PDF })).body
  const at = (await clerk.get(`/api/articles/${own}`)).body.updatedAt
  const refused = await clerk.put(`/api/articles/${own}`, { ...withoutKind(words), updatedAt: at, fileIds: [photo.id] })
  assert.match(refused.body.reasons[0].message, /报送的经验只有文字/)
})

const withoutKind = ({ title, body, authorName }: typeof words) => ({ title, body, authorName })

test('what was conferred is announced: drafted with number, day and names by stage, and public once the office publishes it', async (t) => {
  const { w, office } = await conferred(t)
  const { seen } = (await office.get('/api/naming')).body
  assert.equal((await office.post('/api/naming/announcements', { seen: 'old' })).status, 409)
  const made = await office.post('/api/naming/announcements', { seen })
  assert.equal(made.status, 200, made.text)
  const { id } = made.body
  const article = (await office.get(`/api/articles/${id}`)).body
  assert.equal(article.title, '关于授予“演示区‘一校一品’党建文化品牌项目建设成果奖”的决定')
  assert.match(article.body, /决定授予下列 1 所学校“演示区‘一校一品’党建文化品牌项目建设成果奖”。/)
  assert.match(article.body, /小学：演示第一小学/)
  assert.equal((await w.visitor.get(`/articles/${id}`)).status, 404)
  assert.equal((await office.post(`/api/articles/${id}/publish`)).status, 200)
  assert.match((await w.visitor.get('/notices')).text, /关于授予“演示区‘一校一品’/)
})
