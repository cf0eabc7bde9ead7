using AutoFlow.EndToEnd.Tests.App;

namespace AutoFlow.EndToEnd.Tests.Inbox;

/// <summary>Derives what came of every message from what the API tells: a pure function.</summary>
public static class Outcomes
{
    private const string AwaitsCustomer = "the customer's answer";
    private const string AwaitsNews = "news of ";

    /// <summary>By the message's id in its channel.</summary>
    public static IReadOnlyDictionary<string, Outcome> Of(Books books)
    {
        var byMessage = new Dictionary<string, Outcome>(StringComparer.Ordinal);
        foreach (var story in books.Stories.Where(story => story.InstanceId is null))
            byMessage[story.MessageId] = new Outcome(story.Language, null, "none", [story.State == "Ignored" ? "ignored" : "not-answered"], [], null);
        foreach (var instance in books.Stories.Where(story => story.InstanceId is not null).GroupBy(story => story.InstanceId!))
        {
            foreach (var (story, outcome) in OfInstance(instance.Key, [.. instance], books)) byMessage[story.MessageId] = outcome;
        }

        return byMessage;
    }

    /// <summary>
    /// One instance answers the message that began it and the answers that its questions got. A reply says which message it
    /// answers; tickets and moves come before the reply that tells of them.
    /// </summary>
    private static IEnumerable<(Story Story, Outcome Outcome)> OfInstance(string instanceId, IReadOnlyList<Story> stories, Books books)
    {
        var replies = stories[0].Replies.Where(reply => !reply.Proactive).OrderBy(reply => reply.CreatedAt).ToArray();
        var tickets = books.Tickets.Where(ticket => RootOf(ticket.InstanceId) == instanceId).ToLookup(ticket => AnswerAfter(ticket.OpenedAt, replies, stories));
        var moves = books.Ledger.Where(line => RootOf(line.InstanceId) == instanceId && line.State == "Settled").ToLookup(line => AnswerAfter(line.CreatedAt, replies, stories));
        var watched = false;
        foreach (var story in stories)
        {
            var answers = replies.Where(reply => reply.InReplyTo == story.MessageId).ToArray();
            var paragraphs = answers.SelectMany(reply => reply.Paragraphs).ToArray();
            var told = !watched && paragraphs.Any(OutcomeWords.TellsOfParcel);
            watched |= told;
            var last = ReferenceEquals(story, stories[^1]);
            string[] words =
            [
                .. paragraphs.Where(OutcomeWords.OfParagraph.ContainsKey).Select(paragraph => OutcomeWords.OfParagraph[paragraph]),
                .. tickets[story.MessageId].Where(ticket => ticket.Type == "Approval").Select(_ => "approval-requested"),
                .. tickets[story.MessageId].Where(ticket => ticket.Type == "Fault").Select(_ => "fault"),
                .. moves[story.MessageId].Select(line => line.Kind == "Refund" ? "refunded" : "reshipped"),
                .. answers.Where(reply => reply.State == "Held").Select(_ => "held"),
                .. answers.Where(reply => reply.State == "Failed").Select(_ => "failed"),
                .. told && stories[0].WaitsFor.Any(text => text.StartsWith(AwaitsNews, StringComparison.Ordinal)) ? ["watching"] : Array.Empty<string>(),
                .. answers.Length == 0 ? ["not-answered"] : Array.Empty<string>(),
            ];
            yield return (story, new Outcome(
                story.Language,
                story.AsEvent || story.Abstained ? null : story.Intent,
                story.Workflow ?? "none",
                [.. words.Distinct().Order(StringComparer.Ordinal)],
                [.. tickets[story.MessageId].Select(ticket => ticket.Department).Distinct().Order(StringComparer.Ordinal)],
                WaitOf(words, stories[0].WaitsFor, last)));
        }
    }

    /// <summary>A question that was answered was waited for; the last one is waited for while the workflow says so.</summary>
    private static string? WaitOf(IReadOnlyList<string> words, IReadOnlyList<string> waitsFor, bool last)
    {
        if (words.Contains("approval-requested")) return "approval";
        var asked = words.Where(OutcomeWords.WaitOf.ContainsKey).Select(word => OutcomeWords.WaitOf[word]).FirstOrDefault();
        var waits = waitsFor.Any(text => text.StartsWith(AwaitsCustomer, StringComparison.Ordinal));
        return (asked, last, waits) switch
        {
            (null, true, true) => "an answer to no question",
            (not null, true, false) => null,
            _ => asked,
        };
    }

    private static string AnswerAfter(DateTimeOffset time, IReadOnlyList<StoryReply> replies, IReadOnlyList<Story> stories) =>
        replies.FirstOrDefault(reply => reply.CreatedAt >= time)?.InReplyTo ?? stories[^1].MessageId;

    // A child instance's id begins with that of the instance at the top: workflow~message~...
    private static string RootOf(string instanceId) => string.Join('~', instanceId.Split('~').Take(2));
}
