import type { Spending } from './spendings.ts'

/** What the shop's server needs of a spending goes with the form, while it is active. */
export function bringWithForm(place: HTMLElement, spending: Spending | null): void {
  const form = formOf(place)
  if (!form) return
  const isActive = spending?.state === 'active'
  carry(form, 'tapline_reservation', isActive ? (spending.reservation ?? spending.orderId) : undefined)
  carry(form, 'tapline_discount', isActive ? spending.discount : undefined)
}

/** The one that `data-tapline-form` names, or the one around. */
export function formOf(place: HTMLElement): Element | null {
  const { taplineForm } = place.dataset
  try {
    return taplineForm ? document.querySelector(taplineForm) : place.closest('form')
  } catch {
    // No selector.
    return null
  }
}

/** A hidden field of this name and value; none where there is no value. */
export function carry(form: Element, name: string, value: string | undefined): void {
  let input = form.querySelector<HTMLInputElement>(`input[name=${name}]`)
  if (value === undefined) return input?.remove()
  if (!input) {
    input = document.createElement('input')
    input.type = 'hidden'
    input.name = name
    form.append(input)
  }
  input.value = value
}
