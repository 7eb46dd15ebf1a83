/** How a name is sorted and found by its reading; kept beside the name, for both databases sort text by its codes (decision 0013). */
export interface NameKeys {
  sortKey: string
  pinyin: string
}

/** Characters that stand in names of places and schools with another reading than in running text. */
const PLACES = { 都: 'dū', 曾: 'zēng' }
const NUMERAL = /(?<=第)[一二三四五六七八九十百零]+|[一二三四五六七八九十]+(?=[中小高幼校号完实])/g
const DIGITS = '零一二三四五六七八九'
/** A sort key holds small letters and digits only, which every collation puts in one order; a school without a number of its own comes last. */
const UNNUMBERED = 9_999_999

let reader: Promise<(text: string) => { origin: string; syllable: string; tone: number }[]> | undefined

/** The readings are a large table, wanted only when a name is written. */
const readerOf = () => (reader ??= makeReader())

async function makeReader() {
  const { customPinyin, pinyin } = await import('pinyin-pro')
  customPinyin(PLACES)
  return (text: string) =>
    pinyin(text, { type: 'all', toneType: 'num', v: true }).map((one) => ({
      origin: one.origin,
      syllable: one.pinyin.replace(/\d/g, '').replace('ü', 'v'),
      tone: one.num || 5,
    }))
}

/** The keys of a school's name; by the bureau's own number first, where it gives one. */
export async function schoolKeys(name: string, sortOrder: number | null): Promise<NameKeys> {
  const { sortKey, pinyin } = await nameKeys(name)
  return { sortKey: `${String(sortOrder ?? UNNUMBERED).padStart(7, '0')}${sortKey}`, pinyin }
}

async function nameKeys(name: string): Promise<NameKeys> {
  const read = await readerOf()
  const text = name.normalize('NFKC').toLowerCase()
  const counted = text.replace(NUMERAL, (numeral) => String(numberOf(numeral) ?? numeral))
  const parts = counted.match(/\d+|\D+/g) ?? []
  const sorted = parts.flatMap((part) => (/^\d/.test(part) ? [numberKey(part)] : read(part).map(characterKey)))
  const codes = Array.from(name, (char) => (char.codePointAt(0) ?? 0).toString(16)).join('')
  const syllables = read(text)
    .map((one) => one.syllable || one.origin)
    .filter((one) => /^[a-z0-9]+$/.test(one))
  const initials = syllables.map((one) => one.charAt(0))
  return { sortKey: `${sorted.join('')}0${codes}`, pinyin: `|${[...tails(syllables), ...tails(initials)].join('|')}` }
}

/** What a word may begin with: a name is found from the beginning of any of its characters. */
const tails = (parts: readonly string[]): string[] => parts.map((_, at) => parts.slice(at).join(''))

/** 第二 before 第十: by length, then by digits; a number stands before any character. */
function numberKey(digits: string): string {
  const bare = digits.replace(/^0+(?=\d)/, '')
  return `1${String(bare.length).padStart(2, '0')}${bare}`
}

/** Its syllable, then its tone: a tone ends the syllable, so that xi'an comes before xian. What has no reading comes last. */
function characterKey({ origin, syllable, tone }: { origin: string; syllable: string; tone: number }): string {
  if (syllable !== '') return `${syllable}${tone}`
  if (/^[a-z]$/.test(origin)) return `${origin}0`
  return /^\p{L}$/u.test(origin) ? `zz${(origin.codePointAt(0) ?? 0).toString(16)}0` : ''
}

/** 二十二 as 22; nothing where the characters are no number (二七, 五一). */
function numberOf(text: string): number | undefined {
  const found = /^(?:([一二三四五六七八九])百)?零?(?:([一二三四五六七八九])?(十))?([一二三四五六七八九])?$/.exec(text)
  if (!found || text === '' || text === '零') return undefined
  const [, hundreds = '零', tens, ten, ones = '零'] = found
  const digit = (char: string) => DIGITS.indexOf(char)
  return digit(hundreds) * 100 + (ten ? digit(tens ?? '一') * 10 : 0) + digit(ones)
}

const collator = new Intl.Collator('zh-Hans-CN-u-co-pinyin', { numeric: true })

/** People and whatever else is read whole stand by their names' pinyin. */
export const byName = (one: { name: string }, other: { name: string }): number => collator.compare(one.name, other.name)
