using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace AutoFlow.EmbeddedHost.Hosting;

/// <summary>What started one run: the trigger's value and how parameters are read from it.</summary>
/// <param name="Reason">Why it runs, for the log.</param>
internal abstract record TriggerEvent(string Reason)
{
    /// <summary>What the trigger tells beside its value.</summary>
    public virtual IReadOnlyDictionary<string, object?> BindingData { get; } = new Dictionary<string, object?>();

    /// <summary>The HTTP request's context; null when none started the run.</summary>
    public virtual HttpContext? Http => null;

    /// <summary>Reads a parameter.</summary>
    /// <param name="parameter">The parameter.</param>
    /// <param name="source">Where it comes from.</param>
    /// <param name="ct">Cancels.</param>
    /// <exception cref="BindingException">The value does not fit the parameter.</exception>
    public abstract ValueTask<object?> BindAsync(ParameterInfo parameter, ParameterSource source, CancellationToken ct);

    /// <summary>Reads JSON as a type.</summary>
    /// <param name="json">The JSON.</param>
    /// <param name="parameter">The parameter, for the type and the message.</param>
    /// <exception cref="BindingException">The JSON does not fit the type.</exception>
    protected static object? FromJson(string json, ParameterInfo parameter)
    {
        try
        {
            return JsonSerializer.Deserialize(json, parameter.ParameterType, JsonSerializerOptions.Web);
        }
        catch (JsonException fault)
        {
            // Not the exception's own message: it can quote the data.
            throw new BindingException(
                $"The parameter '{parameter.Name}' cannot be read as {parameter.ParameterType.Name}: "
                + $"the JSON does not fit at {fault.Path ?? "$"} (line {fault.LineNumber + 1}, byte {fault.BytePositionInLine + 1}).");
        }
    }
}

/// <summary>A timer fell due.</summary>
/// <param name="Info">What the function learns.</param>
/// <param name="Reason">Why it runs.</param>
internal sealed record TimerEvent(TimerInfo Info, string Reason) : TriggerEvent(Reason)
{
    /// <inheritdoc/>
    public override ValueTask<object?> BindAsync(ParameterInfo parameter, ParameterSource source, CancellationToken ct) => new(Info);
}

/// <summary>A value from outside does not fit a parameter. The message shows no data of the value.</summary>
/// <param name="message">What does not fit.</param>
internal sealed class BindingException(string message) : Exception(message);

/// <summary>What starts functions by itself: a queue, a schedule.</summary>
internal interface ITriggerListener : IDisposable
{
    /// <summary>Starts listening.</summary>
    /// <param name="ct">Cancels the start.</param>
    Task StartAsync(CancellationToken ct);

    /// <summary>Takes nothing new and waits for what runs.</summary>
    /// <param name="grace">Cuts the wait short: what still runs is cancelled.</param>
    Task StopAsync(CancellationToken grace);
}
