namespace AutoFlow.Cli.Tests;

public sealed class ValidateTests : Shell
{
    private const string Good = "document: { dsl: 1.0.3, namespace: test, name: good, version: 1.0.0 }\ndo:\n  - a: { call: sendReply }\n";

    [Fact]
    public async Task Good_definitions_give_a_summary_and_success()
    {
        Assert.Equal(0, await RunAsync("validate", Write("good.yaml", Good)));
        Assert.Equal("1 definition, 0 errors, 0 warnings\n", Output);
        Assert.Empty(Error);
    }

    [Fact]
    public async Task A_folder_is_checked_whole_and_every_error_is_told()
    {
        Write("good.yaml", Good);
        var bad = Write("bad.yaml", Good.Replace("name: good", "name: bad", StringComparison.Ordinal).Replace("call: sendReply", "call: sendRepli, then: x", StringComparison.Ordinal));

        Assert.Equal(1, await RunAsync("validate", Folder));
        Assert.Contains($"{bad}:3:16: error: unknown function 'sendRepli'", Output, StringComparison.Ordinal);
        Assert.Contains("hint: did you mean 'sendReply'?", Output, StringComparison.Ordinal);
        Assert.Contains($"{bad}:3:33: error: no task 'x' in this list to go to", Output, StringComparison.Ordinal);
        Assert.EndsWith("2 definitions, 2 errors, 0 warnings\n", Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Scenario_files_are_checked_with_their_definitions()
    {
        Write("good.yaml", Good);
        var scenarios = Write("good.scenarios.yaml", "workflow: good\nscenarios:\n  - name: One\n    given: { answers: { sendRepli: 1 } }\n");

        Assert.Equal(1, await RunAsync("validate", Folder));
        Assert.StartsWith($"{scenarios}:4:25: error: good calls no 'sendRepli'", Output, StringComparison.Ordinal);
        Assert.EndsWith("1 definition, 1 scenario file, 1 error, 0 warnings\n", Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_scenario_file_alone_finds_the_definition_beside_it()
    {
        Write("good.yaml", Good);
        Assert.Equal(0, await RunAsync("validate", Write("good.scenarios.yaml", "workflow: good\nscenarios: [{ name: One }]\n")));
        Assert.Equal("0 definitions, 1 scenario file, 0 errors, 0 warnings\n", Output);
    }

    [Fact]
    public async Task Two_files_with_one_identity_are_an_error()
    {
        Write("one.yaml", Good);
        Write("two.yaml", Good + "timeout: { after: PT1H }\n");

        Assert.Equal(1, await RunAsync("validate", Folder));
        Assert.Contains("test/good:1.0.0 is already published with another content", Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("autoflow: no such file or folder: nowhere.yaml", "validate", "nowhere.yaml")]
    [InlineData("autoflow: unknown flag: --fast", "validate", "--fast")]
    [InlineData("autoflow: unknown command or flag: validat (autoflow --help lists the commands)", "validat")]
    public async Task A_wrong_word_gives_one_clear_line(string line, params string[] args)
    {
        Assert.Equal(1, await RunAsync(args));
        Assert.Equal(line + "\n", Error);
        Assert.Empty(Output);
    }
}
