import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { mkdtemp, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { test, type TestContext } from 'node:test'
import sharp from 'sharp'
import { placeOf } from './disk.ts'
import { openDiskStore } from './store.ts'

async function place(t: TestContext) {
  const folder = await mkdtemp(join(tmpdir(), 'store-'))
  t.after(() => rm(folder, { recursive: true, force: true }))
  const open = () => openDiskStore(folder)
  return { folder, open, store: await open(), incoming: () => readdir(join(folder, 'incoming')) }
}

const pdf = Buffer.from('%PDF-1.7\n一校一品\n%%EOF\n')
const sha256 = createHash('sha256').update(pdf).digest('hex')

test('a received file lies under its digest, reads back byte for byte and leaves no temporary file', async (t) => {
  const { folder, store, incoming } = await place(t)
  const received = await store.receive(Readable.from([pdf.subarray(0, 7), pdf.subarray(7)]), { name: '../方案.pdf' })
  assert.deepEqual(received, { sha256, size: pdf.length, name: '方案.pdf', kind: 'pdf', mime: 'application/pdf' })
  assert.ok((await stat(placeOf(join(folder, 'kept'), sha256))).isFile())
  const stream = await store.open(sha256)
  assert.ok(stream)
  assert.deepEqual(await buffer(stream), pdf)
  assert.deepEqual(await incoming(), [])
})

test('F1: one byte over the limit stops the stream at once and removes what was written', async (t) => {
  const { store, incoming } = await place(t)
  let given = 0
  async function* endless() {
    for (;;) {
      given++
      yield Buffer.alloc(1024, '%PDF-')
    }
  }
  assert.deepEqual(await store.receive(endless(), { name: 'a.pdf', limit: 10 * 1024 }), { refused: 'tooLarge' })
  assert.equal(given, 11)
  assert.deepEqual(await incoming(), [])
  const exact = await store.receive(Readable.from([pdf]), { name: 'a.pdf', limit: pdf.length })
  assert.ok('sha256' in exact)
  assert.deepEqual(await store.receive(Readable.from([pdf]), { name: 'a.pdf', limit: pdf.length - 1 }), {
    refused: 'tooLarge',
  })
})

test('F5, F17: nothing of the given name becomes a path, and only a digest opens a file', async (t) => {
  const { store } = await place(t)
  assert.equal(await store.open('../../etc/passwd'), undefined)
  assert.equal(await store.open('a'.repeat(64)), undefined)
  assert.equal(await store.has(`${sha256}/..`), false)
})

test('a refused file is not kept', async (t) => {
  const { folder, store, incoming } = await place(t)
  assert.deepEqual(await store.receive(Readable.from([Buffer.from('<html>')]), { name: 'a.pdf' }), {
    refused: 'kindNotAllowed',
  })
  assert.deepEqual(await incoming(), [])
  assert.deepEqual(await readdir(join(folder, 'kept')), [])
})

test('F19: of a hundred uploads at once half are broken off, and no temporary file stays', async (t) => {
  const { store, incoming } = await place(t)
  async function* brokenOff() {
    yield pdf
    throw new Error('the connection was lost')
  }
  const all = await Promise.allSettled(
    Array.from({ length: 100 }, (_, i) =>
      store.receive(i % 2 ? brokenOff() : Readable.from([pdf, Buffer.from(String(i))]), { name: 'a.pdf' }),
    ),
  )
  assert.equal(all.filter((each) => each.status === 'fulfilled' && 'sha256' in each.value).length, 50)
  assert.equal(all.filter((each) => each.status === 'rejected').length, 50)
  assert.deepEqual(await incoming(), [])
})

test('the same file twice is kept once', async (t) => {
  const { store } = await place(t)
  const [first, second] = await Promise.all([
    store.receive(Readable.from([pdf]), { name: 'a.pdf' }),
    store.receive(Readable.from([pdf]), { name: 'b.pdf' }),
  ])
  assert.ok('sha256' in first && 'sha256' in second)
  assert.equal(first.sha256, second.sha256)
})

test('opening the store removes what a crash left behind, and leaves uploads that are still running', async (t) => {
  const { folder, open, incoming } = await place(t)
  await writeFile(join(folder, 'incoming', 'orphan'), 'x')
  const { mtimeMs } = await stat(join(folder, 'incoming', 'orphan'))
  const old = new Date(mtimeMs - 3_600_000)
  await utimes(join(folder, 'incoming', 'orphan'), old, old)
  await writeFile(join(folder, 'incoming', 'running'), 'x')
  await open()
  assert.deepEqual(await incoming(), ['running'])
})

test('a kept file that was damaged or removed is found out', async (t) => {
  const { folder, store } = await place(t)
  await store.keep(pdf)
  assert.equal(await store.isWhole(sha256), true)
  const path = placeOf(join(folder, 'kept'), sha256)
  await writeFile(path, 'damaged')
  assert.equal(await store.isWhole(sha256), false)
  await rm(path)
  assert.equal(await store.isWhole(sha256), false)
})

test('school-19 a TIFF and the first frame of a GIF are kept as pictures that every browser shows, a broken one is refused', async (t) => {
  const { store, incoming } = await place(t)
  const blank = { create: { width: 8, height: 6, channels: 3, background: '#c00' } } as const
  const take = (bytes: Buffer, name: string) => store.receive(Readable.from([bytes]), { name })
  const tif = await take(await sharp(blank).tiff().toBuffer(), '扫描件.tif')
  assert.ok('kind' in tif)
  assert.deepEqual([tif.kind, tif.name, tif.picture?.width, tif.picture?.height], ['jpg', '扫描件.jpg', 8, 6])
  assert.equal(await store.isWhole(tif.sha256), true)
  const gif = await take(await sharp(blank).gif().toBuffer(), '图标.gif')
  assert.ok('kind' in gif)
  assert.deepEqual([gif.kind, gif.name], ['png', '图标.png'])
  assert.deepEqual(await take(Buffer.from('GIF89a<?php system($_GET[0]); ?>'), 'a.gif'), { refused: 'brokenImage' })
  assert.deepEqual(await incoming(), [])
})

test('security-9 a disk that is nearly full takes no upload, at the start or in the middle, and leaves no temporary file', async (t) => {
  const { folder, incoming } = await place(t)
  let asked = 0
  const store = await openDiskStore(folder, async () => (asked++ === 0 ? 2 ** 40 : 2 ** 20))
  const large = async function* () {
    for (let at = 0; at < 40; at++) yield Buffer.alloc(1024 * 1024, 'x')
  }
  await assert.rejects(store.receive(large(), { name: 'a.mp4' }), { status: 507 })
  await assert.rejects(store.receive(Readable.from([pdf]), { name: 'a.pdf' }), { status: 507 })
  assert.deepEqual(await incoming(), [])
})
