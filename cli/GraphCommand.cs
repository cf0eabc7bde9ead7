using System.CommandLine;
using AutoFlow.Cli.Graph;
using AutoFlow.Workflows.Outline;

namespace AutoFlow.Cli;

/// <summary><c>autoflow graph</c>: draws a definition.</summary>
internal sealed class GraphCommand(Surroundings surroundings)
{
    private static readonly string[] Formats = ["mermaid", "svg"];

    public static Command Build(Surroundings surroundings)
    {
        var file = new Argument<string>("file") { Description = "A workflow definition." };
        var format = new Option<string?>("--format")
        {
            Description = "mermaid (text, for Markdown) or svg; by --out's ending when not given, else mermaid.",
        };
        var target = new Option<string?>("--out") { Description = "Writes to this file instead of the output.", HelpName = "file" };
        var command = new Command("graph", "Draws a workflow definition as a flowchart.") { file, format, target };
        command.SetAction((parsed, cancellation) => new GraphCommand(surroundings).RunAsync(
            parsed.GetValue(file)!, parsed.GetValue(format), parsed.GetValue(target), cancellation));
        return command;
    }

    private async Task<int> RunAsync(string file, string? format, string? target, CancellationToken cancellation)
    {
        format ??= target is not null && target.EndsWith(".svg", StringComparison.OrdinalIgnoreCase) ? "svg" : "mermaid";
        if (!Formats.Contains(format)) return surroundings.Complain($"unknown format: {format} (there are {string.Join(" and ", Formats)})");
        if (Directory.Exists(file)) return surroundings.Complain($"a file is meant here, not the folder {file}");
        if (await WorkflowSources.LoadOneAsync(file, surroundings, cancellation) is not { } definition) return 1;
        var outline = DefinitionOutline.Of(definition);
        var drawn = format == "svg" ? SvgWriter.Write(outline) : MermaidWriter.Write(outline);
        if (target is not null) return surroundings.Write(target, drawn) ? 0 : 1;
        surroundings.Output.Write(drawn);
        return 0;
    }
}
