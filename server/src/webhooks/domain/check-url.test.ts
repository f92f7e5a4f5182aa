import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isRefusal } from '../../kernel/refusal.ts'
import { parseAllowance, type Allowance } from './allowance.ts'
import { checkUrl } from './check-url.ts'
import { isPublic, parseIp } from './ip-address.ts'

fc.configureGlobal({ seed: Number(process.env.TAPLINE_PROPERTY_SEED ?? 20_260_101) })

function because(url: string, allow = ''): unknown {
  const checked = checkUrl(url, parseAllowance(allow) as Allowance)
  return isRefusal(checked) ? checked.details?.because : checked.url
}

describe('checkUrl', () => {
  it.each([
    ['https://shop.example/hooks', 'https://shop.example/hooks'],
    [' https://shop.example/hooks\n', 'https://shop.example/hooks'],
    ['HTTPS://Shop.Example', 'https://shop.example/'],
    ['https://shop.example:443/a?b=c', 'https://shop.example/a?b=c'],
    ['https://shop.example:8443/', 'https://shop.example:8443/'],
    ['https://shop.example/#here', 'https://shop.example/'],
    ['https://shop.example./', 'https://shop.example/'],
    ['https://магазин.рф/', 'https://xn--80aairftm.xn--p1ai/'],
    ['https://93.184.216.34/', 'https://93.184.216.34/'],
    ['https://[2606:4700::1111]/', 'https://[2606:4700::1111]/'],
  ])('takes %s', (url, taken) => {
    expect(because(url)).toBe(taken)
  })

  it.each([
    ['', 'malformed'],
    ['shop.example/hooks', 'malformed'],
    ['https:shop.example', 'malformed'],
    ['https:///shop.example', 'malformed'],
    [String.raw`https:\\shop.example`, 'malformed'],
    ['https://', 'malformed'],
    ['https://shop.example\n.evil.example/', 'malformed'],
    ['https://shop\u0000.example/', 'malformed'],
    ['https://a..b/', 'malformed'],
    ['https://.example/', 'malformed'],
    [`https://${'a'.repeat(64)}.example/`, 'malformed'],
    [`https://${'a.'.repeat(127)}example/`, 'malformed'],
    ['https://1.2.3.4.5/', 'malformed'],
    ['https://1.2.3.256/', 'malformed'],
    ['https://[::1/', 'malformed'],
    ['https://shop.example:99999/', 'malformed'],
    ['http://shop.example/', 'not-https'],
    ['ftp://shop.example/', 'not-https'],
    ['file://shop.example/etc/passwd', 'not-https'],
    ['https://shop.example:8080/', 'port'],
    ['https://shop.example:22/', 'port'],
    ['https://shop.example:0/', 'port'],
    ['https://me@shop.example/', 'credentials'],
    ['https://me:secret@shop.example/', 'credentials'],
    ['https://:secret@shop.example/', 'credentials'],
    [`https://shop.example/${'a'.repeat(2_000)}`, 'too-long'],
    [`https://shop.example/${'ж'.repeat(400)}`, 'too-long'],
  ])('refuses %j: %s', (url, why) => {
    expect(because(url)).toBe(why)
  })

  it.each([
    'https://127.0.0.1/',
    'https://127.1/',
    'https://2130706433/',
    'https://0x7f000001/',
    'https://0x7f.1/',
    'https://0177.0.0.1/',
    'https://0177.0x0.1/',
    'https://127.0.0.1./',
    'https://%31%32%37.0.0.1/',
    'https://127。0。0。1/',
    'https://①②⑦.0.0.1/',
    'https://0/',
    'https://0.0.0.0/',
    'https://[::]/',
    'https://[::1]/',
    'https://[0:0:0:0:0:0:0:1]/',
    'https://[::ffff:127.0.0.1]/',
    'https://[::ffff:7f00:1]/',
    'https://[::127.0.0.1]/',
    'https://[64:ff9b::127.0.0.1]/',
    'https://[2002:7f00:1::]/',
    'https://[fe80::1]/',
    'https://[fd00::1]/',
    'https://localhost/',
    'https://LOCALHOST/',
    'https://localhost./',
    'https://ⓛocalhost/',
    'https://shop.localhost/',
    'https://shop.localhost./',
    'https://10.0.0.1/',
    'https://167772161/',
    'https://169.254.169.254/latest/meta-data/',
    'https://192.168.1.1/',
    'http://127.0.0.1:8080/',
  ])('refuses %s: it is at home', (url) => {
    expect(because(url)).toBe('private-address')
  })

  it.each([
    ['http://hooks:8080/a', 'hooks', 'http://hooks:8080/a'],
    ['http://hooks./a', 'hooks', 'http://hooks/a'],
    ['http://hooks:8080/a', 'hooks:8080', 'http://hooks:8080/a'],
    ['http://hooks:8081/a', 'hooks:8080', 'not-https'],
    ['http://hooks/a', 'hooks:80', 'http://hooks/a'],
    ['https://hooks/a', 'hooks:80', 'https://hooks/a'],
    ['http://localhost:9000/', 'localhost', 'http://localhost:9000/'],
    ['http://localhost:9000/', '127.0.0.0/8', 'http://localhost:9000/'],
    ['http://127.0.0.1:9000/', 'localhost', 'private-address'],
    ['http://2130706433/', '127.0.0.1', 'http://127.0.0.1/'],
    ['http://10.1.2.3/', '10.0.0.0/8', 'http://10.1.2.3/'],
    ['http://[::ffff:10.1.2.3]/', '10.0.0.0/8', 'http://[::ffff:a01:203]/'],
    ['http://11.1.2.3/', '10.0.0.0/8', 'not-https'],
    ['http://[fd00::5]:80/', 'fd00::/8', 'http://[fd00::5]/'],
    ['http://me:secret@hooks/', 'hooks', 'credentials'],
    ['ftp://hooks/', 'hooks', 'not-https'],
  ])('%s with %s allowed: %s', (url, allow, outcome) => {
    expect(because(url, allow)).toBe(outcome)
  })

  it('whatever it takes is https on a known port, without a name, not at home, and taken again unchanged', () => {
    let taken = 0
    const host = fc.oneof(
      fc.domain(),
      fc.ipV4(),
      fc.ipV4Extended(),
      fc.ipV6().map((text) => `[${text}]`),
      fc.constantFrom('localhost', 'a.localhost', '127.1', '[::1]', '0'),
    )
    const url = fc
      .tuple(fc.constantFrom('https', 'https', 'http'), host, fc.constantFrom('', '', ':443', ':8443', ':80'), fc.webPath())
      .map(([scheme, name, port, path]) => `${scheme}://${name}${port}${path}`) // prettier-ignore
    fc.assert(
      fc.property(fc.oneof(url, fc.webUrl(), fc.string()), (text) => {
        const checked = checkUrl(text, [])
        if (isRefusal(checked)) return
        taken++
        expect(checkUrl(checked.url, [])).toEqual(checked)
        const parsed = new URL(checked.url)
        expect(parsed.protocol).toBe('https:')
        expect(['', '8443']).toContain(parsed.port)
        expect(parsed.username + parsed.password + parsed.hash).toBe('')
        const address = parseIp(parsed.hostname.replace(/^\[|\]$/g, ''))
        expect(address === undefined || isPublic(address)).toBe(true)
        expect(parsed.hostname).not.toMatch(/localhost\.?$/)
      }),
      { numRuns: 3_000 },
    )
    expect(taken).toBeGreaterThan(500)
  })
})
