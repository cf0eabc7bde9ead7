using AutoFlow.Workflows.Diagnostics;
using AutoFlow.Workflows.Tasks;

namespace AutoFlow.Workflows.Model;

/// <summary>A task under <c>use.functions</c> that is called by its name.</summary>
internal sealed class InlineFunction(string name, SourcePosition position)
{
    public string Name { get; } = name;

    public SourcePosition Position { get; } = position;

    /// <summary>The task; null only while the definition is read, or when it has errors.</summary>
    public WorkflowTask? Task { get; set; }

    /// <summary>The inline functions that this one calls, to find circles.</summary>
    public HashSet<string> Calls { get; } = new(StringComparer.Ordinal);
}
