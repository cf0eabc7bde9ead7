using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace AutoFlow.EmbeddedHost.Hosting;

/// <summary>What was found in the app.</summary>
/// <param name="Functions">The functions, by name.</param>
/// <param name="Faults">What is wrong, one line each; a host does not start with any.</param>
internal sealed record DiscoveryResult(IReadOnlyList<FunctionDescriptor> Functions, IReadOnlyList<string> Faults);

/// <summary>Finds functions by their attributes.</summary>
internal static partial class FunctionDiscovery
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    /// <summary>The types that may hold functions: of the assemblies given, else of the program and what it references that references this host.</summary>
    /// <param name="options">The options.</param>
    public static IEnumerable<Type> Types(EmbeddedHostOptions options)
    {
        if (options.FunctionTypes is { } types)
            return types;
        var assemblies = options.Assemblies ?? Referencing(Assembly.GetEntryAssembly());
        return assemblies.SelectMany(static assembly => assembly.GetTypes());
    }

    /// <summary>Finds the functions of types.</summary>
    /// <param name="types">The types.</param>
    /// <param name="setting">Finds a setting for <c>%Setting%</c>; null when it is not there.</param>
    public static DiscoveryResult Discover(IEnumerable<Type> types, Func<string, string?> setting)
    {
        var found = new List<FunctionDescriptor>();
        var faults = new List<string>();
        var methods =
            from type in types
            from method in type.GetMethods(Declared)
            let attribute = method.GetCustomAttribute<FunctionAttribute>()
            where attribute is not null
            select (method, attribute.Name);
        foreach (var (method, name) in methods)
        {
            try
            {
                found.Add(Describe(method, name, setting));
            }
            catch (FormatException fault)
            {
                faults.Add($"{method.DeclaringType!.FullName}.{method.Name}: {fault.Message}.");
            }
        }

        faults.AddRange(
            from function in found
            group function by function.Name.ToUpperInvariant() into same
            where same.Count() > 1
            select $"{same.First().EntryPoint}: the function name '{same.First().Name}' is taken twice, also by "
                + $"{string.Join(", ", same.Skip(1).Select(static other => other.EntryPoint))}; rename one.");
        return new DiscoveryResult([.. found.OrderBy(static function => function.Name, StringComparer.OrdinalIgnoreCase)], faults);
    }

    private static FunctionDescriptor Describe(MethodInfo method, string name, Func<string, string?> setting)
    {
        if (!ValidName().IsMatch(name))
            throw new FormatException($"the function name '{name}' must begin with a letter and have only letters, digits, _ and -");
        if (!method.IsPublic || method.DeclaringType is { IsVisible: false } or { IsGenericTypeDefinition: true })
            throw new FormatException("a function is a public method of a public class that is not generic");
        if (!method.IsStatic && method.DeclaringType!.IsAbstract)
            throw new FormatException("the class is abstract and cannot be made; make the class concrete or the method static");
        if (method.ReturnType == typeof(void) && method.GetCustomAttribute<System.Runtime.CompilerServices.AsyncStateMachineAttribute>() is not null)
            throw new FormatException("async void loses its errors; return Task");

        if (method.GetCustomAttribute<QueueOutputAttribute>() is not null && IsHttpAnswer(ResultType(method.ReturnType)))
            throw new FormatException("[QueueOutput] on the method would send the HTTP answer to the queue; return a type with an [HttpResult] and a [QueueOutput] property");

        var (trigger, parameter) = TriggerReader.Read(method, name, setting);
        return new FunctionDescriptor(
            name, method, trigger, ParameterPlan.For(method, trigger, parameter), [.. Outputs(method, setting)]);
    }

    private static IEnumerable<OutputBinding> Outputs(MethodInfo method, Func<string, string?> setting)
    {
        if (method.GetCustomAttribute<QueueOutputAttribute>() is { } output)
            yield return new OutputBinding(TriggerReader.Queue(output.QueueName, setting), output.Connection, Property: null);
        foreach (var property in ResultType(method.ReturnType).GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (property.GetCustomAttribute<QueueOutputAttribute>() is { } propertyOutput)
                yield return new OutputBinding(TriggerReader.Queue(propertyOutput.QueueName, setting), propertyOutput.Connection, property);
        }
    }

    private static bool IsHttpAnswer(Type type) => typeof(IActionResult).IsAssignableFrom(type) || typeof(IResult).IsAssignableFrom(type);

    private static Type ResultType(Type type) =>
        type.IsGenericType && (type.GetGenericTypeDefinition() == typeof(Task<>) || type.GetGenericTypeDefinition() == typeof(ValueTask<>))
            ? type.GetGenericArguments()[0]
            : type;

    private static List<Assembly> Referencing(Assembly? program)
    {
        var host = typeof(FunctionAttribute).Assembly.GetName().Name;
        var found = new Dictionary<string, Assembly>(StringComparer.Ordinal);
        var pending = new Stack<Assembly>(program is null ? [] : [program]);
        while (pending.TryPop(out var assembly))
        {
            // Only assemblies that know this host can hold functions, or lead to one that does.
            var references = assembly.GetReferencedAssemblies();
            if (assembly != program && !references.Any(reference => reference.Name == host))
                continue;
            if (assembly.GetName().Name == host || !found.TryAdd(assembly.FullName!, assembly))
                continue;
            foreach (var reference in references.Where(static reference => !IsPlatform(reference.Name!)))
                pending.Push(Assembly.Load(reference));
        }

        return [.. found.Values];
    }

    private static bool IsPlatform(string name) =>
        name is "System" or "mscorlib" or "netstandard"
        || name.StartsWith("System.", StringComparison.Ordinal)
        || name.StartsWith("Microsoft.", StringComparison.Ordinal)
        || name.StartsWith("Azure.", StringComparison.Ordinal);

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9_-]{0,127}$")]
    private static partial Regex ValidName();
}
