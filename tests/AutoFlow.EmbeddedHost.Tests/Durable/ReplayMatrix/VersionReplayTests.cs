using static AutoFlow.EmbeddedHost.Tests.Durable.ReplayMatrix.Events;

namespace AutoFlow.EmbeddedHost.Tests.Durable.ReplayMatrix;

/// <summary>Name, version, parent and input are those of the beginning.</summary>
public sealed class VersionReplayTests
{
    private static readonly ReplayTable Table = new(new Past()
        .Then(new AutoFlow.EmbeddedHost.Durable.History.ExecutionStarted("flow", "1.2", "\"in\"", 0, new("Caller", "caller-1")))
        .Decides(Returned("\"flow 1.2 in Caller caller-1 flow-1\"")))
    {
        { "unchanged", context => Task.FromResult<object?>(
            $"{context.Name} {context.Version} {context.GetInput<string>()} {context.Parent!.Name} {context.Parent.InstanceId} {context.InstanceId}")
        },
    };

    public static TheoryData<string> Rows => Table.Rows;

    [Theory]
    [MemberData(nameof(Rows))]
    public void Replay_gives(string row) => Table.Check(row);
}
