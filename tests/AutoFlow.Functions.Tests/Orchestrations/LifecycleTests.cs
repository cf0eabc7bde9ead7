using AutoFlow.Workflows.Jq;

namespace AutoFlow.Functions.Tests.Orchestrations;

/// <summary>Which lifecycle events a run publishes is fixed when it begins.</summary>
public sealed class LifecycleTests : IAsyncDisposable
{
    private const string Child = """
          - done:
              set: { done: true }
        """;

    private const string Parent = """
          - child:
              run: { workflow: { namespace: test, name: child, version: latest, input: {} } }
        """;

    private readonly DurableApp _app = new();

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    [Fact]
    public async Task None_are_published_unless_asked_for()
    {
        await _app.Define("child", Child).StartAsync("child");

        Assert.Empty(_app.World.Events.Stored);
    }

    [Fact]
    public async Task A_run_and_its_children_publish_what_was_set_when_it_began()
    {
        _app.Settings.LifecycleEvents = "workflow";
        await _app.Define("child", Child).Define("parent", Parent).StartAsync("parent");
        await _app.RouteAsync();

        var told = _app.World.Events.Stored.Select(stored => JqValue.Parse(stored.Body)).ToList();
        Assert.Equal(4, told.Count);
        Assert.All(told, one => Assert.Contains(".workflow.", one["type"].AsString(), StringComparison.Ordinal));
        Assert.Equal(2, told.Count(one => one["type"].AsString()!.Contains(".started.", StringComparison.Ordinal)));
        Assert.Equal(2, told.Count(one => one["type"].AsString()!.Contains(".completed.", StringComparison.Ordinal)));
    }
}
