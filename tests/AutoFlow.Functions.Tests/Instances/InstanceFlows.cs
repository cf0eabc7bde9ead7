using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace AutoFlow.Functions.Tests.Instances;

/// <summary>Open, or closed so that orders fail.</summary>
public sealed class ShopDoor
{
    public bool IsClosed { get; set; }
}

/// <summary>Orchestrations to look at.</summary>
public sealed class InstanceFlows(ShopDoor door)
{
    [Function("Buy")]
    public static async Task<string> Buy([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        context.SetCustomStatus(new { task = "/do/0/order" });
        var policy = TaskOptions.FromRetryPolicy(new RetryPolicy(2, TimeSpan.FromMinutes(1)));
        return await context.CallActivityAsync<string>("Order", context.GetInput<string>(), policy);
    }

    [Function("Listen")]
    public static async Task<string> Listen([OrchestrationTrigger] TaskOrchestrationContext context) =>
        await context.WaitForExternalEvent<string>("answer");

    [Function("Order")]
    public string Order([ActivityTrigger] string what) => door.IsClosed ? throw new TimeoutException("the shop is closed") : $"ordered {what}";
}
