using System.CommandLine;
using System.Globalization;
using AutoFlow.Workflows.Jq;
using AutoFlow.Workflows.Outline;
using AutoFlow.Workflows.Testing.Scenarios;

namespace AutoFlow.Cli;

/// <summary><c>autoflow run</c>: runs one definition here, in virtual time.</summary>
internal sealed class RunCommand(Surroundings surroundings)
{
    /// <summary>The exit code of a run that ended with an error.</summary>
    public const int Faulted = 2;

    internal sealed record Wishes(string File, string? Input, string? Answers, string? Scenario, string? Events, string? At, bool Real, bool Trace);

    public static Command Build(Surroundings surroundings)
    {
        var file = new Argument<string>("file") { Description = "A workflow definition." };
        var input = new Option<string?>("--input") { Description = "The input as JSON, or @file; without it that of the answers, or {}." };
        var answers = new Option<string?>("--answers") { Description = "A scenario file whose 'given' answers the functions.", HelpName = "file" };
        var scenario = new Option<string?>("--scenario") { Description = "The scenario of that file to take, by its name.", HelpName = "name" };
        var events = new Option<string?>("--events") { Description = "A YAML or JSON list of events: after or at, type, data.", HelpName = "file" };
        var at = new Option<string?>("--at")
        {
            Description = "When the run starts, as 2026-01-05T09:00:00Z; without it that of the answers, or now.",
            HelpName = "time",
        };
        var real = new Option<bool>("--real")
        {
            Description = "Makes http, openapi, asyncapi, a2a and mcp calls for real; secrets are the settings Secrets__name of the environment.",
        };
        var trace = new Option<bool>("--trace") { Description = "Writes each task to the error output as it runs." };
        var command = new Command("run", "Runs a definition here, without waiting: functions answer what the answers say. Exit code 2 when it faults.")
        {
            file, input, answers, scenario, events, at, real, trace,
        };
        command.SetAction((parsed, cancellation) => new RunCommand(surroundings).RunAsync(new Wishes(
            parsed.GetValue(file)!,
            parsed.GetValue(input),
            parsed.GetValue(answers),
            parsed.GetValue(scenario),
            parsed.GetValue(events),
            parsed.GetValue(at),
            parsed.GetValue(real),
            parsed.GetValue(trace)), cancellation));
        return command;
    }

    private async Task<int> RunAsync(Wishes wishes, CancellationToken cancellation)
    {
        if (Directory.Exists(wishes.File)) return surroundings.Complain($"a file is meant here, not the folder {wishes.File}");
        if (wishes is { Scenario: not null, Answers: null }) return surroundings.Complain("--scenario needs --answers, the file it stands in");
        if (await WorkflowSources.LoadOneAsync(wishes.File, surroundings, cancellation) is not { } definition) return 1;
        if (!Time(wishes.At, out var start) || !Input(wishes.Input, out var input)) return 1;
        if (!Named(wishes.Answers, out var answers) || !Named(wishes.Events, out var events)) return 1;
        var trace = wishes.Trace ? new RunTrace(surroundings.Error, DefinitionOutline.Of(definition)) : null;
        var run = new LocalRun(definition, surroundings.Functions, start)
        {
            Input = input,
            Answers = answers,
            Scenario = wishes.Scenario,
            Events = events,
            Observer = trace is null ? null : trace.Note,
        };
        if (!wishes.Real) return Told(await run.RunAsync(), answers is null);
        await using var calls = new RealCalls();
        var secrets = await calls.SecretsAsync(definition.Secrets, cancellation);
        return Told(await (run with { Protocols = calls.CallAsync, Secrets = secrets }).RunAsync(), answers is null);
    }

    private int Told(LocalRunResult run, bool unanswered)
    {
        foreach (var finding in run.Findings) surroundings.Error.WriteLine(finding.Format());
        if (run.Stopped is { } stopped) return surroundings.Complain(unanswered ? $"{stopped} of a file that --answers names" : stopped);
        if (run.Result is not { } result) return 1;
        surroundings.Output.WriteLine((result.Error?.ToJson() ?? result.Output!).ToJson());
        return result.IsFaulted ? Faulted : 0;
    }

    private bool Time(string? text, out DateTimeOffset time)
    {
        time = surroundings.Time.GetUtcNow();
        if (text is null) return true;
        const DateTimeStyles utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, utc, out time)) return true;
        surroundings.Complain($"--at is no time: {text} (write it as 2026-01-05T09:00:00Z)");
        return false;
    }

    private bool Input(string? given, out JqValue? input)
    {
        input = null;
        if (given is null) return true;
        var text = given.StartsWith('@') ? surroundings.Read(given[1..]) : given;
        if (text is null) return false;
        try
        {
            input = JqValue.Parse(text);
            return true;
        }
        catch (FormatException e)
        {
            surroundings.Complain($"--input is no JSON: {e.Message}");
            return false;
        }
    }

    private bool Named(string? file, out NamedText? named)
    {
        named = null;
        if (file is null) return true;
        if (surroundings.Read(file) is not { } text) return false;
        named = new NamedText(file, text);
        return true;
    }
}
