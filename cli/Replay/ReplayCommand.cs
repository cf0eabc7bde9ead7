using System.CommandLine;
using AutoFlow.EmbeddedHost.Durable.Execution;
using AutoFlow.EmbeddedHost.Durable.History;
using AutoFlow.Functions.Definitions;
using AutoFlow.Workflows.Catalog;
using AutoFlow.Workflows.Diagnostics;
using Microsoft.DurableTask;
using Microsoft.Extensions.Logging.Abstractions;

namespace AutoFlow.Cli.Replay;

/// <summary>
/// <c>autoflow replay</c>: takes an exported instance through the orchestrator's code here, turn by turn. Only the orchestrator runs; what
/// activities gave is in the file, and none of them ever runs.
/// </summary>
/// <param name="surroundings">Where it writes.</param>
/// <param name="input">Where Enter comes from.</param>
/// <param name="others">Orchestrators beside the app's; null where there is none of that name.</param>
internal sealed class ReplayCommand(Surroundings surroundings, TextReader input, Func<string, Func<TaskOrchestrationContext, Task<object?>>?> others)
{
    /// <summary>The exit code where the code decided otherwise than recorded.</summary>
    public const int Differs = 2;

    public static Command Build(Surroundings surroundings)
    {
        var file = new Argument<string>("file") { Description = "What 'autoflow instances export' has written." };
        var workflows = new Option<string?>("--workflows") { Description = "A folder to find the definition in, where the file has none.", HelpName = "folder" };
        var step = new Option<bool>("--step") { Description = "Waits for Enter after each turn." };
        var payloads = new Option<bool>("--payloads") { Description = "Shows what was handed over whole, not its beginning." };
        var command = new Command("replay", "Replays an exported instance here, step by step; no activity runs. Exit code 2 at the first difference.") { file, workflows, step, payloads };
        command.SetAction((parsed, cancellation) => new ReplayCommand(surroundings, Console.In, static _ => null).RunAsync(
            parsed.GetValue(file)!, parsed.GetValue(workflows), parsed.GetValue(step), parsed.GetValue(payloads), cancellation));
        return command;
    }

    /// <summary>Replays a file.</summary>
    /// <returns>0 when the code decides as recorded, <see cref="Differs"/> when it does not, 1 when that cannot be told.</returns>
    public async Task<int> RunAsync(string file, string? workflows, bool step, bool payloads, CancellationToken cancellation)
    {
        if (surroundings.Read(file) is not { } text) return 1;
        var (instance, problem) = ExportedInstance.Read(file, text);
        if (instance is null) return surroundings.Complain(problem!);
        if (await CodeAsync(instance, workflows, cancellation) is not { } code) return 1;

        var output = surroundings.Output;
        output.WriteLine($"{instance.Id}  {instance.Started.Name}{(instance.Definition is { } pinned ? $"  {pinned.Name}:{pinned.Version}" : "")}");
        var printer = new TurnPrinter(output, instance.Turns, payloads);
        var execution = new OrchestrationExecution(instance.Id, code, NullLoggerFactory.Instance);
        foreach (var turn in instance.Turns)
        {
            cancellation.ThrowIfCancellationRequested();
            printer.Received(turn);
            // The engine ended it by itself: the code had no turn any more.
            if (EndOfEngine.Is(turn))
            {
                printer.Decided(turn);
                break;
            }

            try
            {
                execution.Replay(turn);
            }
            catch (NonDeterministicOrchestrationException difference)
            {
                surroundings.Error.WriteLine($"autoflow: {difference.Message}");
                return Differs;
            }

            printer.Decided(turn);
            printer.Stands(execution.CustomStatus.Json);
            if (step && turn.Number < instance.Turns.Count - 1)
            {
                output.Write("-- Enter goes on --");
                await input.ReadLineAsync(cancellation);
                output.WriteLine();
            }
        }

        output.WriteLine($"replayed {Counted.Of(instance.Turns.Count, "turn")} as recorded; no activity ran");
        return 0;
    }

    private async Task<Func<TaskOrchestrationContext, Task<object?>>?> CodeAsync(ExportedInstance instance, string? workflows, CancellationToken cancellation)
    {
        var name = instance.Started.Name;
        if (others(name) is { } other) return other;
        if (!AppOrchestrators.Names.Contains(name, StringComparer.OrdinalIgnoreCase))
        {
            surroundings.Complain($"there is no orchestrator '{name}' here; those of the app are {string.Join(" and ", AppOrchestrators.Names)}");
            return null;
        }

        var catalog = new DefinitionCatalog(surroundings.Functions);
        if (instance.Definition is { } exported)
            Tell(catalog.Publish($"{exported.Name}:{exported.Version}", exported.Text, GivenResources.Pinned(exported.Resources)).Diagnostics);
        if (HashOf(instance) is not { } hash || catalog.Find(hash) is not null) return AppOrchestrators.Find(name, catalog);
        if (workflows is not null)
        {
            var sources = await WorkflowSources.LoadAsync([workflows], surroundings, cancellation);
            Tell(sources.Findings);
            if (sources.Catalog.Find(hash) is not null) return AppOrchestrators.Find(name, sources.Catalog);
        }

        surroundings.Complain($"the definition with the hash {hash} is neither in the file nor in a folder that --workflows names; it is what the instance is pinned to");
        return null;
    }

    private void Tell(IEnumerable<Diagnostic> findings)
    {
        foreach (var finding in findings.Where(finding => finding.Severity == DiagnosticSeverity.Error)) surroundings.Error.WriteLine(finding.Format());
    }

    /// <summary>The definition that the instance begins with; null where it does not say.</summary>
    private static string? HashOf(ExportedInstance instance) =>
        instance.Started.Input is { } given && AppAnswer.Parsed(given) is { } json && json.Said("definitionHash") is { Length: > 0 } hash ? hash : null;
}
