/** A command cannot do what was asked of it; the message is one line for its user. */
export class CommandError extends Error {
  override name = 'CommandError';
}

/** The arguments make no sense; the usage is printed below the message. */
export class UsageError extends CommandError {
  override name = 'UsageError';
}

/** The user stopped the command before there was anything to keep. */
export class StoppedError extends CommandError {
  override name = 'StoppedError';
}
