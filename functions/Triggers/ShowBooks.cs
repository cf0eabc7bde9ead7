using AutoFlow.Functions.Definitions;
using AutoFlow.Support.Journal;
using AutoFlow.Support.Ledger;
using AutoFlow.Support.ModelCalls;
using AutoFlow.Support.Outbox;
using AutoFlow.Support.Tickets;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace AutoFlow.Functions.Triggers;

/// <summary>The books, to read: replies, tickets, ledger, model calls, workflows and the sums.</summary>
public sealed class ShowBooks(IOutbox outbox, ITickets tickets, ILedger ledger, IModelCalls modelCalls, ISums sums, WorkflowLibrary workflows)
{
    [Function("ShowReplies")]
    public async Task<IActionResult> Replies(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "api/replies")] HttpRequest request, CancellationToken ct)
    {
        var (page, problem) = Page.Of(request);
        if (page is null) return problem!;
        var (state, wrong) = Filter<OutboxState>(request);
        return wrong ?? new OkObjectResult(await outbox.ListAsync(state, page.Skip, page.Take, ct));
    }

    [Function("ShowTickets")]
    public async Task<IActionResult> Tickets(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "api/tickets")] HttpRequest request, CancellationToken ct)
    {
        var (state, wrong) = Filter<TicketState>(request);
        return wrong ?? new OkObjectResult(await tickets.ListAsync(state, request.Query["department"], ct));
    }

    [Function("ShowLedger")]
    public async Task<IActionResult> Ledger(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "api/ledger")] HttpRequest request, CancellationToken ct) =>
        new OkObjectResult(await ledger.ListAsync(request.Query["order"], ct));

    [Function("ShowModelCalls")]
    public async Task<IActionResult> ModelCalls(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "api/model-calls")] HttpRequest request, CancellationToken ct)
    {
        var (page, problem) = Page.Of(request);
        return problem ?? new OkObjectResult(new { sums = await modelCalls.SumsAsync(ct), calls = await modelCalls.ListAsync(page!.Skip, page.Take, ct) });
    }

    [Function("ShowSums")]
    public async Task<IActionResult> Sums(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "api/sums")] HttpRequest request, CancellationToken ct) =>
        new OkObjectResult(await sums.ReadAsync(ct));

    [Function("ShowWorkflows")]
    public async Task<IActionResult> Workflows(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "api/workflows")] HttpRequest request, CancellationToken ct) =>
        new OkObjectResult((await workflows.NewestAsync(ct)).All.Select(definition => new { definition.Identity.Name, definition.Identity.Version, definition.Hash, definition.Title }));

    private static (T? State, IActionResult? Problem) Filter<T>(HttpRequest request) where T : struct, Enum =>
        !request.Query.TryGetValue("state", out var given) ? (null, null)
        : Enum.TryParse<T>(given, ignoreCase: true, out var state) && Enum.IsDefined(state) ? (state, null)
        : (null, Problems.Of(StatusCodes.Status400BadRequest, "Which state?", $"state is one of {string.Join(", ", Enum.GetNames<T>())}."));
}
