import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import sharp from 'sharp'
import { makePublicLogo } from '#tests/everywhere/access/file.ts'
import { makePublished } from '#tests/everywhere/access/plan.ts'
import { PNG, upload } from '#tests/world/upload.ts'
import { type Caller, type World, world } from '#tests/world/world.ts'
import { HOST } from '#tests/world/house.ts'

const brandUrl = (w: World) => `/api/schools/${w.schoolIds[0]}/brand`

/** Puts a picture in as the logo of the first school, or takes it out. */
async function setLogo(w: World, clerk: Caller, logoFileId: string | null): Promise<void> {
  const { brand } = (await clerk.get(brandUrl(w))).body
  const { name, category, concept, connotation, slogan, localResources, version } = brand
  const words = { name, category, concept, connotation, slogan, localResources, version }
  const saved = await clerk.put(brandUrl(w), { ...words, logoFileId })
  assert.equal(saved.status, 200, saved.text)
}

const picture = async (w: World, caller: Caller): Promise<string> =>
  (await upload(w, caller, { name: '照片.png', bytes: PNG })).body.id

const media = async (w: World, id: string) => (await w.visitor.get(`/media/${id}`)).status

/** An event of the bureau, begun and open for writing up; the clock stands after it. */
async function openedEvent(w: World): Promise<string> {
  const office = await w.as('office')
  const body = {
    kind: '观摩',
    title: '观摩会',
    startsAt: '2026-05-11T01:00:00.000Z',
    endsAt: '2026-05-11T01:30:00.000Z',
    place: '第一小学',
    hostSchoolId: w.schoolIds[0],
    schoolIds: [w.schoolIds[0]],
  }
  const { id } = (await office.post('/api/events', body)).body
  await office.post(`/api/events/${id}/publish`)
  return id
}

test('the public sees a stripped copy of a picture, asks anew each time whether it may, and gets the same one unchanged', async (t) => {
  const w = await world(t)
  await makePublished(w)
  const clerk = await w.as('clerk')
  const bytes = await sharp({ create: { width: 600, height: 300, channels: 3, background: '#c00' } })
    .withExif({ IFD0: { Make: 'Phone' }, IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '36/1 6/1 0/1' } })
    .jpeg()
    .toBuffer()
  const { body } = await upload(w, clerk, { name: '标识.jpg', bytes })
  const url = `/media/${body.id}`
  assert.equal((await w.visitor.get(url)).status, 404)
  await setLogo(w, clerk, body.id)
  const shown = await w.app.inject({ url: `${url}?size=320`, headers: { host: HOST } })
  assert.equal(shown.statusCode, 200)
  assert.equal(shown.headers['cache-control'], 'no-cache')
  assert.match(String(shown.headers['content-security-policy']), /^sandbox;/)
  assert.equal(shown.headers['x-content-type-options'], 'nosniff')
  const facts = await sharp(shown.rawPayload).metadata()
  assert.deepEqual([facts.format, facts.width, facts.exif], ['webp', 320, undefined])
  // The tag must not tell whoever holds an original that it lies here (security-29).
  const digest = createHash('sha256').update(bytes).digest('hex')
  assert.ok(!String(shown.headers['etag']).includes(digest.slice(0, 12)))
  const asked = { host: HOST, 'if-none-match': String(shown.headers['etag']) }
  assert.equal((await w.app.inject({ url: `${url}?size=320`, headers: asked })).statusCode, 304)
  assert.equal((await w.visitor.get(`${url}?size=9999`)).status, 404)
  await (await w.as('office')).post(`/api/files/${body.id}/withhold`, { reason: '家长不同意' })
  assert.equal((await w.app.inject({ url: `${url}?size=320`, headers: asked })).statusCode, 410)
})

