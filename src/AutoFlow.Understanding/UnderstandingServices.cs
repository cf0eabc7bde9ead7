using AutoFlow.Support.Training;
using AutoFlow.Support.Understanding;
using AutoFlow.Understanding.Answers;
using AutoFlow.Understanding.Privacy;
using AutoFlow.Understanding.Training;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace AutoFlow.Understanding;

/// <summary>Registers the built-in understanding.</summary>
public static class UnderstandingServices
{
    /// <summary>Adds <see cref="BuiltInUnderstanding"/> as <see cref="IUnderstanding"/>, <see cref="IAnswerReader"/> and <see cref="HidePersonalData"/>. Where there is an <see cref="IModelStore"/>, the adopted model serves, else the seeds'. It is trained, or read from its file, when it is first asked for; open <see cref="ServingModel"/> at start to have it ready.</summary>
    public static IServiceCollection AddUnderstanding(this IServiceCollection services, Action<UnderstandingOptions>? configure = null)
    {
        var options = new UnderstandingOptions();
        configure?.Invoke(options);
        services.AddSingleton(options);
        services.AddSingleton(provider => UnderstandingModel.Load(options.SeedsFolder, provider.GetRequiredService<ModelFolder>()));
        services.AddSingleton(p => new BuiltInUnderstanding(p.GetRequiredService<ServingModel>(), options));
        services.AddSingleton<LearningSource>().AddSingleton<AdoptedModels>().AddSingleton(_ => new ModelFolder(options.ModelFolder, options.ShippedModel));
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(Serving);
        services.AddSingleton<IUnderstanding>(p => p.GetRequiredService<BuiltInUnderstanding>());
        // The one place that says what a model in the cloud does not get to see.
        services.AddSingleton<HidePersonalData>(Redaction.Of);
        services.AddSingleton<IAnswerReader, AnswerReader>();
        return services;
    }

    private static ServingModel Serving(IServiceProvider services) => services.GetService<IModelStore>() is null
        ? new ServingModel(services.GetRequiredService<UnderstandingModel>())
        : new ServingModel(services.GetRequiredService<AdoptedModels>(), services.GetRequiredService<TimeProvider>(), services.GetRequiredService<ILogger<ServingModel>>());
}
