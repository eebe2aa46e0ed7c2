/** Imports a module of the playground. They are plain JavaScript, which the compiler does not read. */
export const loadModule = (name: string): Promise<any> => import(`../../examples/playground/${name}.js`);
