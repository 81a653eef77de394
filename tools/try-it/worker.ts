import { answer } from './answer.ts'
import type { Question } from './messages.ts'

addEventListener('message', ({ data }: MessageEvent<Question>) => postMessage(answer(data)))
