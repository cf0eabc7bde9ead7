using AutoFlow.Support;
using AutoFlow.Support.Outbox;
using Microsoft.Extensions.DependencyInjection;

namespace AutoFlow.Connectors.Recorded;

/// <summary>The embedded default: nothing leaves the machine. The reply stands in the outbox, marked as sent, and is shown there.</summary>
public sealed class RecordedReplyChannel : IReplyChannel
{
    /// <summary>What <see cref="OutboxEntry.Receipt"/> says of a reply that was only recorded.</summary>
    public const string Receipt = "recorded";

    /// <summary>Takes every channel that no other implementation serves; see <see cref="ReplyChannels"/>.</summary>
    public string Channel => ReplyChannels.Any;

    /// <summary>Nothing is called.</summary>
    public TimeSpan Longest => TimeSpan.FromSeconds(5);

    public Task<Result<string>> SendAsync(OutboxEntry entry, Func<string, CancellationToken, Task> keepReceipt, CancellationToken ct) =>
        Task.FromResult<Result<string>>(Receipt);
}

/// <summary>Registers the recorded channel.</summary>
public static class RecordedReplies
{
    /// <summary>Adds the channel and <see cref="ReplyChannels"/>, which picks one by name.</summary>
    public static IServiceCollection AddRecordedReplies(this IServiceCollection services) =>
        services.AddSingleton<IReplyChannel, RecordedReplyChannel>().AddSingleton<ReplyChannels>();
}
