import type { Code } from '../../core/codes.ts'

/** Why a piece of text was refused. Whoever read the text knows its place and makes a diagnostic of it. */
export interface Refusal {
  readonly code: Code
  readonly message: string
  readonly hint: string
}

/** Either what a text means or why it means nothing. */
export type Checked<T> =
  | { readonly value: T; readonly refusal?: undefined }
  | { readonly refusal: Refusal; readonly value?: undefined }

export const refuse = (code: Code, message: string, hint: string): { readonly refusal: Refusal } => ({
  refusal: { code, message, hint },
})
