export function Drawer() {
  return (
    <dialog id="drawer" aria-labelledby="drawer-title">
      <div class="drawer-top">
        <h2 id="drawer-title"></h2>
        <p id="drawer-target" class="quiet"></p>
        <div class="bar-of-buttons">
          <button type="button" class="plain-button" id="drawer-previous">
            ‹ Previous failure
          </button>
          <button type="button" class="plain-button" id="drawer-next">
            Next failure ›
          </button>
          <span id="drawer-link"></span>
          <button type="button" class="plain-button" data-close>
            Close
          </button>
        </div>
      </div>
      <div id="drawer-body" tabindex={0} role="region" aria-label="Details"></div>
    </dialog>
  )
}

const KEYS: readonly (readonly [string, string])[] = [
  ['← ↑ → ↓', 'walk the matrix; → unfolds a row, ← folds it'],
  ['Enter', 'open a cell'],
  ['n, p', 'next and previous failure'],
  ['1, 2, 3', 'judge by own documents, OpenAI, Open Responses'],
  ['f, d', 'failing only, differences only'],
  ['/', 'find a check'],
  ['Esc', 'close'],
  ['?', 'this list'],
]

export function Help() {
  return (
    <dialog id="help" aria-labelledby="help-title">
      <h2 id="help-title">Keys</h2>
      <table>
        <tbody>
          {KEYS.map(([key, does]) => (
            <tr key={key}>
              <td>
                <kbd>{key}</kbd>
              </td>
              <td>{does}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <button type="button" class="plain-button" data-close>
        Close
      </button>
    </dialog>
  )
}
