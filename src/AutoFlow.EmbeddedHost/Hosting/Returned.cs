using System.Collections.Concurrent;
using System.Reflection;

namespace AutoFlow.EmbeddedHost.Hosting;

/// <summary>Awaits what a method returned, whatever kind of task it is.</summary>
internal static class Returned
{
    private static readonly ConcurrentDictionary<Type, Func<object, Task<object?>>?> Awaiters = new();

    /// <summary>The value that a method returned: of a task, its result; null for a task without one.</summary>
    /// <param name="returned">What the method returned.</param>
    public static async Task<object?> AwaitAsync(object? returned)
    {
        switch (returned)
        {
            case null:
                return null;
            case ValueTask task:
                await task;
                return null;
            default:
                if (Awaiters.GetOrAdd(returned.GetType(), Awaiter) is { } awaiter)
                    return await awaiter(returned);
                if (returned is not Task plain)
                    return returned;
                await plain;
                return null;
        }
    }

    private static Func<object, Task<object?>>? Awaiter(Type type)
    {
        // An async method's task is of a type derived from Task<T>, and Task itself of Task<VoidTaskResult>.
        for (var candidate = type; candidate is not null; candidate = candidate.BaseType)
        {
            if (!candidate.IsGenericType)
                continue;
            var definition = candidate.GetGenericTypeDefinition();
            var name = definition == typeof(Task<>) ? nameof(OfTask) : definition == typeof(ValueTask<>) ? nameof(OfValueTask) : null;
            var result = candidate.GetGenericArguments()[0];
            if (name is null || result.FullName == "System.Threading.Tasks.VoidTaskResult")
                continue;
            return typeof(Returned).GetMethod(name, BindingFlags.NonPublic | BindingFlags.Static)!
                .MakeGenericMethod(result)
                .CreateDelegate<Func<object, Task<object?>>>();
        }

        return null;
    }

    private static async Task<object?> OfTask<T>(object task) => await (Task<T>)task;

    private static async Task<object?> OfValueTask<T>(object task) => await (ValueTask<T>)task;
}
