using System.Text.Json.Nodes;

namespace AutoFlow.Infrastructure.Tests;

/// <summary>What the compiler makes of infra/: the template, and what a deployment with certain parameters would send. Made once for all tests.</summary>
public sealed class Compiled : IDisposable
{
    private readonly DirectoryInfo _copy = Directory.CreateTempSubdirectory("autoflow-infra-");
    private readonly Lazy<JsonObject> _template;
    private readonly Dictionary<string, Lazy<JsonObject>> _snapshots;

    public Compiled()
    {
        _template = new(() => Parse(Bicep.Run(Repository.Infra, "build", "main.bicep", "--stdout").Output));
        _snapshots = new(StringComparer.Ordinal)
        {
            ["dev"] = new(() => Snapshot(File.ReadAllText(Path.Combine(Repository.Infra, "main.dev.bicepparam")))),
            ["prod"] = new(() => Snapshot(File.ReadAllText(Path.Combine(Repository.Infra, "main.prod.bicepparam")))),
            ["least"] = new(() => Snapshot("""
                using 'main.bicep'
                param environmentName = 'least'
                param location = 'westeurope'
                param shopBaseUrl = 'https://shop.example'
                param useModel = false
                """)),
            ["most"] = new(() => Snapshot("""
                using 'main.bicep'
                param environmentName = 'most'
                param location = 'westeurope'
                param environmentType = 'prod'
                param shopBaseUrl = 'https://shop.example'
                param shopOrderNumberPattern = '#[0-9]{5}'
                param mailbox = 'support@shop.example'
                param workflowSecrets = ['crm', 'erp__token']
                param durableBackend = 'DurableTaskScheduler'
                param schedulerSku = 'Dedicated'
                param privateNetworking = true
                param fixedOutboundAddress = true
                param alertEmail = 'operators@shop.example'
                param monthlyBudget = 100
                param budgetStartDate = '2026-12-01'
                """)),
        };
    }

    /// <summary>The names of the deployments that are looked at; the two parameter files are among them.</summary>
    public static IReadOnlyList<string> Deployments { get; } = ["dev", "prod", "least", "most"];

    /// <summary>main.bicep as an ARM template, its modules inside.</summary>
    public JsonObject Template => _template.Value;

    /// <summary>The template and each module's.</summary>
    public IEnumerable<(string Name, JsonObject Template)> Templates => [("main", Template), .. Modules(Template).Select(module => (module.Name, module.Template))];

    /// <summary>The resources of a template; the compiler writes them as a list where it needs no names for them.</summary>
    public static IEnumerable<JsonObject> ResourcesOf(JsonObject template) => template["resources"] is JsonArray list
        ? list.Select(one => one!.AsObject())
        : template["resources"]!.AsObject().Select(one => one.Value!.AsObject());

    /// <summary>The modules of main.bicep: name, the parameters that it is given, its own template.</summary>
    public static IEnumerable<(string Name, JsonObject Given, JsonObject Template)> Modules(JsonObject template) =>
        from resource in template["resources"]!.AsObject()
        where resource.Value!["type"]!.GetValue<string>() == "Microsoft.Resources/deployments"
        let properties = resource.Value["properties"]!.AsObject()
        select (resource.Key, properties["parameters"]?.AsObject() ?? [], properties["template"]!.AsObject());

    /// <summary>Every resource of a deployment, its expressions evaluated as far as they can be before Azure answers.</summary>
    public IReadOnlyList<JsonObject> Resources(string deployment) =>
        [.. _snapshots[deployment].Value["predictedResources"]!.AsArray().Select(one => one!.AsObject())];

    /// <summary>What the compiler could not foresee of a deployment.</summary>
    public IReadOnlyList<string> Unforeseen(string deployment) => [.. _snapshots[deployment].Value["diagnostics"]!.AsArray().Select(one => one!.ToJsonString())];

    /// <summary>The one resource of a type.</summary>
    public JsonObject Single(string deployment, string type) => Resources(deployment).Single(one => one["type"]!.GetValue<string>() == type);

    public void Dispose() => _copy.Delete(recursive: true);

    private static JsonObject Parse(string text) => JsonNode.Parse(text)!.AsObject();

    // A snapshot is written beside its parameters: so a copy of infra/ for each.
    private JsonObject Snapshot(string parameters)
    {
        var folder = _copy.CreateSubdirectory(Guid.NewGuid().ToString("N")).FullName;
        foreach (var file in Repository.InfraFiles("*.*").Where(file => Path.GetExtension(file) is ".bicep" or ".json"))
        {
            var target = Path.Combine(folder, Path.GetRelativePath(Repository.Infra, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        File.WriteAllText(Path.Combine(folder, "test.bicepparam"), parameters);
        var (_, diagnostics, exitCode) = Bicep.Run(
            folder, "snapshot", "test.bicepparam", "--mode", "overwrite", "--location", "westeurope",
            "--subscription-id", "00000000-0000-0000-0000-000000000001", "--tenant-id", "00000000-0000-0000-0000-000000000002");
        return exitCode == 0
            ? Parse(File.ReadAllText(Path.Combine(folder, "test.snapshot.json")))
            : throw new InvalidOperationException(diagnostics);
    }
}

/// <summary>Tests that share one <see cref="Compiled"/>.</summary>
[CollectionDefinition(nameof(Compiled))]
public sealed class CompiledCollection : ICollectionFixture<Compiled>;
