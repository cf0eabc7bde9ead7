using AutoFlow.Support.Health;
using AutoFlow.Support.ModelCalls;
using Microsoft.Extensions.DependencyInjection;

namespace AutoFlow.Functions.Telemetry;

/// <summary>The book of model calls, which on the way tells metrics and health what was written.</summary>
internal sealed class ObservedModelCalls(IModelCalls book, DependencyHealth health) : IModelCalls
{
    public async Task RecordAsync(ModelCall call, CancellationToken ct)
    {
        ModelMetrics.Called(call);
        if (Trouble(call.Outcome) is { } reason) health.Failed(OutsideServices.AzureOpenAI, reason);
        else health.Succeeded(OutsideServices.AzureOpenAI);
        await book.RecordAsync(call, ct);
    }

    public Task<IReadOnlyList<ModelCall>> ListAsync(int skip, int take, CancellationToken ct) => book.ListAsync(skip, take, ct);

    public Task<IReadOnlyList<ModelCallSum>> SumsAsync(CancellationToken ct) => book.SumsAsync(ct);

    // What the model says to one message, even that it declines, is an answer.
    private static string? Trouble(ModelCallOutcome outcome) => outcome switch
    {
        ModelCallOutcome.TimedOut => "it did not answer in time",
        ModelCallOutcome.Throttled => "it has no room",
        ModelCallOutcome.Unavailable => "it could not be reached",
        ModelCallOutcome.Unauthorized => "it does not take our key",
        ModelCallOutcome.Rejected => "it does not take our requests",
        _ => null,
    };
}

/// <summary>Registers what observes the book.</summary>
internal static class ModelCallObservation
{
    /// <summary>Puts <see cref="ObservedModelCalls"/> in front of the book that is registered.</summary>
    public static IServiceCollection ObserveModelCalls(this IServiceCollection services)
    {
        var book = services.Last(service => service.ServiceType == typeof(IModelCalls)).ImplementationType!;
        return services.AddSingleton<IModelCalls>(provider => new ObservedModelCalls(
            (IModelCalls)ActivatorUtilities.CreateInstance(provider, book), provider.GetRequiredService<DependencyHealth>()));
    }
}
