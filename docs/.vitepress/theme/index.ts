// VitePress's own theme without its web font: every visitor has a system font, and nothing has to be downloaded for it.
/// <reference types="vite/client" />
import Theme from 'vitepress/theme-without-fonts';
import './style.css';

export default Theme;
