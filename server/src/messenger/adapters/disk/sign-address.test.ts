import { describe, expect, it } from 'vitest'
import { addressSigner } from './sign-address.ts'

const [oldKey, newKey] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)] as const
const GRANT = { key: 'uploads/prj_1/att_1', size: 5, expiresAt: 1 }
const signer = addressSigner([oldKey])

describe('an address', () => {
  it('says what it grants, for its purpose only', () => {
    const token = signer.sign('upload', GRANT)
    expect(signer.read('upload', token)).toEqual(GRANT)
    expect(signer.read('file', token)).toBeUndefined()
    expect(encodeURIComponent(token)).toBe(token)
  })

  it('is void when any one letter was changed', () => {
    const token = signer.sign('upload', GRANT)
    for (let at = 0; at < token.length; at++) {
      const letter = token[at] === 'A' ? 'B' : 'A'
      expect(
        signer.read('upload', token.slice(0, at) + letter + token.slice(at + 1)),
        `at ${at}`,
      ).toBeUndefined()
    }
    for (const other of ['', '.', token.slice(1), `${token}A`, `${token}.`, 'x'.repeat(9_000)])
      expect(signer.read('upload', other)).toBeUndefined()
  })

  it('outlives a change of keys', () => {
    const token = signer.sign('upload', GRANT)
    const rotated = addressSigner([newKey, oldKey])
    expect(rotated.read('upload', token)).toEqual(GRANT)
    expect(signer.read('upload', rotated.sign('upload', GRANT))).toBeUndefined()
  })

  it('needs a key', () => {
    expect(() => addressSigner([])).toThrow('at least one key')
  })
})
