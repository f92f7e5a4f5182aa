import type { Bonuses } from './create-bonuses.ts'
import { TEXTS } from './diagnose-texts.ts'
import { findApi } from './find-api.ts'
import { finding, markOf, printFindings, type Finding } from './finding.ts'
import { formOf } from './form.ts'
import { minorOf } from './money.ts'
import type { Problem } from './problem.ts'

interface Setup {
  key: string
  url: string
  locale: string | undefined
  /** A cart was given by code. */
  given: boolean
  /** The last ones. */
  problems: Problem[]
}

/** A readable table of what is there and what is not; `ok` is empty where there is nothing to judge, or no way to know. */
export async function diagnose(
  bonuses: Bonuses,
  { key, url, locale: wish, problems, given }: Setup,
): Promise<unknown> {
  const { locale, problem, ...found } = await findApi(bonuses, { url, key, locale: wish })
  const texts = TEXTS[locale]
  const named = (kind: string) => document.querySelectorAll<HTMLElement>(`[data-tapline-${kind}]`)

  function amounts(
    kind: string,
    attribute: 'price' | 'amount',
    todo: string,
  ): [boolean | null, string, string] {
    let unread = 0
    for (const { dataset } of named(kind)) if (minorOf(dataset[attribute] ?? '') === undefined) unread++
    const { length } = named(kind)
    return [length ? unread === 0 : null, String(length), todo.replace('{}', String(unread))]
  }
  function form(): [boolean | null, string, string?] {
    let seen: Element | undefined
    for (const cart of named('cart')) {
      const { taplineForm } = cart.dataset
      const there = formOf(cart)
      if (taplineForm && !there)
        return [false, taplineForm, texts.noForm.replace('{}', () => `data-tapline-form="${taplineForm}"`)]
      seen ??= there ?? undefined
    }
    // A cart without one brings nothing by itself; the shop's code may.
    return seen ? [true, nameOf(seen)] : [null, named('cart').length ? texts.withoutForm : '']
  }
  /** Beside what a finding of the API says already. */
  function last(): Finding {
    let codes = ''
    let said = ''
    for (const { code, detail } of problems) {
      if (code !== problem?.code) codes += `${codes && ', '}${code}`
      const one = / /.test(detail) ? `${code}: ${detail}` : code
      if (!said.includes(one)) said += `\n  ${one}`
    }
    const todo = texts.last.replace('{}', () => said).replace('{url}', () => url)
    return finding(texts.problems, codes ? false : problem ? null : true, codes, todo)
  }

  const findings = [
    ...[found.key, found.api, found.origin, found.spending, found.telegram],
    finding(texts.products, ...amounts('earn', 'price', texts.noPrice)),
    given
      ? finding(texts.cart, true, 'tapline.cart(…)')
      : finding(texts.cart, ...amounts('cart', 'amount', texts.noAmount)),
    finding(texts.form, ...form()),
    finding(texts.shopper, null, (bonuses.proven && (await bonuses.me()).data?.id) || '–'),
    finding(texts.spent, null, bonuses.spending?.state ?? '–'),
    last(),
  ]
  printFindings(findings)
  const rows: Record<string, { ok: string; found: string; todo: string }> = {}
  for (const { check, ok, detail, todo } of findings) rows[check] = { ok: markOf(ok), found: detail, todo }
  return rows
}

/** As it may be looked for in the page: `form#order`. */
function nameOf(form: Element): string {
  const said = (name: string) => form.getAttribute(name)
  return said('id') ? `form#${said('id')}` : said('action') ? `form[action="${said('action')}"]` : 'form'
}
