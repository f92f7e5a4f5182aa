import { assign, fill, h } from './element.ts'
import type { Stage } from './stage.ts'
import type { Contact } from './talk.ts'

type Field = keyof Contact

const KINDS = {
  name: { type: 'text', autocomplete: 'name', maxlength: 100 },
  email: { type: 'email', autocomplete: 'email', maxlength: 254, inputmode: 'email' },
  phone: { type: 'tel', autocomplete: 'tel', maxlength: 40, inputmode: 'tel' },
} as const
const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/

interface Needs {
  stage: Stage
  fields: readonly Field[]
  /** All of them are needed; otherwise one is enough, or it is passed over. */
  required: boolean
  onSaved: (contact: Contact) => void
  onSkipped: () => void
}

/** Asks how somebody can be reached. */
export function createContactCard({ stage, fields, required, onSaved, onSkipped }: Needs): HTMLElement {
  const { say } = stage
  const inputs = fields.map((field) => ({ field, ...inputOf(field) }))

  function inputOf(field: Field) {
    const id = `tapline-${field}`
    const problem = h('span', { class: 'problem', id: `${id}-problem` })
    const input = h('input', { id, name: field, ...KINDS[field], required: required || undefined })
    return {
      input,
      problem,
      line: h('div', { class: 'field' }, h('label', { for: id }, say(field)), input, problem),
    }
  }

  function problemOf(field: Field, value: string): string {
    if (value === '') return required ? say('needed') : ''
    if (field === 'email' && !EMAIL.test(value)) return say('badEmail')
    return field === 'phone' && value.replace(/\D/g, '').length < 7 ? say('badPhone') : ''
  }

  function onsubmit(event: Event): void {
    event.preventDefault()
    const contact: Contact = {}
    let first: HTMLInputElement | undefined
    for (const { field, input, problem } of inputs) {
      const value = input.value.trim()
      const words = problemOf(field, value)
      problem.textContent = words
      assign(input, {
        'aria-invalid': words !== '' && 'true',
        'aria-describedby': words !== '' && problem.id,
      })
      if (words) first ??= input
      else if (value) contact[field] = value
    }
    if (first) return first.focus()
    if (Object.keys(contact).length === 0) return inputs[0]!.input.focus()
    onSaved(contact)
  }

  const skip = h('button', { class: 'quiet', type: 'button', onclick: onSkipped }, say('skip'))
  const buttons = h('div', { class: 'buttons' }, h('button', { class: 'main', type: 'submit' }, say('save')), !required && skip) // prettier-ignore
  const form = h('form', { class: 'card', novalidate: true, onsubmit, 'aria-label': say('contactTitle') })
  fill(form, h('h3', {}, say('contactTitle')), h('p', {}, say('contactText')), ...inputs.map(({ line }) => line), buttons) // prettier-ignore
  return form
}
