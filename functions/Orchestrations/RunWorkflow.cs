using AutoFlow.Functions.Definitions;
using AutoFlow.Functions.Telemetry;
using AutoFlow.Workflows.Execution;
using AutoFlow.Workflows.Jq;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace AutoFlow.Functions.Orchestrations;

/// <summary>
/// The one orchestrator: interprets the definition that its instance is pinned to. Whatever happens inside, the
/// conversation is let go at the end, and what the instance was given but did not read goes back to the inbox.
/// </summary>
public sealed class RunWorkflow(WorkflowLibrary workflows)
{
    [Function(nameof(RunWorkflow))]
    public async Task<WorkflowOutcome> Run([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var start = context.GetInput<WorkflowStart>() ?? throw new InvalidOperationException("RunWorkflow was started without input.");
        // Content-addressed and immutable: the same hash is the same text on every replay and on every machine.
        var definition = workflows.Find(start.DefinitionHash)
            ?? throw new InvalidOperationException($"Definition {start.Workflow} with hash {start.DefinitionHash} is not in the store.");

        var subject = CallSubject.Of(start);
        var port = new DurableWorkflowContext(context, start.Run, start.Lifecycle, subject: subject);
        var result = await WorkflowInterpreter.RunAsync(
            definition, JqValue.FromElement(start.Input), port, new InterpreterOptions { Lifecycle = start.Lifecycle });
        var outcome = WorkflowOutcome.Of(result.Output, result.Error);
        if (outcome.Error is { } error && !start.IsChild)
        {
            await context.CallActivityAsync(
                nameof(ReportFault),
                new FaultReport(context.InstanceId, start, error.Title ?? error.Type, error.Detail ?? "", error.Instance) { About = subject },
                DurableWorkflowContext.OverBrokenInfrastructure);
        }

        if (start.ConversationId is { } conversation)
        {
            var read = new ConversationRead(conversation, context.InstanceId, result.ConsumedEvents);
            await context.CallActivityAsync(nameof(LetConversationGo), read, DurableWorkflowContext.OverBrokenInfrastructure);
        }

        if (port.HasSubscribed)
            await context.CallActivityAsync(SubscribeToEvents.End, context.InstanceId, DurableWorkflowContext.OverBrokenInfrastructure);
        return outcome;
    }
}
