namespace AutoFlow.Workflows.Schemas;

/// <summary>Finds schemas that come back to themselves without going deeper into the value: checking would never end.</summary>
internal static class EndlessReferences
{
    public static IEnumerable<SchemaNode> In(IReadOnlyCollection<SchemaNode> nodes)
    {
        var done = new HashSet<SchemaNode>();
        foreach (var start in nodes)
        {
            var path = new HashSet<SchemaNode>();
            var open = new Stack<(SchemaNode Node, bool Leaves)>();
            open.Push((start, false));
            while (open.TryPop(out var next))
            {
                if (next.Leaves)
                {
                    path.Remove(next.Node);
                    done.Add(next.Node);
                    continue;
                }

                if (done.Contains(next.Node)) continue;
                if (!path.Add(next.Node)) continue;
                open.Push((next.Node, true));
                foreach (var inner in next.Node.Keywords.SelectMany(static k => k.OnSameValue))
                {
                    if (path.Contains(inner)) yield return inner;
                    else open.Push((inner, false));
                }
            }
        }
    }
}
