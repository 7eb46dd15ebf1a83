import { isImage, PIXEL_LIMIT, type UploadRefusal } from '#domain/records/upload.ts'
import sharp from 'sharp'
import { kindByContent } from './judge.ts'
import type { Tasks } from './tasks.ts'

/** Makes the small copy of an image; whatever the original carries besides pixels (place, camera, owner) stays behind. */
export async function render({ path, size, target }: Tasks['render']['ask']): Promise<{ refused?: UploadRefusal }> {
  // sharp opens SVG, TIFF and more; only what the judge would let in may reach it.
  const found = await kindByContent(path)
  if ('refused' in found) return found
  if ('turn' in found || !isImage(found.kind)) return { refused: 'kindNotAllowed' }
  await sharp(path, { limitInputPixels: PIXEL_LIMIT, failOn: 'error' })
    .autoOrient()
    .resize({ width: size, height: size, fit: 'inside', withoutEnlargement: true })
    .webp({ quality: 82 })
    .toFile(target)
  return {}
}
