/** The command was used wrongly, or its input cannot be read. The message is for the person who typed the command. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
