using System.Reflection;
using System.Text.Json.Nodes;
using AutoFlow.Functions.Messages;
using AutoFlow.Functions.Settings;

namespace AutoFlow.Infrastructure.Tests;

/// <summary>The app settings that infra/ sets are those that the code reads, and the other way round.</summary>
[Collection(nameof(Compiled))]
public sealed class SettingsTests(Compiled compiled)
{
    public static TheoryData<string> Deployments() => [.. Compiled.Deployments];

    [BicepTheory, MemberData(nameof(Deployments))]
    public void Nothing_is_set_that_nobody_reads(string deployment)
    {
        var unread = Set(deployment).Keys.Where(name => !SettingCatalog.All.Any(setting => setting.Is(name)));

        Assert.Empty(unread);
    }

    [BicepFact]
    public void Everything_is_set_that_the_catalog_leaves_to_the_infrastructure()
    {
        var set = Set("most");

        Assert.Empty(SettingCatalog.All.Where(setting => setting.By == SetBy.Infrastructure && !set.Keys.Any(setting.Is)).Select(setting => setting.EnvironmentName));
    }

    [BicepTheory, MemberData(nameof(Deployments))]
    public void Nothing_is_set_that_counts_on_one_machine_only(string deployment) => Assert.DoesNotContain(
        Set(deployment).Keys, name => SettingCatalog.All.Any(setting => setting.By is SetBy.OneMachine or SetBy.Host && setting.Is(name)));

    [BicepTheory, MemberData(nameof(Deployments))]
    public void Secrets_and_only_secrets_are_references_to_the_vault(string deployment)
    {
        foreach (var (name, value) in Set(deployment))
        {
            var isSecret = SettingCatalog.All.Any(setting => setting.IsSecret && setting.Is(name));
            Assert.True(isSecret == value.Contains("@Microsoft.KeyVault(SecretUri=", StringComparison.Ordinal), $"{name}: {value}");
        }
    }

    [BicepFact]
    public void Secrets_of_workflows_are_set_as_they_are_named()
    {
        var set = Set("most");

        Assert.Contains("'workflow-crm'", set["Secrets__crm"], StringComparison.Ordinal);
        Assert.Contains("'workflow-erp-token'", set["Secrets__erp__token"], StringComparison.Ordinal);
    }

    [BicepFact]
    public void Without_a_model_and_a_mailbox_no_setting_speaks_of_them()
    {
        Assert.DoesNotContain(Set("least").Keys, name => name.StartsWith("AzureOpenAI__", StringComparison.Ordinal) || name.StartsWith("Graph__", StringComparison.Ordinal));
        Assert.Contains(Set("most").Keys, name => name.StartsWith("AzureOpenAI__", StringComparison.Ordinal));
    }

    [BicepFact]
    public void Data_lies_where_the_app_may_write() =>
        Assert.StartsWith("'/tmp/", Set("least")["AUTOFLOW_DATA"], StringComparison.Ordinal); // the folder of the package is read-only

    [BicepTheory, MemberData(nameof(Deployments))]
    public void Every_queue_of_the_app_is_made(string deployment)
    {
        var wanted = typeof(QueueNames).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetRawConstantValue()!);
        var made = compiled.Resources(deployment)
            .Where(one => one["type"]!.GetValue<string>().EndsWith("/queueServices/queues", StringComparison.Ordinal))
            .Select(one => one["name"]!.GetValue<string>().Split('/')[^1]);

        Assert.Equal(wanted.Order(StringComparer.Ordinal), made.Order(StringComparer.Ordinal));
    }

    [BicepFact]
    public void The_package_and_the_settings_agree_on_where_durable_state_lies()
    {
        var durable = JsonNode.Parse(Repository.Read("functions", "host.json"))!["extensions"]!["durableTask"]!;
        var targets = Repository.Read("functions", "DurableBackend.targets");
        var (storage, scheduler) = (Set("least"), Set("most"));
        const string Type = "AzureFunctionsJobHost__extensions__durableTask__storageProvider__type";

        Assert.Equal($"'{durable["storageProvider"]!["type"]}'", storage[Type]);
        Assert.DoesNotContain(storage.Keys, name => name.Contains("hubName", StringComparison.Ordinal) || name == "TASKHUB_NAME");
        foreach (var (name, inFile) in new[] { (Type, "type"), (Type.Replace("type", "connectionStringName", StringComparison.Ordinal), "connectionStringName"), ("AzureFunctionsJobHost__extensions__durableTask__hubName", "hubName") })
            Assert.Contains($"\"{inFile}\": \"{scheduler[name].Trim('\'').Replace("%", "%25", StringComparison.Ordinal)}\"", targets, StringComparison.Ordinal);
        Assert.Contains($"\"hubName\": \"{durable["hubName"]}\"", targets, StringComparison.Ordinal);
        Assert.Equal(["AzureStorage", "DurableTaskScheduler"], compiled.Template["parameters"]!["durableBackend"]!["allowedValues"]!.AsArray().Select(one => one!.GetValue<string>()).Order());
    }

    /// <summary>The settings of the app in a deployment; a value is a constant in quotes, or an expression.</summary>
    private IReadOnlyDictionary<string, string> Set(string deployment)
    {
        var properties = compiled.Single(deployment, "Microsoft.Web/sites/config")["properties"]!;
        return properties is JsonObject known
            ? known.ToDictionary(one => one.Key, one => one.Value!.GetValue<string>() is ['[', ..] text ? text : $"'{one.Value}'", StringComparer.Ordinal)
            : ArmExpression.Members(properties.GetValue<string>());
    }
}
