import { escapeControls } from '../../common/escape.ts'

export type Child = Node | string | undefined | false

/** Makes an element; every string becomes a text node, never markup. */
export function make<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Readonly<Record<string, string | boolean | undefined>> = {},
  ...children: readonly (Child | readonly Child[])[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue
    element.setAttribute(name, value === true ? '' : value)
  }
  for (const child of children.flat()) if (child) element.append(child as Node | string)
  return element
}

/** A button that copies a text and says so. */
export function createCopyButton(text: string, label: string): HTMLElement {
  const button = make('button', { type: 'button', class: 'copy' }, label)
  button.addEventListener('click', () => {
    const done = (): void => {
      button.textContent = 'Copied'
      setTimeout(() => {
        button.textContent = label
      }, 1500)
    }
    // A page opened from disk is not always allowed to use the clipboard: select the text instead.
    const select = (): void => {
      const area = make('textarea', { class: 'off-screen' })
      area.value = text
      button.after(area)
      area.select()
      document.execCommand('copy')
      area.remove()
      button.focus()
      done()
    }
    if (navigator.clipboard === undefined) select()
    else navigator.clipboard.writeText(text).then(done, select)
  })
  return button
}

/** Makes control and direction characters visible; line feeds and tabs stay. */
export function showHidden(text: string): string {
  return escapeControls(text, true)
}
