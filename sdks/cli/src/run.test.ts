import { describe, expect, it } from 'vitest'
import { COMMANDS } from './commands.ts'
import { run } from './run.ts'
import { VERSION } from './version.ts'

async function ran(args: string[], environment: Record<string, string> = {}) {
  let out = ''
  let err = ''
  const code = await run(args, {
    environment,
    signal: new AbortController().signal,
    writeOut: (text) => (out += text),
    writeErr: (text) => (err += text),
  })
  return { code, out, err }
}

describe('help', () => {
  it('is the answer, and names every command', async () => {
    const { code, out, err } = await ran(['--help'])
    expect([code, err]).toEqual([0, ''])
    for (const name of Object.keys(COMMANDS)) expect(out).toContain(`\n  ${name} `)
    expect(await ran([])).toEqual({ code, out, err })
  })

  it.each(Object.keys(COMMANDS))('of %s names every option that it takes, and needs no key', async (name) => {
    const { code, out } = await ran([...name.split(' '), '-h'])
    expect(code).toBe(0)
    expect(out).toMatch(new RegExp(`^tapline ${name}[ \\n]`))
    for (const option of COMMANDS[name]!.options) expect(out).toContain(`--${option}`)
  })

  it('the version is the package’s', async () => {
    expect(await ran(['--version'])).toEqual({ code: 0, out: `${VERSION}\n`, err: '' })
  })
})

describe('called wrongly it ends with 2 and says how it is right', () => {
  it.each([
    [['lisen'], 'There is no command "lisen". Did you mean "tapline listen"?\nSee: tapline --help\n'],
    [['event', 'show', 'evt_1'], 'Did you mean "tapline events show"?'],
    [['events', 'show'], 'tapline events show ID\nSee: tapline events show --help\n'],
    [['trigger'], 'tapline trigger TYPE [--times N]\n'],
    [['listen', '--foward', 'x'], "Unknown option '--foward'. Did you mean --forward?"],
    [['trigger', 'bonus.awarded', '--forward', 'x'], 'tapline trigger takes no --forward.'],
    [['trigger', 'bonus.awarded', '--times', '0'], '--times is a whole number from 1 to 100.'],
    [['deliveries', '--status', 'lost'], '--status is one of waiting, held, delivered, failed.'],
    [['events', '--url', 'tapline.example'], 'TAPLINE_URL is no address'],
    [['--json'], 'tapline: events of your shop'],
  ])('%j', async (args, sentence) => {
    const { code, out, err } = await ran(args, { TAPLINE_SECRET_KEY: 'sk_0123456789' })
    expect([code, out]).toEqual([2, ''])
    expect(err).toContain(sentence)
  })
})

it('a key that is given where none belongs is not repeated', async () => {
  const key = 'sk_abcdefghijklmnop'
  for (const args of [
    [key],
    [`--${key}`],
    ['events', '--limit', key],
    ['events', '--keys', key],
    ['trigger', 'a', key],
  ])
    expect(JSON.stringify(await ran(args))).not.toContain(key)
})
