using System.Globalization;
using AutoFlow.Benchmarks.Durable.Measuring;
using Microsoft.DurableTask.Client;

namespace AutoFlow.Benchmarks.Durable.Crash;

/// <summary>What the notes of both processes and the outputs say together.</summary>
/// <param name="Acknowledged">Starts that the first process was told of.</param>
/// <param name="Lost">Those of them that did not complete, or that nobody knows any more.</param>
/// <param name="RunAgainWithResult">Steps that ran again although a later step, or the client, had already had their result, or that one process ran twice.</param>
/// <param name="RunAgainWithoutResult">Steps that were running, or not recorded yet, at the kill: they may run again.</param>
/// <param name="ResultsNotUnique">Steps of which two different results were seen by later steps or in the output.</param>
internal sealed record RestartCheck(int Acknowledged, int Lost, int RunAgainWithResult, int RunAgainWithoutResult, int ResultsNotUnique)
{
    /// <summary>Nothing was lost, and nothing that was recorded was done or seen again differently.</summary>
    public bool IsRight => (Lost, RunAgainWithResult, ResultsNotUnique) == (0, 0, 0);

    /// <summary>Reads both processes' notes and the outputs of all instances.</summary>
    public static async Task<RestartCheck> OfAsync(string database, DurableTaskClient client)
    {
        var first = RestartNotes.Read(database, run: 1).ToLookup(words => words[0]);
        var before = Steps(first["step"]);
        var after = Steps(RestartNotes.Read(database, run: 2).Where(words => words[0] == "step"));
        var outputs = await OutputsAsync(client);

        var known = first["completed"].Select(words => words[1]).ToHashSet(StringComparer.Ordinal);
        var reached = before.GroupBy(step => step.Instance).ToDictionary(steps => steps.Key, steps => steps.Max(step => step.Task), StringComparer.Ordinal);
        var ranBefore = before.Select(step => (step.Instance, step.Task)).ToHashSet();
        var again = after.Where(step => ranBefore.Contains((step.Instance, step.Task))).ToList();
        var withResult = again.Count(step => known.Contains(step.Instance) || step.Task < reached[step.Instance]);
        var twiceInOne = Twice(before) + Twice(after);

        var acknowledged = first["started"].Select(words => words[1]).ToList();
        return new RestartCheck(
            acknowledged.Count,
            acknowledged.Count(id => !outputs.ContainsKey(id)),
            withResult + twiceInOne,
            again.Count - withResult,
            Seen(before.Concat(after), outputs).GroupBy(seen => (seen.Instance, seen.Task)).Count(results => results.Select(seen => seen.Token).Distinct().Count() > 1));
    }

    /// <summary>Every result as a later step or the output had it.</summary>
    private static IEnumerable<(string Instance, int Task, string Token)> Seen(IEnumerable<Step> steps, Dictionary<string, List<string>> outputs)
        => steps.Where(step => step.Task > 0).Select(step => (step.Instance, step.Task - 1, step.Before))
            .Concat(outputs.SelectMany(output => output.Value.Select((token, task) => (output.Key, task, token))));

    /// <summary>A process that is not killed has no reason to run a step twice.</summary>
    private static int Twice(List<Step> steps) => steps.Count - steps.DistinctBy(step => (step.Instance, step.Task)).Count();

    private static List<Step> Steps(IEnumerable<string[]> lines)
        => [.. lines.Select(words => new Step(words[1], int.Parse(words[2], CultureInfo.InvariantCulture), words[4]))];

    /// <summary>The tokens of every instance that completed with all of them.</summary>
    private static async Task<Dictionary<string, List<string>>> OutputsAsync(DurableTaskClient client)
    {
        var outputs = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        await foreach (var instance in client.GetAllInstancesAsync(new OrchestrationQuery(Statuses: [OrchestrationRuntimeStatus.Completed], FetchInputsAndOutputs: true, PageSize: 1_000)))
        {
            if (instance.ReadOutputAs<List<string>>() is { Count: Workload.Steps } tokens)
                outputs[instance.InstanceId] = tokens;
        }

        return outputs;
    }

    private sealed record Step(string Instance, int Task, string Before);
}
