import { Refused, type StoredFile, upload } from '#console/api.ts'
import { againstSending } from '#domain/records/sending.ts'
import { UPLOAD_REFUSALS } from '#domain/records/upload.ts'

/** Sending a file from this browser: judged before, patient while the server is busy. */

const PATIENCE = 3
const PAUSE_MS = 4_000

/** The first bytes, in hexadecimal; '' when the browser cannot read them, and then the server judges alone. */
async function startOf(file: File): Promise<string> {
  try {
    const bytes = new Uint8Array(await file.slice(0, 16).arrayBuffer())
    return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  } catch {
    return ''
  }
}

/** Waits and tries again while the server says that it is busy. */
async function patiently<T>(act: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await act()
    } catch (error) {
      if (tries >= PATIENCE || !(error instanceof Refused) || error.code !== 'busy') throw error
      await new Promise((done) => setTimeout(done, PAUSE_MS))
    }
  }
}

/** What the server would say after the whole file was sent, told before. */
export async function wrongBefore(file: File): Promise<string | undefined> {
  const [wrong] = againstSending({ name: file.name, size: file.size, head: await startOf(file) })
  return wrong && UPLOAD_REFUSALS[wrong].text
}

export const sendFile = (file: File, where: string, onShare: (share: number) => void): Promise<StoredFile> =>
  patiently(() => upload(file, onShare, undefined, where))
