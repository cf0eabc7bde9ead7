using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using AutoFlow.EndToEnd.Tests.App;

namespace AutoFlow.EndToEnd.Tests.Telemetry;

/// <summary>One trace from a message to its reply, as a collector gets it and as <c>--trace</c> shows it.</summary>
public sealed partial class TraceTests
{
    private const string Traced = "13-de-html-no-contact";
    private const string Message = "autoflow.message.id";
    private const string Conversation = "autoflow.conversation.id";
    private const string Instance = "durabletask.task.instance_id";

    [Fact]
    public async Task A_message_is_one_trace_over_a_kill_with_every_step_below_its_run_and_no_personal_data()
    {
        using var collector = new OtlpStub();
        using var data = new DataFolder();
        await using (var first = await AppProcess.Start(data, settings: collector.Settings).ReadyAsync())
        {
            // Somewhere in the work: some runs have begun and few have ended.
            await Eventually.FindAsync("steps run", () => Task.FromResult(collector.Spans.Count(span => span.Name.StartsWith("activity:", StringComparison.Ordinal)) > 20 ? "" : null));
            await first.KillAsync();
        }

        await using var app = await AppProcess.Start(data, settings: collector.Settings).ReadyAsync();
        var begunByKill = (await app.Api.BooksAsync()).Stories.Select(story => story.InstanceId).ToHashSet();
        await app.AtRestAsync();
        var books = await app.Api.BooksAsync();
        await Eventually.FindAsync("the last spans come", () => Task.FromResult(collector.Spans.Count(span => span["autoflow.outcome"] == "sent") >= 40 ? "" : null));
        var spans = collector.Spans;

        AssertTrees(spans, books, begunByKill);
        AssertPrivate(collector);
        Assert.Contains("autoflow.messages.received", collector.Raw("metrics"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Asked_for_it_the_demo_shows_the_trace_of_a_message_as_a_tree()
    {
        using var data = new DataFolder();
        await using var app = AppProcess.Start(data, settings: new Dictionary<string, string> { ["AUTOFLOW_DEMO_EXIT"] = "true" }, args: ["--trace", Traced]);

        Assert.Equal(0, await app.ExitAsync());

        var tree = app.Output[app.Output.IndexOf($"Trace of {Traced}:", StringComparison.Ordinal)..];
        Assert.Matches(@"trace [0-9a-f]{32}  message m-[0-9a-f]{24}  conversation c-[0-9a-f]{24}  \d+ spans", tree);
        foreach (var line in new[] { "function ReceiveMessage", "process inbox", "understand", "route", "create_orchestration:RunWorkflow", "activity:findOrder", "activity:sendReply", "process outbox" })
            Assert.Matches($@"(?m)^[ │├└─]*{Regex.Escape(line)}  [\d.]+ ms", tree);
        Assert.DoesNotMatch(Address(), tree);
    }

    [Fact]
    public async Task A_sample_message_that_does_not_exist_is_named_in_one_line()
    {
        using var data = new DataFolder();
        await using var app = AppProcess.Start(data, args: ["--trace", "99-no-such"]);

        Assert.Equal(1, await app.ExitAsync());

        var error = Assert.Single(app.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("--trace is '99-no-such'", error, StringComparison.Ordinal);
    }

    /// <param name="begunByKill">The runs whose spans can have died with the process.</param>
    private static void AssertTrees(IReadOnlyList<OtlpSpan> spans, Books books, HashSet<string?> begunByKill)
    {
        var byId = spans.GroupBy(span => span.SpanId).ToDictionary(group => group.Key, group => group.First());
        var started = books.Stories.Where(story => !story.AsEvent && story.InstanceId is not null).ToList();
        Assert.NotEmpty(started);
        var over = 0;
        foreach (var story in started)
        {
            var run = spans.Where(span => span[Instance] == story.InstanceId).ToList();
            var steps = run.Where(span => span.Name.StartsWith("activity:", StringComparison.Ordinal)).ToList();
            // All of a short run's spans can.
            if (steps.Count == 0 && begunByKill.Contains(story.InstanceId)) continue;
            // The taking up, the run, every step and the sending: one trace, before and after the kill.
            var trace = Assert.Single(run.Concat(spans.Where(span => span.Name is "process inbox" or "process outbox" && span[Message] == story.Id)).Select(span => span.TraceId).Distinct());
            Assert.All(run, span => Assert.Equal((story.ConversationId, story.Id), (span[Conversation], span[Message])));
            // A step's parent is the run; the run's is its start, and so on up to the message.
            var parent = Assert.Single(steps.Select(step => step.ParentId).Distinct());
            if (!byId.TryGetValue(parent, out var orchestration)) continue;
            over++;
            Assert.Equal("orchestration:RunWorkflow", orchestration.Name);
            if (byId.TryGetValue(orchestration.ParentId, out var create)) Assert.Equal(("create_orchestration:RunWorkflow", trace), (create.Name, create.TraceId));
        }

        Assert.True(over > 20, $"Only {over} runs have their span.");
        foreach (var name in new[] { "understand", "route" })
            Assert.All(spans.Where(span => span.Name == name && byId.ContainsKey(span.ParentId)), span => Assert.Equal("process inbox", byId[span.ParentId].Name));
    }

    /// <summary>No address, no subject and no text of a message leaves, in whatever kind of telemetry.</summary>
    private static void AssertPrivate(OtlpStub collector)
    {
        foreach (var kind in new[] { "traces", "metrics", "logs" })
        {
            var raw = collector.Raw(kind);
            Assert.DoesNotMatch(Address(), raw);
            foreach (var said in Said()) Assert.DoesNotContain(said, raw, StringComparison.Ordinal);
        }
    }

    private static IEnumerable<string> Said()
    {
        foreach (var file in Directory.EnumerateFiles(Places.SampleInbox, "*.json"))
        {
            var told = JsonNode.Parse(File.ReadAllText(file))!["data"]!;
            foreach (var name in new[] { "from", "fromName", "subject", "text" })
                if (told[name]?.GetValue<string>() is { Length: > 8 } text) yield return text.Length > 40 ? text[..40] : text;
        }
    }

    [GeneratedRegex(@"[\w.+-]+@[\w-]+\.[a-z]{2,}")]
    private static partial Regex Address();
}
