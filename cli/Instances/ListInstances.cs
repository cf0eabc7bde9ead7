using System.Text.Json;

namespace AutoFlow.Cli.Instances;

/// <summary><c>autoflow instances</c>: lists the instances of a running app.</summary>
internal sealed class ListInstances(Surroundings surroundings, InstancesApi api)
{
    private const int LargestPage = 500;

    /// <summary>Which instances; null for any. What is empty is sent too, for the app to refuse: left out it would widen a purge.</summary>
    internal sealed record Filter(string? Status, string? From, string? To, string? Prefix, string? Orchestrator)
    {
        /// <summary>The filter as a query; it begins with an ampersand where there is one.</summary>
        public string Query => string.Concat(new[] { ("status", Status), ("from", From), ("to", To), ("prefix", Prefix), ("orchestrator", Orchestrator) }
            .Where(one => one.Item2 is not null)
            .Select(one => $"&{one.Item1}={Uri.EscapeDataString(one.Item2!)}"));
    }

    /// <summary>Lists at most so many.</summary>
    public async Task<int> RunAsync(Filter filter, int take, bool json, CancellationToken cancellation)
    {
        if (take <= 0) return surroundings.Complain($"--take is a whole number above 0, not {take}");
        var found = new List<JsonElement>();
        string? token = null;
        do
        {
            var next = token is null ? "" : $"&token={Uri.EscapeDataString(token)}";
            if (await api.GetAsync($"instances?take={Math.Min(take - found.Count, LargestPage)}{filter.Query}{next}", cancellation) is not { } page) return 1;
            found.AddRange(((JsonElement?)page).Members("instances") ?? []);
            token = page.Said("next") is { Length: > 0 } more ? more : null;
        }
        while (token is not null && found.Count < take);

        if (json)
        {
            surroundings.Output.WriteLine(Shown.Whole(JsonSerializer.SerializeToElement(found)));
            return 0;
        }

        if (found.Count > 0)
        {
            Columns.Write(
                surroundings.Output,
                [
                    ["id", "orchestrator", "status", "created (UTC)", "updated (UTC)"],
                    .. found.Select(one => new[] { one.Said("id"), one.Said("orchestrator"), one.Said("status"), Shown.Time(one.Said("createdAt")), Shown.Time(one.Said("lastUpdatedAt")) }),
                ]);
        }

        surroundings.Output.WriteLine($"{Counted.Of(found.Count, "instance")}{(token is null ? "" : $"; there are more: --take {Math.Min(2L * take, int.MaxValue)}")}");
        return 0;
    }
}
