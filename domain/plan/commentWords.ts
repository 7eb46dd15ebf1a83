import { asRead, searchKey } from '#domain/base/text.ts'

/** A phone or identity number in public words does harm to whoever it belongs to. */
export function personalNumber(text: string): '手机号' | '身份证号' | undefined {
  const plain = asRead(text).replace(/(?<=\d)[\s\-–—·.]+(?=[\dXx])/g, '')
  if (/(?<!\d)\d{17}[\dXx](?![\dXx])/.test(plain)) return '身份证号'
  if (/(?<!\d)(?:86)?1[3-9]\d{9}(?!\d)/.test(plain)) return '手机号'
  return undefined
}

const CHINESE_DIGITS = '〇一二三四五六七八九'
const SPOKEN: Record<string, string> = { 零: '0', 幺: '1', 两: '2', 壹: '1', 贰: '2', 叁: '3', 肆: '4', 伍: '5' }

/** Digits however they are written: 一三八 and 138 and １３８ are the same number. */
const withDigits = (text: string): string =>
  [...asRead(text)]
    .map((char) => {
      const at = CHINESE_DIGITS.indexOf(char)
      return at >= 0 ? String(at) : (SPOKEN[char] ?? char)
    })
    .join('')

const ABUSE =
  /傻[xX逼比叉b]|煞笔|沙比|王八蛋|畜生|混蛋|狗日|操你|草你|尼玛|他妈|妈的|去死|滚蛋|垃圾学校|人渣|败类|贪污|受贿|行贿|嫖|诈骗/u
const LINK = /https?:|www\.|[a-z0-9-]+\.(?:com|cn|net|org|top|xyz|vip|cc|shop|info|site|club)(?![a-z])/iu
const CONTACT = /(?:微信|薇信|威信|v信|vx|wx|wechat|qq|扣扣|企鹅号|加我|公众号|抖音号)[\s:：号是]*[a-z0-9_-]{4,}/iu
const NUMBER = /\d(?:[\s\-–—·.、,，()（）]*\d){6,}/u

/** Why a text waits for a person to judge it before it is shown, even where comments appear at once; empty when nothing speaks against it. */
export function reasonsToHold(text: string): string[] {
  const plain = asRead(text)
  return [
    ...(ABUSE.test(plain.replace(/\s/g, '')) ? ['可能含辱骂或指控'] : []),
    ...(LINK.test(plain.replace(/\s/g, '')) ? ['含网址'] : []),
    ...(CONTACT.test(plain) ? ['含微信、QQ 等联系方式'] : []),
    ...(NUMBER.test(withDigits(text)) ? ['含号码'] : []),
  ]
}

/** What two texts have in common that differ only in spaces, width, case and punctuation. */
export const sameWords = (text: string): string => searchKey(text).replace(/[^\p{L}\p{N}]/gu, '')
