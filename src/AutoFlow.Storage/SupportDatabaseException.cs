namespace AutoFlow.Storage;

/// <summary>The support database cannot be used; the message is one line for the operator, without secrets and personal data.</summary>
public sealed class SupportDatabaseException(string message, Exception? inner = null) : InvalidOperationException(message, inner);
