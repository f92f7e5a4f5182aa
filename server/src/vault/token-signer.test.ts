import { describe, expect, it } from 'vitest'
import { tokenSigner } from './token-signer.ts'

const [oldKey, newKey] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)] as const
const EXPIRES = 1_800_000_000_000

describe('a token signer', () => {
  const signer = tokenSigner([oldKey], 'session', 'st_')
  const token = signer.sign(['prj_1', 'par_1', ''], EXPIRES)

  it('reads what it signed', () => {
    expect(token).toMatch(/^st_[\w-]+\.[\w-]{43}$/)
    expect(signer.read(token)).toEqual({ claims: ['prj_1', 'par_1', ''], expiresAt: EXPIRES })
  })

  it('reads nothing of which a character was changed, added or left out', () => {
    for (let at = 0; at < token.length; at++) {
      const other = token[at] === 'A' ? 'B' : 'A'
      expect(
        signer.read(token.slice(0, at) + other + token.slice(at + 1)),
        `changed at ${at}`,
      ).toBeUndefined()
      expect(signer.read(token.slice(0, at) + token.slice(at + 1)), `without ${at}`).toBeUndefined()
    }
    for (const added of [`${token}A`, `${token}=`, `${token}.`, `${token} `, `${token}.x`, ` ${token}`])
      expect(signer.read(added), added).toBeUndefined()
    expect(signer.read('')).toBeUndefined()
  })

  it('reads nothing that was signed for another purpose', () => {
    expect(tokenSigner([oldKey], 'renewal', 'st_').read(token)).toBeUndefined()
  })

  it('signs with the newest key and reads with each', () => {
    const rotated = tokenSigner([newKey, oldKey], 'session', 'st_')
    expect(rotated.read(token)).toBeDefined()
    const fresh = rotated.sign(['x'], EXPIRES)
    expect(signer.read(fresh)).toBeUndefined()
    expect(tokenSigner([newKey], 'session', 'st_').read(fresh)).toBeDefined()
  })

  it('takes no claim that could be read as two', () => {
    expect(() => signer.sign(['a\nb'], EXPIRES)).toThrow('one line')
  })

  it('needs a key', () => expect(() => tokenSigner([], 'session')).toThrow('at least one key'))
})
