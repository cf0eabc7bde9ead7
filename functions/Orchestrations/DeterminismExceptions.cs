using System.Diagnostics.CodeAnalysis;

// What orchestrations may do although a rule forbids it, each with its reason. DURABLE… are the rules of Microsoft.DurableTask.Analyzers
// in the build; "Determinism" are those of DeterminismTests, where "All" means that the target is not looked into.

[assembly: SuppressMessage("Determinism", "All", Scope = "member",
    Target = "~M:AutoFlow.Functions.Definitions.WorkflowLibrary.Find(System.String)",
    Justification = "Definitions are content-addressed and immutable: the same hash gives the same definition at every replay, wherever it is read from.")]

[assembly: SuppressMessage("Determinism", "All", Scope = "type",
    Target = "~T:AutoFlow.Workflows.Testing.FakeWorkflowContext",
    Justification = "The interpreter's port of tests and of 'autoflow test': no orchestration runs on it.")]
[assembly: SuppressMessage("Determinism", "Randomness", Scope = "member",
    Target = "~M:AutoFlow.Workflows.Jq.JqOrder.Hash(AutoFlow.Workflows.Jq.JqValue)",
    Justification = "Only JqValue.GetHashCode asks, and what is kept under hash codes is looked up, never gone through.")]

[assembly: SuppressMessage("Orchestration", "DURABLE0010", Scope = "member",
    Target = "~M:AutoFlow.Functions.Definitions.WorkflowLibrary.Log(System.Collections.Generic.IReadOnlyList{AutoFlow.Workflows.Diagnostics.Diagnostic})",
    Justification = "Says what this host could not read when it learnt a definition: of the host, not of the orchestration that asked first.")]
[assembly: SuppressMessage("Orchestration", "DURABLE0011", Scope = "member",
    Target = "~M:AutoFlow.Functions.Orchestrations.RunSchedule.ChangesAsync(Microsoft.DurableTask.TaskOrchestrationContext,AutoFlow.Functions.Orchestrations.ScheduleTurn,System.Threading.Tasks.Task)~System.Threading.Tasks.Task{System.Boolean}",
    Justification = "Each turn of the loop takes one notice of a published version, and the round that it belongs to continues as new.")]
