using System.Globalization;
using System.Text;
using AutoFlow.EmbeddedHost.Triggers.Http;
using Microsoft.Azure.Functions.Worker;

namespace AutoFlow.EmbeddedHost.Hosting;

/// <summary>What is shown when the host has started: the functions, where to call them, and with which key. Pure.</summary>
internal static class StartupText
{
    /// <summary>Writes the text.</summary>
    /// <param name="functions">The functions, in order.</param>
    /// <param name="address">The host's address, such as http://localhost:7071.</param>
    /// <param name="prefix">The route prefix.</param>
    /// <param name="keys">The keys.</param>
    public static string Write(IReadOnlyList<FunctionDescriptor> functions, string address, string prefix, FunctionKeyRing keys)
    {
        var text = new StringBuilder();
        text.AppendLine().AppendLine("Functions:").AppendLine();
        foreach (var function in functions.Where(static function => function.Trigger is HttpTrigger))
        {
            var http = (HttpTrigger)function.Trigger;
            var methods = http.Methods.Count == 0 ? string.Empty : $"[{string.Join(',', http.Methods)}] ";
            text.AppendLine(CultureInfo.InvariantCulture, $"  {function.Name}: {methods}{address.TrimEnd('/')}/{Shown(HttpEndpoints.Route(http, prefix))}{Level(http.Level)}");
        }

        foreach (var function in functions.Where(static function => function.Trigger is not HttpTrigger))
            text.AppendLine(CultureInfo.InvariantCulture, $"  {function.Name}: {function.Trigger.BindingType}{Detail(function.Trigger)}");

        var levels = functions.Select(static function => (function.Trigger as HttpTrigger)?.Level).ToHashSet();
        if (levels.Contains(AuthorizationLevel.Function))
            text.AppendLine().AppendLine(CultureInfo.InvariantCulture, $"Function key (header x-functions-key, or ?code=): {keys.Default}");
        if (levels.Contains(AuthorizationLevel.Admin))
            text.AppendLine().AppendLine(CultureInfo.InvariantCulture, $"Master key: {keys.Master}");
        return text.ToString();
    }

    /// <summary>A route that is only an optional parameter is called without it.</summary>
    private static string Shown(string route) => route.StartsWith('{') && route.EndsWith("?}", StringComparison.Ordinal) && route.IndexOf('}', StringComparison.Ordinal) == route.Length - 1
        ? string.Empty
        : route;

    private static string Level(AuthorizationLevel level) => level switch
    {
        AuthorizationLevel.Anonymous => string.Empty,
        AuthorizationLevel.Function => " (function key)",
        AuthorizationLevel.Admin => " (master key)",
        _ => " (nobody)",
    };

    private static string Detail(FunctionTrigger trigger) => trigger switch
    {
        QueueTrigger queue => $" ({queue.Queue})",
        TimerTrigger timer => $" ({timer.Expression})",
        _ => string.Empty,
    };
}
