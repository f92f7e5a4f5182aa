export const $ = (id) => document.getElementById(id)

export function element(tag, className, ...children) {
  const node = document.createElement(tag)
  if (className) node.className = className
  node.append(...children)
  return node
}

export function button(className, text, run) {
  const node = element('button', className, text)
  node.type = 'button'
  node.addEventListener('click', run)
  return node
}

export function paintAvatar(node, name, id) {
  node.className = `avatar hue${Math.abs(id) % 7}`
  const parts = name.trim().split(/\s+/)
  const initials = [parts[0], parts[1]].map((part) => (part ? [...part][0] : '')).join('')
  node.textContent = initials.toUpperCase()
  node.setAttribute('aria-hidden', 'true')
  return node
}

let toastTimer
export function toast(text) {
  $('toast').textContent = text
  $('toast').hidden = false
  clearTimeout(toastTimer)
  toastTimer = setTimeout(() => ($('toast').hidden = true), 4000)
}
