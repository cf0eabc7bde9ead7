using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace AutoFlow.Infrastructure.Tests;

/// <summary>What a deployment would send keeps keys, passwords and old TLS out, and gives rights one by one.</summary>
[Collection(nameof(Compiled))]
public sealed partial class SecurityTests(Compiled compiled)
{
    public static TheoryData<string> Deployments() => [.. Compiled.Deployments];

    [BicepTheory, MemberData(nameof(Deployments))]
    public void The_whole_deployment_can_be_foreseen(string deployment) => Assert.Empty(compiled.Unforeseen(deployment));

    [BicepTheory, MemberData(nameof(Deployments))]
    public void Nothing_can_be_opened_with_a_key_or_a_password(string deployment)
    {
        Assert.Equal("false", Property(deployment, "Microsoft.Storage/storageAccounts", "allowSharedKeyAccess"));
        Assert.Equal("false", Property(deployment, "Microsoft.Storage/storageAccounts", "allowBlobPublicAccess"));
        Assert.Equal("true", Property(deployment, "Microsoft.KeyVault/vaults", "enableRbacAuthorization"));
        Assert.Equal("true", Property(deployment, "Microsoft.Insights/components", "DisableLocalAuth"));
        Assert.Equal("true", Property(deployment, "Microsoft.OperationalInsights/workspaces", "features", "disableLocalAuth"));
        Assert.Equal("\"Disabled\"", Property(deployment, "Microsoft.DBforPostgreSQL/flexibleServers", "authConfig", "passwordAuth"));
        Assert.Equal("\"Enabled\"", Property(deployment, "Microsoft.DBforPostgreSQL/flexibleServers", "authConfig", "activeDirectoryAuth"));
        Assert.All(Of(deployment, "Microsoft.CognitiveServices/accounts"), one => Assert.Equal("true", one["properties"]!["disableLocalAuth"]!.ToJsonString()));
        var publishing = Of(deployment, "Microsoft.Web/sites/basicPublishingCredentialsPolicies");
        Assert.Equal(2, publishing.Count);
        Assert.All(publishing, one => Assert.Equal("false", one["properties"]!["allow"]!.ToJsonString()));
        Assert.Equal(
            "\"UserAssignedIdentity\"",
            Property(deployment, "Microsoft.Web/sites", "functionAppConfig", "deployment", "storage", "authentication", "type"));
    }

    [BicepTheory, MemberData(nameof(Deployments))]
    public void Transport_is_TLS_1_2_or_newer(string deployment)
    {
        Assert.Equal("\"TLS1_2\"", Property(deployment, "Microsoft.Storage/storageAccounts", "minimumTlsVersion"));
        Assert.Equal("true", Property(deployment, "Microsoft.Storage/storageAccounts", "supportsHttpsTrafficOnly"));
        Assert.Equal("true", Property(deployment, "Microsoft.Web/sites", "httpsOnly"));
        Assert.Equal("\"1.2\"", Property(deployment, "Microsoft.Web/sites", "siteConfig", "minTlsVersion"));
        Assert.Equal("\"1.2\"", Property(deployment, "Microsoft.Web/sites", "siteConfig", "scmMinTlsVersion"));
        Assert.Equal("\"TLSv1.2\"", Property(deployment, "Microsoft.DBforPostgreSQL/flexibleServers/configurations", "value"));
    }

    [BicepTheory, MemberData(nameof(Deployments))]
    public void Every_right_is_a_built_in_role_on_one_resource_for_a_principal_of_a_known_type(string deployment)
    {
        var assignments = Of(deployment, "Microsoft.Authorization/roleAssignments");

        Assert.NotEmpty(assignments);
        foreach (var assignment in assignments)
        {
            var properties = assignment["properties"]!;
            Assert.NotNull(properties["principalType"]);
            Assert.Contains(RoleId(properties["roleDefinitionId"]!.GetValue<string>()), BuiltInRoles.Names.Keys);
            // Its id goes on after the resource group with the provider of the resource that it is on.
            Assert.Matches("Microsoft.(Storage|KeyVault|Insights|DurableTask|CognitiveServices)", assignment["scope"]?.ToJsonString() ?? assignment["id"]!.ToJsonString());
        }
    }

