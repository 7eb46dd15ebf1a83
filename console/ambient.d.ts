declare module '*.css' {}

// antd's ES locale files are typed as CommonJS, which gives the wrong default import under nodenext.
declare module 'antd/es/locale/zh_CN.js' {
  import type { Locale } from 'antd/es/locale/index.js'
  const locale: Locale
  export default locale
}
