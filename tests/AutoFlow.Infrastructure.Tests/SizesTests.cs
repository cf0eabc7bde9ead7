using System.Text.Json.Nodes;

namespace AutoFlow.Infrastructure.Tests;

/// <summary>dev is small, prod outlives a zone, and what costs is off where it was not asked for.</summary>
[Collection(nameof(Compiled))]
public sealed class SizesTests(Compiled compiled)
{
    [BicepFact]
    public void Prod_outlives_a_zone_and_dev_does_not_pay_for_it()
    {
        var (dev, prod) = (Of("dev", "Microsoft.DBforPostgreSQL/flexibleServers"), Of("prod", "Microsoft.DBforPostgreSQL/flexibleServers"));

        Assert.Equal(("Disabled", "Burstable"), (Text(dev, "properties", "highAvailability", "mode"), Text(dev, "sku", "tier")));
        Assert.Equal(("ZoneRedundant", "GeneralPurpose"), (Text(prod, "properties", "highAvailability", "mode"), Text(prod, "sku", "tier")));
        Assert.Equal("Standard_LRS", Text(Of("dev", "Microsoft.Storage/storageAccounts"), "sku", "name"));
        Assert.Equal("Standard_ZRS", Text(Of("prod", "Microsoft.Storage/storageAccounts"), "sku", "name"));
    }

    [BicepFact]
    public void The_app_runs_on_Flex_Consumption_with_the_runtime_that_it_is_built_for()
    {
        var (plan, app) = (Of("dev", "Microsoft.Web/serverfarms"), Of("dev", "Microsoft.Web/sites")["properties"]!["functionAppConfig"]!);

        Assert.Equal(("FC1", "FlexConsumption"), (Text(plan, "sku", "name"), Text(plan, "sku", "tier")));
        Assert.Equal(("dotnet-isolated", "10.0"), (Text(app, "runtime", "name"), Text(app, "runtime", "version")));
        Assert.Contains("<TargetFramework>net10.0</TargetFramework>", Repository.Read("Directory.Build.props"), StringComparison.Ordinal);
        Assert.Empty(app["scaleAndConcurrency"]!["alwaysReady"]!.AsArray());
        Assert.Equal(["durable", "http"], Of("prod", "Microsoft.Web/sites")["properties"]!["functionAppConfig"]!["scaleAndConcurrency"]!["alwaysReady"]!.AsArray().Select(one => Text(one!, "name")).Order());
    }

    [BicepFact]
    public void What_was_not_asked_for_is_not_there()
    {
        var least = compiled.Resources("least").Select(one => one["type"]!.GetValue<string>()).ToHashSet();

        foreach (var type in new[] { "Microsoft.CognitiveServices/accounts", "Microsoft.DurableTask/schedulers", "Microsoft.Network/virtualNetworks", "Microsoft.Network/natGateways", "Microsoft.Consumption/budgets", "Microsoft.Insights/actionGroups" })
            Assert.DoesNotContain(type, least);
        var most = compiled.Resources("most").Select(one => one["type"]!.GetValue<string>()).ToHashSet();
        Assert.Superset(new HashSet<string> { "Microsoft.CognitiveServices/accounts", "Microsoft.DurableTask/schedulers", "Microsoft.Network/virtualNetworks", "Microsoft.Network/natGateways", "Microsoft.Consumption/budgets", "Microsoft.Insights/actionGroups" }, most);
    }

    [BicepTheory]
    [InlineData("dev", 35)] // what Azure leaves of max_connections: Standard_B1ms
    [InlineData("prod", 844)] // Standard_D2ds_v5
    public void All_instances_together_stay_within_the_connections_of_the_server(string deployment, int free)
    {
        var each = Of(deployment, "Microsoft.Web/sites")["properties"]!["functionAppConfig"]!["scaleAndConcurrency"]!["maximumInstanceCount"]!.GetValue<int>();
        var timers = Directory.EnumerateFiles(Repository.At("functions", "Triggers"), "*.cs").Count(file => File.ReadAllText(file).Contains("[TimerTrigger(", StringComparison.Ordinal));
        // HTTP and durable state are a group each; each queue, and each timer, scales by itself.
        var instances = ((2 + AutoFlow.Functions.Messages.QueueNames.All.Count) * each) + timers;
        var settings = compiled.Single(deployment, "Microsoft.Web/sites/config")["properties"]!;
        var connections = settings is JsonObject known ? known["Postgres__MostConnections"]!.GetValue<string>() : ArmExpression.Members(settings.GetValue<string>())["Postgres__MostConnections"].Trim('\'');

        Assert.InRange(instances * int.Parse(connections, System.Globalization.CultureInfo.InvariantCulture), 1, free);
        Assert.Contains($"var timers = {timers}\n", Repository.Read("infra", "main.bicep"), StringComparison.Ordinal);
    }

    private JsonObject Of(string deployment, string type) => compiled.Single(deployment, type);

    private static string? Text(JsonNode node, params string[] path) => path.Aggregate((JsonNode?)node, (at, name) => at?[name])?.GetValue<string>();
}
