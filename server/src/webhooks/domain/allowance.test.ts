import { describe, expect, it } from 'vitest'
import { mayReach, parseAllowance, type Allowance } from './allowance.ts'

function allowing(text: string): Allowance {
  const allow = parseAllowance(text)
  if ('bad' in allow) throw new Error(allow.bad)
  return allow
}

const shop = { host: 'shop.example', port: 443 }

describe('parseAllowance', () => {
  it.each([
    ['', []],
    [' , ', []],
    ['Hooks.Example.', [{ name: 'hooks.example', port: null }]],
    ['hooks:8080, hooks_2', [{ name: 'hooks', port: 8080 }, { name: 'hooks_2', port: null }]],
    ['hooks:80', [{ name: 'hooks', port: 80 }]],
    ['магазин.рф', [{ name: 'xn--80aairftm.xn--p1ai', port: null }]],
    ['10.0.0.7', [{ network: { address: [10, 0, 0, 7], prefix: 32 }, port: null }]],
    ['10.0.0.7:9000', [{ network: { address: [10, 0, 0, 7], prefix: 32 }, port: 9000 }]],
    ['10.0.0.0/8', [{ network: { address: [10, 0, 0, 0], prefix: 8 }, port: null }]],
    ['[::1]:9000', [{ network: { address: [...Array<number>(15).fill(0), 1], prefix: 128 }, port: 9000 }]],
    ['::1', [{ network: { address: [...Array<number>(15).fill(0), 1], prefix: 128 }, port: null }]],
  ])('%s', (text, allow) => {
    expect(parseAllowance(text)).toEqual(allow)
  }) // prettier-ignore

  it.each(['http://hooks', 'hooks/path', 'hooks:0', 'hooks:70000', 'hooks:http', '*.hooks', 'me@hooks', '10.0.0.0/33', 'a..b', 'a b', '[::1', '?'])(
    'tells %s',
    (entry) => {
      expect(parseAllowance(`shop.example, ${entry}`)).toEqual({ bad: entry })
    },
  ) // prettier-ignore
})

describe('mayReach', () => {
  it('reaches the public internet and nothing else', () => {
    expect(mayReach([], shop, '93.184.216.34')).toBe(true)
    expect(mayReach([], shop, '10.0.0.1')).toBe(false)
    expect(mayReach([], shop, 'not an address')).toBe(false)
    expect(mayReach([], shop, '')).toBe(false)
  })

  it('a trusted name reaches whatever it resolves to, on its port', () => {
    expect(mayReach(allowing('shop.example'), shop, '10.0.0.1')).toBe(true)
    expect(mayReach(allowing('shop.example:443'), shop, '10.0.0.1')).toBe(true)
    expect(mayReach(allowing('shop.example:8443'), shop, '10.0.0.1')).toBe(false)
    expect(mayReach(allowing('example'), shop, '10.0.0.1')).toBe(false)
    expect(mayReach(allowing('other.example'), shop, '10.0.0.1')).toBe(false)
  })

  it('a trusted network is reached under any name', () => {
    expect(mayReach(allowing('10.0.0.0/24'), shop, '10.0.0.1')).toBe(true)
    expect(mayReach(allowing('10.0.0.0/24'), shop, '::ffff:10.0.0.1')).toBe(true)
    expect(mayReach(allowing('10.0.0.0/24'), shop, '10.0.1.1')).toBe(false)
    expect(mayReach(allowing('10.0.0.1:8080'), shop, '10.0.0.1')).toBe(false)
  })
})
