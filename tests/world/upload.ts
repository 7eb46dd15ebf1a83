import type { FileFacts } from '#contract/records/file.ts'
import { type Answer, type Caller, type World } from '#tests/world/world.ts'
import { HOST } from '#tests/world/house.ts'

export interface UploadToSend {
  name: string
  bytes: Uint8Array
  schoolId?: string
  field?: string
  /** Fields that go before the file. */
  fields?: Readonly<Record<string, string>>
}

/** Uploads a file as a browser does. */
export const upload = (w: World, caller: Caller, file: UploadToSend): Promise<Answer<FileFacts>> =>
  sendFile<FileFacts>(w, caller, { ...file, url: `/api/files${file.schoolId ? `?schoolId=${file.schoolId}` : ''}` })

/** Sends a file to any endpoint that takes one. */
export async function sendFile<T>(w: World, caller: Caller, file: UploadToSend & { url: string }): Promise<Answer<T>> {
  const form = new FormData()
  for (const [name, value] of Object.entries(file.fields ?? {})) form.append(name, value)
  form.append(file.field ?? 'file', new Blob([Uint8Array.from(file.bytes)]), file.name)
  const encoded = new Response(form)
  const answer = await w.app.inject({
    method: 'POST',
    url: file.url,
    headers: {
      host: HOST,
      origin: `https://${HOST}`,
      'sec-fetch-site': 'same-origin',
      'content-type': encoded.headers.get('content-type') ?? '',
      ...(caller.cookie ? { cookie: caller.cookie } : {}),
    },
    payload: Buffer.from(await encoded.arrayBuffer()),
  })
  return { status: answer.statusCode, body: answer.json(), headers: answer.headers, text: answer.body }
}

/** The smallest honest file of its kind. */
export const PDF = Buffer.from('%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n')
export const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)
