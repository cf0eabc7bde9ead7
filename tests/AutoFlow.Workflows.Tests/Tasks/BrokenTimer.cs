using System.Reflection;
using AutoFlow.Workflows.Execution;

namespace AutoFlow.Workflows.Tests.Tasks;

/// <summary>A port whose timers fail and which is sound otherwise. A proxy cannot be sealed, so it is public.</summary>
public class BrokenTimer : DispatchProxy
{
    private IWorkflowContext? _port;

    public static IWorkflowContext Over(IWorkflowContext port)
    {
        var broken = Create<IWorkflowContext, BrokenTimer>();
        ((BrokenTimer)(object)broken)._port = port;
        return broken;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
        targetMethod!.Name == nameof(IWorkflowContext.WaitUntilAsync)
            ? Task.FromException(new IOException("the store is away"))
            : targetMethod.Invoke(_port, args);
}
