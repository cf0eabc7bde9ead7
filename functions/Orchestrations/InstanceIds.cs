using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace AutoFlow.Functions.Orchestrations;

/// <summary>Deterministic instance ids: the same cause gives the same instance, however often it is started.</summary>
public static class InstanceIds
{
    /// <summary>On Azure Storage.</summary>
    private const int LongestId = 100;

    /// <summary>Longer than any carrier's number.</summary>
    private const int LongestNumber = 64;

    /// <summary>The instance that a message started.</summary>
    public static string ForMessage(string workflow, string inboxId) => $"{workflow}~{inboxId}";

    /// <summary>The one watch of a parcel. Shops and carriers write one number in different case and spacing; ids take no slashes.</summary>
    public static string ForWatch(string trackingNumber) =>
        $"watch-parcel~{string.Concat(trackingNumber.ToUpperInvariant().Where(char.IsAsciiLetterOrDigit).Take(LongestNumber))}";

    /// <summary>The one instance that waits for a ticket's decision.</summary>
    public static string ForApproval(string ticketNumber) => ForMatter("await-approval", ticketNumber);

    /// <summary>The one instance of a workflow that has a matter, such as a ticket.</summary>
    /// <param name="matter">What a definition says: any text. Ids on Azure Storage take no slashes, '?', '#' and control characters.</param>
    public static string ForMatter(string workflow, string matter)
    {
        var fit = string.Concat(matter.Select(static character => char.IsAsciiLetterOrDigit(character) || character is '-' or '.' or '_' ? character : '-'));
        // Matters that look alike now are told apart.
        return Fit(fit == matter ? $"{workflow}~{matter}" : $"{workflow}~{fit}-{ShortHash(matter)}");
    }

    /// <summary>The one instance that keeps a definition's schedule.</summary>
    public static string ForSchedule(string @namespace, string name) => Fit($"schedule~{@namespace}.{name}");

    /// <summary>A run that a schedule starts.</summary>
    /// <param name="due">When it was due, UTC.</param>
    /// <param name="round">Tells runs of one time apart; null where a schedule has one run at a time.</param>
    public static string ForRound(string @namespace, string name, DateTimeOffset due, int? round = null) =>
        Fit(string.Create(CultureInfo.InvariantCulture, $"{name}~{due.UtcDateTime:yyyyMMdd'T'HHmmss.FFF'Z'}{(round is null ? "" : "-")}{round}.{@namespace}"));

    /// <summary>A workflow that another one starts.</summary>
    /// <param name="key">Of the start; unique in the caller's run.</param>
    /// <param name="run">The caller's <see cref="WorkflowStart.Run"/>: the children of an earlier run of its id are others.</param>
    public static string ForChild(string instanceId, string key, string? run = null) =>
        Fit($"{instanceId}~{ShortHash(run is null ? key : $"{run}:{key}")}");

    /// <summary>The instance that a child belongs to, at the top; an instance that is no child is its own.</summary>
    public static string RootOf(string instanceId) => string.Join('~', instanceId.Split('~').Take(2));

    /// <summary>Names have up to 63 characters each: what is too long keeps its beginning, and a hash for the rest.</summary>
    private static string Fit(string id) => id.Length <= LongestId
        ? id
        : $"{id[..(LongestId - 13)]}-{ShortHash(id)}";

    /// <summary>The inbox id of the message that started an instance, or the one that a child belongs to; null when none did.</summary>
    public static string? MessageOf(string? instanceId) =>
        instanceId?.Split('~', 3) is [_, var inboxId, ..] && inboxId.StartsWith("m-", StringComparison.Ordinal) ? inboxId : null;

    /// <summary>Twelve characters that stand for a text in an id.</summary>
    public static string ShortHash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 6));

    /// <summary>The workflow's name in an instance id.</summary>
    public static string WorkflowOf(string instanceId) => instanceId.Split('~', 2)[0];
}
