/**
 * Takes files that are dropped anywhere on `element`; while they are held above it, `sign` is seen. None of them takes the
 * place of the page, as one that is dropped beside would.
 */
export function dropFiles(element: HTMLElement, sign: HTMLElement, onDrop: (files: FileList) => void): void {
  const carriesFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') === true
  element.addEventListener('dragover', (event) => {
    if (!carriesFiles(event)) return
    event.preventDefault()
    sign.hidden = false
  })
  element.addEventListener('dragleave', (event) => {
    if (!element.contains(event.relatedTarget as Node | null)) sign.hidden = true
  })
  element.addEventListener('drop', (event) => {
    if (!carriesFiles(event)) return
    event.preventDefault()
    sign.hidden = true
    onDrop(event.dataTransfer!.files)
  })
}
