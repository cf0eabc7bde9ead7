using System.ComponentModel;
using System.Diagnostics;
using AutoFlow.Workflows.Jq;
using AutoFlow.Workflows.Schemas;

namespace AutoFlow.Workflows.Tests.Schemas;

/// <summary>A schema in a draft and values to check against it.</summary>
internal sealed record SchemaCase(SchemaDraft Draft, JqValue Schema, IReadOnlyList<JqValue> Values);

/// <summary>Ajv, another validator, in one process of node.</summary>
internal static class Ajv
{
    /// <summary>Why Ajv cannot be asked; null when it can.</summary>
    public static string? Absent { get; } = Reason();

    /// <summary>Ajv's verdicts by case; null for a schema that it refuses, with the reason.</summary>
    public static async Task<IReadOnlyList<(IReadOnlyList<bool>? Verdicts, string? Error)>> CheckAsync(IReadOnlyList<SchemaCase> cases)
    {
        using var node = Process.Start(new ProcessStartInfo("node", [Path.Combine(Repository.Root, "tests", "AutoFlow.Workflows.Tests", "Schemas", "ajv.cjs")])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        var writing = Task.Run(async () =>
        {
            foreach (var one in cases)
            {
                var line = JqValue.FromObject(
                    ("draft", JqValue.From(one.Draft.ToString())), ("schema", one.Schema), ("values", JqValue.FromArray(one.Values)));
                await node.StandardInput.WriteLineAsync(line.ToJson());
            }

            node.StandardInput.Close();
        });
        var answers = new List<(IReadOnlyList<bool>?, string?)>();
        while (await node.StandardOutput.ReadLineAsync() is { } line)
        {
            var answer = JqValue.Parse(line);
            answers.Add(answer.Kind == JqKind.Array ? ([.. answer.Items.Select(static i => i.IsTruthy)], null) : (null, answer["error"].AsString()));
        }

        await writing;
        await node.WaitForExitAsync();
        Assert.Equal(cases.Count, answers.Count);
        return answers;
    }

    private static string? Reason()
    {
        if (!Directory.Exists(Path.Combine(Repository.Root, "node_modules", "ajv"))) return "Ajv is not here: run 'npm ci'";
        try
        {
            using var node = Process.Start(new ProcessStartInfo("node", "--version") { RedirectStandardOutput = true })!;
            node.WaitForExit();
            return node.ExitCode == 0 ? null : "node does not run";
        }
        catch (Win32Exception)
        {
            return "node is not installed";
        }
    }
}

/// <summary>A test that needs Ajv; reported as skipped where it is absent.</summary>
internal sealed class AjvFactAttribute : FactAttribute
{
    public AjvFactAttribute() => Skip = Ajv.Absent;
}
