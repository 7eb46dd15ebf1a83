import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { test, type TestContext } from 'node:test'
import sharp from 'sharp'
import { takenAt } from './exif.ts'
import { openRenditions } from './images.ts'
import { openDiskStore } from './store.ts'

async function place(t: TestContext) {
  const folder = await mkdtemp(join(tmpdir(), 'images-'))
  t.after(() => rm(folder, { recursive: true, force: true }))
  const store = await openDiskStore(join(folder, 'files'))
  return { store, renditions: await openRenditions(join(folder, 'renditions'), store) }
}

/** Lies on its side, and tells where and when it was taken. */
const photograph = () =>
  sharp({ create: { width: 2000, height: 1000, channels: 3, background: '#c00' } })
    .withExif({
      IFD0: { Make: 'Phone' },
      IFD2: { DateTimeOriginal: '2026:03:05 14:30:00' },
      IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '36/1 6/1 0/1' },
    })
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toBuffer()

test('F15: a copy is upright, bounded, webp, and carries neither place nor camera nor date', async (t) => {
  const { store, renditions } = await place(t)
  const original = await photograph()
  assert.ok((await sharp(original).metadata()).exif)
  const received = await store.receive(Readable.from([original]), { name: '活动.jpg' })
  assert.ok('sha256' in received)
  assert.deepEqual(received.picture, { width: 1000, height: 2000, takenAt: '2026-03-05T14:30:00' })
  for (const size of [320, 1280] as const) {
    const path = await renditions.find(received.sha256, size)
    assert.ok(path)
    const facts = await sharp(path).metadata()
    assert.equal(facts.format, 'webp')
    assert.deepEqual([facts.width, facts.height], [size / 2, size])
    assert.equal(facts.exif, undefined)
    assert.equal(facts.xmp, undefined)
    assert.equal(facts.orientation, undefined)
    assert.equal(await renditions.find(received.sha256, size), path)
  }
})

test('a small image is not blown up, and what is no image has no copy', async (t) => {
  const { store, renditions } = await place(t)
  const small = await sharp({ create: { width: 50, height: 40, channels: 3, background: '#fff' } })
    .png()
    .toBuffer()
  const received = await store.receive(Readable.from([small]), { name: '标识.png' })
  assert.ok('sha256' in received)
  const both = await Promise.all([renditions.find(received.sha256, 320), renditions.find(received.sha256, 320)])
  assert.ok(both[0])
  assert.equal(both[0], both[1])
  assert.equal((await sharp(both[0]).metadata()).width, 50)
  const pdf = await store.keep(Buffer.from('%PDF-1.7'))
  assert.equal(await renditions.find(pdf.sha256, 320), undefined)
  assert.equal(await renditions.find('0'.repeat(64), 320), undefined)
  assert.equal(await renditions.find('../x', 320), undefined)
})

test('an EXIF block that is cut off or points outside gives no date and no error', async () => {
  const { exif } = await sharp(await photograph()).metadata()
  assert.ok(exif)
  assert.equal(takenAt(exif), '2026-03-05T14:30:00')
  for (let length = 0; length < exif.length; length += 3) takenAt(exif.subarray(0, length))
  for (let at = 0; at < exif.length; at++) {
    const broken = Buffer.from(exif)
    broken[at] = 0xff
    takenAt(broken)
  }
})

test('T2-22: a photograph under a bare number, .jfif or .jpe is taken, and named as what it is', async (t) => {
  const { store } = await place(t)
  const bytes = await photograph()
  for (const [name, kept] of [
    ['244388', '244388.jpg'],
    ['照片.jfif', '照片.jfif'],
    ['照片.jpe', '照片.jpe'],
  ] as const) {
    const received = await store.receive(Readable.from([bytes]), { name })
    assert.ok('sha256' in received, name)
    assert.equal(received.name, kept)
  }
})

test('security-3: an animated picture is refused by its header, in words that say what to do', async (t) => {
  const { store } = await place(t)
  const frames = Buffer.concat([
    Buffer.from('RIFF\u0000\u0000\u0001\u0000WEBPVP8X\u000a\u0000\u0000\u0000\u0002', 'latin1'),
    Buffer.alloc(2_000),
  ])
  assert.deepEqual(await store.receive(Readable.from([frames]), { name: '动图.webp' }), { refused: 'animated' })
})
