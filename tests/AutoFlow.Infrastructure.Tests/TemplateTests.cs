using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace AutoFlow.Infrastructure.Tests;

/// <summary>Rules for every template that the compiler does not know.</summary>
[Collection(nameof(Compiled))]
public sealed partial class TemplateTests(Compiled compiled)
{
    // Each needs a reason.
    private static readonly Dictionary<string, string> PreviewVersions = new(StringComparer.Ordinal)
    {
        ["Microsoft.Insights/diagnosticSettings@2021-05-01-preview"] = "There is no newer version and none that is not a preview; Microsoft's own templates use it.",
    };

    [BicepFact]
    public void No_output_is_a_secret_or_holds_one()
    {
        foreach (var (name, template) in compiled.Templates)
        {
            foreach (var (output, declared) in template["outputs"]?.AsObject() ?? [])
            {
                Assert.False(declared!["type"]!.GetValue<string>().StartsWith("secure", StringComparison.OrdinalIgnoreCase), $"{name}: {output} is a secret.");
                Assert.DoesNotMatch(SecretValue(), declared.ToJsonString());
                Assert.False(SecretName().IsMatch(output), $"{name}: {output} is called like a secret.");
            }
        }
    }

    [BicepFact]
    public void Nothing_asks_for_a_key()
    {
        foreach (var (_, template) in compiled.Templates) Assert.DoesNotMatch(ListFunction(), template.ToJsonString());
    }

    [BicepFact]
    public void Every_parameter_is_used()
    {
        foreach (var (name, template) in compiled.Templates)
        {
            var text = WithoutModules(template).ToJsonString();
            foreach (var (parameter, _) in template["parameters"]!.AsObject())
                Assert.True(text.Contains($"parameters(\\u0027{parameter}\\u0027)", StringComparison.Ordinal), $"{name}: the parameter {parameter} is not used.");
        }
    }

    [BicepFact]
    public void Every_parameter_of_a_module_is_given()
    {
        foreach (var (name, given, template) in Compiled.Modules(compiled.Template))
        {
            var declared = template["parameters"]!.AsObject().Select(one => one.Key).Order(StringComparer.Ordinal);
            Assert.True(declared.SequenceEqual(given.Select(one => one.Key).Order(StringComparer.Ordinal)), $"{name}: {string.Join(", ", declared)}");
        }
    }

    [BicepFact]
    public void Previews_of_the_API_are_used_only_with_a_reason()
    {
        var versions = compiled.Templates
            .SelectMany(one => Compiled.ResourcesOf(one.Template))
            .Select(one => $"{one["type"]}@{one["apiVersion"]}")
            .Where(version => version.EndsWith("-preview", StringComparison.Ordinal))
            .Distinct();

        Assert.Equal(PreviewVersions.Keys, versions);
    }

    [BicepFact]
    public void Every_abbreviation_is_used()
    {
        var template = Repository.Read("infra", "main.bicep");
        foreach (var (name, _) in JsonNode.Parse(Repository.Read("infra", "abbreviations.json"))!.AsObject())
            Assert.Contains($"abbreviations.{name}}}", template, StringComparison.Ordinal);
    }

    // A module's template has parameters of its own; what it is given counts.
    private static JsonObject WithoutModules(JsonObject template)
    {
        var copy = template.DeepClone().AsObject();
        foreach (var resource in Compiled.ResourcesOf(copy)) (resource["properties"] as JsonObject)?.Remove("template");
        return copy;
    }

    [GeneratedRegex(@"\blist[A-Z]\w*\(", RegexOptions.CultureInvariant)]
    private static partial Regex ListFunction();

    [GeneratedRegex("secret|password|token|connection|(?<!vault_)key(?!_vault)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex SecretName();

    [GeneratedRegex(@"\blist[A-Z]\w*\(|ConnectionString|InstrumentationKey|sharedKey", RegexOptions.CultureInvariant)]
    private static partial Regex SecretValue();
}
