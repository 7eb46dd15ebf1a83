import type { Actor } from '#domain/base/actor.ts'
import { Readable } from 'node:stream'
import type { FastifyReply } from 'fastify'
import { attachment } from '#domain/records/upload.ts'
import { refuse } from '#server/kernel/problem.ts'
import type { Exchange } from '#server/kernel/routes.ts'

/** A stranger's file is never shown inside the house: it is saved, and a browser that opens it anyway runs nothing of it. */
export const guarded = (reply: FastifyReply): FastifyReply =>
  reply
    .header('x-content-type-options', 'nosniff')
    .header('content-security-policy', "sandbox; default-src 'none'; style-src 'none'; frame-ancestors 'none'")

/** Sends a kept file to whoever was found to have a right to it. */
export async function sendKept(
  { house, request, reply }: Exchange<Actor>,
  file: { id: string; sha256: string; name: string; size: number; mime: string },
): Promise<FastifyReply> {
  const { id, sha256, size } = file
  const kept = await house.files.store.sizeOf(sha256)
  // Whoever asks by HEAD gets no byte, so none is read: a video of 500 MB would cost the asker a line and the disk all of it.
  const asked = request.method === 'HEAD' ? Readable.from([]) : undefined
  const stream = kept === size ? (asked ?? (await house.files.store.open(sha256))) : undefined
  if (!stream) {
    request.log.error({ file: id, sha256, size, kept: kept ?? null }, 'a file is missing or damaged')
    throw refuse('fileLost')
  }
  return guarded(reply)
    .header('content-disposition', attachment(file.name))
    .header('content-length', file.size)
    .header('cache-control', 'no-store')
    .type(file.mime)
    .send(stream)
}
