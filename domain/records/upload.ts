import { type Actor, againstReadingSchool, hasRole, isOffice, worksAt } from '#domain/base/actor.ts'
import { type Refusal, refusal } from '#domain/base/refusal.ts'

/** What may be uploaded, how big it may be, how it is named, and every reason to say no. */

export type FileKind = 'jpg' | 'png' | 'webp' | 'pdf' | 'docx' | 'xlsx' | 'pptx' | 'mp4'

const MB = 1024 * 1024
const IMAGE_LIMIT = 20 * MB
const DOCUMENT_LIMIT = 50 * MB
const VIDEO_LIMIT = 500 * MB

interface KindFacts {
  mime: string
  extensions: readonly string[]
  limit: number
}

const OFFICE = 'application/vnd.openxmlformats-officedocument.'

export const FILE_KINDS: Record<FileKind, KindFacts> = {
  jpg: { mime: 'image/jpeg', extensions: ['jpg', 'jpeg', 'jfif', 'jpe'], limit: IMAGE_LIMIT },
  png: { mime: 'image/png', extensions: ['png'], limit: IMAGE_LIMIT },
  webp: { mime: 'image/webp', extensions: ['webp'], limit: IMAGE_LIMIT },
  pdf: { mime: 'application/pdf', extensions: ['pdf'], limit: DOCUMENT_LIMIT },
  docx: { mime: `${OFFICE}wordprocessingml.document`, extensions: ['docx'], limit: DOCUMENT_LIMIT },
  xlsx: { mime: `${OFFICE}spreadsheetml.sheet`, extensions: ['xlsx'], limit: DOCUMENT_LIMIT },
  pptx: { mime: `${OFFICE}presentationml.presentation`, extensions: ['pptx'], limit: DOCUMENT_LIMIT },
  mp4: { mime: 'video/mp4', extensions: ['mp4'], limit: VIDEO_LIMIT },
}

export const KINDS: readonly FileKind[] = ['jpg', 'png', 'webp', 'pdf', 'docx', 'xlsx', 'pptx', 'mp4']

/** The largest file that any slot takes; what no kind allows is never read further. */
export const UPLOAD_LIMIT = VIDEO_LIMIT

export const isImage = (kind: FileKind): boolean => kind === 'jpg' || kind === 'png' || kind === 'webp'

/** An image with more pixels costs more memory than a server should spend on one stranger's file. */
export const PIXEL_LIMIT = 40_000_000

export const ARCHIVE_LIMITS = { entries: 10_000, inflated: 200 * MB, ratio: 100, partText: 8 * MB } as const
export const SHEET_LIMITS = { rows: 20_000, columns: 200, inflated: 60 * MB } as const

const OLD_OFFICE =
  '请用 WPS 或 Office 打开它（有打开密码的先去掉），点“文件—另存为”，类型选 docx、xlsx 或 pptx；也可以“输出为 PDF”，再上传。'

