using System.Text.Json;
using AutoFlow.Functions.Orchestrations;
using AutoFlow.Functions.Steps;
using AutoFlow.Functions.Tests.Fakes;
using AutoFlow.Workflows.Execution;
using AutoFlow.Workflows.Jq;
using AutoFlow.Workflows.Testing;

namespace AutoFlow.Functions.Tests.Scenarios;

/// <summary>Runs a shipped definition in virtual time on the app's own steps and fake ports, and tells its story.</summary>
internal sealed class Scenario(World world, string instanceId = "scenario~m-1")
{
    private readonly FakeWorkflowContext _context = new(world.Time.Now) { InstanceId = instanceId };
    private readonly List<string> _story = [];

    /// <summary>One line per call: the step and what matters of it.</summary>
    public IReadOnlyList<string> Story => _story;

    /// <summary>The same without the steps that only read or decide.</summary>
    public IReadOnlyList<string> Deeds => _story.FindAll(line => line[..4] is not ("read" or "find" or "deci" or "look"));

    public FakeWorkflowContext Context => _context;

    /// <summary>The virtual time at the end.</summary>
    public DateTimeOffset Ended => _context.Now;

    /// <summary>An event for the run after a time.</summary>
    public Scenario After(TimeSpan time, string type, string id, object data)
    {
        var cloudEvent = JsonSerializer.SerializeToElement(new { specversion = "1.0", id, type, source = "/test", data }, StepJson.Options);
        _context.Raise(time, JqValue.FromElement(cloudEvent));
        return this;
    }

    public WorkflowResult Run(string definition, object input)
    {
        foreach (var step in world.StepNames) _context.On(step, (call, _) => Answer(call));
        _context.OnWorkflow("compensate", Child);
        _context.OnWorkflow("await-approval", child =>
        {
            _story.Add($"start await-approval {child.Input["ticket"].AsString()} {child.Input["what"].AsString()}");
            return FunctionAnswer.Of(JqValue.Null);
        });
        return _context.Run(World.Folder.Definitions.Latest(definition)!, JqValue.FromElement(JsonSerializer.SerializeToElement(input, StepJson.Options)));
    }

    /// <summary>Runs to the end, which must be a good one.</summary>
    public Scenario RunToEnd(string definition, object input)
    {
        var result = Run(definition, input);
        Assert.True(result.Error is null, $"{result.Error?.Type} {result.Error?.Instance}: {result.Error?.Detail}\n{string.Join('\n', _story)}");
        return this;
    }

    /// <summary>The last call of a step.</summary>
    public JqValue Last(string step) => _context.Calls.Last(call => call.Name == step).Arguments;

    private FunctionAnswer Answer(FunctionCall call)
    {
        world.Time.Now = _context.Now;
        _story.Add(Line(call));
        var json = JsonSerializer.Serialize(
            new StepCall<JsonElement>(InstanceIds.RootOf(instanceId), $"{instanceId}:{call.Key}", JsonSerializer.SerializeToElement(call.Arguments, StepJson.Options)),
            StepJson.Options);
        var outcome = Done(world.RunJsonAsync(call.Name, json));
        if (outcome.Failure is { } failure) return FunctionAnswer.Failure(StepErrors.Of(call.Name, failure));
        return FunctionAnswer.Of(outcome.Output is { } output ? JqValue.FromElement(output) : JqValue.Null);
    }

    private FunctionAnswer Child(ChildWorkflow child)
    {
        world.Time.Now = _context.Now;
        var inner = new Scenario(world, $"{instanceId}~c");
        var result = inner.Run(child.Name, JsonSerializer.SerializeToElement(child.Input, StepJson.Options));
        _story.AddRange(inner.Story.Select(line => $"compensate: {line}"));
        return result.Error is { } error ? FunctionAnswer.Failure(error) : FunctionAnswer.Of(result.Output!);
    }

    private static string Line(FunctionCall call) => call.Name switch
    {
        "sendReply" => $"sendReply {string.Join('+', call.Arguments["paragraphs"].Items.Select(one => one["key"].AsString()))}",
        "openTicket" => $"openTicket {call.Arguments["type"].AsString()} {call.Arguments["intent"].AsString()}".TrimEnd(),
        _ => call.Name,
    };

    private static T Done<T>(Task<T> task) =>
        task.IsCompleted ? task.GetAwaiter().GetResult() : throw new InvalidOperationException("A fake did not complete at once.");
}
