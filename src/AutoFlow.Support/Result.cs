namespace AutoFlow.Support;

/// <summary>An expected failure as data: what went wrong, in one line for a person, and a stable code for a workflow.</summary>
/// <param name="Code">A stable word, kebab-case, for example <c>order-not-found</c> or <c>carrier-unavailable</c>.</param>
/// <param name="Message">One sentence without personal data; it may be logged.</param>
/// <param name="IsTransient">True when the same call may succeed later, so that a workflow's retry makes sense.</param>
public sealed record Failure(string Code, string Message, bool IsTransient = false);

/// <summary>Either a value or an expected <see cref="Failure"/>; bugs and broken infrastructure throw instead.</summary>
public readonly record struct Result<T>
{
    private Result(T? value, Failure? failure) => (Value, Failure) = (value, failure);

    /// <summary>The value; null (or default) when <see cref="IsSuccess"/> is false.</summary>
    public T? Value { get; }

    /// <summary>The failure; null on success.</summary>
    public Failure? Failure { get; }

    [System.Diagnostics.CodeAnalysis.MemberNotNullWhen(true, nameof(Value))]
    [System.Diagnostics.CodeAnalysis.MemberNotNullWhen(false, nameof(Failure))]
    public bool IsSuccess => Failure is null;

    public static implicit operator Result<T>(T value) => new(value, null);

    public static implicit operator Result<T>(Failure failure) => new(default, failure);
}
