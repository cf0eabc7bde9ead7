using System.Net;
using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;

namespace AutoFlow.EmbeddedHost.Tests.Queues;

/// <summary>What a queue service does, whichever it is. Run against the embedded queues and against Azurite, with Microsoft's own client.</summary>
internal sealed class QueueConformance(QueueServiceClient service)
{
    public static readonly IReadOnlyList<string> Cases =
    [
        nameof(Messages_come_in_order_with_their_text),
        nameof(A_received_message_is_hidden_and_counted),
        nameof(An_update_changes_text_visibility_and_receipt),
        nameof(Only_the_last_receipt_deletes),
        nameof(A_hidden_message_is_not_seen),
        nameof(Peeking_takes_nothing),
        nameof(A_queue_is_made_once),
        nameof(A_queue_that_is_not_there_is_not_found),
        nameof(Clearing_empties),
        nameof(Metadata_and_count_are_told),
        nameof(Queues_are_listed_by_prefix),
        nameof(Texts_beyond_the_limit_are_refused),
        nameof(Any_text_survives),
        nameof(Numbers_out_of_range_are_refused),
        nameof(Synchronous_calls_work_too),
        nameof(A_name_that_is_none_is_refused),
    ];

    private readonly QueueServiceClient _service = service;

    public Task RunAsync(string testCase) =>
        (Task)typeof(QueueConformance).GetMethod(testCase)!.Invoke(this, null)!;

    public async Task Messages_come_in_order_with_their_text()
    {
        var queue = await NewQueueAsync();
        foreach (var text in new[] { "one", "two", "three" })
            await queue.SendMessageAsync(text);

        var received = (await queue.ReceiveMessagesAsync(maxMessages: 32)).Value;

        Assert.Equal(["one", "two", "three"], received.Select(message => message.Body.ToString()));
        Assert.Empty((await queue.ReceiveMessagesAsync(maxMessages: 32)).Value);
    }

    public async Task A_received_message_is_hidden_and_counted()
    {
        var queue = await NewQueueAsync();
        var sent = (await queue.SendMessageAsync("text")).Value;

        var first = (await queue.ReceiveMessageAsync()).Value;
        Assert.Null((await queue.ReceiveMessageAsync()).Value);
        await queue.UpdateMessageAsync(first.MessageId, first.PopReceipt, (string?)null, TimeSpan.Zero);
        var second = (await queue.ReceiveMessageAsync()).Value;

        Assert.Equal(sent.MessageId, first.MessageId);
        Assert.Equal((1, 2), (first.DequeueCount, second.DequeueCount));
        Assert.NotEqual(first.PopReceipt, second.PopReceipt);
        Assert.Equal("text", second.Body.ToString());
        Assert.True(first.ExpiresOn - first.InsertedOn >= TimeSpan.FromDays(7) - TimeSpan.FromSeconds(2));
        Assert.True(first.NextVisibleOn > first.InsertedOn);
    }

    public async Task An_update_changes_text_visibility_and_receipt()
    {
        var queue = await NewQueueAsync();
        await queue.SendMessageAsync("before");
        var received = (await queue.ReceiveMessageAsync()).Value;

        var update = (await queue.UpdateMessageAsync(received.MessageId, received.PopReceipt, "after", TimeSpan.Zero)).Value;
        var again = (await queue.ReceiveMessageAsync()).Value;

        Assert.NotEqual(received.PopReceipt, update.PopReceipt);
        Assert.Equal("after", again.Body.ToString());
    }

    public async Task Only_the_last_receipt_deletes()
    {
        var queue = await NewQueueAsync();
        await queue.SendMessageAsync("text");
        var first = (await queue.ReceiveMessageAsync()).Value;
        await queue.UpdateMessageAsync(first.MessageId, first.PopReceipt, (string?)null, TimeSpan.Zero);
        var second = (await queue.ReceiveMessageAsync()).Value;

        var refused = await Assert.ThrowsAsync<RequestFailedException>(() => queue.DeleteMessageAsync(first.MessageId, first.PopReceipt));
        await queue.DeleteMessageAsync(second.MessageId, second.PopReceipt);
        var gone = await Assert.ThrowsAsync<RequestFailedException>(() => queue.DeleteMessageAsync(second.MessageId, second.PopReceipt));

        Assert.Equal((400, "PopReceiptMismatch"), (refused.Status, refused.ErrorCode));
        Assert.Equal((404, "MessageNotFound"), (gone.Status, gone.ErrorCode));
        Assert.Equal(0, (await queue.GetPropertiesAsync()).Value.ApproximateMessagesCount);
    }

    public async Task A_hidden_message_is_not_seen()
    {
        var queue = await NewQueueAsync();
        var hidden = (await queue.SendMessageAsync("later", visibilityTimeout: TimeSpan.FromHours(1))).Value;

        Assert.Null((await queue.ReceiveMessageAsync()).Value);
        await queue.UpdateMessageAsync(hidden.MessageId, hidden.PopReceipt, (string?)null, TimeSpan.Zero);
        Assert.Equal("later", (await queue.ReceiveMessageAsync()).Value.Body.ToString());
    }

    public async Task Peeking_takes_nothing()
    {
        var queue = await NewQueueAsync();
        await queue.SendMessageAsync("a");
        await queue.SendMessageAsync("b");

        var peeked = (await queue.PeekMessagesAsync(maxMessages: 5)).Value;

        Assert.Equal(["a", "b"], peeked.Select(message => message.Body.ToString()));
        Assert.All(peeked, message => Assert.Equal(0, message.DequeueCount));
        Assert.Equal(2, (await queue.ReceiveMessagesAsync(maxMessages: 5)).Value.Length);
    }