    [BicepFact]
    public void Every_role_in_the_template_has_the_name_that_Azure_gives_its_id()
    {
        var roles = compiled.Templates.Single(one => one.Name == "access").Template["variables"]!["roles"]!.AsObject();

        Assert.Equal(BuiltInRoles.Names.Keys.Order(), roles.Select(role => role.Value!.GetValue<string>()).Order());
        Assert.All(roles, role => Assert.Equal(role.Key, BuiltInRoles.Names[role.Value!.GetValue<string>()].Replace(" ", ""), ignoreCase: true));
    }

    [BicepFact]
    public void The_app_gets_just_the_rights_that_it_needs()
    {
        var ofApp = Of("most", "Microsoft.Authorization/roleAssignments")
            .Where(one => one["properties"]!["principalId"]!.GetValue<string>().Contains("identity", StringComparison.Ordinal))
            .Select(one => BuiltInRoles.Names[RoleId(one["properties"]!["roleDefinitionId"]!.GetValue<string>())]);

        Assert.Equal(
            ["Cognitive Services OpenAI User", "Durable Task Data Contributor", "Key Vault Secrets User", "Monitoring Metrics Publisher",
             "Storage Blob Data Owner", "Storage Queue Data Contributor", "Storage Table Data Contributor"],
            ofApp.Order());
    }

    [BicepFact]
    public void Whoever_deploys_may_write_secrets_hand_messages_in_again_and_see_the_dashboard()
    {
        var ofDeployer = Of("most", "Microsoft.Authorization/roleAssignments")
            .Where(one => !one["properties"]!["principalId"]!.GetValue<string>().Contains("identity", StringComparison.Ordinal))
            .Select(one => BuiltInRoles.Names[RoleId(one["properties"]!["roleDefinitionId"]!.GetValue<string>())]);

        Assert.Equal(["Durable Task Data Contributor", "Key Vault Secrets Officer", "Storage Queue Data Contributor"], ofDeployer.Order());
    }

    [BicepFact]
    public void The_database_is_made_after_its_administrators_and_never_without_one()
    {
        var postgres = compiled.Templates.Single(one => one.Name == "postgres").Template["resources"]!.AsObject();

        Assert.Contains("entraAdministrators", postgres["support"]!["dependsOn"]!.AsArray().Select(one => one!.GetValue<string>()));
        Assert.DoesNotContain("support", postgres["entraAdministrators"]!["dependsOn"]!.AsArray().Select(one => one!.GetValue<string>()));
        Assert.Contains("fail('PostgreSQL needs an administrator", compiled.Template["resources"]!["postgres"]!["properties"]!["parameters"]!["name"]!.ToJsonString().Replace("\\u0027", "'", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [BicepTheory]
    [InlineData("dev", "Enabled")]
    [InlineData("prod", "Disabled")]
    public void Private_networking_closes_every_public_endpoint_but_the_apps(string deployment, string access)
    {
        foreach (var resource in compiled.Resources(deployment).Where(one => one["type"]!.GetValue<string>() != "Microsoft.Web/sites"))
        {
            if ((resource["properties"]?["publicNetworkAccess"] ?? resource["properties"]?["network"]?["publicNetworkAccess"]) is { } given)
                Assert.Equal(access, given.GetValue<string>());
        }

        Assert.Equal("\"Enabled\"", Property(deployment, "Microsoft.Web/sites", "publicNetworkAccess"));
        Assert.Equal(access == "Disabled" ? 6 : 0, Of(deployment, "Microsoft.Network/privateEndpoints").Count);
        Assert.Equal(Of(deployment, "Microsoft.Network/privateEndpoints").Count, Of(deployment, "Microsoft.Network/privateDnsZones").Count);
        Assert.Equal(access == "Disabled", Of(deployment, "Microsoft.DBforPostgreSQL/flexibleServers/firewallRules").Count == 0);
    }

    private List<JsonObject> Of(string deployment, string type) => [.. compiled.Resources(deployment).Where(one => one["type"]!.GetValue<string>() == type)];

    private string? Property(string deployment, string type, params string[] path) =>
        path.Aggregate(compiled.Single(deployment, type)["properties"], (node, name) => node?[name])?.ToJsonString();

    private static string RoleId(string definition) => Guid().Matches(definition)[^1].Value;

    [GeneratedRegex("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", RegexOptions.CultureInvariant)]
    private static partial Regex Guid();
}
