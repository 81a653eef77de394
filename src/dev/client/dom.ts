/** An element with attributes and what is in it. */
export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Readonly<Record<string, string>> = {},
  ...contents: readonly (string | Node)[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name)
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value)
  made.append(...contents)
  return made
}

export function button(
  text: string,
  onClick: () => void,
  attributes: Readonly<Record<string, string>> = {},
): HTMLButtonElement {
  const made = element('button', { type: 'button', ...attributes }, text)
  made.addEventListener('click', onClick)
  return made
}

/** Puts an element where it belongs, in CSS pixels: properties are allowed where a policy forbids style attributes. */
export function place(
  { style }: HTMLElement,
  box: { readonly left: number; readonly top: number; readonly width?: number; readonly height?: number },
): void {
  for (const [name, pixels] of Object.entries(box)) style.setProperty(name, `${pixels}px`)
}

/** One call for many in the time of a frame. */
export function onceAFrame(work: () => void): () => void {
  let isWaiting = false
  return () => {
    if (isWaiting) return
    isWaiting = true
    requestAnimationFrame(() => {
      isWaiting = false
      work()
    })
  }
}