    public async Task A_queue_is_made_once()
    {
        var queue = _service.GetQueueClient(NewName());

        Assert.False((await queue.ExistsAsync()).Value);
        Assert.NotNull(await queue.CreateIfNotExistsAsync());
        Assert.Null(await queue.CreateIfNotExistsAsync());
        Assert.True((await queue.ExistsAsync()).Value);
        Assert.True((await queue.DeleteIfExistsAsync()).Value);
        Assert.False((await queue.DeleteIfExistsAsync()).Value);
    }

    public async Task A_queue_that_is_not_there_is_not_found()
    {
        var queue = _service.GetQueueClient(NewName());

        var onSend = await Assert.ThrowsAsync<RequestFailedException>(() => queue.SendMessageAsync("text"));
        var onReceive = await Assert.ThrowsAsync<RequestFailedException>(() => queue.ReceiveMessagesAsync());
        var onPeek = await Assert.ThrowsAsync<RequestFailedException>(() => queue.PeekMessagesAsync());

        Assert.All([onSend, onReceive, onPeek], fault => Assert.Equal(QueueErrorCode.QueueNotFound, fault.ErrorCode));
    }

    public async Task Clearing_empties()
    {
        var queue = await NewQueueAsync();
        await queue.SendMessageAsync("a");
        await queue.SendMessageAsync("b");
        await queue.ReceiveMessageAsync();

        await queue.ClearMessagesAsync();

        Assert.Equal(0, (await queue.GetPropertiesAsync()).Value.ApproximateMessagesCount);
    }

    public async Task Metadata_and_count_are_told()
    {
        var queue = _service.GetQueueClient(NewName());
        await queue.CreateAsync(new Dictionary<string, string> { ["owner"] = "ops" });
        await queue.SendMessageAsync("a");
        await queue.SendMessageAsync("b", visibilityTimeout: TimeSpan.FromHours(1));

        var properties = (await queue.GetPropertiesAsync()).Value;
        await queue.SetMetadataAsync(new Dictionary<string, string> { ["owner"] = "desk" });
        var conflict = await Assert.ThrowsAsync<RequestFailedException>(() => queue.CreateAsync(new Dictionary<string, string> { ["owner"] = "x" }));

        Assert.Equal("ops", properties.Metadata["owner"]);
        Assert.Equal(2, properties.ApproximateMessagesCount);
        Assert.Equal("desk", (await queue.GetPropertiesAsync()).Value.Metadata["owner"]);
        Assert.Equal((int)HttpStatusCode.Conflict, conflict.Status);
    }

    public async Task Queues_are_listed_by_prefix()
    {
        var prefix = NewName();
        await _service.CreateQueueAsync(prefix + "-b");
        await _service.CreateQueueAsync(prefix + "-a");

        var names = new List<string>();
        await foreach (var item in _service.GetQueuesAsync(prefix: prefix))
            names.Add(item.Name);

        Assert.Equal([prefix + "-a", prefix + "-b"], names);
    }

    public async Task Texts_beyond_the_limit_are_refused()
    {
        var queue = await NewQueueAsync();

        await queue.SendMessageAsync(new string('x', 48 * 1024));
        var refused = await Assert.ThrowsAsync<RequestFailedException>(() => queue.SendMessageAsync(new string('x', (48 * 1024) + 1)));

        Assert.Equal((413, "RequestBodyTooLarge"), (refused.Status, refused.ErrorCode));
    }

    public async Task Any_text_survives()
    {
        const string text = " <a href=\"x\">&amp;</a>\r\nÜmläut 包裹 🚚\u0001 ";
        var queue = await NewQueueAsync();
        await queue.SendMessageAsync(text);
        await queue.SendMessageAsync(BinaryData.FromBytes([0, 255, 13, 10]));

        var received = (await queue.ReceiveMessagesAsync(maxMessages: 2)).Value;

        Assert.Equal(text, received[0].Body.ToString());
        Assert.Equal([0, 255, 13, 10], received[1].Body.ToArray());
    }

    public async Task Numbers_out_of_range_are_refused()
    {
        var queue = await NewQueueAsync();

        var tooMany = await Assert.ThrowsAsync<RequestFailedException>(() => queue.ReceiveMessagesAsync(maxMessages: 33));
        var tooLong = await Assert.ThrowsAsync<RequestFailedException>(
            () => queue.SendMessageAsync("x", visibilityTimeout: TimeSpan.FromDays(8)));

        Assert.Equal((400, "OutOfRangeQueryParameterValue"), (tooMany.Status, tooMany.ErrorCode));
        Assert.Equal((400, "OutOfRangeQueryParameterValue"), (tooLong.Status, tooLong.ErrorCode));
    }

    public Task Synchronous_calls_work_too()
    {
        var queue = _service.GetQueueClient(NewName());
        queue.CreateIfNotExists();
        queue.SendMessage("text");
        var received = queue.ReceiveMessage().Value;
        queue.DeleteMessage(received.MessageId, received.PopReceipt);

        Assert.Equal("text", received.Body.ToString());
        Assert.Equal(0, queue.GetProperties().Value.ApproximateMessagesCount);
        return Task.CompletedTask;
    }

    public async Task A_name_that_is_none_is_refused()
    {
        var refused = await Assert.ThrowsAsync<RequestFailedException>(() => _service.CreateQueueAsync("Not_A_Name"));

        Assert.Equal(400, refused.Status);
    }

    private async Task<QueueClient> NewQueueAsync()
    {
        var queue = _service.GetQueueClient(NewName());
        await queue.CreateAsync();
        return queue;
    }

    private static string NewName() => $"q{Guid.NewGuid():N}";
}
