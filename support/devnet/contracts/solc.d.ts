/** Types of the two functions used of the npm package `solc`, which ships none. */
declare module 'solc' {
  interface Solc {
    version(): string;
    /** Takes and returns the compiler's standard JSON. */
    compile(standardJsonInput: string): string;
  }
  const solc: Solc;
  export default solc;
}
