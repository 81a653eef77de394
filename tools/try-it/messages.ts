import type { Span } from '../../src/core/types.ts'

/** What the page asks its worker. */
export interface Question {
  readonly id: number
  readonly text: string
  readonly settings: Settings
}

export interface Settings {
  /** `en` or `ru`; '' for the one that its letters tell. */
  readonly lang: string
  readonly format: string
  readonly space: string
}

export const choices = {
  lang: ['', 'en', 'ru'],
  format: ['markdown', 'html'],
  space: ['entity', 'character'],
} as const satisfies Readonly<Record<keyof Settings, readonly string[]>>

/** A finding as the page shows it. */
export interface Found {
  readonly code: string
  readonly message: string
  readonly hint: string | undefined
  /** The places that it would change, else the one that it is about: UTF-16 offsets. */
  readonly spans: readonly Span[]
  /** Whether it is among what was set. */
  readonly isSet: boolean
}

/** What the worker answers. */
export interface Answer {
  readonly id: number
  readonly found: readonly Found[]
  /** The text as it is set, in pieces, by turns as it was and changed; the first is as it was. */
  readonly pieces: readonly string[]
  /** Of each rule that was broken, by its code. */
  readonly rules: Readonly<Record<string, { readonly title: string; readonly why: string }>>
}
