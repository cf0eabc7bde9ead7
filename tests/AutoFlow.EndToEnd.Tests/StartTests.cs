using System.Text.RegularExpressions;
using AutoFlow.EndToEnd.Tests.App;

namespace AutoFlow.EndToEnd.Tests;

/// <summary>What cannot start says why in clear lines, ends with 1, and harms nothing.</summary>
[Collection(SampleInboxApp.Name)]
public sealed partial class StartTests(SampleInboxApp running)
{
    [Theory]
    [InlineData("hand-over.yaml", "call: openTicket", "cal: openTicket", "call")]
    [InlineData("hand-over.yaml", "call: openTicket", "call: openTickets", "openTicket")]
    [InlineData("hand-over.yaml", "${ $workflow.input.intent }", "${ $workflow.input.intent | }", "")]
    [InlineData("watch-parcel.yaml", "then: tell }", "then: tel }", "tell")]
    [InlineData("policies/delivery.yaml", "watchFor: 45 days", "watchFor: 45 parsecs", "days")]
    [InlineData("policies/review.yaml", "sentimentBelow", "sentimentBellow", "sentimentBelow")]
    public async Task A_mistake_in_what_ops_own_is_named_with_its_place_and_a_hint(string file, string right, string wrong, string hint)
    {
        using var data = new DataFolder();
        var workflows = Changed(data, file, right, wrong);

        await using var app = AppProcess.Start(data, settings: new Dictionary<string, string> { ["AUTOFLOW_WORKFLOWS"] = workflows });

        var errors = await RefusedAsync(app);
        Assert.Matches(Regex.Escape(Path.GetFileName(file)) + @":\d+:\d+", errors);
        Assert.Contains(hint, errors, StringComparison.Ordinal);
        Assert.Contains("Not started: 1 mistake", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reply_text_without_a_placeholder_that_the_others_have_is_named_with_its_place()
    {
        using var data = new DataFolder();
        var german = File.ReadLines(Path.Combine(Places.Workflows, "replies", "order.yaml")).First(line => line.StartsWith("  de:", StringComparison.Ordinal) && line.Contains("{order}", StringComparison.Ordinal));
        var workflows = Changed(data, "replies/order.yaml", german, german.Replace("{order}", "", StringComparison.Ordinal));

        await using var app = AppProcess.Start(data, settings: new Dictionary<string, string> { ["AUTOFLOW_WORKFLOWS"] = workflows });

        var errors = await RefusedAsync(app);
        Assert.Matches(@"order\.yaml:\d+:\d+", errors);
        Assert.Contains("order", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Missing_settings_are_named_without_the_demo()
    {
        using var data = new DataFolder();
        await using var app = AppProcess.Start(data, demo: false);

        var errors = await RefusedAsync(app);

        Assert.Contains("Shop", errors, StringComparison.Ordinal);
        Assert.Contains("SeventeenTrack", errors, StringComparison.Ordinal);
        Assert.Contains("Not started", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_model_of_Azure_OpenAI_that_is_set_up_by_half_is_named_setting_by_setting()
    {
        using var data = new DataFolder();
        var settings = new Dictionary<string, string> { ["AzureOpenAI__Endpoint"] = "shop.openai.azure.com", ["AzureOpenAI__ApiKey"] = "very-secret", ["AzureOpenAI__Timeout"] = "soon" };
        await using var app = AppProcess.Start(data, settings: settings);

        var errors = await RefusedAsync(app);

        Assert.Matches(@"(?m)^AzureOpenAI:Endpoint .+\nAzureOpenAI:Deployment .+\nAzureOpenAI:Timeout .+\nNot started", errors.ReplaceLineEndings("\n"));
        Assert.DoesNotContain("very-secret", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_speed_that_is_no_number_is_refused()
    {
        using var data = new DataFolder();
        await using var app = AppProcess.Start(data, args: ["--speed", "fast"]);

        Assert.Contains("--speed", await RefusedAsync(app), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_taken_port_is_named()
    {
        using var data = new DataFolder().WithModelOf(running.Data);
        await using var app = AppProcess.Start(data, port: running.App.Port);

        Assert.Contains($"{running.App.Port}", await RefusedAsync(app), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_host_on_the_same_data_is_refused_and_the_first_goes_on()
    {
        await using var second = AppProcess.Start(running.Data);

        var errors = await RefusedAsync(second);

        Assert.Contains(running.Data.Path, errors, StringComparison.Ordinal);
        Assert.True((await running.Api.BooksAsync()).Stories.Count >= running.AtRest.Stories.Count);
    }

    private static async Task<string> RefusedAsync(AppProcess app)
    {
        var code = await app.ExitAsync();
        Assert.True(code == 1, $"It ended with {code}.\n{app.Output}\n{app.Errors}");
        Assert.DoesNotMatch(StackTrace(), app.Output + app.Errors);
        return app.Errors;
    }

    private static string Changed(DataFolder data, string file, string right, string wrong)
    {
        var copy = Path.Combine(data.Path, "workflows");
        foreach (var path in Directory.EnumerateFiles(Places.Workflows, "*.yaml", SearchOption.AllDirectories))
        {
            var target = Path.Combine(copy, Path.GetRelativePath(Places.Workflows, path));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(path, target);
        }

        var changed = Path.Combine(copy, file);
        var text = File.ReadAllText(changed);
        var at = text.IndexOf(right, StringComparison.Ordinal);
        Assert.True(at >= 0, $"{file} has no '{right}'.");
        File.WriteAllText(changed, string.Concat(text.AsSpan(0, at), wrong, text.AsSpan(at + right.Length)));
        return copy;
    }

    [GeneratedRegex(@"^\s+at \S+\(", RegexOptions.Multiline)]
    private static partial Regex StackTrace();
}
