using Microsoft.CodeAnalysis;

namespace AutoFlow.Functions.Tests.Determinism;

/// <summary>Members of the framework that an orchestration may not use.</summary>
internal static class BannedMembers
{
    /// <summary>Types of which every member is banned.</summary>
    private static readonly Dictionary<string, Rule> Types = new(StringComparer.Ordinal)
    {
        ["System.Diagnostics.Stopwatch"] = Rule.Clock,
        ["System.TimeProvider"] = Rule.Clock,
        ["System.Random"] = Rule.Randomness,
        ["System.Security.Cryptography.RandomNumberGenerator"] = Rule.Randomness,
        ["System.HashCode"] = Rule.Randomness,
        ["System.Console"] = Rule.Outside,
        ["System.Diagnostics.Process"] = Rule.Outside,
        ["System.Net.Dns"] = Rule.Outside,
        ["System.IO.File"] = Rule.Outside,
        ["System.IO.FileInfo"] = Rule.Outside,
        ["System.IO.FileStream"] = Rule.Outside,
        ["System.IO.Directory"] = Rule.Outside,
        ["System.IO.DirectoryInfo"] = Rule.Outside,
        ["System.IO.DriveInfo"] = Rule.Outside,
        ["System.Threading.Thread"] = Rule.Threads,
        ["System.Threading.ThreadPool"] = Rule.Threads,
        ["System.Threading.Timer"] = Rule.Threads,
        ["System.Threading.PeriodicTimer"] = Rule.Threads,
        ["System.Timers.Timer"] = Rule.Threads,
        ["System.Threading.Tasks.Parallel"] = Rule.Threads,
        ["System.Threading.Tasks.TaskFactory"] = Rule.Threads,
        ["System.Linq.ParallelEnumerable"] = Rule.Threads,
    };

    /// <summary>Namespaces of which every type is banned.</summary>
    private static readonly Dictionary<string, Rule> Namespaces = new(StringComparer.Ordinal)
    {
        ["System.Net.Http"] = Rule.Outside,
        ["System.Net.Sockets"] = Rule.Outside,
        ["System.IO.Pipes"] = Rule.Outside,
        ["System.Data"] = Rule.Outside,
        ["Microsoft.EntityFrameworkCore"] = Rule.Outside,
    };

    /// <summary>Single members, with all their overloads.</summary>
    private static readonly Dictionary<string, Rule> Members = new(StringComparer.Ordinal)
    {
        ["System.DateTime.Now"] = Rule.Clock,
        ["System.DateTime.UtcNow"] = Rule.Clock,
        ["System.DateTime.Today"] = Rule.Clock,
        ["System.DateTimeOffset.Now"] = Rule.Clock,
        ["System.DateTimeOffset.UtcNow"] = Rule.Clock,
        ["System.Environment.TickCount"] = Rule.Clock,
        ["System.Environment.TickCount64"] = Rule.Clock,
        ["System.Guid.NewGuid"] = Rule.Randomness,
        ["System.Guid.CreateVersion7"] = Rule.Randomness,
        ["System.IO.Path.GetRandomFileName"] = Rule.Randomness,
        ["System.IO.Path.GetTempFileName"] = Rule.Outside,
        ["System.IO.Path.GetTempPath"] = Rule.Outside,
        ["System.IO.Path.GetFullPath"] = Rule.Outside,
        ["System.Threading.Tasks.Task.Run"] = Rule.Threads,
        ["System.Threading.Tasks.Task.Delay"] = Rule.Threads,
        ["System.Threading.Tasks.Task.Yield"] = Rule.Threads,
        ["System.Threading.Tasks.Task.ConfigureAwait"] = Rule.Threads,
        ["System.Threading.Tasks.ValueTask.ConfigureAwait"] = Rule.Threads,
        ["System.Threading.Tasks.Task.ContinueWith"] = Rule.Threads,
        ["System.Threading.Tasks.Task.Wait"] = Rule.Threads,
        ["System.Threading.Tasks.Task.WaitAll"] = Rule.Threads,
        ["System.Threading.Tasks.Task.WaitAny"] = Rule.Threads,
        ["System.Threading.Tasks.TaskCreationOptions.RunContinuationsAsynchronously"] = Rule.Threads,
        ["System.Threading.CancellationTokenSource.CancelAfter"] = Rule.Threads,
        ["System.Threading.CancellationTokenSource.CancelAsync"] = Rule.Threads,
        ["System.Globalization.CultureInfo.CurrentCulture"] = Rule.Machine,
        ["System.Globalization.CultureInfo.CurrentUICulture"] = Rule.Machine,
        ["System.TimeZoneInfo.Local"] = Rule.Machine,
        ["System.DateTime.ToLocalTime"] = Rule.Machine,
        ["System.DateTimeOffset.ToLocalTime"] = Rule.Machine,
        ["System.DateTimeOffset.LocalDateTime"] = Rule.Machine,
    };

    /// <summary>The rule that a member breaks; null for none.</summary>
    /// <param name="member">A method, constructor, property or field.</param>
    public static Rule? RuleOf(ISymbol member)
    {
        member = member.OriginalDefinition;
        if (member.ContainingType?.OriginalDefinition is not { } type)
            return null;
        var (space, name) = (type.ContainingNamespace.ToDisplayString(), $"{type.ContainingNamespace.ToDisplayString()}.{type.Name}");
        if (Members.TryGetValue($"{name}.{member.Name}", out var rule) || Types.TryGetValue(name, out rule) || Namespaces.TryGetValue(space, out rule))
            return rule;
        return name switch
        {
            "System.Environment" when member.Name is not "NewLine" and not "FailFast" => Rule.Outside,
            // A token that ends by itself, and a wait that does: both by this machine's clock.
            "System.Threading.CancellationTokenSource" when IsTimed(member, ".ctor") => Rule.Threads,
            "System.Threading.Tasks.Task" when IsTimed(member, "WaitAsync") => Rule.Threads,
            "System.String" or "System.Object" or "System.ValueType" or "System.StringComparer" when member.Name == "GetHashCode" => Rule.Randomness,
            "System.Runtime.CompilerServices.RuntimeHelpers" when member.Name == "GetHashCode" => Rule.Randomness,
            _ => null,
        };
    }

    private static bool IsTimed(ISymbol member, string name)
        => member.Name == name && member is IMethodSymbol { Parameters: [var first, ..] } && first.Type.Name is "TimeSpan" or "Int32";
}
