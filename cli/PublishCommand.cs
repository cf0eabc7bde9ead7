using System.CommandLine;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using AutoFlow.Functions.Definitions;
using AutoFlow.Workflows.Catalog;
using AutoFlow.Workflows.Diagnostics;
using AutoFlow.Workflows.Parsing;

namespace AutoFlow.Cli;

/// <summary>
/// <c>autoflow publish</c>: checks definitions here, then hands them to an app, which checks them again and takes all or none.
/// Resources that they name go with them as they were read here.
/// </summary>
public sealed class PublishCommand(Surroundings surroundings, Func<HttpClient> http)
{
    internal const string KeyVariable = "AUTOFLOW_KEY";
    private const int HashShown = 12;

    public static Command Build(Surroundings surroundings)
    {
        var paths = new Argument<string[]>("file-or-folder")
        {
            Description = "Workflow definitions, or folders that hold them.",
            Arity = ArgumentArity.OneOrMore,
        };
        var to = new Option<string>("--to") { Description = "The app's address, as http://localhost:7071.", Required = true };
        var key = new Option<string?>("--key") { Description = $"The app's function key; without it {KeyVariable} is read from the environment." };
        var dryRun = new Option<bool>("--dry-run") { Description = "Only ask the app whether it would take them." };
        var command = new Command("publish", "Checks workflow definitions and publishes all of them to a running app, or none.") { paths, to, key, dryRun };
        command.SetAction((parsed, cancellation) => new PublishCommand(surroundings, static () => new HttpClient()).RunAsync(
            parsed.GetValue(paths) ?? [], parsed.GetValue(to)!, parsed.GetValue(key) ?? Environment.GetEnvironmentVariable(KeyVariable), parsed.GetValue(dryRun), cancellation));
        return command;
    }

    /// <summary>Publishes the files, and the workflow files of the folders.</summary>
    /// <returns>0 when the app has all of them now (or would take them), else 1.</returns>
    public async Task<int> RunAsync(IReadOnlyList<string> paths, string to, string? key, bool dryRun, CancellationToken cancellation)
    {
        if (!Uri.TryCreate(to, UriKind.Absolute, out var app) || app.Scheme is not ("http" or "https"))
            return surroundings.Complain($"--to is no address: {to} (as http://localhost:7071)");
        if (string.IsNullOrEmpty(key)) return surroundings.Complain($"there is no key: give the app's function key with --key, or set {KeyVariable}");
        if (await ReadAsync(paths, cancellation) is not { } read) return 1;

        try
        {
            using var client = http();
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(app, $"{app.AbsolutePath.TrimEnd('/')}/api/definitions?dryRun={(dryRun ? "true" : "false")}"));
            request.Headers.Add("x-functions-key", key);
            request.Content = JsonContent.Create(new
            {
                definitions = read.Select(one => new { file = one.File, text = one.Text, resources = GivenResources.TextsOf(one.Result.Definition!.Resources) }),
            });
            using var answer = await client.SendAsync(request, cancellation);
            return Tell(app, answer.StatusCode, await answer.Content.ReadAsStringAsync(cancellation));
        }
        catch (HttpRequestException exception)
        {
            return surroundings.Complain($"cannot reach {app}: {(exception.InnerException is SocketException socket ? socket.Message : exception.Message)}");
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return surroundings.Complain($"{app} did not answer in time; publish again, what was taken is then unchanged");
        }
    }

    /// <summary>The definitions with their resources; null when any has an error, which is then told.</summary>
    private async Task<IReadOnlyList<(string File, string Text, WorkflowParseResult Result)>?> ReadAsync(IReadOnlyList<string> paths, CancellationToken cancellation)
    {
        var web = new WebResourceReader(http);
        var catalog = new DefinitionCatalog(surroundings.Functions);
        var read = new List<(string File, string Text, WorkflowParseResult Result)>();
        var isWhole = true;
        foreach (var file in paths.SelectMany(path => Directory.Exists(path) ? WorkflowFiles.In(path) : [path]).Distinct(StringComparer.Ordinal))
        {
            if (surroundings.Read(file) is { } text)
                read.Add((file, text, await catalog.PublishAsync(file, text, new FolderResourceReader(Path.GetDirectoryName(Path.GetFullPath(file))!, web), cancellation)));
            else
                isWhole = false;
        }

        var findings = read.SelectMany(one => one.Result.Diagnostics).ToList();
        foreach (var finding in findings) surroundings.Output.WriteLine(finding.Format());
        var errors = findings.Count(finding => finding.Severity == DiagnosticSeverity.Error);
        if (errors > 0) surroundings.Output.WriteLine($"{Counted.Of(errors, "error")}; nothing was published");
        if (isWhole && read.Count == 0) surroundings.Complain($"no workflow files in {string.Join(", ", paths)}");
        return isWhole && errors == 0 && read.Count > 0 ? read : null;
    }

    private int Tell(Uri app, HttpStatusCode status, string body)
    {
        switch (status)
        {
            case HttpStatusCode.OK or HttpStatusCode.Created when AppAnswer.Parsed(body).Members("definitions") is { } definitions:
                foreach (var one in definitions)
                    surroundings.Output.WriteLine($"{one.Said("state"),-11} {one.Said("namespace")}/{one.Said("name")}:{one.Said("version")}  {one.Said("hash")[..Math.Min(HashShown, one.Said("hash").Length)]}  {one.Said("file")}");
                return 0;
            case HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden:
                return surroundings.Complain($"{app} does not accept the key ({(int)status}): give the app's function key with --key, or set {KeyVariable}");
            case HttpStatusCode.NotFound:
                return surroundings.Complain($"{app} takes no definitions (404): is it the address of an AutoFlow app?");
            case HttpStatusCode.Conflict when AppAnswer.Parsed(body).Members("errors") is { } clashes:
                foreach (var one in clashes) surroundings.Output.WriteLine($"refused     {one.Said("message")}: {one.Said("hint")}  {one.Said("file")}");
                return surroundings.Complain("nothing was published: a published version never changes");
            case HttpStatusCode.UnprocessableEntity when AppAnswer.Parsed(body).Members("errors") is { } findings:
                foreach (var one in findings) surroundings.Output.WriteLine(one.Said("text"));
                return surroundings.Complain($"{app} refused the definitions; nothing was published");
            default:
                return surroundings.Complain($"{app} answered {(int)status}: {AppAnswer.Detail(body)}");
        }
    }
}
