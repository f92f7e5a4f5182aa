import { expect, it } from 'vitest'
import { readContact } from './read-contact.ts'
import { errorsOf, rules } from './rules.fixture.ts'

it('reads what identifies somebody', () => {
  expect(
    readContact({ email: ' Anna@B.ru', phone: '8 (900) 123-45-67', externalId: 7 }, rules),
  ).toStrictEqual({ email: 'anna@b.ru', phone: '+79001234567', externalId: '7' })
  expect(readContact({ email: 'no@mail.ru', externalId: '7' }, rules)).toStrictEqual({ externalId: '7' })
})

it.each([
  [{ email: 'x', phone: '1' }, 'invalid-request', ['/email invalid-email', '/phone invalid-phone']],
  [{ externalId: 'x'.repeat(201) }, 'invalid-request', ['/externalId too-long']],
  [{ email: 'no@mail.ru' }, 'contact-blocked', ['/email contact-blocked']],
  [{ email: ' ' }, 'contact-required', ['/email contact-missing', '/phone contact-missing']],
])('refuses %j with %s', (customer, refused, errors) => {
  const reading = readContact(customer, rules)
  expect(reading).toMatchObject({ refused })
  expect(errorsOf(reading)).toEqual(errors)
})
