using Microsoft.CodeAnalysis;

namespace AutoFlow.Functions.Tests.Determinism;

/// <summary>
/// What functions/Orchestrations/DeterminismExceptions.cs allows: <c>SuppressMessage("Determinism", rule, Target = documentation id,
/// Justification = why)</c>. The rule "All" means that the target, a member or a type, is not looked into.
/// </summary>
internal sealed class AllowedExceptions
{
    /// <summary>The rule that stands for not looking into something.</summary>
    public const string All = "All";

    private readonly HashSet<Entry> _used = [];

    /// <summary>Reads them.</summary>
    public AllowedExceptions(AppCode code) => Entries =
    [
        .. from attribute in code.Attributes
           where attribute.AttributeClass?.Name == "SuppressMessageAttribute" && attribute.ConstructorArguments is [{ Value: "Determinism" }, _]
           let named = attribute.NamedArguments.ToDictionary(one => one.Key, one => one.Value.Value as string)
           select new Entry((string)attribute.ConstructorArguments[1].Value!, named.GetValueOrDefault("Target", "")!.TrimStart('~'), named.GetValueOrDefault("Justification", "")!),
    ];

    /// <summary>All of them.</summary>
    public IReadOnlyList<Entry> Entries { get; }

    /// <summary>Those that nothing needed.</summary>
    public IEnumerable<Entry> Unused => Entries.Except(_used);

    /// <summary>Whether a member or a type is not looked into.</summary>
    public bool LeavesOut(ISymbol symbol) => IsAllowed(All, symbol.GetDocumentationCommentId() ?? "");

    /// <summary>Whether a finding is allowed where it is.</summary>
    public bool Allows(Finding finding) => IsAllowed(finding.Rule.ToString(), finding.Member);

    private bool IsAllowed(string rule, string target)
    {
        var entry = Entries.FirstOrDefault(one => one.Rule == rule && one.Target == target);
        return entry is not null && (_used.Add(entry) || true);
    }

    /// <summary>One exception.</summary>
    internal sealed record Entry(string Rule, string Target, string Reason);
}
