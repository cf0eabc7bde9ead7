namespace AutoFlow.Cli.Tests;

public sealed class RunCommandTests : Shell
{
    private readonly string _definition;
    private readonly string _scenarios;

    public RunCommandTests()
    {
        _definition = Write("find.yaml", Samples.Definition);
        _scenarios = Write("find.scenarios.yaml", Samples.Scenarios);
    }

    [Fact]
    public async Task The_output_is_json_and_the_exit_code_is_0()
    {
        Assert.Equal(0, await RunAsync("run", _definition, "--answers", _scenarios));
        Assert.Equal("{\"sent\":true}\n", Output);
        Assert.Empty(Error);
    }

    [Fact]
    public async Task A_fault_is_json_too_and_the_exit_code_is_2()
    {
        Write("find.scenarios.yaml", Samples.Scenarios.Replace("404", "500", StringComparison.Ordinal));
        Assert.Equal(2, await RunAsync("run", _definition, "--answers", _scenarios, "--scenario", "What is gone is regretted"));
        Assert.Equal("{\"type\":\"urn:gone\",\"status\":500,\"title\":\"\",\"instance\":\"/do/0/question/try/0/ask\"}\n", Output);
    }

    [Fact]
    public async Task Each_task_can_be_watched()
    {
        var input = Write("input.json", "{\"number\":7}");
        Assert.Equal(0, await RunAsync("run", _definition, "--answers", _scenarios, "--scenario", "What is gone is regretted", "--input", "@" + input, "--trace"));
        Assert.Equal(
            """
             +00:00:00  question  try
             +00:00:00    ask  call ask
             +00:00:00  question caught {"type":"urn:gone","status":404,"title":"","instance":"/do/0/question/try/0/ask"}
             +00:00:00  question gave {"number":7}
             +00:00:00  sorry  call sendReply
             +00:00:00  sorry gave {"sent":true}

            """,
            Error);
    }

    [Fact]
    public async Task A_function_without_an_answer_is_named_with_the_way_to_give_one()
    {
        Assert.Equal(1, await RunAsync("run", _definition, "--input", "{}"));
        Assert.Equal("autoflow: task 'ask' needs an answer of 'ask': add 'ask:' under given.answers of a file that --answers names\n", Error);
        Assert.Empty(Output);
    }

    [Fact]
    public async Task Services_are_called_for_real_only_when_that_is_asked()
    {
        await using var shop = await ShopStub.StartAsync();
        var definition = Write("call.yaml", $"document: {{ dsl: 1.0.3, namespace: test, name: call, version: 1.0.0 }}\ndo:\n  - look: {{ call: http, with: {{ method: get, endpoint: '{shop.Address}orders/7' }} }}\n");

        Assert.Equal(1, await RunAsync("run", definition));
        Assert.Equal("autoflow: task 'look' needs an answer of 'http': add 'http:' under given.protocols of a file that --answers names\n", Error);
        Assert.Equal(0, shop.Calls);

        Assert.Equal(0, await RunAsync("run", definition, "--real"));
        Assert.Equal("{\"path\":\"/orders/7\"}\n", Output);
        Assert.Equal(1, shop.Calls);
    }

    [Fact]
    public async Task A_service_that_is_not_there_is_a_fault()
    {
        string address;
        await using (var shop = await ShopStub.StartAsync()) address = shop.Address;
        var definition = Write("call.yaml", $"document: {{ dsl: 1.0.3, namespace: test, name: call, version: 1.0.0 }}\ndo:\n  - look: {{ call: http, with: {{ method: get, endpoint: '{address}' }} }}\n");

        Assert.Equal(2, await RunAsync("run", definition, "--real"));
        Assert.Contains("errors/communication", Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("autoflow: --input is no JSON: ", "--input", "{")]
    [InlineData("autoflow: no such file: gone.json", "--input", "@gone.json")]
    [InlineData("autoflow: no such file: gone.yaml", "--events", "gone.yaml")]
    [InlineData("autoflow: --at is no time: noon (write it as 2026-01-05T09:00:00Z)", "--at", "noon")]
    [InlineData("autoflow: --scenario needs --answers, the file it stands in", "--scenario", "One")]
    [InlineData("autoflow: unknown command or flag: --fast", "--fast")]
    public async Task A_wrong_wish_gives_one_clear_line(string line, params string[] args)
    {
        Assert.Equal(1, await RunAsync(["run", _definition, .. args]));
        Assert.StartsWith(line, Error, StringComparison.Ordinal);
        Assert.Single(Error.TrimEnd('\n').Split('\n'));
        Assert.Empty(Output);
    }

    [Fact]
    public async Task A_wrong_definition_is_told_as_validate_tells_it()
    {
        Write("find.yaml", Samples.Definition.Replace("call: ask", "call: aks", StringComparison.Ordinal));
        Assert.Equal(1, await RunAsync("run", _definition));
        Assert.StartsWith($"{_definition}:4:29: error: unknown function 'aks'", Error, StringComparison.Ordinal);
    }
}
