/** A path of this site, or nothing: where to go after signing in never leads elsewhere (R4). */
export function localPath(asked: string | undefined): string | undefined {
  if (!asked || asked.length > 500 || !/^\/(?![/\\])[^\\\u0000-\u001f\u007f]*$/.test(asked)) return undefined
  const base = 'http://here.invalid'
  if (!URL.canParse(asked, base)) return undefined
  const url = new URL(asked, base)
  if (url.origin !== base || url.pathname.startsWith('//')) return undefined
  return url.pathname + url.search + url.hash
}

/** What people call the device, from what the browser says of itself. */
export function deviceName(userAgent: string): string {
  const system = firstOf(userAgent, [
    [/MicroMessenger/, '微信'],
    [/HarmonyOS/, '鸿蒙设备'],
    [/Android/, '安卓手机'],
    [/iPhone/, '苹果手机'],
    [/iPad/, '苹果平板'],
    [/Windows/, 'Windows 电脑'],
    [/Macintosh/, '苹果电脑'],
    [/Linux/, 'Linux 电脑'],
  ])
  const browser = firstOf(userAgent, [
    [/Edg\//, 'Edge'],
    [/Firefox\//, 'Firefox'],
    [/Chrome\//, 'Chrome'],
    [/Safari\//, 'Safari'],
  ])
  return [system, browser].filter(Boolean).join('，') || '未知设备'
}

const firstOf = (text: string, kinds: readonly (readonly [RegExp, string])[]): string =>
  kinds.find(([pattern]) => pattern.test(text))?.[1] ?? ''
