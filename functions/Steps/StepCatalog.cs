using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using AutoFlow.Workflows.Catalog;
using Microsoft.Azure.Functions.Worker;

namespace AutoFlow.Functions.Steps;

/// <summary>
/// The default catalog of functions that a workflow may call: every activity function of this app whose input is a
/// <see cref="StepCall{TWith}"/>, with the properties of its arguments as parameters.
/// </summary>
public static class StepCatalog
{
    /// <summary>Read once from the app's own assembly.</summary>
    public static IFunctionCatalog Default { get; } = Read(typeof(StepCatalog).Assembly);

    private static FunctionCatalog Read(Assembly assembly) => new(
        from type in assembly.GetTypes()
        from method in type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
        let name = method.GetCustomAttribute<FunctionAttribute>()?.Name
        where name is not null
        let with = Arguments(method)
        where with is not null
        orderby name
        select new FunctionSignature(name, [.. with.GetProperties().Select(Parameter)], null));

    private static Type? Arguments(MethodInfo method) => method.GetParameters()
        .Where(parameter => parameter.GetCustomAttribute<ActivityTriggerAttribute>() is not null)
        .Select(parameter => parameter.ParameterType)
        .Where(type => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(StepCall<>))
        .Select(type => type.GetGenericArguments()[0])
        .FirstOrDefault();

    private static AutoFlow.Workflows.Catalog.FunctionParameter Parameter(PropertyInfo property) => new(
        JsonNamingPolicy.CamelCase.ConvertName(property.Name),
        property.GetCustomAttribute<RequiredMemberAttribute>() is not null);
}
