import assert from 'node:assert/strict'
import { test } from 'node:test'
import sharp from 'sharp'
import { exifOf } from './exif.ts'

const plain = () => sharp({ create: { width: 40, height: 30, channels: 3, background: '#b3261e' } }).jpeg()

test('what the camera wrote stays with a smaller copy of a photograph, and turns it no second time', async () => {
  const taken = { IFD2: { DateTimeOriginal: '2026:10:15 08:30:00' } }
  const photo = await plain().withExif(taken).withMetadata({ orientation: 6 }).withExifMerge(taken).toBuffer()
  assert.equal((await sharp(photo).metadata()).orientation, 6)
  const part = exifOf(photo)
  assert.ok(part)
  const small = await plain().resize(20).toBuffer()
  const copy = Buffer.concat([small.subarray(0, 2), part, small.subarray(2)])
  const read = await sharp(copy).metadata()
  assert.equal(read.orientation, 1)
  assert.equal(read.width, 20)
  assert.match(read.exif?.toString('latin1') ?? '', /2026:10:15 08:30:00/)
})

test('a picture without the camera’s part, or half a file, gives nothing and breaks nothing', async () => {
  const photo = await plain().withMetadata({ orientation: 3 }).toBuffer()
  assert.equal(exifOf(await plain().toBuffer()), undefined)
  assert.equal(exifOf(new Uint8Array()), undefined)
  for (const end of [3, 12, 30, 40]) assert.equal(exifOf(photo.subarray(0, end)), undefined, String(end))
})
