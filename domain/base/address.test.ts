import assert from 'node:assert/strict'
import { test } from 'node:test'
import { networkOf } from './address.ts'

test('everybody in one IPv6 network is one source, an IPv4 address stands for itself, and anything else for nobody', () => {
  const networks: [string, string | undefined][] = [
    ['203.0.113.7', '203.0.113.7'],
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:DB8:1:2::9', '2001:db8:1:2::/64'],
    ['2001:0db8:0001:0002::a%eth0', '2001:db8:1:2::/64'],
    ['::1', '0:0:0:0::/64'],
    ['300.1.1.1', undefined],
    ['<script>alert(1)</script>', undefined],
    ['1:2:3', undefined],
    ['1::2::3', undefined],
    [':'.repeat(5_000), undefined],
    ['', undefined],
  ]
  for (const [address, network] of networks) assert.equal(networkOf(address), network, address)
})
