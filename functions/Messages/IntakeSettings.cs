using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace AutoFlow.Functions.Messages;

/// <summary>The settings <c>Messages:*</c>.</summary>
public sealed class IntakeSettings
{
    /// <summary>The section.</summary>
    public const string Section = "Messages";

    /// <summary>Messages that may wait to be taken up; who hands in another one is told to come later. At least 1.</summary>
    public int MostWaiting { get; set; } = 5_000;

    /// <summary>Registers the settings; a mistake in them is one line at start.</summary>
    public static void Register(IServiceCollection services, IConfiguration configuration) => services
        .AddOptions<IntakeSettings>()
        .Bind(configuration.GetSection(Section))
        .Validate(settings => settings.MostWaiting > 0, $"{Section}:{nameof(MostWaiting)} is the number of messages that may wait, at least 1.")
        .ValidateOnStart();
}
