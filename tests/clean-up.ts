import { afterAll } from 'vitest'
import { clearFolders } from './folder.ts'

// Vitest runs this for each test file, also where several share a process.
afterAll(clearFolders)
