using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using AutoFlow.Workflows.Catalog;

namespace AutoFlow.Cli.Tests;

public sealed class PublishTests : IDisposable
{
    private const string App = "http://app.test/";
    private const string Good = "document: { dsl: 1.0.3, namespace: test, name: good, version: 1.0.0 }\ndo:\n  - a: { call: sendReply }\n";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("autoflow");
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();
    private readonly List<(HttpRequestMessage Request, string Body)> _sent = [];

    public void Dispose()
    {
        _folder.Delete(recursive: true);
        _output.Dispose();
        _error.Dispose();
    }

    [Fact]
    public async Task Each_definition_is_told_with_what_became_of_it()
    {
        Write("good.yaml", Good);
        Write("other.yaml", Good.Replace("name: good", "name: other", StringComparison.Ordinal));

        var code = await RunAsync(HttpStatusCode.Created, """
            {"dryRun":false,"definitions":[
              {"file":"good.yaml","namespace":"test","name":"good","version":"1.0.0","hash":"0123456789abcdef","state":"unchanged"},
              {"file":"other.yaml","namespace":"test","name":"other","version":"1.0.0","hash":"fedcba9876543210","state":"published"}]}
            """);

        Assert.Equal(0, code);
        Assert.Equal(
            ["unchanged   test/good:1.0.0  0123456789ab  good.yaml", "published   test/other:1.0.0  fedcba987654  other.yaml"], Lines(_output));
        var (request, body) = Assert.Single(_sent);
        Assert.Equal((HttpMethod.Post, "http://app.test/api/definitions?dryRun=false", "the-key"), (request.Method, request.RequestUri!.ToString(), request.Headers.GetValues("x-functions-key").Single()));
        Assert.Equal([Good, Good.Replace("name: good", "name: other", StringComparison.Ordinal)], JsonNode.Parse(body)!["definitions"]!.AsArray().Select(one => one!["text"]!.GetValue<string>()));
    }

    [Fact]
    public async Task What_is_wrong_here_never_leaves()
    {
        var bad = Write("bad.yaml", Good.Replace("sendReply", "sendRepli", StringComparison.Ordinal));

        Assert.Equal(1, await RunAsync(HttpStatusCode.Created, "{}"));

        Assert.Empty(_sent);
        Assert.Contains($"{bad}:3:16: error: unknown function 'sendRepli'", _output.ToString(), StringComparison.Ordinal);
        Assert.EndsWith("1 error; nothing was published" + Environment.NewLine, _output.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(401, "", "does not accept the key (401): give the app's function key with --key, or set AUTOFLOW_KEY")]
    [InlineData(404, "", "takes no definitions (404)")]
    [InlineData(500, "<html>", "answered 500: no AutoFlow app answers so")]
    [InlineData(400, """{"detail":"The JSON is wrong."}""", "answered 400: The JSON is wrong.")]
    [InlineData(200, "hello", "answered 200: no AutoFlow app answers so")]
    public async Task What_the_app_refuses_is_one_clear_line(int status, string body, string line)
    {
        Write("good.yaml", Good);

        Assert.Equal(1, await RunAsync((HttpStatusCode)status, body));

        Assert.Contains(line, Assert.Single(Lines(_error)), StringComparison.Ordinal);
        Assert.DoesNotContain("the-key", _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_apps_own_findings_are_shown_as_they_are()
    {
        Write("good.yaml", Good);

        Assert.Equal(1, await RunAsync(HttpStatusCode.UnprocessableEntity, """{"errors":[{"text":"good.yaml:3:16: error: unknown function 'sendReply'"}]}"""));
        Assert.Equal(1, await RunAsync(HttpStatusCode.Conflict, """{"errors":[{"file":"good.yaml","message":"test/good:1.0.0 is already published with another content","hint":"raise document.version"}]}"""));

        Assert.Equal(
            [
                "good.yaml:3:16: error: unknown function 'sendReply'",
                "refused     test/good:1.0.0 is already published with another content: raise document.version  good.yaml",
            ],
            Lines(_output));
        Assert.All(Lines(_error), line => Assert.Contains("nothing was published", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_app_that_is_not_there_is_named()
    {
        Write("good.yaml", Good);

        Assert.Equal(1, await RunAsync(_ => throw new HttpRequestException("no", new SocketException((int)SocketError.ConnectionRefused))));

        Assert.StartsWith($"autoflow: cannot reach {App}: ", Assert.Single(Lines(_error)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("localhost:7071", "the-key", "--to is no address")]
    [InlineData(App, "", "there is no key")]
    public async Task What_is_missing_is_named(string to, string key, string line)
    {
        Assert.Equal(1, await Command(_ => throw new InvalidOperationException()).RunAsync([_folder.FullName], to, key, dryRun: false, default));

        Assert.Contains(line, Assert.Single(Lines(_error)), StringComparison.Ordinal);
    }

    private static string[] Lines(StringWriter text) => text.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }

    private Task<int> RunAsync(HttpStatusCode status, string body) =>
        RunAsync(_ => new HttpResponseMessage(status) { Content = new StringContent(body, Encoding.UTF8, "application/json") });

    private Task<int> RunAsync(Func<HttpRequestMessage, HttpResponseMessage> answer) => Command(answer).RunAsync([_folder.FullName], App, "the-key", dryRun: false, default);

    private PublishCommand Command(Func<HttpRequestMessage, HttpResponseMessage> answer) =>
        new(new Surroundings(FunctionCatalog.FromNames("sendReply"), _output, _error), () => new HttpClient(new Stub(this, answer)));

    private sealed class Stub(PublishTests tests, Func<HttpRequestMessage, HttpResponseMessage> answer) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            tests._sent.Add((request, await request.Content!.ReadAsStringAsync(cancellationToken)));
            return answer(request);
        }
    }
}
