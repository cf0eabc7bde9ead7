using System.Xml.Linq;

namespace AutoFlow.Cli.Tests;

public sealed class TestCommandTests : Shell
{
    private readonly string _definition;
    private readonly string _scenarios;

    public TestCommandTests()
    {
        _definition = Write("find.yaml", Samples.Definition);
        _scenarios = Write("find.scenarios.yaml", Samples.Scenarios);
    }

    [Fact]
    public async Task Scenarios_pass_and_uncovered_branches_are_listed()
    {
        Assert.Equal(0, await RunAsync("test", Folder));
        Assert.Equal(
            $"""
            not covered: {_definition}:9:11 case 'no' of 'known'
            definition  passed  failed  branches
            find             2       0  8/9 (88 %)
            1 definition, 2 scenarios: 2 passed, 0 failed

            """,
            Output);
        Assert.Empty(Error);
    }

    [Theory]
    [InlineData("find.yaml")]
    [InlineData("find.scenarios.yaml")]
    public async Task A_definition_or_a_scenario_file_may_be_named(string name)
    {
        Assert.Equal(0, await RunAsync("test", Path.Combine(Folder, name)));
        Assert.EndsWith("1 definition, 2 scenarios: 2 passed, 0 failed\n", Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failure_is_told_with_its_place_and_its_story()
    {
        Write("find.scenarios.yaml", Samples.Scenarios.Replace("Sorry", "Sad", StringComparison.Ordinal));
        Assert.Equal(1, await RunAsync("test", Folder));
        Assert.StartsWith(
            $$"""
            FAILED find: What is gone is regretted
              {{_scenarios}}:8:47: error: call 2, sendReply .text: expected "Sad", but "Sorry"
                    then: { calls: [ask, { sendReply: { text: Sad } }] }
                                                              ^
                call 1: ask {"number":null}
                call 2: sendReply {"text":"Sorry"}
                end: completed with {"sent":true} after PT0S

            """,
            Output,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_minimum_of_coverage_is_held()
    {
        Assert.Equal(0, await RunAsync("test", Folder, "--min-coverage", "88"));
        Assert.Equal(1, await RunAsync("test", Folder, "--min-coverage", "100"));
        Assert.Equal("autoflow: the scenarios of find cover 88 % of its branches, and must cover 100 %\n", Error);
    }

    [Fact]
    public async Task A_definition_without_scenarios_is_seen()
    {
        Write("alone.yaml", Samples.Definition.Replace("name: find", "name: alone", StringComparison.Ordinal));
        Assert.Equal(0, await RunAsync("test", Folder));
        Assert.Contains("alone            0       0  0/9 (0 %)  no scenarios\n", Output, StringComparison.Ordinal);
        Assert.Equal(1, await RunAsync("test", Folder, "--min-coverage", "1"));
    }

    [Fact]
    public async Task A_filter_runs_a_part()
    {
        Assert.Equal(0, await RunAsync("test", Folder, "--filter", "GONE", "--verbose"));
        Assert.StartsWith("passed find: What is gone is regretted\n    call 1: ask", Output, StringComparison.Ordinal);
        Assert.EndsWith("definition  passed  failed\nfind             1       0\n1 definition, 1 scenario: 1 passed, 0 failed\n", Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Continuous_integration_reads_the_results()
    {
        Write("find.scenarios.yaml", Samples.Scenarios.Replace("Sorry", "\\u0001 < Sad", StringComparison.Ordinal).Replace("text: \\u0001 < Sad", "text: \"\\u0001 < Sad\"", StringComparison.Ordinal));
        var report = Path.Combine(Folder, "results", "junit.xml");

        Assert.Equal(1, await RunAsync("test", Folder, "--junit", report));

        var suites = XDocument.Load(report).Root!;
        Assert.Equal(("testsuites", "2", "1"), (suites.Name.LocalName, (string?)suites.Attribute("tests"), (string?)suites.Attribute("failures")));
        var suite = Assert.Single(suites.Elements("testsuite"));
        Assert.Equal(("find", _definition), ((string?)suite.Attribute("name"), (string?)suite.Attribute("file")));
        var cases = suite.Elements("testcase").ToList();
        Assert.Equal(["What is there is told", "What is gone is regretted"], cases.Select(static c => (string?)c.Attribute("name")));
        Assert.Null(cases[0].Element("failure"));
        Assert.StartsWith($"{_scenarios}:8:47: call 2, sendReply .text: expected", (string?)cases[1].Element("failure")!.Attribute("message"), StringComparison.Ordinal);
        Assert.Contains("call 2: sendReply {\"text\":\"Sorry\"}", cases[1].Element("failure")!.Value, StringComparison.Ordinal);
        Assert.All(cases, static c => Assert.Matches(@"^\d+\.\d{3}$", (string?)c.Attribute("time")));
    }

    [Fact]
    public async Task A_wrong_scenario_file_stops_the_test()
    {
        Write("find.scenarios.yaml", Samples.Scenarios.Replace("then:", "thn:", StringComparison.Ordinal));
        Assert.Equal(1, await RunAsync("test", Folder));
        Assert.Contains("unknown property 'thn' in the scenario", Output, StringComparison.Ordinal);
        Assert.DoesNotContain("passed", Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("autoflow: no scenario has 'nothing' in its name", "--filter", "nothing")]
    [InlineData("autoflow: --filter and --min-coverage do not go together: a part of the scenarios covers a part", "--filter", "a", "--min-coverage", "9")]
    [InlineData("autoflow: unknown flag: --fast", "--fast")]
    public async Task A_wrong_wish_gives_one_clear_line(string line, params string[] args)
    {
        Assert.Equal(1, await RunAsync(["test", Folder, .. args]));
        Assert.Equal(line + "\n", Error);
        Assert.Empty(Output);
    }

    [Fact]
    public async Task A_folder_without_scenarios_is_told()
    {
        File.Delete(_scenarios);
        Assert.Equal(1, await RunAsync("test", Folder));
        Assert.Equal($"autoflow: no scenarios (x.scenarios.yaml) for {Folder}\n", Error);
    }
}
