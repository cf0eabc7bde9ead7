using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace AutoFlow.Infrastructure.Tests;

/// <summary>azure.yaml, the workflows of GitHub and the parameters of azd are well formed, fit together, and hold no secret.</summary>
public sealed partial class DeploymentFileTests
{
    public static TheoryData<string> Workflows() =>
        [.. Directory.EnumerateFiles(Repository.At(".github", "workflows")).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    [Fact]
    public void Azd_finds_the_project_the_template_and_the_app()
    {
        var azure = Yaml("azure.yaml");
        var (name, service) = Assert.Single(Map(Map(azure)["services"]));

        Assert.Single(Directory.EnumerateFiles(Repository.At(Text(service, "project")), "*.csproj"));
        Assert.Equal(("function", "dotnet"), (Text(service, "host"), Text(service, "language")));
        var infra = Map(azure)["infra"];
        Assert.True(File.Exists(Repository.At(Text(infra, "path"), Text(infra, "module") + ".bicep")));
        Assert.True(File.Exists(Repository.At(Text(infra, "path"), Text(infra, "module") + ".parameters.json")));
        // Azd looks for the app by this tag.
        Assert.Contains($"'azd-service-name': '{name}'", Repository.Read("infra", "app", "functions.bicep"), StringComparison.Ordinal);
    }

    [Fact]
    public void Azd_makes_the_package_for_Azure()
    {
        var hook = Map(Map(Map(Assert.Single(Map(Map(Yaml("azure.yaml"))["services"])).Value)["hooks"])["prepackage"]);

        foreach (var system in new[] { "posix", "windows" })
            Assert.StartsWith("azd env set FunctionsHost Azure ", Text(hook[system], "run"), StringComparison.Ordinal);
        // Older ones do not give the environment's values to dotnet, and would deploy the embedded host.
        Assert.Equal(">= 1.23.7", Text(Map(Yaml("azure.yaml"))["requiredVersions"], "azd"));
    }

    [Theory, MemberData(nameof(Workflows))]
    public void A_workflow_uses_fixed_versions_and_files_that_exist(string file)
    {
        var jobs = Map(Map(Yaml(".github", "workflows", file))["jobs"]);
        Assert.NotEmpty(jobs);
        foreach (var uses in Everything(Yaml(".github", "workflows", file)).Where(one => one.Key == "uses").Select(one => one.Value))
        {
            if (uses.StartsWith("./", StringComparison.Ordinal)) Assert.True(File.Exists(Repository.At(uses)), uses);
            else Assert.Matches("^[A-Za-z-]+/[a-z-]+@[0-9a-f]{40}$", uses);
        }

        foreach (var needed in jobs.Values.SelectMany(job => Map(job).TryGetValue("needs", out var needs) ? [needs.ToString()] : Array.Empty<string>()))
            Assert.Contains(needed, jobs.Keys);
        foreach (var run in Everything(Yaml(".github", "workflows", file)).Where(one => one.Key == "run").Select(one => one.Value))
        {
            // What somebody outside can write, such as a branch's name, comes as a variable, never as a piece of the script.
            Assert.DoesNotContain("${{", run, StringComparison.Ordinal);
            if (run.StartsWith("./", StringComparison.Ordinal) || run.StartsWith('.')) Assert.True(File.Exists(Repository.At(run)), run);
        }
    }

    [Theory, MemberData(nameof(Workflows))]
    public void A_workflow_has_no_secret_and_only_the_rights_that_it_needs(string file)
    {
        var text = Repository.Read(".github", "workflows", file);

        Assert.DoesNotContain("secrets.", text, StringComparison.Ordinal);
        Assert.DoesNotMatch(SecretText(), text);
        Assert.Equal("read", Text(Map(Yaml(".github", "workflows", file))["permissions"], "contents"));
        Assert.All(Everything(Yaml(".github", "workflows", file)).Where(one => one.Value == "write"), one => Assert.Equal("id-token", one.Key));
    }

    [Fact]
    public void Pull_requests_run_the_tests_and_never_deploy()
    {
        var jobs = Map(Map(Yaml(".github", "workflows", "ci-deploy.yml"))["jobs"]);

        Assert.Contains(Everything(jobs["test"]), one => one is { Key: "run", Value: ".ci/run" });
        Assert.Equal("github.ref == 'refs/heads/main' && github.event_name != 'pull_request'", Text(jobs["package"], "if"));
        Assert.Equal(("test", "package", "dev"), (Text(jobs["package"], "needs"), Text(jobs["dev"], "needs"), Text(jobs["prod"], "needs")));
        Assert.Contains(Everything(jobs["package"]), one => one.Key == "run" && one.Value.Contains("-p:FunctionsHost=Azure", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_value_that_azd_asks_the_environment_for_reaches_a_pipeline_but_secrets()
    {
        var given = Map(Map(Map(Map(Yaml(".github", "workflows", "deploy.yml"))["jobs"])["deploy"])["env"]).Keys.ToHashSet();
        var parameters = JsonNode.Parse(Repository.Read("infra", "main.parameters.json"))!["parameters"]!.AsObject();
        var main = Repository.Read("infra", "main.bicep");

        foreach (var (parameter, value) in parameters)
        {
            if (!IsAsked(value)) continue;
            var variable = Variable().Match(value!["value"]!.GetValue<string>()).Groups[1].Value;
            var isSecret = Regex.IsMatch(main, $@"@secure\(\)\s+param {parameter} ");
            Assert.Matches($@"(?m)^param {parameter} ", main);
            Assert.False(isSecret && given.Contains(variable), $"{variable} is a secret.");
            // azd itself knows who deploys; a pipeline has no address of its own to let in.
            if (!isSecret && variable is not ("AZURE_PRINCIPAL_ID" or "AUTOFLOW_CLIENT_ADDRESS")) Assert.Contains(variable, given);
        }
    }

    [Fact]
    public void The_page_on_deployment_names_every_value_and_only_files_that_exist()
    {
        var page = Repository.Read("docs", "deploy.md");

        foreach (var (_, value) in JsonNode.Parse(Repository.Read("infra", "main.parameters.json"))!["parameters"]!.AsObject())
        {
            if (!IsAsked(value)) continue;
            var variable = Variable().Match(value!["value"]!.GetValue<string>()).Groups[1].Value;
            if (variable is "AZURE_ENV_NAME" or "AZURE_PRINCIPAL_ID" or "AZURE_PRINCIPAL_TYPE") continue; // azd's own
            Assert.Contains(variable.Replace("DATABASE_ADMIN_NAME", "DATABASE_ADMIN_ID").Replace("DATABASE_ADMIN_TYPE", "DATABASE_ADMIN_ID"), page, StringComparison.Ordinal);
        }

        foreach (var path in PathInRepository().Matches(page).Select(match => match.Value))
            Assert.True(Path.Exists(Repository.At(path)), path);
        foreach (var output in Output().Matches(page).Select(match => match.Groups[1].Value).Where(name => name != "FunctionsHost"))
            Assert.Contains($"output {output} ", Repository.Read("infra", "main.bicep"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("infra")]
    [InlineData(".github")]
    public void No_file_holds_a_secret(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(Repository.At(folder), "*", SearchOption.AllDirectories)) Assert.DoesNotMatch(SecretText(), File.ReadAllText(file));
    }

    // Beside what azd asks for, a size or the app's settings may be written down as they are.
    private static bool IsAsked(JsonNode? value) => value!["value"] is JsonValue given && given.TryGetValue<string>(out var text) && Variable().IsMatch(text);

    private static YamlNode Yaml(params string[] path)
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(Repository.Read(path)));
        return Assert.Single(yaml.Documents).RootNode;
    }

    private static Dictionary<string, YamlNode> Map(YamlNode node) =>
        Assert.IsType<YamlMappingNode>(node).Children.ToDictionary(one => ((YamlScalarNode)one.Key).Value!, one => one.Value, StringComparer.Ordinal);

    private static string Text(YamlNode node, string name) => Assert.IsType<YamlScalarNode>(Map(node)[name]).Value!;

    private static IEnumerable<KeyValuePair<string, string>> Everything(YamlNode node) => node switch
    {
        YamlMappingNode map => map.Children.SelectMany(one => one.Value is YamlScalarNode scalar ? [new(((YamlScalarNode)one.Key).Value!, scalar.Value!)] : Everything(one.Value)),
        YamlSequenceNode list => list.Children.SelectMany(Everything),
        _ => [],
    };

    [GeneratedRegex(@"(?<![\w/.])(infra|docs|functions|src|tests|\.github)/[\w./-]*\w", RegexOptions.CultureInvariant)]
    private static partial Regex PathInRepository();

    [GeneratedRegex(@"azd env get-value (\w+)", RegexOptions.CultureInvariant)]
    private static partial Regex Output();

    [GeneratedRegex(@"^\$\{([A-Za-z_0-9]+)(=[^}]*)?\}$", RegexOptions.CultureInvariant)]
    private static partial Regex Variable();

    [GeneratedRegex(@"AccountKey=|SharedAccessKey=|sig=[A-Za-z0-9%]{20}|BEGIN [A-Z ]*PRIVATE KEY|shpat_[0-9a-f]{8}|InstrumentationKey=|\b[A-Za-z0-9+/]{43}=|\b[A-Za-z0-9]{3}8Q~[A-Za-z0-9._~-]{20}", RegexOptions.CultureInvariant)]
    private static partial Regex SecretText();
}
