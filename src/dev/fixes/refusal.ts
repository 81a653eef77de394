/** Why a request is not done: an HTTP status, and a sentence for whoever sent it. */
export interface RequestRefusal {
  readonly status: number
  readonly sentence: string
}

export const isRefusal = (outcome: object): outcome is RequestRefusal => 'sentence' in outcome
