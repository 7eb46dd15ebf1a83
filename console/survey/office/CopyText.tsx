import { announce } from '#console/house/announce.ts'

/** Words to paste somewhere else; they stand on the page, so that they can be marked where a browser does not let pages copy. */
export function CopyText({ text, label }: { text: string; label: string }) {
  async function copy() {
    try {
      await navigator.clipboard.writeText(text)
      announce('已复制')
    } catch {
      announce('浏览器不让复制，请选中文字后按 Ctrl+C')
    }
  }
  return (
    <>
      <p className="poll-copy">{text}</p>
      <button type="button" className="button" onClick={() => void copy()}>
        {label}
      </button>
    </>
  )
}
