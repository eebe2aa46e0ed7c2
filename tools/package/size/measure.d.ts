export interface Size {
  readonly minified: number;
  readonly gzip: number;
  readonly brotli: number;
}

export function measure(files: readonly { readonly code: string }[]): Size;
