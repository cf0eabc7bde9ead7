using System.Text.Json.Nodes;
using AutoFlow.Cli.Replay;
using AutoFlow.EmbeddedHost.CrashHost.Repertoire;
using AutoFlow.EmbeddedHost.Tests.Durable.Harness;
using AutoFlow.Functions.Orchestrations;
using AutoFlow.Functions.Steps;
using AutoFlow.Workflows.Catalog;
using Microsoft.Azure.Functions.Worker;

namespace AutoFlow.Cli.Tests.Replay;

/// <summary>Exported instances replay. The export in the folder is one that a running app wrote of its sample inbox.</summary>
public sealed class ReplayCommandTests : IDisposable
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Replay");

    private static readonly Flows Repertoire = new(TimeSpan.FromHours(1));

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("autoflow");
    private readonly StringWriter _output = new() { NewLine = "\n" };
    private readonly StringWriter _error = new() { NewLine = "\n" };

    public static TheoryData<string> Exports() => Names("Exports");

    public static TheoryData<string> Histories() => Names("Histories");

    public void Dispose()
    {
        _folder.Delete(recursive: true);
        _output.Dispose();
        _error.Dispose();
    }

    [Theory]
    [MemberData(nameof(Exports))]
    public async Task A_committed_export_replays(string file)
    {
        Assert.Equal((0, ""), (await RunAsync(Path.Combine(Folder, "Exports", file)), _error.ToString()));
        Assert.EndsWith("turns as recorded; no activity ran\n", _output.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Histories))]
    public async Task A_committed_history_replays(string file)
    {
        Assert.Equal((0, ""), (await RunAsync(Path.Combine(Folder, "Histories", file)), _error.ToString()));
        Assert.Matches("turns? as recorded; no activity ran\n$", _output.ToString());
    }

    [Fact]
    public async Task Each_turn_tells_what_came_in_what_was_decided_and_where_the_workflow_stands()
    {
        await RunAsync(Export);

        var lines = _output.ToString().Split('\n');
        Assert.Equal("where-is-my-order~m-ba1deb4ab67a4bd3440f92f4  RunWorkflow  autoflow/where-is-my-order:1.0.0", lines[0]);
        Assert.Equal("turn 0  2026-11-27 16:48:55", lines[1]);
        Assert.StartsWith("  in   RunWorkflow starts  {\"workflow\":\"where-is-my-order\",", lines[2], StringComparison.Ordinal);
        Assert.StartsWith("  out  activity readPolicy #0  {", lines[3], StringComparison.Ordinal);
        Assert.Equal("  at   /do/0/policy  policy", lines[4]);
        Assert.Contains("  out  timer #3, due 2026-12-04 16:48:57", lines);
        Assert.Contains("  at   /do/4/awaitOrder/try/0/answer  answer, waits for autoflow.message.received until 2026-12-04 16:48:57", lines);
        Assert.Contains("  out  timer #3 cancelled", lines);
        Assert.DoesNotContain(lines, line => line.Length > 200);
        Assert.DoesNotContain("a.hoffmeister", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Payloads_are_shown_whole_where_asked()
    {
        Assert.Equal(0, await RunAsync(Export, payloads: true));

        Assert.Contains("a.hoffmeister@example.de", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_retry_is_told_with_its_try()
    {
        Assert.Equal(0, await RunAsync(Path.Combine(Folder, "Histories", "parcel-retried.json")));

        Assert.Contains("  in   activity Flaky #0 failed: System.TimeoutException\n  out  timer #1, due 2026-03-01 22:10:00\n", _output.ToString(), StringComparison.Ordinal);
        Assert.Contains("  out  activity Flaky #2 (try 2)  \"A-1\"\n", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_stops_at_the_first_difference_and_says_what_was_expected_and_what_found()
    {
        var changed = Changed(json => json["history"]!.AsArray().First(one => one!["name"]?.GetValue<string>() == "findOrder")!["name"] = "lookUpOrder");

        Assert.Equal(ReplayCommand.Differs, await RunAsync(changed));

        Assert.Contains("turn 1, step 1: expected activity 'lookUpOrder' (#1), found activity 'findOrder' (#1)", Assert.Single(Lines(_error)), StringComparison.Ordinal);
        Assert.Contains("turn 1  ", _output.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("turn 2  ", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_changed_orchestrator_differs()
    {
        var bare = Path.Combine(Folder, "Histories", "parcel-retried.json");
        var command = new ReplayCommand(
            new Surroundings(StepCatalog.Default, _output, _error), TextReader.Null, _ => async context => await context.CallActivityAsync<string>("Else"));

        Assert.Equal(ReplayCommand.Differs, await command.RunAsync(bare, null, step: false, payloads: false, default));
    }

    /// <summary>The code had no part in such an end, as in a termination.</summary>
    [Theory]
    [InlineData("HistoryTooLong")]
    [InlineData("TurnNotStorable")]
    [InlineData("PoisonOrchestration")]
    [InlineData("AutoFlow.EmbeddedHost.Durable.Execution.NonDeterministicOrchestrationException")]
    public async Task A_failure_that_the_engine_made_is_no_difference(string type)
    {
        var ended = Changed(json =>
        {
            var events = json["history"]!.AsArray();
            var begin = events.ToList().FindLastIndex(one => one!["type"]!.GetValue<string>() == "orchestratorStarted");
            var end = new JsonObject { ["type"] = "executionCompleted", ["status"] = "Failed", ["failure"] = new JsonObject { ["type"] = type, ["message"] = "m" } };
            while (events.Count > begin + 2) events.RemoveAt(events.Count - 1);
            events.Add(end);
        });

        Assert.Equal((0, ""), (await RunAsync(ended), _error.ToString()));

        Assert.EndsWith($"  out  fails: {type}\nreplayed 13 turns as recorded; no activity ran\n", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failure_of_the_code_that_it_does_not_come_to_is_a_difference()
    {
        var ended = Changed(json => json["history"]!.AsArray().Last(one => one!["type"]!.GetValue<string>() == "executionCompleted")!["status"] = "Failed");

        Assert.Equal(ReplayCommand.Differs, await RunAsync(ended));
    }

    [Fact]
    public async Task Step_by_step_each_turn_waits_for_enter()
    {
        using var enter = new StringReader("\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n");

        Assert.Equal(0, await RunAsync(Export, step: true, input: enter));

        Assert.Equal(12, _output.ToString().Split("-- Enter goes on --").Length - 1);
        Assert.Equal(3, (await enter.ReadToEndAsync()).Length);
    }

    [Fact]
    public async Task The_definition_is_found_in_a_folder_where_the_file_has_none()
    {
        var bare = Changed(json => json["definition"] = null);
        var text = JsonNode.Parse(await File.ReadAllTextAsync(Export))!["definition"]!["text"]!.GetValue<string>();
        var workflows = _folder.CreateSubdirectory("workflows").FullName;
        await File.WriteAllTextAsync(Path.Combine(workflows, "where-is-my-order.yaml"), text);

        Assert.Equal((0, ""), (await RunAsync(bare, workflows), _error.ToString()));
    }

    [Fact]
    public async Task Another_definition_is_not_taken_for_the_one_it_is_pinned_to()
    {
        var bare = Changed(json => json["definition"] = null);
        var workflows = _folder.CreateSubdirectory("workflows").FullName;
        await File.WriteAllTextAsync(Path.Combine(workflows, "other.yaml"), "document: { dsl: 1.0.3, namespace: autoflow, name: where-is-my-order, version: 9.0.0 }\ndo:\n  - a: { call: sendReply, with: { reply: thanks } }\n");

        Assert.Equal(1, await RunAsync(bare, workflows));

        Assert.Contains("the definition with the hash 17d33a1d", Lines(_error)[^1], StringComparison.Ordinal);
        Assert.EndsWith("is neither in the file nor in a folder that --workflows names; it is what the instance is pinned to", Lines(_error)[^1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("not json", ":1:2: no JSON; 'autoflow instances export' writes what is read here")]
    [InlineData("{}", ": no exported instance: \"format\" is not \"autoflow-instance\"; 'autoflow instances export' writes one")]
    [InlineData("""{"format":"autoflow-instance","version":2}""", ": \"version\" is 2; this program reads up to 1, take a newer one")]
    [InlineData("""{"format":"autoflow-instance","version":1}""", ": there is no \"id\" in \"instance\"")]
    [InlineData("""{"format":"autoflow-instance","version":1,"instance":{"id":"a"}}""", ": there is no list \"history\"")]
    [InlineData("""{"format":"autoflow-instance","version":1,"instance":{"id":"a"},"history":[]}""", ": the instance has not started, so there is nothing to replay")]
    [InlineData("""{"format":"autoflow-instance","version":1,"instance":{"id":"a"},"history":[{"type":"orchestratorStarted","time":"soon"}]}""", ": the event at place 0 of \"history\" ('orchestratorStarted') cannot be read: ")]
    [InlineData("""[{"number":0,"at":"2026-01-01","received":[{"event":"nonsense"}],"decided":[]}]""", ": the turns cannot be read: ")]
    [InlineData("""{"format":"autoflow-instance","version":1,"instance":{"id":"a"},"history":[{"type":"orchestratorStarted","time":"2026-01-01T00:00:00Z"},{"type":"taskScheduled","task":3,"name":"a"},{"type":"taskScheduled","task":3,"name":"a"}]}""", ": the event at place 2 of \"history\" ('taskScheduled') cannot be read: task 3 is asked for a second time")]
    [InlineData("""{"format":"autoflow-instance","version":1,"instance":{"id":"a"},"history":[null]}""", ": the event at place 0 of \"history\" ('') cannot be read: it has no type")]
    [InlineData("""{"format":"autoflow-instance","version":1,"instance":{"id":"a"},"history":[{"type":"taskScheduled","task":3,"name":"a"}]}""", ": the last event of \"history\" cannot be read: it belongs to no turn")]
    [InlineData("""{"format":"autoflow-instance","version":1,"instance":{"id":"a"},"history":[{"type":"orchestratorStarted","time":"2026-01-01T00:00:00Z"},{"type":"timerCreated","task":null}]}""", ": the event at place 1 of \"history\" ('timerCreated') cannot be read: ")]
    [InlineData("""[null]""", ": turn 0 is null")]
    [InlineData("""[{"number":0,"at":"2026-01-01","received":null,"decided":[]}]""", ": turn 0 has no list \"received\"")]
    [InlineData("""[{"number":0,"at":"2026-01-01","received":[],"decided":null}]""", ": turn 0 has no list \"decided\"")]
    [InlineData("""[{"number":0,"at":"2026-01-01","received":[null],"decided":[]}]""", ": an event of turn 0 is null")]
    [InlineData("""[{"number":0,"at":"2026-01-01","received":[{"event":"executionStarted"}],"decided":[]}]""", ": an event of turn 0 (ExecutionStarted) has no \"name\"")]
    [InlineData("""[{"number":0,"at":"2026-01-01","received":[],"decided":[{"event":"taskScheduled","taskId":1,"name":"a"},{"event":"timerCreated","taskId":1,"fireAt":"2026-01-01"}]}]""", ": turn 0 asks for task 1 a second time")]
    public async Task A_file_that_is_no_export_is_one_clear_line(string text, string line)
    {
        var file = Path.Combine(_folder.FullName, "wrong.json");
        await File.WriteAllTextAsync(file, text);

        Assert.Equal(1, await RunAsync(file));

        Assert.StartsWith($"autoflow: {file}{line}", Assert.Single(Lines(_error)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_orchestrator_that_is_not_here_is_named()
    {
        var other = Changed(json => json["history"]!.AsArray().First(one => one!["type"]!.GetValue<string>() == "executionStarted")!["name"] = "Else");

        Assert.Equal(1, await RunAsync(other));

        Assert.Equal("autoflow: there is no orchestrator 'Else' here; those of the app are RunWorkflow and RunSchedule", Assert.Single(Lines(_error)));
    }

    [Fact]
    public async Task From_the_command_line()
    {
        var line = new CommandLine(StepCatalog.Default, _output, _error);

        Assert.Equal(0, await line.RunAsync(["replay", Export]));
        Assert.Equal(1, await line.RunAsync(["replay", Path.Combine(_folder.FullName, "none.json")]));
    }

    [Fact]
    public void Every_orchestrator_of_the_app_can_be_replayed()
    {
        var names = typeof(RunWorkflow).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods())
            .SelectMany(method => method.GetParameters())
            .Where(parameter => parameter.IsDefined(typeof(OrchestrationTriggerAttribute), inherit: false))
            .Select(parameter => parameter.Member.DeclaringType!.Name);

        Assert.Equal(AppOrchestrators.Names.Order(StringComparer.Ordinal), names.Order(StringComparer.Ordinal));
        Assert.All(AppOrchestrators.Names, name => Assert.NotNull(AppOrchestrators.Find(name, new DefinitionCatalog(StepCatalog.Default))));
    }

    private static string Export => Path.Combine(Folder, "Exports", "where-is-my-order.json");

    private static TheoryData<string> Names(string folder) =>
        [.. Directory.GetFiles(Path.Combine(Folder, folder), "*.json").Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    private static string[] Lines(StringWriter text) => text.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private string Changed(Action<JsonNode> change)
    {
        var json = JsonNode.Parse(File.ReadAllText(Export))!;
        change(json);
        var file = Path.Combine(_folder.FullName, "changed.json");
        File.WriteAllText(file, json.ToJsonString());
        return file;
    }

    private Task<int> RunAsync(string file, string? workflows = null, bool step = false, bool payloads = false, TextReader? input = null) =>
        new ReplayCommand(new Surroundings(StepCatalog.Default, _output, _error), input ?? TextReader.Null, name => SampleFlows.Find(name) ?? Repertoire.Find(name)).RunAsync(file, workflows, step, payloads, default);
}
