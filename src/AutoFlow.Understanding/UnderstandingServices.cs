using AutoFlow.Support.Understanding;
using AutoFlow.Understanding.Answers;
using AutoFlow.Understanding.Privacy;
using Microsoft.Extensions.DependencyInjection;

namespace AutoFlow.Understanding;

/// <summary>Registers the built-in understanding.</summary>
public static class UnderstandingServices
{
    /// <summary>Adds <see cref="BuiltInUnderstanding"/> as <see cref="IUnderstanding"/>, <see cref="IAnswerReader"/> and <see cref="HidePersonalData"/>. The model is trained, or read from the cache, when it is first asked for; ask for <see cref="UnderstandingModel"/> at start to have it ready.</summary>
    public static IServiceCollection AddUnderstanding(this IServiceCollection services, Action<UnderstandingOptions>? configure = null)
    {
        var options = new UnderstandingOptions();
        configure?.Invoke(options);
        services.AddSingleton(options);
        services.AddSingleton(_ => UnderstandingModel.Load(options.SeedsFolder, options.ModelFolder));
        services.AddSingleton(p => new BuiltInUnderstanding(p.GetRequiredService<UnderstandingModel>(), options));
        services.AddSingleton<IUnderstanding>(p => p.GetRequiredService<BuiltInUnderstanding>());
        // The one place that says what a model in the cloud does not get to see.
        services.AddSingleton<HidePersonalData>(Redaction.Of);
        services.AddSingleton<IAnswerReader, AnswerReader>();
        return services;
    }
}
