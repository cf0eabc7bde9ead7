namespace Microsoft.DurableTask;

/// <summary>The orchestration that called a child.</summary>
/// <param name="Name">Its name.</param>
/// <param name="InstanceId">Its instance id.</param>
public record ParentOrchestrationInstance(TaskName Name, string InstanceId);
