import { againstFileName, extensionOf, kindOfExtension, limitFor, TURNED, type UploadRefusal } from './upload.ts'

/** What a browser can tell of a file before it sends it, and what the server says of a kind that is not taken. */

/** What a name or the content alone already says about a file of a kind that is not taken, with its way out. */
export const WAYS_OUT: Readonly<Record<string, UploadRefusal>> = {
  heic: 'heic',
  heif: 'heic',
  avif: 'heic',
  mov: 'mov',
  qt: 'mov',
  bmp: 'bmp',
  ...Object.fromEntries(
    ['avi', 'wmv', 'asf', 'mkv', 'webm', 'flv', '3gp', '3g2', 'm4v', 'mpg'].map((one) => [one, 'otherVideo' as const]),
  ),
  ...Object.fromEntries(['doc', 'xls', 'ppt', 'wps', 'et', 'dps', 'cfb'].map((one) => [one, 'oldOffice' as const])),
}

const STARTS: Readonly<Record<string, RegExp>> = {
  jpg: /^ffd8ff/u,
  png: /^89504e470d0a1a0a/u,
  webp: /^52494646.{8}57454250/u,
  pdf: /^(?:efbbbf)?25504446/u,
  docx: /^504b0304/u,
  xlsx: /^504b0304/u,
  pptx: /^504b0304/u,
  mp4: /^.{8}66747970/u,
  gif: /^47494638/u,
  tif: /^(?:49492a00|4d4d002a)/u,
}

/** What can be told before anything is sent: from the name, the size and the first bytes (hexadecimal; '' when they cannot be read). */
export function againstSending({ name, size, head }: { name: string; size: number; head: string }): UploadRefusal[] {
  if (againstFileName(name).length > 0) return ['badName']
  if (size === 0) return ['empty']
  const extension = extensionOf(name)
  if (/^.{8}66747970(?:6865|6d696631|6d736631|61766966)/u.test(head)) return ['heic']
  if (/^.{8}6674797071742020/u.test(head)) return ['mov']
  const known = WAYS_OUT[extension]
  if (known) return [known]
  if (head.startsWith('d0cf11e0')) return ['oldOffice']
  const kind = kindOfExtension(extension) ?? (extension in TURNED ? extension.slice(0, 3) : undefined)
  const bare = extension === '' && ['jpg', 'png', 'webp', 'gif', 'tif'].some((one) => STARTS[one]?.test(head))
  if (!kind && !bare) return [extension === '' ? 'noExtension' : 'kindNotAllowed']
  if (kind && head !== '' && !STARTS[kind]?.test(head)) return ['contentDisagrees']
  return size > limitFor(name) ? ['tooLarge'] : []
}
