using AutoFlow.Functions.Orchestrations;
using AutoFlow.Functions.Triggers;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.DurableTask.Client;

namespace AutoFlow.Functions.Instances;

/// <summary>Calls of the durable client about one instance, with the answers that a refusal becomes on every host.</summary>
internal static class InstanceCalls
{
    /// <summary>The instance that a route names; null where there is none. Servers leave an escaped slash as it is, because it would part the route.</summary>
    public static async Task<OrchestrationMetadata?> FindAsync(this DurableTaskClient durable, string id, bool payloads, CancellationToken ct) =>
        await durable.GetInstanceAsync(id, payloads, ct)
        ?? (id.Contains("%2F", StringComparison.OrdinalIgnoreCase)
            ? await durable.GetInstanceAsync(id.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase), payloads, ct)
            : null);

    /// <summary>What is said of an instance that there is not.</summary>
    public static IActionResult Unknown(string id) => Problems.NotFound($"instance {id}");

    /// <summary>What is said where the state forbids it.</summary>
    public static IActionResult WrongState(string id, OrchestrationRuntimeStatus status, string which) => Problems.Of(
        StatusCodes.Status409Conflict, "Not in this state", $"Instance {id} is {status}; {which}.");

    /// <summary>Whether the backend has no such operation.</summary>
    /// <remarks>gRPC's exception cannot be named here: the app is the same on hosts that do not have it.</remarks>
    public static bool IsUnsupported(Exception exception) => exception is NotSupportedException or NotImplementedException || Says(exception, "Unimplemented");

    /// <summary>What is said then.</summary>
    public static IActionResult Unsupported(string what) => Problems.Of(
        StatusCodes.Status501NotImplemented, "Not supported", $"The durable backend of this app cannot {what}.");

    /// <summary>Asks a live instance for something. It can end between the look and the call, so what is refused is looked at again.</summary>
    /// <param name="what">The operation's name.</param>
    public static async Task<IActionResult> AskAsync(
        this DurableTaskClient durable, string id, string what, Func<string, Task> ask, CancellationToken ct)
    {
        if (await durable.FindAsync(id, payloads: false, ct) is not { } instance) return Unknown(id);
        if (instance.RuntimeStatus.IsOver()) return WrongState(instance.InstanceId, instance.RuntimeStatus, "only one that is not over can be asked to do that");
        try
        {
            await ask(instance.InstanceId);
            return Asked(instance.InstanceId, what);
        }
        catch (Exception exception) when (IsUnsupported(exception))
        {
            return Unsupported($"{what} instances");
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            if (await durable.GetInstanceAsync(instance.InstanceId, ct) is not { } now) return Unknown(id);
            if (!now.RuntimeStatus.IsOver()) throw;
            return WrongState(instance.InstanceId, now.RuntimeStatus, "only one that is not over can be asked to do that");
        }
    }

    /// <summary>Takes a failed instance back.</summary>
    public static async Task<IActionResult> RewindAsync(this DurableTaskClient durable, string id, string reason, CancellationToken ct)
    {
        if (await durable.FindAsync(id, payloads: false, ct) is not { } instance) return Unknown(id);
        if (instance.RuntimeStatus != OrchestrationRuntimeStatus.Failed) return WrongState(instance.InstanceId, instance.RuntimeStatus, "only a Failed one can be rewound");
        try
        {
            await durable.RewindInstanceAsync(instance.InstanceId, reason, ct);
            return Asked(instance.InstanceId, "rewind");
        }
        catch (Exception exception) when (IsUnsupported(exception))
        {
            return Unsupported("rewind instances");
        }
        catch (ArgumentException)
        {
            return Unknown(id);
        }
        catch (Exception exception) when (exception is InvalidOperationException and not ObjectDisposedException || Says(exception, "FailedPrecondition"))
        {
            return Problems.Of(StatusCodes.Status409Conflict, "Cannot be rewound", exception.Message);
        }
    }

    private static AcceptedResult Asked(string id, string what) => new($"/api/instances/{Uri.EscapeDataString(id)}", new { id, asked = what });

    private static bool Says(Exception exception, string status) =>
        exception.GetType().Name is "RpcException" or "RemoteCallException" && exception.Message.Contains($"StatusCode=\"{status}\"", StringComparison.Ordinal);
}
