using System.Diagnostics;
using System.Reflection;
using System.Text.Json;
using Microsoft.Azure.Functions.Worker;

namespace AutoFlow.Functions.Tests.Hosting;

/// <summary>The app as Azure runs it: the same sources against Microsoft's packages.</summary>
public class AzureBuildTests
{
    private static readonly string Project = Path.Combine(Workflows.Tests.Repository.Root, "functions");

    [Fact]
    public async Task The_host_decides_which_packages_the_app_is_made_with()
    {
        var azure = await ReferencesAsync("Azure");
        Assert.Superset(
            new HashSet<string>
            {
                "Microsoft.Azure.Functions.Worker",
                "Microsoft.Azure.Functions.Worker.Sdk",
                "Microsoft.Azure.Functions.Worker.Extensions.DurableTask",
                "Microsoft.Azure.Functions.Worker.Extensions.DurableTask.AzureManaged",
                "Microsoft.Azure.Functions.Worker.Extensions.Http",
                "Microsoft.Azure.Functions.Worker.Extensions.Http.AspNetCore",
                "Microsoft.Azure.Functions.Worker.Extensions.Storage.Queues",
                "Microsoft.Azure.Functions.Worker.Extensions.Timer",
            },
            azure);
        Assert.DoesNotContain("AutoFlow.EmbeddedHost", azure);

        var embedded = await ReferencesAsync("Embedded");
        Assert.Contains("AutoFlow.EmbeddedHost", embedded);
        Assert.DoesNotContain(embedded, reference => reference.StartsWith("Microsoft.Azure.Functions.", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Triggers")]
    [InlineData("Orchestrations")]
    [InlineData("Steps")]
    public void No_function_knows_which_host_it_runs_on(string folder)
    {
        var files = Directory.GetFiles(Path.Combine(Project, folder), "*.cs", SearchOption.AllDirectories);
        Assert.NotEmpty(files);
        Assert.All(files, file => Assert.DoesNotContain("#if", File.ReadAllText(file), StringComparison.Ordinal));
    }

    /// <summary>Microsoft's generator lists what it found in the same sources; the embedded host must have found the same.</summary>
    [AzureBuildFact]
    public void Both_hosts_find_the_same_functions()
    {
        using var metadata = JsonDocument.Parse(File.ReadAllText(AzureBuildFactAttribute.Metadata));
        var azure = metadata.RootElement.EnumerateArray().ToDictionary(
            function => function.GetProperty("name").GetString()!,
            function => string.Join(' ', function.GetProperty("bindings").EnumerateArray().Select(binding => binding.GetProperty("type").GetString()).Where(type => type!.EndsWith("Trigger", StringComparison.Ordinal))));
        var embedded = typeof(AutoFlowServices).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods())
            .Where(method => method.GetCustomAttribute<FunctionAttribute>() is not null)
            .ToDictionary(method => method.GetCustomAttribute<FunctionAttribute>()!.Name, Trigger);
        Assert.Equal(embedded.OrderBy(one => one.Key, StringComparer.Ordinal), azure.OrderBy(one => one.Key, StringComparer.Ordinal));
    }

    private static string Trigger(MethodInfo method) => method.GetParameters()
        .SelectMany(parameter => parameter.GetCustomAttributes())
        .Select(attribute => attribute.GetType().Name.Replace("Attribute", "", StringComparison.Ordinal))
        .Where(name => name.EndsWith("Trigger", StringComparison.Ordinal))
        .Select(name => char.ToLowerInvariant(name[0]) + name[1..])
        .Single();

    private static async Task<HashSet<string>> ReferencesAsync(string host)
    {
        using var msbuild = Process.Start(new ProcessStartInfo(
            "dotnet", ["msbuild", Project, $"-p:FunctionsHost={host}", "-getItem:PackageReference", "-getItem:ProjectReference"])
        {
            RedirectStandardOutput = true,
        })!;
        using var output = JsonDocument.Parse(await msbuild.StandardOutput.ReadToEndAsync());
        await msbuild.WaitForExitAsync();
        Assert.Equal(0, msbuild.ExitCode);
        return [.. output.RootElement.GetProperty("Items").EnumerateObject()
            .SelectMany(kind => kind.Value.EnumerateArray())
            .Select(item => item.GetProperty("Identity").GetString()!)
            .Select(name => name.EndsWith(".csproj", StringComparison.Ordinal) ? Path.GetFileNameWithoutExtension(name) : name)];
    }
}

/// <summary>Runs where the Azure build has been made; .ci/run makes it where the feed has Microsoft's packages.</summary>
internal sealed class AzureBuildFactAttribute : FactAttribute
{
    public static readonly string Metadata = Path.Combine(Workflows.Tests.Repository.Root, "functions", "bin-azure", "Release", "net10.0", "functions.metadata");

    public AzureBuildFactAttribute()
    {
        if (!File.Exists(Metadata) || File.GetLastWriteTimeUtc(Metadata) < NewestSource())
            Skip = "there is no Azure build of these sources: dotnet build functions -p:FunctionsHost=Azure -c Release";
    }

    private static DateTime NewestSource() => Directory
        .EnumerateFiles(Path.Combine(Workflows.Tests.Repository.Root, "functions", "Triggers"), "*.cs", SearchOption.AllDirectories)
        .Max(File.GetLastWriteTimeUtc);
}