export const UPLOAD_REFUSALS = {
  tooLarge: {
    status: 413,
    text: '文件太大：图片不超过 20 MB，文档不超过 50 MB，视频不超过 500 MB。请压缩后重新上传。',
  },
  empty: { status: 422, text: '文件是空的，没有任何内容。请检查原文件后重新上传。' },
  badName: { status: 422, text: '文件名里有不可见的控制字符。请改用普通文字命名后重新上传。' },
  kindNotAllowed: {
    status: 415,
    text: '不支持这种文件。可以上传：图片（jpg、png、webp、gif、tif）、文档（pdf、docx、xlsx、pptx）、视频（mp4）。请转换格式后重新上传。',
  },
  contentDisagrees: {
    status: 415,
    text: '文件的实际内容与扩展名不一致。请用相应软件打开原文件，另存为需要的格式后重新上传。',
  },
  oldOffice: {
    status: 415,
    text: `这是旧格式的文档（doc、xls、ppt，或 WPS 的 wps、et、dps），或者设置了打开密码。${OLD_OFFICE}`,
  },
  heic: {
    status: 415,
    text: '这是 HEIC（HEIF）照片，多数电脑打不开。已经拍好的：请把照片用微信发给“文件传输助手”（不勾“原图”），再保存下来上传，或在电脑上另存为 jpg。以后：苹果手机在“设置—相机—格式”里选“兼容性最佳”；安卓手机在相机的设置里关掉“高效图片（HEIF）”。',
  },
  mov: {
    status: 415,
    text: '这是苹果手机的视频（MOV），实况照片也会附带一段。请只选照片；要传视频的，用微信发给“文件传输助手”，再保存下来就是 mp4，请传那一个。',
  },
  otherVideo: { status: 415, text: '视频只接收 mp4。请用剪映、WPS 等软件打开，导出为 mp4 后重新上传。' },
  bmp: { status: 415, text: '这是 BMP 图片，很占地方。请用电脑自带的“画图”打开，另存为 JPEG 图片后重新上传。' },
  noExtension: {
    status: 415,
    text: '文件名没有扩展名（如 .pdf、.docx），看不出是什么文件。请用相应软件打开原文件，另存一份后重新上传。',
  },
  animated: {
    status: 422,
    text: '这是会动的图片（动图），只接收静止的照片。请截一张图，或在相册里另存为 jpg 后重新上传。',
  },
  brokenImage: { status: 422, text: '图片已损坏，无法打开。请重新导出或重新拍摄后上传。' },
  tooManyPixels: { status: 422, text: '图片的像素太大（超过 4000 万像素）。请缩小尺寸后重新上传。' },
  brokenArchive: { status: 422, text: '文档已损坏，无法打开。请用 WPS 或 Office 打开原文件，另存一份后重新上传。' },
  archiveBomb: {
    status: 422,
    text: '文档解压后的内容异常巨大，可能有问题。请把内容复制到新建的文档里，保存后重新上传。',
  },
  archiveNames: {
    status: 422,
    text: '文档的内部结构不正常。请用 WPS 或 Office 打开原文件，另存一份后重新上传。',
  },
  nested: {
    status: 422,
    text: '文档里嵌入了别的文件（如嵌入的表格、附件、压缩包）。请把嵌入的对象删除或转为图片，附件另行单独上传。',
  },
  macro: {
    status: 422,
    text: '文档里含有宏或控件，为了安全不能接收。请另存为不含宏的 docx、xlsx 或 pptx 后重新上传。',
  },
  xmlEntities: {
    status: 422,
    text: '文档里含有不安全的定义（DOCTYPE）。请把内容复制到新建的文档里，保存后重新上传。',
  },
  externalLink: {
    status: 422,
    text: '文档引用了外部的文件或网址（链接的图片、表格或模板）。请断开链接改为直接插入，或把内容复制到新建的文档里，保存后重新上传。普通的超链接不受影响。',
  },
  dde: { status: 422, text: '文档里含有会启动其他程序的域（DDE）。请删除该域，保存后重新上传。' },
  field: {
    status: 422,
    text: '文档里有会读取外部内容的域。请在 Word 或 WPS 里按 Ctrl+A 全选，再按 Ctrl+Shift+F9 把域变成普通文字，保存后重新上传。',
  },
  formula: {
    status: 422,
    text: '表格里有会读取网址或启动程序的公式。请复制这些单元格，用“选择性粘贴—数值”替换公式，保存后重新上传。',
  },
  judgeTimeout: { status: 422, text: '文件结构过于复杂，没能在规定时间内检查完。请精简内容或拆分后重新上传。' },
  sheetTooLarge: {
    status: 422,
    text: '表格太大：最多 20000 行、200 列。请删除多余的空行空列，或拆成几个文件后再导入。',
  },
  brokenText: {
    status: 422,
    text: '文本的编码或引号不正确，无法读取。请用 WPS 或 Excel 打开，另存为“CSV UTF-8”或 xlsx 后重新导入。',
  },
  noSheet: { status: 422, text: '文件里没有可以读取的工作表。请检查后重新上传。' },
} as const satisfies Record<string, { status: 413 | 415 | 422; text: string }>

export type UploadRefusal = keyof typeof UPLOAD_REFUSALS

const CODES = { 413: 'tooLarge', 415: 'wrongType', 422: 'invalid' } as const

/** The reason as people and programs get it, with the sentence that fits this file. */
export function uploadRefusal(code: UploadRefusal): Refusal {
  const { status, text } = UPLOAD_REFUSALS[code]
  return refusal(CODES[status], text, { field: 'file' })
}

export interface FileSubject {
  uploaderId: string
  /** The bureau of the uploader. */
  bureauId: string
  schoolId: string | null
}

/** Who keeps seeing the own photograph of a school after the contact was given to somebody else. */
const OF_THE_BUREAU = ['office', 'leader', 'department'] as const

/**
 * Whoever uploaded it (a school's file only while at that school or working for the bureau), whoever reaches the school it belongs to, for the bureau's own files its office, a reviewer whose
 * opened sheet belongs to a dossier that cites it, and whoever may read the event whose material it is.
 */
