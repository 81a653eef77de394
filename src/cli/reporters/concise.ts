import { position } from '../../core/source.ts'
import { visible, visibleLine } from '../../core/visible.ts'
import type { Report } from './reporter.ts'

/** A line a finding, as compilers write it: `path:line:column: code message`, for `errorformat` of Vim, `compile` of Emacs, and grep. */
export const report: Report = ({ diagnostics }) =>
  diagnostics
    .map(({ code, message, file, span }) => {
      const { line, column } = file && span ? position(file.text, span[0]) : {}
      const place = [file && visibleLine(file.path), line, column]
        .filter(part => part !== undefined)
        .join(':')
      return `${place === '' ? '' : `${place}: `}${code} ${visible(message).replaceAll('\n', ' ')}\n`
    })
    .join('')
