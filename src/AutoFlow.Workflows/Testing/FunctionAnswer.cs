using AutoFlow.Workflows.Execution;
using AutoFlow.Workflows.Jq;

namespace AutoFlow.Workflows.Testing;

/// <summary>What a function or a child workflow answers in a trial run.</summary>
public sealed record FunctionAnswer
{
    private FunctionAnswer()
    {
    }

    /// <summary>The value; null when the answer is an error.</summary>
    public JqValue? Value { get; private init; }

    /// <summary>The error; null when the answer is a value.</summary>
    public WorkflowError? Error { get; private init; }

    /// <summary>How long the answer takes, in virtual time.</summary>
    public TimeSpan Takes { get; init; }

    /// <summary>An answer with a value.</summary>
    public static FunctionAnswer Of(JqValue value) => new() { Value = value };

    /// <summary>An answer with a value written as JSON.</summary>
    /// <exception cref="FormatException">The text is no JSON.</exception>
    public static FunctionAnswer Of(string json) => Of(JqValue.Parse(json));

    /// <summary>An answer that is a failure.</summary>
    public static FunctionAnswer Failure(WorkflowError error) => new() { Error = error };
}
