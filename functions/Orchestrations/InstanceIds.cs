namespace AutoFlow.Functions.Orchestrations;

/// <summary>Deterministic instance ids: the same cause gives the same instance, however often it is started.</summary>
public static class InstanceIds
{
    /// <summary>Longer than any carrier's number; an id has at most 100 characters on Azure Storage.</summary>
    private const int LongestNumber = 64;

    /// <summary>The instance that a message started.</summary>
    public static string ForMessage(string workflow, string inboxId) => $"{workflow}~{inboxId}";

    /// <summary>The one watch of a parcel. Shops and carriers write one number in different case and spacing; ids take no slashes.</summary>
    public static string ForWatch(string trackingNumber) =>
        $"watch-parcel~{string.Concat(trackingNumber.ToUpperInvariant().Where(char.IsAsciiLetterOrDigit).Take(LongestNumber))}";

    /// <summary>The one instance that waits for a ticket's decision.</summary>
    public static string ForApproval(string ticketNumber) => $"await-approval~{ticketNumber}";

    /// <summary>The instance that a child belongs to, at the top; an instance that is no child is its own.</summary>
    public static string RootOf(string instanceId) => string.Join('~', instanceId.Split('~').Take(2));

    /// <summary>The workflow's name in an instance id.</summary>
    public static string WorkflowOf(string instanceId) => instanceId.Split('~', 2)[0];
}
