using AutoFlow.Workflows.Catalog;
using AutoFlow.Workflows.Execution;
using AutoFlow.Workflows.Jq;
using AutoFlow.Workflows.Model;
using AutoFlow.Workflows.Parsing;
using AutoFlow.Workflows.Testing;

namespace AutoFlow.Workflows.Tests.Conformance;

/// <summary>The specification's examples of listening and of schedules, run in virtual time.</summary>
public class ListenExampleTests
{
    private const string Temperature = "com.fake-hospital.vitals.measurements.temperature";
    private const string Bpm = "com.fake-hospital.vitals.measurements.bpm";

    private static WorkflowDefinition Read(string example)
    {
        var result = WorkflowParser.Parse(example, File.ReadAllText(Path.Combine(SharedData.Folder("examples")!, example)), FunctionCatalog.Empty);
        Assert.True(result.IsValid, string.Join('\n', result.Diagnostics));
        return result.Definition;
    }

    /// <summary>The vital signs of a patient, minute by minute, the last minute with its event's type: a check-out.</summary>
    private static FakeWorkflowContext Hospital() => Raise(
        (Temperature, """{"temperature":37}"""), (Bpm, """{"bpm":70}"""), (Bpm, """{"bpm":120}"""), (Temperature, """{"temperature":39}"""),
        ("com.fake-hospital.patient.checked-out", "{}"));

    private static FakeWorkflowContext Raise(params (string Type, string Data)[] events)
    {
        var context = new FakeWorkflowContext();
        foreach (var (index, (type, data)) in events.Index())
            context.Raise(TimeSpan.FromMinutes(index + 1), TestWorkflow.Event(type, $"{index}", data));
        return context;
    }

    private static WorkflowResult Run(string example, FakeWorkflowContext context)
    {
        var result = context.Run(Read(example), JqValue.EmptyObject);
        Assert.False(result.IsFaulted, result.Error?.ToJson().ToJson());
        return result;
    }

    [SharedTheory]
    [InlineData("listen-to-all.yaml", """[{"bpm":120},{"temperature":39}]""")]
    [InlineData("listen-to-any-filter.yaml", """[{"bpm":120}]""")]
    [InlineData("listen-to-any-until-consumed.yaml", """[{"bpm":120},{"temperature":39}]""")]
    [InlineData("listen-to-any.yaml", """[{"temperature":37}]""")]
    [InlineData("listen-to-any-until-condition.yaml", """[{"temperature":37},{"bpm":70},{"bpm":120},{"temperature":39}]""")]
    public void Events_are_consumed_as_the_example_says(string example, string expected) =>
        TestWorkflow.IsJson(expected, Run(example, Hospital()).Output!);

    [SharedTheory]
    [InlineData("listen-to-all read-envelope.yaml")]
    public void Events_are_read_with_their_envelope(string example) =>
        Assert.Equal(["2", "3"], Run(example, Hospital()).Output!.Items.Select(static e => e["id"].AsString()));

    [SharedTheory]
    [InlineData("schedule-cron.yaml")]
    [InlineData("schedule-event-driven.yaml")]
    [InlineData("mock-service-extension.yaml")]
    [InlineData("listen-to-any-forever-foreach.yaml")]
    [InlineData("listen-to-one.yaml")]
    [InlineData("accumulate-room-readings.yaml")]
    [InlineData("fork.yaml")]
    public void An_example_has_no_error_but_for_calls_that_are_not_set_up(string example)
    {
        var result = WorkflowParser.Parse(example, File.ReadAllText(Path.Combine(SharedData.Folder("examples")!, example)), FunctionCatalog.Empty);

        Assert.All(result.Errors, static e => Assert.StartsWith("not supported yet: call ", e.Message, StringComparison.Ordinal));
    }
}
