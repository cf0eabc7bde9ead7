namespace AutoFlow.Demo;

/// <summary>
/// Sends the sample inbox and follows it to rest. Nothing here is remembered: which messages are answered is asked of the
/// app, so a second start sends what is known, which changes nothing, and goes on where the first one stopped.
/// </summary>
public sealed class DemoFeed(AppClient app, IReadOnlyList<SampleMessage> messages, DateTimeOffset epoch)
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(300);

    /// <summary>Returns when every message is answered or waits for somebody.</summary>
    /// <param name="progress">Told how many messages are at rest, of how many.</param>
    public async Task<IReadOnlyList<StoryRow>> RunAsync(Action<int, int> progress, CancellationToken ct)
    {
        var sent = new HashSet<string>(StringComparer.Ordinal);
        using var pause = new PeriodicTimer(Look);
        while (true)
        {
            var stories = await app.StoriesAsync(ct);
            // Another channel may use the same id: somebody tries the API while the samples are fed.
            var byId = stories.DistinctBy(story => story.MessageId).ToDictionary(story => story.MessageId, StringComparer.Ordinal);
            foreach (var message in messages.Where(message => IsDue(message, byId) && sent.Add(message.Id)))
                await app.SendAsync(message.Body(epoch), ct);

            var atRest = messages.Count(message => byId.TryGetValue(message.Id, out var story) && story.Settled);
            progress(atRest, messages.Count);
            // A message is at rest once its workflow is; a later event may stir it, so all must rest in one look.
            if (atRest == messages.Count && stories.All(story => story.Settled)) return stories;
            await pause.WaitForNextTickAsync(ct);
        }
    }

    private bool IsDue(SampleMessage message, Dictionary<string, StoryRow> byId) =>
        message.After is null
        || (messages.FirstOrDefault(other => other.Name == message.After) is { } earlier
            && byId.TryGetValue(earlier.Id, out var story) && story.Settled);
}
