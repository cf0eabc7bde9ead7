using System.Text.Json;

namespace AutoFlow.Cli.Instances;

/// <summary><c>autoflow instances terminate</c>, <c>suspend</c>, <c>resume</c>, <c>rewind</c> and <c>purge</c>.</summary>
internal sealed class ControlInstance(Surroundings surroundings, InstancesApi api)
{
    /// <summary>Asks an instance for something.</summary>
    /// <param name="what">The operation, as in the route.</param>
    public async Task<int> AskAsync(string what, string id, string? reason, bool recursive, bool json, CancellationToken cancellation)
    {
        var wish = recursive ? (object)new { reason, recursive } : new { reason };
        if (api.PathOf(id) is not { } path || await api.SendAsync(HttpMethod.Post, $"{path}/{what}", wish, cancellation) is not { } answer) return 1;
        surroundings.Output.WriteLine(json ? Shown.Whole(answer) : $"{what} is asked of {id}; 'autoflow instances show' tells when it has come to it");
        return 0;
    }

    /// <summary>Deletes one finished instance, or those of a filter.</summary>
    public async Task<int> PurgeAsync(string? id, ListInstances.Filter filter, bool recursive, bool json, CancellationToken cancellation)
    {
        if (id is not null && filter.Query.Length > 0) return surroundings.Complain("purge takes an id or a filter, not both");
        if (id is null && filter.Query.Length == 0) return surroundings.Complain("say what to purge: an id, or --status, --from, --to");
        var children = recursive ? "&recursive=true" : "";
        if ((id is null ? "instances" : api.PathOf(id)) is not { } of) return 1;
        var path = $"{of}?{(filter.Query + children).TrimStart('&')}";
        if (await api.SendAsync(HttpMethod.Delete, path.TrimEnd('?'), null, cancellation) is not { } answer) return 1;
        surroundings.Output.WriteLine(json
            ? Shown.Whole(answer)
            : $"{Counted.Of(answer.Part("purged") is { ValueKind: JsonValueKind.Number } number ? number.GetInt32() : 0, "instance")} purged{(answer.Part("complete") is { ValueKind: JsonValueKind.False } ? "; there are more, purge again" : "")}");
        return 0;
    }
}