export function againstReadingFile(
  actor: Actor,
  file: FileSubject,
  { cited = false, material = false }: { cited?: boolean; material?: boolean } = {},
): Refusal[] {
  const stayed = file.schoolId === null || worksAt(actor, file.schoolId) || hasRole(actor, ...OF_THE_BUREAU)
  if (actor.personId !== null && actor.personId === file.uploaderId && stayed) return []
  if (material || (cited && hasRole(actor, 'reviewer'))) return []
  if (file.schoolId === null) return isOffice(actor, file.bureauId) ? [] : [refusal('notFound')]
  return againstReadingSchool(actor, { schoolId: file.schoolId, bureauId: file.bureauId })
}

export const NAME_LIMIT = 120
const READ_LIMIT = 1_000

const isControl = (code: number) => code < 0x20 || (code >= 0x7f && code <= 0x9f)
/** Marks that reorder or hide text, by which `gpj.exe` can be shown as `exe.jpg`. */
const DECEIVING = /[\u00AD\u061C\u180E\u200B-\u200F\u2028-\u202E\u2060-\u206F\uFEFF\uFFF9-\uFFFB]/gu
const DEVICE = /^(con|prn|aux|nul|com[0-9]|lpt[0-9])(?=\.|$)/iu

/** Browsers and proxies may leave a name percent-encoded, and `%00` must not hide behind that. */
function decoded(name: string): string {
  try {
    return decodeURIComponent(name)
  } catch {
    return name
  }
}

const hasControl = (text: string) => [...text].some((char) => isControl(char.codePointAt(0) ?? 0))

export function againstFileName(name: string): UploadRefusal[] {
  return hasControl(name) || hasControl(decoded(name)) ? ['badName'] : []
}

/** The name that is kept and shown; it never becomes a path, but people save files under it. */
export function cleanFileName(raw: string): string {
  // The end alone: it holds the name and its extension, and what trims it takes a time that grows with the square of the length.
  const plain = [...raw.slice(-READ_LIMIT).normalize('NFC')]
    .filter((char) => !isControl(char.codePointAt(0) ?? 0))
    .join('')
  const visible = plain.toWellFormed().replace(DECEIVING, '')
  const last =
    visible
      .replace(/[\\/\s]+$/u, '')
      .split(/[\\/]/u)
      .at(-1) ?? ''
  const trimmed = last
    .trim()
    .replace(/^\.+/u, '')
    .replace(/[.\s]+$/u, '')
  if (trimmed === '') return '未命名文件'
  return shorten(trimmed.replace(DEVICE, '_$1'))
}

function shorten(name: string): string {
  const chars = [...name]
  if (chars.length <= NAME_LIMIT) return name
  const dot = chars.lastIndexOf('.')
  const extension = dot > 0 && chars.length - dot <= 6 ? chars.slice(dot) : []
  return [...chars.slice(0, NAME_LIMIT - extension.length), ...extension].join('')
}

/** The last extension of the decoded and cleaned name, in lower case; '' when there is none. */
export function extensionOf(name: string): string {
  const clean = cleanFileName(decoded(name))
  const dot = clean.lastIndexOf('.')
  return dot < 0 ? '' : clean.slice(dot + 1).toLowerCase()
}

/** Phones hand photographs over under a bare number; what such a picture is, its content says, and its name says it from then on (T2-22). */
export const namedAs = (name: string, kind: FileKind): string =>
  isImage(kind) && extensionOf(name) === '' ? cleanFileName(`${cleanFileName(name)}.${kind}`) : cleanFileName(name)

export function kindOfExtension(extension: string): FileKind | undefined {
  return KINDS.find((kind) => FILE_KINDS[kind].extensions.includes(extension))
}

/** Pictures that are kept as another kind, since not every browser shows them: GIF (its first frame) and TIFF. */
export const TURNED: Readonly<Record<string, FileKind>> = { gif: 'png', tif: 'jpg', tiff: 'jpg' }

/** The name of a picture that was turned into another kind. */
export const renamedAs = (name: string, kind: FileKind): string =>
  cleanFileName(`${cleanFileName(name).replace(/\.[^.]{1,5}$/u, '')}.${kind}`)

/** What the declared name promises decides how many bytes are read at most. */
export function limitFor(name: string): number {
  const kind = kindOfExtension(extensionOf(name))
  return kind ? FILE_KINDS[kind].limit : DOCUMENT_LIMIT
}

/** The value of a Content-Disposition header for a download (RFC 6266): no quote or line break of the name survives raw. */
export function attachment(name: string): string {
  const clean = cleanFileName(name)
  const ascii = clean.replace(/[^\x20-\x7e]/gu, '_').replace(/["\\%;]/gu, '_')
  const encoded = encodeURIComponent(clean).replace(
    /['()*!]/gu,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encoded}`
}
