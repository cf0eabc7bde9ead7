using Microsoft.Extensions.Configuration;

namespace AutoFlow.Functions;

/// <summary>Where the app finds and keeps its files.</summary>
public static class AppFolders
{
    /// <summary>The folder that ops own: <c>AUTOFLOW_WORKFLOWS</c>, else <c>workflows</c> where the app is started, else the copy beside the app.</summary>
    public static string Workflows(IConfiguration configuration) => Of(configuration, "AUTOFLOW_WORKFLOWS", "workflows");

    /// <summary>The sample inbox's, the seeds' and other shipped folders, found in the same way.</summary>
    public static string Of(IConfiguration configuration, string setting, string name)
    {
        if (configuration[setting] is { Length: > 0 } set) return Path.GetFullPath(set);
        var here = Path.Combine(Directory.GetCurrentDirectory(), name);
        return Directory.Exists(here) ? here : Path.Combine(AppContext.BaseDirectory, name);
    }

    /// <summary>Where data is kept: <c>AUTOFLOW_DATA</c>, else <c>data</c> where the app is started.</summary>
    public static string Data(IConfiguration configuration) =>
        Path.GetFullPath(configuration["AUTOFLOW_DATA"] is { Length: > 0 } set ? set : "data");
}
