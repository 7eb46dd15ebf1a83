/**
 * The network somebody comes from, as failures are counted by: an IPv4 address, or the /64 of an IPv6 one, since everybody with one
 * such address has all of them. Undefined for what is no address at all.
 */
export function networkOf(address: string): string | undefined {
  const text = address.replace(/%.*$/, '')
  const mapped = /^::ffff:([\d.]+)$/i.exec(text)?.[1]
  if (mapped !== undefined) return networkOf(mapped)
  if (/^\d{1,3}(\.\d{1,3}){3}$/.test(text)) return text.split('.').every((one) => Number(one) < 256) ? text : undefined
  if (!text.includes(':') || text.length > 45 || !/^[0-9a-f:.]+$/i.test(text)) return undefined
  const [head = '', tail, ...rest] = text.toLowerCase().split('::')
  const before = groupsOf(head)
  const after = groupsOf(tail ?? '')
  const given = before.length + after.length
  if (rest.length > 0 || (tail === undefined ? given !== 8 : given > 7)) return undefined
  const all = [...before, ...Array.from({ length: 8 - given }, () => '0'), ...after]
  if (!all.every((one) => /^[0-9a-f]{1,4}$/.test(one))) return undefined
  return `${all
    .slice(0, 4)
    .map((one) => Number.parseInt(one, 16).toString(16))
    .join(':')}::/64`
}

const groupsOf = (text: string): string[] => (text === '' ? [] : text.split(':'))

/**
 * As the web framework asks it: whether the address that is so many hops away belongs to us. Of a number of proxies the nearest has
 * to be in a network of one's own, so that nobody who comes from outside past the proxy is taken for it.
 */
export const trusting = (
  trust: boolean | number | string[],
): boolean | string[] | ((address: string, hop: number) => boolean) =>
  typeof trust === 'number' ? (address, hop) => hop < trust && (hop > 0 || isOwnNetwork(address)) : trust

/** Whether an address is of this machine or a network of one's own. */
export const isOwnNetwork = (address: string): boolean => OWN_NETWORK.test(address)

const OWN_NETWORK = /^(::ffff:)?(127\.|10\.|192\.168\.|169\.254\.|172\.(1[6-9]|2\d|3[01])\.)|^::1$|^f[cd]|^fe80:/i
