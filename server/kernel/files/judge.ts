import { open } from 'node:fs/promises'
import {
  againstFileName,
  extensionOf,
  FILE_KINDS,
  type FileKind,
  isImage,
  KINDS,
  PIXEL_LIMIT,
  TURNED,
  type UploadRefusal,
} from '#domain/records/upload.ts'
import { WAYS_OUT } from '#domain/records/sending.ts'
import { fileTypeFromBuffer } from 'file-type'
import sharp from 'sharp'
import { judgeArchive } from './archive.ts'
import { takenAt } from './exif.ts'

/** Decides by content what an uploaded file is. Runs in the worker; the main thread asks through `apart.ts`. */

export interface PictureSize {
  width: number
  height: number
  takenAt?: string
}
/** `turn`: a picture of a kind that is kept as another one. */
export type Verdict =
  | { kind: FileKind; mime: string; picture?: PictureSize }
  | { turn: FileKind }
  | { refused: UploadRefusal }

const HEAD_BYTES = 4100

export async function judge(path: string, name: string): Promise<Verdict> {
  const [badName] = againstFileName(name)
  if (badName) return { refused: badName }
  const found = await kindByContent(path)
  const extension = extensionOf(name)
  if ('turn' in found)
    return extension === '' || TURNED[extension] === found.turn ? found : { refused: 'contentDisagrees' }
  if ('refused' in found) return found
  const bare = extension === '' && isImage(found.kind)
  if (!bare && extension === '') return { refused: 'noExtension' }
  if (!bare && !FILE_KINDS[found.kind].extensions.includes(extension)) return { refused: 'contentDisagrees' }
  const mime = FILE_KINDS[found.kind].mime
  if (!isImage(found.kind)) return { kind: found.kind, mime }
  const picture = await pictureOf(path, found.kind)
  return 'refused' in picture ? picture : { kind: found.kind, mime, picture }
}

export async function kindByContent(
  path: string,
): Promise<{ kind: FileKind } | { turn: FileKind } | { refused: UploadRefusal }> {
  const head = await headOf(path)
  if (head.length === 0) return { refused: 'empty' }
  // A ZIP goes only to our own reader: the detector would inflate parts of it on its own.
  if (head.subarray(0, 4).toString('latin1') === 'PK\u0003\u0004') return judgeArchive(path)
  // Told from the header: a decoder would look at every one of a hundred thousand frames first.
  if (isAnimatedWebp(head)) return { refused: 'animated' }
  const found = await fileTypeFromBuffer(head)
  const kind = KINDS.find((each) => each === found?.ext)
  if (kind) return { kind }
  const turn = TURNED[found?.ext ?? '']
  return turn ? { turn } : { refused: WAYS_OUT[found?.ext ?? ''] ?? 'kindNotAllowed' }
}

/** RIFF … WEBP VP8X with the flag for animation. */
const isAnimatedWebp = (head: Buffer): boolean =>
  head.subarray(8, 16).toString('latin1') === 'WEBPVP8X' && ((head[20] ?? 0) & 0x02) !== 0

async function headOf(path: string): Promise<Buffer> {
  const file = await open(path, 'r')
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}

/** Draws the first frame of a GIF or TIFF as a picture that every browser shows; what else the file held stays behind. */
export async function turnPicture({
  path,
  target,
}: {
  path: string
  target: string
}): Promise<{ refused?: UploadRefusal }> {
  const found = await kindByContent(path)
  if (!('turn' in found)) return { refused: 'kindNotAllowed' }
  try {
    const image = sharp(path, { limitInputPixels: false, failOn: 'error' })
    const facts = await image.metadata()
    if (facts.width * facts.height > PIXEL_LIMIT) return { refused: 'tooManyPixels' }
    const turned = image.autoOrient()
    await (found.turn === 'png' ? turned.png() : turned.flatten({ background: '#fff' }).jpeg({ quality: 90 })).toFile(
      target,
    )
    return {}
  } catch {
    return { refused: 'brokenImage' }
  }
}

const FORMATS: Partial<Record<FileKind, string>> = { jpg: 'jpeg', png: 'png', webp: 'webp' }

async function pictureOf(path: string, kind: FileKind): Promise<PictureSize | { refused: UploadRefusal }> {
  try {
    const facts = await sharp(path, { limitInputPixels: false, failOn: 'error' }).metadata()
    if (facts.format !== FORMATS[kind]) return { refused: 'contentDisagrees' }
    if (facts.width * facts.height * (facts.pages ?? 1) > PIXEL_LIMIT) return { refused: 'tooManyPixels' }
    const turned = (facts.orientation ?? 1) >= 5
    const taken = facts.exif ? takenAt(facts.exif) : undefined
    return {
      width: turned ? facts.height : facts.width,
      height: turned ? facts.width : facts.height,
      ...(taken ? { takenAt: taken } : {}),
    }
  } catch {
    return { refused: 'brokenImage' }
  }
}
