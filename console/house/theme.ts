import type { ThemeConfig } from 'antd'

// The same values as portal-assets/tokens.css, because antd computes derived colours and cannot read custom properties.
export const tokens = {
  red: '#b3261e',
  redDeep: '#8f1d17',
  redTint: '#fbf1ef',
  ink: '#1f1b18',
  ink2: '#4a443f',
  ink3: '#6b645d',
  line: '#e7e2dc',
  lineStrong: '#918a82',
  surface: '#faf8f5',
  paper: '#ffffff',
  ok: '#1e6b3a',
  warn: '#8a5200',
  info: '#1d4f8c',
} as const

const sans =
  '-apple-system, BlinkMacSystemFont, "Segoe UI", "PingFang SC", "Hiragino Sans GB", "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC", sans-serif'

export const theme: ThemeConfig = {
  token: {
    colorPrimary: tokens.red,
    colorError: tokens.red,
    colorLink: tokens.red,
    colorLinkHover: tokens.redDeep,
    colorSuccess: tokens.ok,
    colorWarning: tokens.warn,
    colorInfo: tokens.info,
    colorText: tokens.ink,
    colorTextSecondary: tokens.ink2,
    colorTextTertiary: tokens.ink3,
    colorTextDescription: tokens.ink3,
    colorTextPlaceholder: tokens.ink3,
    colorTextDisabled: tokens.ink3,
    colorBorder: tokens.lineStrong,
    colorBorderSecondary: tokens.line,
    colorBgLayout: tokens.paper,
    borderRadius: 4,
    controlHeight: 36,
    fontFamily: sans,
    fontSize: 15,
    boxShadow: 'none',
    boxShadowTertiary: 'none',
    wireframe: false,
    motion: false,
  },
  components: {
    Button: { primaryShadow: 'none', defaultShadow: 'none', dangerShadow: 'none', fontWeight: 500 },
    Table: {
      headerBg: tokens.paper,
      headerColor: tokens.ink3,
      headerSplitColor: 'transparent',
      cellPaddingBlock: 14,
      // With the width of a text in ListTable.css: seven columns fit a screen of 1280 beside the menu.
      cellPaddingInline: 10,
    },
    Segmented: { trackBg: tokens.line, itemColor: tokens.ink2, itemHoverColor: tokens.ink },
    Form: { labelColor: tokens.ink, verticalLabelPadding: '0 0 4px', itemMarginBottom: 24 },
  },
}
