namespace AutoFlow.Functions.Tests.Fakes;

/// <summary>Every fake asks here before it does something: a test can stop it, let it wait, or kill it there.</summary>
internal sealed class Gate
{
    private readonly List<string> _passed = [];

    /// <summary>Called with the operation's name before it happens.</summary>
    public Func<string, Task> Before { get; set; } = _ => Task.CompletedTask;

    /// <summary>Operations so far, in order.</summary>
    public IReadOnlyList<string> Passed => _passed;

    public async Task PassAsync(string operation)
    {
        await Before(operation);
        _passed.Add(operation);
    }

    /// <summary>Lets <paramref name="count"/> operations happen and kills the next.</summary>
    public void DieAfter(int count)
    {
        var left = count;
        Before = operation => left-- > 0 ? Task.CompletedTask : throw new KilledException(operation);
    }

    /// <summary>Lets everything happen again.</summary>
    public void Live() => Before = _ => Task.CompletedTask;
}

/// <summary>The process ended here.</summary>
internal sealed class KilledException(string operation) : Exception($"killed before {operation}");
