namespace DurableTask.Core;

/// <summary>How something failed, in a history.</summary>
/// <param name="errorType">The full name of the exception's type.</param>
/// <param name="errorMessage">Its message.</param>
/// <param name="stackTrace">Its stack; null where there is none.</param>
/// <param name="innerFailure">What caused it; null where nothing did.</param>
/// <param name="isNonRetriable">Whether trying again is of no use.</param>
public class FailureDetails(string errorType, string errorMessage, string? stackTrace, FailureDetails? innerFailure, bool isNonRetriable)
{
    /// <summary>The full name of the exception's type.</summary>
    public string ErrorType { get; } = errorType;

    /// <summary>The exception's message.</summary>
    public string ErrorMessage { get; } = errorMessage;

    /// <summary>The exception's stack; null where there is none.</summary>
    public string? StackTrace { get; } = stackTrace;

    /// <summary>What caused it; null where nothing did.</summary>
    public FailureDetails? InnerFailure { get; } = innerFailure;

    /// <summary>Whether trying again is of no use.</summary>
    public bool IsNonRetriable { get; } = isNonRetriable;

    /// <summary>Type and message.</summary>
    public override string ToString() => $"{ErrorType}: {ErrorMessage}";
}
