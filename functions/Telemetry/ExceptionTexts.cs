using System.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Logs;

namespace AutoFlow.Functions.Telemetry;

/// <summary>Takes exceptions' texts out of what is exported: they can hold what customers wrote. Types and stacks stay.</summary>
internal static class ExceptionTexts
{
    /// <summary>A failed span says what kind of error it was (<c>error.type</c>). Microsoft's worker describes it by the exception's text.</summary>
    public sealed class OfSpans : BaseProcessor<Activity>
    {
        public override void OnEnd(Activity data)
        {
            if (data.Status == ActivityStatusCode.Error) data.SetStatus(ActivityStatusCode.Error, data.GetTagItem("error.type")?.ToString());
        }
    }

    /// <summary>A record says its exception's type and stack as attributes, named as OpenTelemetry's conventions do.</summary>
    public sealed class OfLogs : BaseProcessor<LogRecord>
    {
        public override void OnEnd(LogRecord data)
        {
            if (data.Exception is not { } exception) return;
            data.Attributes =
            [
                .. data.Attributes ?? [],
                new("exception.type", exception.GetType().FullName),
                // StackTrace has the frames alone; ToString() would have the texts of every inner exception.
                new("exception.stacktrace", exception.StackTrace),
            ];
            data.Exception = null;
        }
    }
}
