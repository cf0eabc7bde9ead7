using System.Collections.Concurrent;
using System.Diagnostics;
using AutoFlow.Functions.Orchestrations;
using AutoFlow.Functions.Steps;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Logging;

namespace AutoFlow.Functions.Telemetry;

/// <summary>
/// Around every function but orchestrators: logs get a scope with the ids of what it works on, its span the same as attributes,
/// and a step is measured.
/// </summary>
public sealed class InvocationTelemetry(TimeProvider time, ILogger<InvocationTelemetry> logger) : IFunctionsWorkerMiddleware
{
    private readonly ConcurrentDictionary<string, string> _triggers = new(StringComparer.Ordinal);

    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        var trigger = _triggers.GetOrAdd(
            context.FunctionDefinition.Name,
            _ => context.FunctionDefinition.InputBindings.Values.Select(binding => binding.Type).FirstOrDefault(type => type.EndsWith("Trigger", StringComparison.OrdinalIgnoreCase)) ?? "");
        if (trigger is "orchestrationTrigger")
        {
            await next(context);
            return;
        }

        var subject = InvocationSubject.Of(context.BindingContext.BindingData);
        using var scope = subject.Scope() is { } ids ? logger.BeginScope(ids) : null;
        var span = Spans.AreHeard ? Activity.Current : null;
        span.About(subject.Conversation, subject.Message);
        if (trigger is not "activityTrigger" || subject.Instance is null)
        {
            await next(context);
            return;
        }

        await MeasureAsync(context, next, subject, span);
    }

    private async Task MeasureAsync(FunctionContext context, FunctionExecutionDelegate next, InvocationSubject subject, Activity? span)
    {
        var (step, workflow) = (context.FunctionDefinition.Name, InstanceIds.WorkflowOf(subject.Instance!));
        var began = time.GetTimestamp();
        span?.SetTag(TelemetryNames.Step, step).SetTag(TelemetryNames.Workflow, workflow).SetTag(TelemetryNames.InstanceId, subject.Instance);
        var outcome = StepMetrics.Broken;
        try
        {
            await next(context);
            outcome = context.GetInvocationResult().Value switch
            {
                StepOutcome { Failure: { } failure } => failure.Code,
                WorkflowOutcome { Error: not null } => StepMetrics.Error,
                _ => StepMetrics.Ok,
            };
        }
        finally
        {
            span?.SetTag(TelemetryNames.Outcome, outcome);
            StepMetrics.Ran(step, workflow, outcome, subject.Retry, time.GetElapsedTime(began));
        }
    }
}
