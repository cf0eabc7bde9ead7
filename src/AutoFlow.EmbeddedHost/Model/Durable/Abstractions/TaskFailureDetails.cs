using System.Reflection;
using AutoFlow.EmbeddedHost.Durable;

namespace Microsoft.DurableTask;

/// <summary>How a task failed.</summary>
/// <param name="ErrorType">The full name of the exception's type.</param>
/// <param name="ErrorMessage">The exception's message.</param>
/// <param name="StackTrace">The exception's stack; null where there is none.</param>
/// <param name="InnerFailure">What caused it; null where nothing did.</param>
public record TaskFailureDetails(string ErrorType, string ErrorMessage, string? StackTrace, TaskFailureDetails? InnerFailure)
{
    /// <summary>Type and message.</summary>
    public override string ToString() => $"{ErrorType}: {ErrorMessage}";

    /// <summary>True when the exception was a <typeparamref name="T"/> or derived from it; false also when its type is not known here.</summary>
    /// <exception cref="AmbiguousMatchException">Several loaded types have that name.</exception>
    public bool IsCausedBy<T>()
        where T : Exception
        => IsCausedBy(typeof(T));

    /// <inheritdoc cref="IsCausedBy{T}"/>
    /// <exception cref="ArgumentException">Not an exception type.</exception>
    public bool IsCausedBy(Type targetBaseExceptionType)
    {
        ArgumentNullException.ThrowIfNull(targetBaseExceptionType);
        if (!typeof(Exception).IsAssignableFrom(targetBaseExceptionType))
            throw new ArgumentException($"{targetBaseExceptionType} is not an exception type.", nameof(targetBaseExceptionType));
        return !string.IsNullOrEmpty(ErrorType)
            && (Type.GetType(ErrorType, throwOnError: false)
                ?? targetBaseExceptionType.Assembly.GetType(ErrorType, throwOnError: false)
                ?? FindLoaded(ErrorType)) is { } type
            && targetBaseExceptionType.IsAssignableFrom(type);
    }

    /// <summary>The details of an exception and of those inside it, down to <see cref="DurableLimits.MaxFailureDepth"/>.</summary>
    public static TaskFailureDetails FromException(Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        return FromException(exception, DurableLimits.MaxFailureDepth);
    }

    private static TaskFailureDetails FromException(Exception exception, int depth)
    {
        var inner = exception switch
        {
            // A failed task's own cause is not an exception any more, only its details are left.
            TaskFailedException failed => failed.FailureDetails,
            { InnerException: { } cause } when depth > 1 => FromException(cause, depth - 1),
            _ => null,
        };
        return new TaskFailureDetails(exception.GetType().ToString(), exception.Message, exception.StackTrace, inner);
    }

    private static Type? FindLoaded(string name)
    {
        var found = AppDomain.CurrentDomain.GetAssemblies()
            .Select(assembly => assembly.GetType(name, throwOnError: false))
            .OfType<Type>()
            .ToList();
        return found.Count <= 1
            ? found.FirstOrDefault()
            : throw new AmbiguousMatchException($"Several exception types are called '{name}'.");
    }
}
