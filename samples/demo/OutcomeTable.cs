using System.Globalization;
using Spectre.Console;

namespace AutoFlow.Demo;

/// <summary>Draws the table of what came of every message, and the sums.</summary>
public static class OutcomeTable
{
    public static Table Draw(IEnumerable<StoryRow> stories)
    {
        var table = new Table().Border(TableBorder.Simple).Expand();
        foreach (var head in new[] { "message", "understood as", "workflow", "looked up", "done", "reply or ticket", "waits for" })
            table.AddColumn(new TableColumn(head));
        foreach (var story in stories) table.AddRow([.. Cells(story).Select(cell => new Text(cell))]);
        return table;
    }

    public static IEnumerable<string> Sums(SumsRow sums)
    {
        yield return $"messages {sums.Messages}   answered {sums.Answered}   not answered (automatic) {sums.Ignored}";
        yield return $"sent {sums.Sent} (follow-ups {sums.Proactive})   held for review {sums.Held}   failed {sums.Failed}";
        yield return $"open tickets: {(sums.OpenTickets.Count == 0 ? "none" : string.Join(", ", sums.OpenTickets.Select(pair => $"{pair.Key} {pair.Value}")))}";
        yield return $"refunded: {(sums.Refunded.Count == 0 ? "nothing" : string.Join(", ", sums.Refunded.Select(one => string.Create(CultureInfo.InvariantCulture, $"{one.Amount:0.00} {one.Currency}"))))}   sent again: {sums.Reshipped}";
    }

    private static string[] Cells(StoryRow story) =>
    [
        $"{story.From}\n{Short(story.Subject ?? "(no subject)", 60)}",
        Intent(story),
        story.State == "Ignored" ? $"none: {story.Reason}" : story.AsEvent ? $"{story.Workflow} (answer)" : story.Workflow ?? "",
        story.AsEvent ? "" : Lines(story.LookedUp),
        story.AsEvent ? "" : Lines(story.Did),
        story.AsEvent ? "" : Lines([.. story.Replies.Select(Reply), .. story.Tickets]),
        Lines(story.WaitsFor),
    ];

    private static string Intent(StoryRow story) => story.Intent is null
        ? story.Language ?? ""
        : string.Create(CultureInfo.InvariantCulture, $"{story.Language} {story.Intent} {story.Probability:0.00}{(story.Abstained ? "\n(not sure)" : "")}");

    /// <summary>What a reply says first, after the greeting.</summary>
    public static string Opening(ReplyRow reply)
    {
        var body = reply.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return Short(body.Length > 1 ? body[1] : body.FirstOrDefault() ?? "", 90);
    }

    private static string Reply(ReplyRow reply)
    {
        var state = reply.State == "Held" ? $"held ({reply.HeldBecause})" : reply.Proactive ? "follow-up" : reply.State.ToLowerInvariant();
        return $"{state}: {Opening(reply)}";
    }

    private static string Lines(IEnumerable<string> lines) => string.Join('\n', lines);

    private static string Short(string text, int length) => text.Length <= length ? text : text[..(length - 1)] + "…";
}
