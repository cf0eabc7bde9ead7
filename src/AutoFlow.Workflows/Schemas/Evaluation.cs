using AutoFlow.Workflows.Jq;
using AutoFlow.Workflows.Schemas.Keywords;

namespace AutoFlow.Workflows.Schemas;

/// <summary>One validation: its errors, its bounds and the resources it came through.</summary>
/// <param name="errors">Where errors go; null when only the verdict counts.</param>
/// <param name="marks">Whether what was looked at is kept for <c>unevaluated…</c>.</param>
internal sealed class Evaluation(SchemaOptions options, List<SchemaError>? errors, bool marks)
{
    private readonly List<SchemaResource> _scope = [];
    private List<SchemaError>? _errors = errors;
    private int _depth;
    private int _steps;

    /// <summary>Whether every branch must be walked, and not only the first that decides.</summary>
    public bool KeepsMarks => marks;

    /// <summary>The resources entered, outermost first: the dynamic scope (JSON Schema core, section 7.1).</summary>
    public IReadOnlyList<SchemaResource> Scope => _scope;

    /// <summary>Whether the value fits; errors are noted.</summary>
    /// <param name="evaluated">What the schema looked at is added here when it fits; null when nobody asks.</param>
    /// <exception cref="SchemaLimitException">The validation went too deep or took too long.</exception>
    public bool Apply(SchemaNode node, JqValue value, ValuePath path, Evaluated? evaluated)
    {
        if (++_steps > options.MaxSteps) throw new SchemaLimitException(path, node.Pointer, $"takes more than {options.MaxSteps} steps to check");
        if (node.IsFalse) return Fail(path, node.Pointer, "must not be there");
        if (_depth >= options.MaxDepth)
            throw new SchemaLimitException(path, node.Pointer, $"the value and its schema are nested deeper than {options.MaxDepth} levels");
        var entered = _scope.Count == 0 || _scope[^1] != node.Resource;
        if (entered) _scope.Add(node.Resource);
        _depth++;
        var own = marks ? new Evaluated() : null;
        var fits = true;
        foreach (var keyword in node.Keywords)
        {
            if (!fits && keyword.LooksAtTheRest) break;
            fits &= keyword.Check(new SchemaSite(this, value, path, own));
            if (!fits && (_errors is null || _errors.Count >= options.MostErrors)) break;
        }

        _depth--;
        if (entered) _scope.RemoveAt(_scope.Count - 1);
        if (fits && own is not null) evaluated?.Add(own);
        return fits;
    }

    /// <summary>Whether the value fits, without noting errors.</summary>
    public bool Test(SchemaNode node, JqValue value, ValuePath path, Evaluated? evaluated)
    {
        var kept = _errors;
        _errors = null;
        var fits = Apply(node, value, path, evaluated);
        _errors = kept;
        return fits;
    }

    /// <summary>The errors of a schema that does not fit, apart from the others.</summary>
    public IReadOnlyList<SchemaError> Why(SchemaNode node, JqValue value, ValuePath path)
    {
        if (_errors is null) return [];
        var kept = _errors;
        _errors = [];
        Apply(node, value, path, null);
        var found = _errors;
        _errors = kept;
        return found;
    }

    /// <summary>Notes an error; always false.</summary>
    public bool Fail(ValuePath path, string pointer, string message)
    {
        if (_errors is not null && _errors.Count < options.MostErrors) _errors.Add(new SchemaError(path.ToPointer(), pointer, message));
        return false;
    }

    /// <summary>Notes errors that <see cref="Why"/> gave.</summary>
    public void Note(IEnumerable<SchemaError> found)
    {
        foreach (var error in found)
        {
            if (_errors is not null && _errors.Count < options.MostErrors) _errors.Add(error);
        }
    }
}

/// <summary>A bound of the validation was reached: the value is neither right nor wrong, and is refused.</summary>
internal sealed class SchemaLimitException(ValuePath path, string pointer, string message) : Exception(message)
{
    public string Value { get; } = path.ToPointer();

    public string Schema { get; } = pointer;
}
