import type { Readable } from 'node:stream'
import type { FastifyRequest } from 'fastify'
import { uploadRefusal } from '#domain/records/upload.ts'
import { Problem, refuse } from '../problem.ts'
import { readTable } from '../sheet.ts'

export interface UploadedPart {
  name: string
  stream: AsyncIterable<Uint8Array>
}

/** Hands over the one file of a multipart request as a stream. */
export async function withUploadedPart<T>(
  request: FastifyRequest,
  use: (part: UploadedPart) => Promise<T>,
): Promise<T> {
  if (!request.isMultipart()) throw refuse('wrongType', '请用上传文件的方式提交（multipart/form-data）。')
  const part = await request.file().catch((error: unknown) => {
    throw isRefusal(error) ? error : brokenUpload()
  })
  if (!part) throw refuse('incomplete', '请选择要上传的文件。', { field: 'file' })
  try {
    // Not destroyed when refused half-way: the rest is read off and dropped, so that the browser gets to the answer.
    return await use({ name: part.filename, stream: piecesOf(part.file) })
  } catch (error) {
    if (request.raw.destroyed && !request.raw.complete) throw brokenUpload()
    throw error
  } finally {
    part.file.resume()
  }
}

const brokenUpload = () => refuse('invalid', '上传中断了，请重新上传。')

/** What the reader of forms says about a limit has a status; anything else it throws is a body that is no form. */
const isRefusal = (error: unknown): boolean => error instanceof Error && 'statusCode' in error

/** A body that ends too soon fails while it is read; only that is the sender's fault, not what becomes of the pieces. */
async function* piecesOf(file: Readable): AsyncGenerator<Uint8Array> {
  const pieces = file.iterator({ destroyOnReturn: false })
  try {
    for (;;) {
      const piece = await pieces.next().catch(() => {
        throw brokenUpload()
      })
      if (piece.done) return
      yield piece.value
    }
  } finally {
    // Whoever has seen enough lets go of the stream, so that the rest can be read past and the sender gets the answer.
    await pieces.return?.()
  }
}

const TABLE_LIMIT = 10 * 1024 * 1024

/** Reads an uploaded XLSX or CSV as rows of text, for imports; nothing of it is kept. */
export async function uploadedTable(request: FastifyRequest): Promise<string[][]> {
  const table = await withUploadedPart(request, async ({ stream }) => {
    const chunks: Uint8Array[] = []
    let size = 0
    for await (const chunk of stream) {
      size += chunk.length
      if (size > TABLE_LIMIT) throw refuse('tooLarge', '表格文件不能超过 10 MB，请拆分后再导入。', { field: 'file' })
      chunks.push(chunk)
    }
    return readTable(Buffer.concat(chunks), request.signedIn?.actor.personId ?? undefined)
  })
  if ('refused' in table) throw new Problem([uploadRefusal(table.refused)])
  return table.rows
}
