import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { test } from 'node:test'
import sharp from 'sharp'
import { faultOf, faultSentences } from '#server/db/errors.ts'
import { openDiskStore } from './store.ts'

test('a judge that cannot be started is told as such, never as a fault of the file, and works again when it can', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'yipin-unready-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  const store = await openDiskStore(folder)
  const picture = await sharp({ create: { width: 8, height: 6, channels: 3, background: '#c00' } })
    .jpeg()
    .toBuffer()
  const send = () => store.receive(Readable.from([picture]), { name: '合影.jpg' })
  const { execPath } = process
  // More often than there are workers: none of the failures may keep a place.
  for (const path of ['/nowhere/node', '/nowhere/node', '/nowhere/node', '/bin/false']) {
    process.execPath = path
    await assert.rejects(send(), (error) => faultOf(error) === 'noWorker')
  }
  process.execPath = execPath
  const received = await send()
  assert.ok('sha256' in received)
  assert.match(faultSentences.noWorker ?? '', /不是文件的问题/)
})
