using System.Reflection;

namespace AutoFlow.Functions;

/// <summary>The program's version, as it was built.</summary>
public static class AppVersion
{
    public static string Text { get; } =
        typeof(AppVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";
}
