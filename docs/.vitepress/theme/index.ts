// VitePress's own theme without its web font: every visitor has a system font, and nothing has to be downloaded for it.
/// <reference types="vite/client" />
import Theme from 'vitepress/theme-without-fonts';
import { h } from 'vue';
import tokenLife from '../../images/token-life.svg';
import './style.css';

const ALT =
  'The life of four tokens: two are replaced before their end, one is refused and replaced at once, and the visitor stays signed in until the sign-out';

export default {
  extends: Theme,
  Layout: () =>
    h(Theme.Layout, null, {
      'home-hero-image': () => h('img', { src: tokenLife, alt: ALT, width: 720, height: 476 }),
    }),
};
