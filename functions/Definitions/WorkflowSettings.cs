using AutoFlow.Workflows.Execution;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace AutoFlow.Functions.Definitions;

/// <summary>The settings <c>Workflows:*</c>.</summary>
public sealed class WorkflowSettings
{
    /// <summary>The section.</summary>
    public const string Section = "Workflows";

    /// <summary>Which lifecycle events runs publish: <c>none</c>, <c>workflow</c> or <c>task</c>. A run keeps what was set when it began.</summary>
    public string LifecycleEvents { get; set; } = "none";

    /// <summary>Longer is for ever, which 0 says; and a time so long ago can still be written down.</summary>
    private static readonly TimeSpan LongestKept = TimeSpan.FromDays(36_500);

    /// <summary>How long events that were routed are kept: until then one that comes again is known. At least a minute.</summary>
    public TimeSpan KeepEventsFor { get; set; } = TimeSpan.FromDays(14);

    /// <summary>How long finished instances are kept, from their end; zero for ever. Otherwise at least a day and at most 36,500 days.</summary>
    public TimeSpan KeepInstancesFor { get; set; } = TimeSpan.FromDays(90);

    /// <summary><see cref="LifecycleEvents"/>, read.</summary>
    public LifecycleScope ReadLifecycle() => Enum.Parse<LifecycleScope>(LifecycleEvents, ignoreCase: true);

    /// <summary>Registers the settings; a mistake in them is one line at start.</summary>
    public static void Register(IServiceCollection services, IConfiguration configuration) => services
        .AddOptions<WorkflowSettings>()
        .Bind(configuration.GetSection(Section))
        .Validate(
            settings => Enum.TryParse<LifecycleScope>(settings.LifecycleEvents, ignoreCase: true, out var scope) && Enum.IsDefined(scope),
            $"{Section}:{nameof(LifecycleEvents)} is none, workflow or task.")
        .Validate(
            settings => settings.KeepEventsFor >= TimeSpan.FromMinutes(1), $"{Section}:{nameof(KeepEventsFor)} is at least a minute, for example 14.00:00:00 for 14 days.")
        .Validate(
            settings => settings.KeepInstancesFor == TimeSpan.Zero || (settings.KeepInstancesFor >= TimeSpan.FromDays(1) && settings.KeepInstancesFor <= LongestKept),
            $"{Section}:{nameof(KeepInstancesFor)} is from a day to 36500 days (a hundred years), for example 90.00:00:00 for 90 days, or 0 to keep finished instances for ever.")
        .ValidateOnStart();
}
