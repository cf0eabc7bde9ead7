namespace AutoFlow.Functions.Tests.Determinism;

/// <summary>
/// The app's orchestrators, and all that they come to in the interpreter, are replayed: what they do may depend on nothing but their
/// history. Microsoft's analyzer sees to the app's own project in the build; this looks further, into every project, and for more.
/// </summary>
public sealed class DeterminismTests
{
    private static readonly Lazy<(Reach Reach, AllowedExceptions Allowed, IReadOnlyList<Finding> Found)> Checked = new(() =>
    {
        var code = AppCode.Read();
        var allowed = new AllowedExceptions(code);
        var reach = new Reach(code, allowed.LeavesOut);
        return (reach, allowed, [.. DeterminismCheck.Of(reach).Where(finding => !allowed.Allows(finding))]);
    });

    [Fact]
    public void Orchestrations_and_what_they_reach_depend_on_their_history_alone()
    {
        var found = Checked.Value.Found;
        Assert.True(found.Count == 0, $"{found.Count} findings:\n{string.Join('\n', found)}");
    }

    [Fact]
    public void Every_exception_says_why_and_is_needed()
    {
        var (_, allowed, _) = Checked.Value;
        Assert.All(allowed.Entries, entry => Assert.False(string.IsNullOrWhiteSpace(entry.Reason), $"{entry.Target} has no Justification"));
        Assert.Empty(allowed.Unused);
    }

    [Theory]
    [InlineData("functions/Orchestrations/RunWorkflow.cs")]
    [InlineData("functions/Orchestrations/RunSchedule.cs")]
    [InlineData("functions/Orchestrations/DurableWorkflowContext.cs")]
    [InlineData("functions/Orchestrations/EventWaits.cs")]
    [InlineData("src/AutoFlow.Workflows/Execution/WorkflowInterpreter.cs")]
    [InlineData("src/AutoFlow.Workflows/Execution/Race.cs")]
    [InlineData("src/AutoFlow.Workflows/Tasks/ForkTask.cs")]
    [InlineData("src/AutoFlow.Workflows/Tasks/TryTask.cs")]
    [InlineData("src/AutoFlow.Workflows/Tasks/ListenTask.cs")]
    [InlineData("src/AutoFlow.Workflows/Tasks/Calls/HttpCall.cs")]
    [InlineData("src/AutoFlow.Workflows/Jq/PersistentProperties.cs")]
    [InlineData("src/AutoFlow.Workflows/Schemas/Evaluation.cs")]
    [InlineData("src/AutoFlow.Workflows/Model/CronSchedule.cs")]
    public void Looks_into_the_whole_interpreter(string file)
        => Assert.Contains(Checked.Value.Reach.Bodies, one => one.Body.Syntax.SyntaxTree.FilePath == file);

    [Theory]
    [InlineData("functions/Triggers/")]
    [InlineData("functions/Steps/LookUp")]
    [InlineData("src/AutoFlow.Workflows/Testing/")]
    [InlineData("src/AutoFlow.Workflows/Parsing/WorkflowParser")]
    public void Looks_into_nothing_that_orchestrators_do_not_run(string folder)
        => Assert.Equal([], Checked.Value.Reach.Bodies
            .Where(one => one.Body.Syntax.SyntaxTree.FilePath.StartsWith(folder, StringComparison.Ordinal)).Select(one => Checked.Value.Reach.WayTo(one.Member)));
}
