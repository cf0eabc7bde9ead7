using AutoFlow.Support.Understanding;
using AutoFlow.Understanding.Answers;
using Microsoft.Extensions.DependencyInjection;

namespace AutoFlow.Understanding;

/// <summary>Registers the built-in understanding.</summary>
public static class UnderstandingServices
{
    /// <summary>Adds <see cref="IUnderstanding"/> and <see cref="IAnswerReader"/>. The model is trained, or read from the cache, when it is first asked for; ask for <see cref="UnderstandingModel"/> at start to have it ready.</summary>
    public static IServiceCollection AddUnderstanding(this IServiceCollection services, Action<UnderstandingOptions>? configure = null)
    {
        var options = new UnderstandingOptions();
        configure?.Invoke(options);
        services.AddSingleton(options);
        services.AddSingleton(_ => UnderstandingModel.Load(options.SeedsFolder, options.ModelFolder));
        services.AddSingleton<IUnderstanding>(p => new BuiltInUnderstanding(p.GetRequiredService<UnderstandingModel>(), options));
        services.AddSingleton<IAnswerReader, AnswerReader>();
        return services;
    }
}
