import type { FastifyRequest } from 'fastify'
import { uploadRefusal } from '#domain/upload.ts'
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
  const part = await request.file()
  if (!part) throw refuse('incomplete', '请选择要上传的文件。', { field: 'file' })
  try {
    // Not destroyed when refused half-way: the rest is read off and dropped, so that the browser gets to the answer.
    return await use({ name: part.filename, stream: part.file.iterator({ destroyOnReturn: false }) })
  } catch (error) {
    if (request.raw.destroyed && !request.raw.complete) throw refuse('invalid', '上传中断了，请重新上传。')
    throw error
  } finally {
    part.file.resume()
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
    return readTable(Buffer.concat(chunks))
  })
  if ('refused' in table) throw new Problem([uploadRefusal(table.refused)])
  return table.rows
}
