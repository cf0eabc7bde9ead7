using AutoFlow.Workflows.Expressions;
using AutoFlow.Workflows.Model;
using AutoFlow.Workflows.Tasks;
using AutoFlow.Workflows.Yaml;

namespace AutoFlow.Workflows.Parsing;

/// <summary>Reads when a workflow starts by itself.</summary>
internal static class ScheduleReader
{
    private static readonly string[] Kinds = ["every", "cron", "after", "on"];
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);

    /// <summary>The schedule; null when it has errors, which are in the sink.</summary>
    public static WorkflowSchedule? Read(ParseContext context, YamlNode node)
    {
        if (Fields.Of(node, context, "'schedule'", [.. Kinds, "read"]) is not { } fields) return null;
        var chosen = Kinds.Where(fields.Has).ToList();
        if (fields.Has("read") && !fields.Has("on")) context.Sink.Error(fields.KeyPosition("read"), "'read' belongs to 'on' only");
        if (chosen.Count != 1)
        {
            context.Sink.Error(node.Position, "'schedule' needs one of every, cron, after, on");
            return null;
        }

        return chosen[0] switch
        {
            "every" => Interval(fields, "every", ScheduleKind.Every),
            "after" => Interval(fields, "after", ScheduleKind.After),
            "cron" => Cron(fields),
            _ => On(fields),
        };
    }

    private static WorkflowSchedule? Interval(Fields fields, string key, ScheduleKind kind)
    {
        var node = fields[key]!;
        if (DurationReader.Duration(fields.Context, node, key, []) is not { } duration) return null;
        if (duration.Fixed is not { } length)
            fields.Context.Sink.Error(node.Position, $"schedule.{key} cannot be an expression: there is no data before a start");
        else if (length < Shortest)
            fields.Context.Sink.Error(node.Position, $"schedule.{key} is shorter than a second");
        else
            return new WorkflowSchedule { Kind = kind, Interval = length };
        return null;
    }

    private static WorkflowSchedule? Cron(Fields fields)
    {
        if (fields.Scalar("cron") is not { } scalar) return null;
        var (schedule, error) = CronReader.Read(scalar.Text);
        if (schedule is not null) return new WorkflowSchedule { Kind = ScheduleKind.Cron, Cron = schedule };
        fields.Context.Sink.Error(ScalarOffsets.Locate(fields.Context.Source, scalar, error!.Offset), error.Message, error.Hint);
        return null;
    }

    /// <summary>The events are read as a listen's are; there is no task's data yet, only <c>$workflow</c> and <c>$runtime</c>.</summary>
    private static WorkflowSchedule? On(Fields fields)
    {
        var node = fields["on"]!;
        var types = new SortedSet<string>(StringComparer.Ordinal);
        var strategy = new EventReader(fields.Context, ExpressionStage.WorkflowInput, types).Strategy(node, "on");
        var read = fields.Word("read", CloudEvents.ReadModes) ?? CloudEvents.ReadModes[0];
        if (strategy is null) return null;
        var head = new TaskHead("schedule", "/schedule/on", fields.KeyPosition("on"), node.ToJson());
        return new WorkflowSchedule { Kind = ScheduleKind.On, EventTypes = [.. types], On = new ListenTask(head, strategy, read) };
    }
}
