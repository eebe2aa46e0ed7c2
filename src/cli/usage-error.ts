/** The command was used wrongly, or what it was told to read cannot be read. Its message is for whoever typed it. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
