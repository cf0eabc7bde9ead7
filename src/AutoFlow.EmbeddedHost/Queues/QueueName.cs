namespace AutoFlow.EmbeddedHost.Queues;

/// <summary>The rules for names of storage queues (Azure Storage, "Naming Queues and Metadata").</summary>
internal static class QueueName
{
    private const int MinimumLength = 3;
    private const int MaximumLength = 63;

    /// <summary>What is wrong with a name; null when it is valid.</summary>
    /// <param name="name">The name.</param>
    public static string? Fault(string name) => name switch
    {
        { Length: < MinimumLength or > MaximumLength } => $"a queue name has {MinimumLength} to {MaximumLength} characters, this has {name.Length}",
        _ when !name.All(static c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-') =>
            "a queue name has only lower-case letters, digits and hyphens",
        _ when name.StartsWith('-') || name.EndsWith('-') => "a queue name begins and ends with a letter or a digit",
        _ when name.Contains("--", StringComparison.Ordinal) => "a queue name has no two hyphens in a row",
        _ => null,
    };
}
