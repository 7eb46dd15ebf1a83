import { ARCHIVE_LIMITS, type UploadRefusal } from '#domain/records/upload.ts'
import { fromBufferPromise } from 'yauzl'

/** Walks every part of an OpenDocument table and counts what it really unpacks to, before any parser sees it. */
export async function judgeOpenDocument(
  bytes: Buffer,
  inflatedLimit: number,
): Promise<{ inflated: number } | { refused: UploadRefusal }> {
  const zip = await fromBufferPromise(bytes, { autoClose: false, lazyEntries: true, strictFileNames: true })
  try {
    if (zip.entryCount > ARCHIVE_LIMITS.entries) return { refused: 'archiveBomb' }
    let inflated = 0
    for await (const entry of zip.eachEntry()) {
      if (entry.isEncrypted()) return { refused: 'oldOffice' }
      if (entry.uncompressedSize > inflatedLimit) return { refused: 'archiveBomb' }
      if (entry.fileName.endsWith('/')) continue
      for await (const chunk of await zip.openReadStreamPromise(entry)) {
        inflated += chunk.length
        if (inflated > inflatedLimit) return { refused: 'archiveBomb' }
      }
    }
    return { inflated }
  } finally {
    zip.close()
  }
}
