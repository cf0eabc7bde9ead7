using AutoFlow.Functions.Overview;
using AutoFlow.Support.Messages;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace AutoFlow.Functions.Triggers;

/// <summary>Every message with its story: what was understood, looked up, done, answered, and what it waits for.</summary>
public sealed class ShowInbox(IInbox inbox, MessageStories stories)
{
    [Function(nameof(ShowInbox))]
    public async Task<IActionResult> All(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "api/inbox")] HttpRequest request, [DurableClient] DurableTaskClient durable, CancellationToken ct)
    {
        var (page, problem) = Page.Of(request);
        return page is null
            ? problem!
            : new OkObjectResult(await stories.TellAsync(await inbox.ListAsync(page.Skip, page.Take, ct), durable, ct));
    }

    [Function("ShowMessage")]
    public async Task<IActionResult> One(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "api/inbox/{id}")] HttpRequest request, string id, [DurableClient] DurableTaskClient durable, CancellationToken ct) =>
        await inbox.FindAsync(id, ct) is { } entry
            ? new OkObjectResult((await stories.TellAsync([entry], durable, ct))[0])
            : Problems.NotFound($"message {id}");
}