test('a logo that was replaced or removed is gone from its address and from the brand page in the same moment', async (t) => {
  const w = await world(t)
  const first = await makePublicLogo(w)
  const clerk = await w.as('clerk')
  const second = await picture(w, clerk)
  assert.equal(await media(w, first), 200)
  await setLogo(w, clerk, second)
  assert.deepEqual([await media(w, first), await media(w, second)], [404, 200])
  await setLogo(w, clerk, null)
  assert.deepEqual([await media(w, first), await media(w, second)], [404, 404])
  const { brand } = (await clerk.get(brandUrl(w))).body
  assert.doesNotMatch((await w.visitor.get(`/brands/${brand.id}`)).text, /\/media\//)
})

test('the school or the office takes a public picture down with one reason, it is gone everywhere, and the office can bring it back', async (t) => {
  const w = await world(t)
  const logo = await makePublicLogo(w)
  const [clerk, office] = [await w.as('clerk'), await w.as('office')]
  const { brand } = (await clerk.get(brandUrl(w))).body
  assert.match((await w.visitor.get(`/brands/${brand.id}`)).text, new RegExp(logo))
  assert.equal((await clerk.post(`/api/files/${logo}/withhold`, { reason: ' ' })).status, 422)
  assert.equal((await clerk.post(`/api/files/${logo}/withhold`, { reason: '误传了学生照片' })).status, 200)
  assert.equal(await media(w, logo), 410)
  for (const page of ['/', '/brands', `/brands/${brand.id}`])
    assert.doesNotMatch((await w.visitor.get(page)).text, new RegExp(logo), page)
  const seen = (await office.get(brandUrl(w))).body.brand.logoPicture
  assert.deepEqual([seen.isPublic, seen.withheldReason, seen.moves.restore], [false, '误传了学生照片', []])
  assert.equal((await clerk.post(`/api/files/${logo}/restore`, { reason: '要' })).status, 403)
  assert.equal((await office.post(`/api/files/${logo}/restore`, { reason: '已核实，是校徽' })).status, 200)
  assert.equal(await media(w, logo), 200)
  const events = await w.house.database.reader
    .selectFrom('auditRow')
    .select('event')
    .where('subjectId', '=', logo)
    .where('event', 'like', 'file.%h%')
    .execute()
  assert.deepEqual(events.map((one) => one.event).toSorted(), ['file.shownAgain', 'file.withheld'])
})

test('the pictures of an event that was written up can be changed with a reason, by the newest version only', async (t) => {
  const w = await world(t)
  const id = await openedEvent(w)
  const office = await w.as('office')
  const [one, two] = [await picture(w, office), await picture(w, office)]
  await office.post(`/api/events/${id}/hold`, { outcome: '办得好', fileIds: [one], publicIds: [one] })
  assert.equal(await media(w, one), 200)
  const { updatedAt } = (await office.get(`/api/events/${id}`)).body
  w.passDays(1 / 1440)
  const change = { outcome: '办得很好', fileIds: [one, two], publicIds: [two], reason: '换一张', seen: updatedAt }
  assert.equal((await office.put(`/api/events/${id}/outcome`, change)).status, 200)
  assert.deepEqual([await media(w, one), await media(w, two)], [404, 200])
  assert.equal((await office.put(`/api/events/${id}/outcome`, change)).status, 409)
  const secretary = await w.as('secretary')
  assert.equal((await secretary.post(`/api/files/${two}/withhold`, { reason: '家长不同意' })).status, 200)
  assert.equal(await media(w, two), 410)
  assert.doesNotMatch((await w.visitor.get(`/events/${id}`)).text, /\/media\//)
  const pdf = await upload(w, office, { name: 'a.pdf', bytes: Buffer.from('%PDF-1.7\n%%EOF') })
  const seen = (await office.get(`/api/events/${id}`)).body.updatedAt
  const paper = { ...change, fileIds: [pdf.body.id], publicIds: [pdf.body.id], seen }
  if (pdf.status === 200) assert.equal((await office.put(`/api/events/${id}/outcome`, paper)).status, 415)
})

test('after any sequence of acts the pictures that answer are exactly those that public pages show', async (t) => {
  const w = await world(t)
  await makePublished(w)
  const eventId = await openedEvent(w)
  const [clerk, office] = [await w.as('clerk'), await w.as('office')]
  const logos = [await picture(w, clerk), await picture(w, clerk)]
  const photos = [await picture(w, office), await picture(w, office)]
  const all = [...logos, ...photos]
  const { brand } = (await clerk.get(brandUrl(w))).body
  let held = false
  const writeUp = async (fileIds: string[]) => {
    const words = { outcome: '成果', fileIds, publicIds: fileIds }
    if (!held) assert.equal((await office.post(`/api/events/${eventId}/hold`, words)).status, 200)
    else {
      const { updatedAt: seen } = (await office.get(`/api/events/${eventId}`)).body
      await office.put(`/api/events/${eventId}/outcome`, { ...words, reason: '改', seen })
    }
    held = true
  }
  let seed = 20_261_130
  const draw = (below: number) => (seed = (seed * 48_271) % 2_147_483_647) % below
  const some = () => photos.filter(() => draw(2) === 0)
  for (let step = 0; step < 40; step += 1) {
    w.passDays(1 / 86_400)
    const target = all[draw(all.length)] ?? ''
    await [
      () => setLogo(w, clerk, [...logos, null][draw(3)] ?? null),
      () => writeUp(some()),
      () => (draw(2) ? office : clerk).post(`/api/files/${target}/withhold`, { reason: '撤下' }),
      () => office.post(`/api/files/${target}/restore`, { reason: '恢复' }),
    ][draw(4)]?.()
    const pages = await Promise.all(
      ['/', '/brands', `/brands/${brand.id}`, '/events', `/events/${eventId}`].map((url) => w.visitor.get(url)),
    )
    const shown = all.filter((id) => pages.some((page) => page.text.includes(`/media/${id}`)))
    const answering = []
    for (const id of all) if ((await media(w, id)) === 200) answering.push(id)
    assert.deepEqual(answering, shown, `step ${step}`)
  }
})
