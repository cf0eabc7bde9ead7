namespace AutoFlow.Workflows.Tests.Parsing;

public class DiagnosticTests
{
    [Fact]
    public void A_finding_shows_its_line_with_a_caret_and_the_hint() => Assert.Equal(
        """
        example.yaml:8:7: error: unknown keyword 'cal' in task 'look'
                cal: lookUpShipment
                ^
          hint: did you mean 'call'?
        """.ReplaceLineEndings("\n"),
        TestWorkflow.OnlyError("do:\n  - look:\n      cal: lookUpShipment\n").Format());

    [Fact]
    public void All_errors_come_at_once_in_the_order_of_the_file()
    {
        var result = TestWorkflow.Read(
            "do:\n  - a:\n      cal: x\n  - b:\n      set: { x: 1 }\n      then: nowhere\n  - c:\n      call: nothing\n  - d:\n      wait: soon\n");

        Assert.Null(result.Definition);
        Assert.Equal([8, 11, 13, 15], result.Errors.Select(static e => e.Position.Line));
    }

    [Theory]
    [InlineData("cal", "call")]
    [InlineData("swtich", "switch")]
    [InlineData("Then", "then")]
    [InlineData("xyzzy", null)]
    [InlineData("", null)]
    public void The_nearest_word_is_found(string word, string? nearest) =>
        Assert.Equal(nearest, NearestWord.To(word, ["call", "switch", "then", "timeout"]));

    [Theory]
    [InlineData("", "abc", 3)]
    [InlineData("abcd", "abdc", 1)]
    [InlineData("kitten", "sitting", 3)]
    public void The_distance_counts_a_swap_as_one(string a, string b, int distance) => Assert.Equal(distance, NearestWord.Distance(a, b));
}
