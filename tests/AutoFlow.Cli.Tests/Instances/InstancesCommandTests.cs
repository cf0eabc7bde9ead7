using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using AutoFlow.Workflows.Catalog;

namespace AutoFlow.Cli.Tests.Instances;

public sealed class InstancesCommandTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("autoflow");
    private readonly StringWriter _output = new() { NewLine = "\n" };
    private readonly StringWriter _error = new() { NewLine = "\n" };
    private readonly List<(string Method, string Url, string? Key, string Body)> _sent = [];
    private readonly Dictionary<string, (HttpStatusCode Status, string Body)> _answers = [];
    private readonly Dictionary<string, string> _then = [];

    public void Dispose()
    {
        _folder.Delete(recursive: true);
        _output.Dispose();
        _error.Dispose();
    }

    [Fact]
    public async Task Instances_are_a_table_over_all_pages()
    {
        Answer("GET /api/instances?take=3&status=Failed%2CRunning&prefix=where~", """{"instances":[{"id":"where~m-1","orchestrator":"RunWorkflow","status":"Failed","createdAt":"2026-03-01T08:00:00+00:00","lastUpdatedAt":"2026-03-01T08:01:02.5+00:00","tags":{}}],"next":"7 &"}""");
        Answer("GET /api/instances?take=2&status=Failed%2CRunning&prefix=where~&token=7%20%26", """{"instances":[{"id":"where~m-22","orchestrator":"RunWorkflow","status":"Running","createdAt":"2026-03-02T08:00:00+00:00","lastUpdatedAt":"2026-03-02T08:00:00+00:00","tags":{}}],"next":null}""");

        Assert.Equal(0, await RunAsync("instances", "--status", "Failed,Running", "--prefix", "where~", "--take", "3"));

        Assert.Equal(
            """
            id          orchestrator  status   created (UTC)        updated (UTC)
            where~m-1   RunWorkflow   Failed   2026-03-01 08:00:00  2026-03-01 08:01:02
            where~m-22  RunWorkflow   Running  2026-03-02 08:00:00  2026-03-02 08:00:00
            2 instances

            """,
            _output.ToString());
        Assert.All(_sent, one => Assert.Equal("the-key", one.Key));
    }

    [Fact]
    public async Task There_being_more_is_said_and_json_is_a_list()
    {
        Answer("GET /api/instances?take=1", """{"instances":[{"id":"a"}],"next":"1"}""");

        Assert.Equal(0, await RunAsync("instances", "--take", "1"));
        Assert.EndsWith("1 instance; there are more: --take 2\n", _output.ToString(), StringComparison.Ordinal);
        _output.GetStringBuilder().Clear();
        Assert.Equal(0, await RunAsync("instances", "--take", "1", "--json"));

        Assert.Equal("a", JsonNode.Parse(_output.ToString())![0]!["id"]!.GetValue<string>());
    }

    [Fact]
    public async Task One_is_shown_with_all_that_is_known()
    {
        Answer("GET /api/instances/a~1%20%26", """
            {"id":"a~1 &","orchestrator":"RunWorkflow","status":"Failed","createdAt":"2026-03-01T08:00:00Z","lastUpdatedAt":"2026-03-01T08:00:00Z","tags":{"intent":"order_status"},
             "input":{"order":"1001"},"output":null,"customStatus":null,"failure":{"type":"A.Failed","message":"outer","inner":{"type":"B.Timeout","message":"inner"}}}
            """);

        Assert.Equal(0, await RunAsync("instances", "show", "a~1 &"));

        Assert.Equal(
            """
            id            a~1 &
            orchestrator  RunWorkflow
            status        Failed
            created       2026-03-01 08:00:00 UTC
            updated       2026-03-01 08:00:00 UTC
            tag           intent = order_status
            failure       A.Failed: outer
            failure       B.Timeout: inner
            input:
            {
              "order": "1001"
            }

            """,
            _output.ToString());
    }

    [Fact]
    public async Task Of_one_that_lives_it_is_told_where_it_stands_and_what_it_waits_for()
    {
        Answer("GET /api/instances/a", """
            {"id":"a","orchestrator":"RunWorkflow","status":"Running","createdAt":"2026-03-01T08:00:00Z","lastUpdatedAt":"2026-03-01T08:00:00Z","tags":{},
             "customStatus":{"task":"/do/4/answer","name":"answer","status":"waiting","waitingFor":{"kind":"event","eventTypes":["autoflow.message.received"],"until":"2026-03-08T08:00:00Z"}}}
            """);

        Assert.Equal(0, await RunAsync("instances", "show", "a"));

        Assert.Contains("at            /do/4/answer  answer, waits for autoflow.message.received until 2026-03-08 08:00:00\n", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_history_is_a_table_of_what_happened()
    {
        Answer("GET /api/instances/a/history?take=5000", """
            {"id":"a","events":[
              {"number":0,"time":"2026-03-01T08:00:00Z","type":"orchestratorStarted"},
              {"number":1,"time":"2026-03-01T08:00:00Z","type":"executionStarted","name":"RunWorkflow","input":{"ä":1}},
              {"number":2,"time":"2026-03-01T08:00:00Z","type":"taskScheduled","task":0,"name":"findOrder","attempt":2,"input":"x"},
              {"number":3,"time":"2026-03-01T08:00:01Z","type":"taskFailed","task":0,"name":"findOrder","attempt":2,"failure":{"type":"T","message":"m"}},
              {"number":4,"time":"2026-03-01T08:00:01Z","type":"timerCreated","task":1,"fireAt":"2026-03-01T09:00:00Z"}]}
            """);

        Assert.Equal(0, await RunAsync("instances", "history", "a"));

        Assert.Equal(
            """
            time (UTC)           event             #  name         try
            2026-03-01 08:00:00  executionStarted     RunWorkflow       {"ä":1}
            2026-03-01 08:00:00  taskScheduled     0  findOrder    2    "x"
            2026-03-01 08:00:01  taskFailed        0  findOrder    2    T: m
            2026-03-01 08:00:01  timerCreated      1                    due 2026-03-01 09:00:00

            """,
            _output.ToString());
    }

    [Theory]
    [InlineData("suspend", """{"reason":"look first"}""")]
    [InlineData("resume", """{"reason":"look first"}""")]
    [InlineData("rewind", """{"reason":"look first"}""")]
    [InlineData("terminate", """{"reason":"look first"}""")]
    public async Task Something_is_asked_of_one(string what, string body)
    {
        Answer($"POST /api/instances/a/{what}", """{"id":"a"}""", HttpStatusCode.Accepted);

        Assert.Equal(0, await RunAsync("instances", what, "a", "--reason", "look first"));

        Assert.Equal(body, Assert.Single(_sent).Body);
        Assert.StartsWith($"{what} is asked of a;", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Children_are_ended_too_where_asked()
    {
        Answer("POST /api/instances/a/terminate", "{}", HttpStatusCode.Accepted);

        Assert.Equal(0, await RunAsync("instances", "terminate", "a", "--recursive"));

        Assert.Equal("""{"reason":null,"recursive":true}""", Assert.Single(_sent).Body);
    }

    [Theory]
    [InlineData("DELETE /api/instances/a", "a")]
    [InlineData("DELETE /api/instances/a?recursive=true", "a", "--recursive")]
    [InlineData("DELETE /api/instances?status=Completed&to=2026-01-01", "--status", "Completed", "--to", "2026-01-01")]
    public async Task Purges_say_how_many_are_gone(string call, params string[] args)
    {
        Answer(call, """{"purged":3,"complete":true}""");

        Assert.Equal(0, await RunAsync(["instances", "purge", .. args]));

        Assert.Equal("3 instances purged\n", _output.ToString());
    }

    /// <summary>An empty variable of a script: left out, it would widen the purge.</summary>
    [Theory]
    [InlineData("DELETE /api/instances?status=&to=2026-01-01", "--status", "", "--to", "2026-01-01")]
    [InlineData("DELETE /api/instances?status=Completed&to=", "--status", "Completed", "--to", "")]
    public async Task An_empty_filter_of_a_purge_is_sent_for_the_app_to_refuse(string call, params string[] args)
    {
        Answer(call, """{"detail":"It is empty; leave it out for any."}""", HttpStatusCode.BadRequest);

        Assert.Equal(1, await RunAsync(["instances", "purge", .. args]));

        Assert.Equal("autoflow: http://app.test/ answered 400: It is empty; leave it out for any.\n", _error.ToString());
    }

    [Theory]
    [InlineData("unknown command or flag: --prefix (autoflow --help lists the commands)", "purge", "--prefix", "x")]
    [InlineData("write what purge takes after it: instances purge --status …", "--to", "2026-01-01", "purge", "--status", "Completed")]
    [InlineData("purge takes an id or a filter, not both", "purge", "a", "--status", "")]
    [InlineData("say what to purge: an id, or --status, --from, --to", "purge")]
    [InlineData("purge takes an id or a filter, not both", "purge", "a", "--status", "Failed")]
    [InlineData("--take is a whole number above 0, not 0", "--take", "0")]
    [InlineData("Cannot parse argument 'many' for option '--take': a whole number is meant (autoflow --help lists the commands)", "--take", "many")]
    [InlineData("'' is no instance's id; 'autoflow instances' lists them", "show", "")]
    [InlineData("'.' is no instance's id; 'autoflow instances' lists them", "purge", ".")]
    [InlineData("'..' is no instance's id; 'autoflow instances' lists them", "terminate", "..")]
    [InlineData("'..' is no instance's id; 'autoflow instances' lists them", "history", "..")]
    [InlineData("'..' is no instance's id; 'autoflow instances' lists them", "export", "..", "--out", "none.json")]
    [InlineData("--out names no file", "export", "a", "--out", "")]
    [InlineData("--url is no address: localhost:7071 (as http://localhost:7071)", "--url", "localhost:7071")]
    [InlineData("there is no key: give the app's function key with --key, or set AUTOFLOW_KEY", "--key", "")]
    public async Task What_is_missing_or_wrong_is_named(string line, params string[] args)
    {
        Assert.Equal(1, await RunAsync(["instances", .. args]));

        Assert.Equal($"autoflow: {line}\n", _error.ToString());
        Assert.Empty(_sent);
    }

    [Theory]
    [InlineData(401, "", "does not accept the key (401): give the app's function key with --key, or set AUTOFLOW_KEY")]
    [InlineData(404, """{"detail":"There is no instance a."}""", "answered 404: There is no instance a.")]
    [InlineData(404, """{"detail":"There is no instance a\nb."}""", "answered 404: There is no instance a b.")]
    [InlineData(404, "<html>", "answered 404: no AutoFlow app answers so")]
    [InlineData(200, "hello", "answered 200: no AutoFlow app answers so")]
    [InlineData(501, """{"detail":"The durable backend of this app cannot show histories."}""", "answered 501: The durable backend of this app cannot show histories.")]
    public async Task What_the_app_refuses_is_one_clear_line(int status, string body, string line)
    {
        Answer("GET /api/instances/a", body, (HttpStatusCode)status);

        Assert.Equal(1, await RunAsync("instances", "show", "a"));

        Assert.Equal($"autoflow: http://app.test/ {line}\n", _error.ToString());
    }

    [Fact]
    public async Task An_app_that_is_not_there_is_named()
    {
        Assert.Equal(1, await RunAsync("instances", "show", "gone"));

        Assert.StartsWith("autoflow: cannot reach http://app.test/: ", _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_export_holds_the_instance_its_history_and_its_definition()
    {
        Answer("GET /api/instances/a", """{"id":"a","input":{"definitionHash":"0123","input":{"text":"größer"}}}""");
        Answer("GET /api/definitions/by-hash/0123", """{"namespace":"test","name":"greet","version":"1.0.0","hash":"0123","text":"document: …","resources":{}}""");
        Answer("GET /api/instances/a/history?take=5000", """{"id":"a","events":[{"number":0,"type":"orchestratorStarted"}]}""");
        var file = Path.Combine(_folder.FullName, "deep", "a.json");

        Assert.Equal(0, await RunAsync("instances", "export", "a", "--out", file));

        Assert.Equal($"1 event of a, with its definition, written to {file}; it can hold personal data\n", _output.ToString());
        var written = JsonNode.Parse(await File.ReadAllTextAsync(file))!;
        Assert.Equal(("autoflow-instance", 1), (written["format"]!.GetValue<string>(), written["version"]!.GetValue<int>()));
        Assert.Equal(("größer", "greet", "orchestratorStarted"), (
            written["instance"]!["input"]!["input"]!["text"]!.GetValue<string>(),
            written["definition"]!["name"]!.GetValue<string>(),
            written["history"]![0]!["type"]!.GetValue<string>()));
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));

        var before = await File.ReadAllTextAsync(file);
        Assert.Equal(1, await RunAsync("instances", "export", "a", "--out", file));
        Assert.Equal($"autoflow: {file} is there already; nothing is overwritten, give another name with --out\n", _error.ToString());
        Assert.Equal(before, await File.ReadAllTextAsync(file));
    }

    [Fact]
    public async Task A_long_history_is_read_page_by_page()
    {
        Answer("GET /api/instances/a/history?take=5000", """{"id":"a","run":"7.0","events":[{"number":0,"type":"x"},{"number":1,"type":"y"}],"next":2}""");
        Answer("GET /api/instances/a/history?take=5000&skip=2", """{"id":"a","run":"7.0","events":[{"number":2,"type":"z"}]}""");

        Assert.Equal(0, await RunAsync("instances", "history", "a", "--json"));
        Assert.Equal(["x", "y", "z"], JsonNode.Parse(_output.ToString())!["events"]!.AsArray().Select(one => one!["type"]!.GetValue<string>()));
    }

    /// <summary>Rewound, a history begins at the same time as before.</summary>
    [Fact]
    public async Task A_history_that_is_another_one_meanwhile_is_read_again_and_never_mixed()
    {
        const string First = "GET /api/instances/a/history?take=5000";
        const string Second = "GET /api/instances/a/history?take=5000&skip=1";
        Answer(First, """{"id":"a","run":"7.0","began":"2026-03-01T08:00:00Z","events":[{"number":0,"type":"before"}],"next":1}""");
        Answer(Second, """{"id":"a","run":"7.1","began":"2026-03-01T08:00:00Z","events":[{"number":1,"type":"after"}]}""");
        _then[First] = """{"id":"a","run":"7.1","began":"2026-03-01T08:00:00Z","events":[{"number":0,"type":"rewound"}],"next":1}""";

        Assert.Equal(0, await RunAsync("instances", "history", "a", "--json"));

        Assert.Equal(["rewound", "after"], JsonNode.Parse(_output.ToString())!["events"]!.AsArray().Select(one => one!["type"]!.GetValue<string>()));
    }

    [Fact]
    public async Task One_whose_history_is_another_one_each_time_says_so()
    {
        Answer("GET /api/instances/a", """{"id":"a"}""");
        Answer("GET /api/instances/a/history?take=5000", """{"id":"a","run":"7.0","events":[{"number":0,"type":"before"}],"next":1}""");
        Answer("GET /api/instances/a/history?take=5000&skip=1", """{"id":"a","run":"7.1","events":[{"number":1,"type":"after"}]}""");

        Assert.Equal(1, await RunAsync("instances", "export", "a", "--out", Path.Combine(_folder.FullName, "a.json")));

        Assert.Equal("autoflow: a has started over or was rewound each of 3 times while its history was read; suspend it, or ask again later\n", _error.ToString());
        Assert.Empty(_folder.GetFiles());
    }

    private void Answer(string call, string body, HttpStatusCode status = HttpStatusCode.OK) => _answers[call] = (status, body);

    private Task<int> RunAsync(params string[] args)
    {
        string[] usual = [.. args.Contains("--url") ? Array.Empty<string>() : ["--url", "http://app.test"], .. args.Contains("--key") ? Array.Empty<string>() : ["--key", "the-key"]];
        return new CommandLine(FunctionCatalog.FromNames("sendReply"), _output, _error) { Http = () => new HttpClient(new Stub(this)) }.RunAsync([.. args, .. usual]);
    }

    private sealed class Stub(InstancesCommandTests tests) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
            tests._sent.Add((request.Method.Method, request.RequestUri!.AbsoluteUri, request.Headers.GetValues("x-functions-key").Single(), body));
            var call = $"{request.Method} {request.RequestUri.PathAndQuery}";
            var isKnown = tests._answers.TryGetValue(call, out var answer);
            if (tests._then.Remove(call, out var then)) tests._answers[call] = (HttpStatusCode.OK, then);
            return isKnown
                ? new HttpResponseMessage(answer.Status) { Content = new StringContent(answer.Body, Encoding.UTF8, "application/json") }
                : throw new HttpRequestException(call, new SocketException((int)SocketError.ConnectionRefused));
        }
    }
}
