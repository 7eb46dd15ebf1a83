const numbers: readonly (readonly [RegExp, string])[] = [
  [/\d{6}[\s-]?\d{8}[\s-]?\d{3}[\dXx]/, '身份证号码'],
  [/1[\s.·-]?[3-9](?:[\s.·-]?\d){9}/, '手机号码'],
  // One sign before the @ is enough to know it, and does not try every beginning of a long word: anybody may post 16 KiB of those.
  [/[\w.+-]@[\w-]+\.\w/, '电子邮箱'],
  [/(?:微信|QQ|qq|V信|wx)号?[:：是\s]*[\w-]{5,}/, '微信号或 QQ 号'],
  [/\d{7,}|[零〇一二三四五六七八九幺]{7,}/, '号码'],
]

/** What a text may not hold at all, since it names a person by a number; the page says it and lets the writer take it out. */
export function numbersIn(text: string): string[] {
  // Signs that show nothing, and the square around a digit, would part a number for the program and not for the reader.
  const plain = text.normalize('NFKC').replace(/[\p{Cf}\p{M}\p{DI}\u2800]/gu, '')
  for (const [pattern, label] of numbers) if (pattern.test(plain)) return [label]
  return []
}

// The hundred commonest surnames cover most names; a person looks at the rest.
const surnames =
  '王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文'
const titles = '老师|校长|书记|主任|园长|班主任|同学|组长|教练'
const called = new RegExp(`[${surnames}][\\u4e00-\\u9fff]{0,2}(?:${titles})`)
const classes = /[一二三四五六七八九\d]{1,2}\s*[（(]?\s*\d{0,2}\s*[）)]?\s*(?:年级|班)/

/** Why a person should look twice at a text before anyone at the school sees it. */
export function doubtsOf(text: string): string[] {
  const doubts = numbersIn(text)
  // 谢 is a surname, and nearly every kind word to a teacher begins with 谢谢.
  if (called.test(text.replaceAll('谢谢', ''))) doubts.push('可能写了人名')
  if (classes.test(text)) doubts.push('提到年级或班级')
  return doubts
}
