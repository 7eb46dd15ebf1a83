/** The page's nonce, which the server wrote into it. */
export const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? ''

// antd passes the nonce to its themes but not to the little styles of its scroll lock: here every style made by our script gets it.
const create = document.createElement.bind(document)
document.createElement = ((name: string, options?: ElementCreationOptions) => {
  const element = create(name, options)
  if (name === 'style') element.nonce = nonce
  return element
}) as typeof document.createElement
