import assert from 'node:assert/strict'
import { test } from 'node:test'
import { argumentationBody, brandBody, makeBrand } from '#tests/everywhere/access/brand.ts'
import { makePublished } from '#tests/everywhere/access/plan.ts'
import { PDF, PNG, upload } from '#tests/world/upload.ts'
import { world } from '#tests/world/world.ts'

test('an argumentation record is corrected with its old words kept, and a record of nothing is voided and counts no more', async (t) => {
  const w = await world(t)
  await makeBrand(w)
  const clerk = await w.as('clerk')
  const brand = async () => (await clerk.get(`/api/schools/${w.schoolIds[0]}/brand`)).body
  const [record] = (await brand()).argumentations
  const corrected = { ...argumentationBody, outcome: '原则通过，修改口号后再议', reason: '结果记错了', version: 1 }
  assert.equal((await clerk.post(`/api/argumentations/${record.id}/correct`, corrected)).status, 200)
  assert.equal((await clerk.post(`/api/argumentations/${record.id}/correct`, corrected)).status, 409)
  const [after] = (await brand()).argumentations
  assert.equal(after.outcome, '原则通过，修改口号后再议')
  assert.deepEqual(after.versions[0].differences, [
    { label: '结果', before: argumentationBody.outcome, after: '原则通过，修改口号后再议' },
  ])
  const other = await w.as('clerk', w.schoolIds[1])
  const voiding = { reason: '没有开过这个会', version: 2 }
  assert.equal((await other.post(`/api/argumentations/${record.id}/void`, voiding)).status, 404)
  assert.equal((await clerk.post(`/api/argumentations/${record.id}/void`, voiding)).status, 200)
  const left = await brand()
  assert.equal(left.argumentations[0].voidReason, '没有开过这个会')
  assert.match(left.gaps.map((one: { message: string }) => one.message).join(), /论证/)
})

test('a published brand is renamed by the secretary alone and with a reason; office and public are told, the old name stays readable', async (t) => {
  const w = await world(t)
  await makePublished(w)
  const [clerk, secretary, office] = [await w.as('clerk'), await w.as('secretary'), await w.as('office')]
  const url = `/api/schools/${w.schoolIds[0]}/brand`
  const { brand } = (await clerk.get(url)).body
  const other = { ...brandBody, name: '新的名字', version: brand.version }
  const byClerk = await clerk.put(url, { ...other, renameReason: '更响亮' })
  assert.equal(byClerk.status, 403)
  assert.match(byClerk.body.message, /改名须由书记办理/)
  assert.equal((await secretary.put(url, other)).status, 422)
  assert.equal((await secretary.put(url, { ...other, renameReason: '与邻校重名' })).status, 200)
  const words = { ...other, version: brand.version + 1, slogan: '新口号' }
  assert.equal((await clerk.put(url, words)).status, 200, 'other words stay the clerk’s')
  const { items } = (await office.get('/api/todo')).body
  const told = items.find((one: { kind: string }) => one.kind === 'brandRenamed')
  assert.match(told.detail, /与邻校重名/)
  const page = (await w.visitor.get(`/brands/${brand.id}`)).text
  assert.match(page, new RegExp(`原名[\\s\\S]*${brand.name}`))
})

test('the minutes of an argumentation are several files; a correction keeps in words which they were', async (t) => {
  const w = await world(t)
  await makeBrand(w)
  const clerk = await w.as('clerk')
  const pages = []
  for (const name of ['第一页.png', '第二页.png'])
    pages.push((await upload(w, clerk, { name, bytes: PNG })).body.id as string)
  const foreign = (await upload(w, await w.as('clerk', w.schoolIds[1]), { name: '别校.pdf', bytes: PDF })).body.id
  const url = `/api/schools/${w.schoolIds[0]}/brand`
  const argue = (fileIds: string[]) => clerk.post(`${url}/argumentations`, { ...argumentationBody, fileIds })
  assert.equal((await argue([foreign])).status, 404)
  const { id } = (await argue(pages)).body
  const record = async () =>
    (await clerk.get(url)).body.argumentations.find((one: { id: string }) => one.id === id) as {
      files: { id: string }[]
      versions: { differences: unknown[] }[]
    }
  assert.deepEqual(
    (await record()).files.map((one) => one.id),
    pages,
  )
  const body = { ...argumentationBody, fileIds: pages.slice(1), reason: '第一页是别的会', version: 1 }
  assert.equal((await clerk.post(`/api/argumentations/${id}/correct`, body)).status, 200)
  const after = await record()
  assert.deepEqual(
    after.files.map((one) => one.id),
    pages.slice(1),
  )
  assert.deepEqual(after.versions[0]?.differences, [
    { label: '会议记录', before: '第一页.png、第二页.png', after: '第二页.png' },
  ])
})
