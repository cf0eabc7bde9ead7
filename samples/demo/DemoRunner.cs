using AutoFlow.SampleShop;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Spectre.Console;

namespace AutoFlow.Demo;

/// <summary>The main job: hands the sample inbox in, shows progress, then the table and the sums, then what follows.</summary>
public sealed class DemoRunner(
    AppClient app, DemoOptions options, SampleShopServer shop, IConfiguration configuration, IHostApplicationLifetime lifetime, IEnumerable<IMessageTraces> traces) : BackgroundService
{
    /// <summary>Set by the embedded host; the Functions host on a developer's machine asks for no key.</summary>
    private const string KeySetting = "AutoFlow:FunctionKey";

    private const int WideEnough = 200;

    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var console = AnsiConsole.Console;
        // Redirected output has no width of its own.
        if (Console.IsOutputRedirected)
        {
            console.Profile.Width = WideEnough;
            console.Profile.Capabilities.Ansi = false;
        }

        await app.UntilReadyAsync(stoppingToken);
        app.UseKey(configuration[KeySetting]);

        var messages = SampleMessage.Load(options.Inbox);
        console.MarkupLineInterpolated($"\n[bold]Sample inbox[/]: {messages.Count} messages to the sample shop at {shop.BaseAddress}");
        var stories = await FollowAsync(console, new DemoFeed(app, messages, shop.Clock.Epoch), stoppingToken);

        console.Write(OutcomeTable.Draw(stories));
        await SumUpAsync(console, stoppingToken);
        if (options.Trace is { } traced) ShowTrace(messages.First(message => message.Name == traced), stories);
        console.WriteLine($"Page: {app.Page}");
        if (options.Exit)
        {
            lifetime.StopApplication();
            return;
        }

        await KeepPromisesAsync(console, stoppingToken);
    }

    private static async Task<IReadOnlyList<StoryRow>> FollowAsync(IAnsiConsole console, DemoFeed feed, CancellationToken ct)
    {
        var shown = -1;
        return await feed.RunAsync(
            (atRest, all) =>
            {
                if (atRest == shown) return;
                shown = atRest;
                console.WriteLine($"  {atRest} of {all} at rest");
            },
            ct);
    }

    // Not through the console's own writer: a line of the tree is not to be wrapped.
    private void ShowTrace(SampleMessage message, IReadOnlyList<StoryRow> stories)
    {
        var id = stories.First(story => story.MessageId == message.Id).Id;
        var lines = traces.FirstOrDefault()?.Tell(id) ?? [];
        Console.WriteLine(lines.Count > 0
            ? string.Join('\n', lines.Prepend($"Trace of {message.Name}:"))
            : $"No trace of {message.Name}: it was answered before this start. Delete the data folder to see one.");
        Console.WriteLine();
    }

    private async Task SumUpAsync(IAnsiConsole console, CancellationToken ct)
    {
        foreach (var line in OutcomeTable.Sums(await app.SumsAsync(ct))) console.WriteLine(line);
        console.WriteLine();
    }

    /// <summary>Runs the carriers' clock, if asked to, and shows what AutoFlow writes by itself.</summary>
    private async Task KeepPromisesAsync(IAnsiConsole console, CancellationToken ct)
    {
        if (options.Speed > 0)
        {
            shop.Clock.Run(options.Speed);
            console.MarkupLineInterpolated($"The carriers' clock runs: {options.Speed:0} virtual seconds a second. Follow-ups appear as parcels move.");
        }
        else
        {
            console.MarkupLine("Still up; Ctrl+C ends it. With [bold]--speed 3600[/] the carriers' clock runs, and follow-ups appear.");
        }

        var shown = new HashSet<string>(StringComparer.Ordinal);
        using var pause = new PeriodicTimer(Look);
        do
        {
            foreach (var story in await app.StoriesAsync(ct))
            {
                foreach (var reply in story.Replies.Where(reply => reply.Proactive && shown.Add(reply.Key)))
                    console.WriteLine($"follow-up to {story.From} ({story.Language}): {OutcomeTable.Opening(reply)}");
            }
        }
        while (await pause.WaitForNextTickAsync(ct));
    }
}
