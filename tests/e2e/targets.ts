import type { Page } from 'playwright-core'

/**
 * What a finger can hardly hit on the page as it stands: everything that is pressed has 44 × 44 px around its middle that belong to it,
 * by its own box, its label's or an area that it spreads. A link inside a sentence is as high as its line.
 */
export const smallTargets = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const REACH = 21
    const pressed =
      'a[href], button, summary, select, textarea, input:not([type=hidden]):not([type=file]), [role=button], [role=tab], [role=switch]'
    const inASentence = (link: Element): boolean => {
      if (getComputedStyle(link).display !== 'inline') return false
      let block = link.parentElement
      while (block && getComputedStyle(block).display.startsWith('inline')) block = block.parentElement
      const words = document.createElement('div')
      words.innerHTML = block?.innerHTML ?? ''
      for (const other of words.querySelectorAll('a, button')) other.remove()
      return /[\p{L}\p{N}]/u.test(words.textContent ?? '')
    }
    /** What takes the touch for a field: the drawn box around an invisible input, or its label. */
    const touched = (one: Element): Element =>
      one.closest(
        '.ant-select, .ant-input-number, .ant-input-affix-wrapper, .ant-pagination-item, .ant-segmented-item',
      ) ??
      (one instanceof HTMLInputElement && /^(checkbox|radio)$/.test(one.type) ? one.labels?.[0] : null) ??
      one
    const drawn = (one: Element): boolean => {
      const box = one.getBoundingClientRect()
      const style = getComputedStyle(one)
      return (
        box.width > 1 && box.height > 1 && style.visibility === 'visible' && style.clip !== 'rect(0px, 0px, 0px, 0px)'
      )
    }
    const belongs = (hit: Element | null, one: Element): boolean =>
      hit !== null && (one.contains(hit) || hit.closest('label')?.contains(one) === true)
    const reaches = (one: Element): boolean => {
      one.scrollIntoView({ block: 'center', inline: 'nearest' })
      const box = one.getBoundingClientRect()
      if (box.width >= 43.5 && box.height >= 43.5) return true
      const [x, y] = [box.left + box.width / 2, box.top + box.height / 2]
      const wide = box.width >= 43.5 ? 0 : REACH
      const high = box.height >= 43.5 ? 0 : REACH
      const around = [
        [x - wide, y],
        [x + wide, y],
        [x, y - high],
        [x, y + high],
      ] as const
      return around.every(([left, top]) => belongs(document.elementFromPoint(left, top), one))
    }
    const found = new Set<string>()
    for (const each of document.querySelectorAll<HTMLElement>(pressed)) {
      const one = touched(each)
      if (!drawn(one) || each.matches(':disabled, .skip') || one.closest('[inert], [aria-hidden=true]')) continue
      if (one.matches('a') && inASentence(one)) continue
      if (reaches(one)) continue
      const { width, height } = one.getBoundingClientRect()
      const name = (one.getAttribute('aria-label') ?? one.textContent ?? '').trim().slice(0, 20)
      const kind = [one.tagName.toLowerCase(), ...[...one.classList].slice(0, 2)].join('.')
      found.add(
        `${kind} “${name}” ${Math.round(width)}×${Math.round(height)} in ${one.parentElement?.className.toString().slice(0, 40)}`,
      )
    }
    window.scrollTo(0, 0)
    return [...found]
  })
