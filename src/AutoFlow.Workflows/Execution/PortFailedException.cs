namespace AutoFlow.Workflows.Execution;

/// <summary>Carries an exception of the port past the definition's catches, so that it leaves the interpreter as it was.</summary>
internal sealed class PortFailedException(Exception cause) : Exception(cause.Message, cause);
