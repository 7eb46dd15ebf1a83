import type { Actor } from '#domain/base/actor.ts'
import { createReadStream } from 'node:fs'
import type { FastifyReply } from 'fastify'
import { id } from '#contract/endpoint.ts'
import * as contract from '#contract/records/file.ts'
import { downloadFile, renditionQuery, showThumbnail, uploadFile } from '#contract/records/file.ts'
import { notFound } from '#server/kernel/problem.ts'
import { act, type Exchange, exchange, type Route, show } from '#server/kernel/routes.ts'
import { restorePicture, takeUpload, withholdPicture } from './actions.ts'
import { guarded, sendKept } from './documents.ts'
import { findFile, findPublicImage } from './queries.ts'

export const fileRoutes: readonly Route[] = [
  exchange(uploadFile, (one, { query }) => takeUpload(one, query.schoolId)),
  exchange(downloadFile, async (one, { params }) => sendKept(one, await findFile(one.look, params.id))),
  exchange(showThumbnail, async (one, { params, query }) => {
    const { sha256 } = await findFile(one.look, params.id)
    return sendRendition(one, { id: params.id, sha256, size: query.size, cache: 'no-store' })
  }),
  act(contract.withholdPicture, (work, { params, body }) => withholdPicture(work, params.id, body.reason)),
  act(contract.restorePicture, (work, { params, body }) => restorePicture(work, params.id, body.reason)),
  show({ name: 'showMedia', path: '/media/:id', access: 'public' }, async (one) => {
    const asked = id.safeParse(one.params['id'])
    const query = renditionQuery.safeParse({ size: one.query['size'] ?? '1280' })
    if (!asked.success || !query.success) throw notFound()
    const { sha256 } = await findPublicImage(one.look, asked.data)
    // Asked again each time, so that a picture is gone from every screen the moment it is taken down.
    return sendRendition(one, { id: asked.data, sha256, size: query.data.size, cache: 'no-cache' })
  }),
]

interface RenditionToSend {
  id: string
  sha256: string
  size: '320' | '1280'
  cache: string
}

async function sendRendition(
  { house, request, reply }: Exchange<Actor>,
  wanted: RenditionToSend,
): Promise<FastifyReply> {
  const path = await house.files.renditions.find(wanted.sha256, wanted.size === '320' ? 320 : 1280)
  if (!path) {
    const kept = await house.files.store.has(wanted.sha256)
    request.log.error(
      { file: wanted.id, sha256: wanted.sha256 },
      kept ? 'an image cannot be drawn' : 'a file is missing',
    )
    throw notFound()
  }
  // Of the record, not of the bytes: the digest of the original would tell whoever has that original that it lies here.
  const etag = `"${wanted.id}-${wanted.size}"`
  guarded(reply).header('cache-control', wanted.cache).header('etag', etag)
  if (request.headers['if-none-match'] === etag) return reply.code(304).send()
  return reply.type('image/webp').send(createReadStream(path))
}
