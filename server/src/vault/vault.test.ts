import { describe, expect, it } from 'vitest'
import { createVault, hashSecret } from './vault.ts'

const [oldKey, newKey] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)] as const
const CONTEXT = 'prj_1/signing-secret'
const SECRET = 'whsec_ключ-с-кириллицей'

describe('a vault', () => {
  const vault = createVault([oldKey])

  it('opens what it sealed, and nothing of it shows', () => {
    const sealed = vault.seal(SECRET, CONTEXT)
    expect(vault.open(sealed, CONTEXT)).toBe(SECRET)
    expect(sealed.toString('latin1')).not.toContain('whsec')
    expect(vault.open(vault.seal('', CONTEXT), CONTEXT)).toBe('')
  })

  it('seals the same secret differently each time', () => {
    expect(vault.seal(SECRET, CONTEXT).equals(vault.seal(SECRET, CONTEXT))).toBe(false)
  })

  it('does not open in another row', () => {
    const sealed = vault.seal(SECRET, CONTEXT)
    expect(() => vault.open(sealed, 'prj_2/signing-secret')).toThrow()
    expect(() => vault.open(sealed, 'prj_1/tilda-api-key')).toThrow()
  })

  it('does not open when any one byte was changed', () => {
    const sealed = vault.seal(SECRET, CONTEXT)
    for (let at = 0; at < sealed.length; at++) {
      const changed = Buffer.from(sealed)
      changed[at]! ^= 1
      expect(() => vault.open(changed, CONTEXT), `byte ${at}`).toThrow()
    }
    for (let length = 0; length < sealed.length; length++) {
      expect(() => vault.open(sealed.subarray(0, length), CONTEXT), `${length} bytes`).toThrow()
    }
  })

  it('reads with every key of its list and seals with the first', () => {
    const sealed = vault.seal(SECRET, CONTEXT)
    const rotated = createVault([newKey, oldKey])
    expect(rotated.open(sealed, CONTEXT)).toBe(SECRET)
    const resealed = rotated.seal(SECRET, CONTEXT)
    expect(createVault([newKey]).open(resealed, CONTEXT)).toBe(SECRET)
    expect(() => vault.open(resealed, CONTEXT)).toThrow('not in TAPLINE_ENCRYPTION_KEYS')
  })

  it('says nothing of the secret or the key when it fails', () => {
    const sealed = vault.seal(SECRET, CONTEXT)
    let message = ''
    try {
      vault.open(sealed, 'other')
    } catch (error) {
      message = String(error)
    }
    expect(message).not.toBe('')
    expect(message).not.toContain('whsec')
    expect(message).not.toContain(oldKey.toString('base64'))
  })

  it('needs a key', () => {
    expect(() => createVault([])).toThrow('at least one key')
  })
})

it('hashes are of the whole secret', () => {
  expect(hashSecret('whk_a')).toHaveLength(32)
  expect(hashSecret('whk_a').equals(hashSecret('whk_a'))).toBe(true)
  expect(hashSecret('whk_a').equals(hashSecret('whk_b'))).toBe(false)
})
