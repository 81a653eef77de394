import { defineConfig } from 'imprimatur'

export default defineConfig({
  site: {
    title: 'Imprimatur',
    url: 'https://imprimatur.example.org',
    lang: 'en',
    description:
      'A press for typographic blogs and key pages: it builds, it reads proofs, it vouches for keys.',
    author: { name: 'The Imprimatur press', email: 'press@example.org' },
  },
  theme: {
    name: 'imprimatur',
    navigation: [
      '/posts/',
      '/tags/',
      { url: '/try/', title: { en: 'Try it', ru: 'Попробовать' } },
      { url: '/about/', title: { en: 'About', ru: 'О программе' } },
    ],
  },
  keys: { manifest: 'pages/about/keys.yaml', allowedSigners: 'pages/about/allowed_signers' },
})
