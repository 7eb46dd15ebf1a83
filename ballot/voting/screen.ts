import { numbersIn } from '#domain/survey/answers.ts'

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
