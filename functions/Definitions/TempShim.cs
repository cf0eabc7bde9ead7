global using AutoFlow.Workflows.Model;
using AutoFlow.Workflows.Jq;
using AutoFlow.Workflows.Execution;
namespace AutoFlow.Workflows.Model
{
    public enum ScheduleKind { Every, Cron, After, On }
    public sealed class Schedule { public ScheduleKind Kind => ScheduleKind.On; public DateTimeOffset NextAfter(DateTimeOffset t) => t; }
    public static class TempShim { extension(WorkflowDefinition d) { public Schedule? Schedule => null; } extension(WorkflowInterpreter) { public static Task<JqValue> AwaitScheduleAsync(WorkflowDefinition d, IWorkflowContext c) => throw new NotSupportedException(); } }
}
