using System.Globalization;
using System.Net;
using System.Text;
using AutoFlow.Functions.Definitions;
using AutoFlow.Support.Journal;

namespace AutoFlow.Functions.Overview;

/// <summary>Renders the page at the root.</summary>
public sealed class HomePage(ISums sums, WorkflowLibrary workflows)
{
    private static readonly string Frame = ReadFrame();

    private static readonly (string Method, string Route, string What, bool NeedsKey)[] Endpoints =
    [
        ("GET", "/api/inbox", "every message and its story", true),
        ("GET", "/api/replies", "replies; ?state=held lists those that wait for a person", true),
        ("GET", "/api/tickets", "tickets; ?state=open&department=…", true),
        ("GET", "/api/ledger", "money and goods that moved", true),
        ("GET", "/api/model-calls", "calls of a model in the cloud: tokens and cost, in sums and one by one", true),
        ("GET", "/api/workflows", "the newest version of each definition", true),
        ("GET", "/api/definitions", "every published version; /namespace/name/version gives its text", true),
        ("GET", "/api/events", "the latest events; ?type=…", true),
        ("GET", "/api/instances", "the durable instances; ?status=Failed, from, to, prefix, orchestrator; /{id} shows one, /{id}/history what it did", true),
        ("GET", "/api/sums", "the sums as JSON", true),
        ("GET", "/api/health", "whether the process lives", false),
        ("GET", "/api/ready", "whether it can serve, and how each thing is that it needs", true),
        ("POST", "/api/messages", "take in one message (CloudEvents 1.0, structured mode)", true),
        ("POST", "/api/definitions", "publish definitions (YAML); ?dryRun=true only checks", true),
        ("POST", "/api/events", "tell waiting workflows and schedules of events (CloudEvents 1.0)", true),
        ("POST", "/api/replies/review?key=…", "let a held reply go, edit it, or discard it", true),
        ("POST", "/api/tickets/{number}/decision", "allow or refuse what a ticket asks", true),
        ("POST", "/api/instances/{id}/terminate", "end an instance; suspend, resume and rewind likewise", true),
        ("DELETE", "/api/instances/{id}", "delete a finished instance and its history", true),
        ("POST", "/api/mail/notifications", "Microsoft Graph change notifications", false),
        ("POST", "/api/carriers/17track", "17TRACK webhook", false),
    ];

    public async Task<string> RenderAsync(CancellationToken ct)
    {
        var now = await sums.ReadAsync(ct);
        var newest = await workflows.NewestAsync(ct);
        return Frame
            .Replace("{{sums}}", Cards(now), StringComparison.Ordinal)
            .Replace("{{tickets}}", Tickets(now), StringComparison.Ordinal)
            .Replace("{{workflows}}", Rows(newest.All.Select(one =>
                $"<td>{Text(one.Identity.Name)}</td><td>{Text(one.Identity.Version)}</td><td>{Text(one.Title ?? "")}</td>")), StringComparison.Ordinal)
            .Replace("{{endpoints}}", Rows(Endpoints.Select(Endpoint)), StringComparison.Ordinal);
    }

    private static string Cards(Sums now)
    {
        var refunds = now.Refunded.Count == 0 ? "0" : string.Join(" · ", now.Refunded);
        (string Label, string Value)[] cards =
        [
            ("messages", Number(now.Messages)),
            ("answered", Number(now.Answered)),
            ("sent", Number(now.Sent)),
            ("of these follow-ups", Number(now.Proactive)),
            ("held for review", Number(now.Held)),
            ("not answered (automatic)", Number(now.Ignored)),
            ("refunded", refunds),
            ("sent again", Number(now.Reshipped)),
        ];
        return string.Concat(cards.Select(card => $"<div class=card><b>{Text(card.Value)}</b><span>{Text(card.Label)}</span></div>"));
    }

    private static string Tickets(Sums now) => now.OpenTickets.Count == 0
        ? "<tr><td>No open tickets.</td></tr>"
        : Rows(now.OpenTickets.Select(pair => $"<td>{Text(pair.Key)}</td><td class=number>{Number(pair.Value)}</td>"));

    private static string Endpoint((string Method, string Route, string What, bool NeedsKey) one)
    {
        var route = one.Method == "GET" ? $"<a href=\"{Text(one.Route)}\" data-key>{Text(one.Route)}</a>" : $"<code>{Text(one.Route)}</code>";
        return $"<td>{one.Method}</td><td>{route}</td><td>{Text(one.What)}</td><td>{(one.NeedsKey ? "key" : one.Method == "GET" ? "open" : "own check")}</td>";
    }

    private static string Rows(IEnumerable<string> rows) => string.Concat(rows.Select(row => $"<tr>{row}</tr>"));

    private static string Number(int number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static string Text(string text) => WebUtility.HtmlEncode(text);

    private static string ReadFrame()
    {
        using var stream = typeof(HomePage).Assembly.GetManifestResourceStream("AutoFlow.Functions.Overview.HomePage.html")
            ?? throw new InvalidOperationException("The page is not embedded in the app.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
