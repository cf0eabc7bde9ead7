namespace AutoFlow.Infrastructure.Tests;

/// <summary>The real compiler and its linter have nothing to say about infra/.</summary>
public sealed class CompilerTests
{
    public static TheoryData<string> Parameters() => [.. Repository.InfraFiles("*.bicepparam").Select(file => Path.GetFileName(file))];

    [BicepFact]
    public void Every_template_compiles_and_is_linted_without_a_word()
    {
        var (_, diagnostics, exitCode) = Bicep.Run(Repository.Infra, "lint", "--pattern", "**/*.bicep");

        Assert.Equal(("", 0), (diagnostics, exitCode));
    }

    [BicepTheory, MemberData(nameof(Parameters))]
    public void Every_parameter_file_fits_its_template(string file)
    {
        var (output, diagnostics, exitCode) = Bicep.Run(Repository.Infra, "build-params", file, "--stdout");

        Assert.Equal(("", 0), (diagnostics, exitCode));
        Assert.Contains("environmentName", output, StringComparison.Ordinal);
    }

    [BicepFact]
    public void The_linter_finds_a_mistake_where_there_is_one()
    {
        var folder = Directory.CreateTempSubdirectory("autoflow-infra-").FullName;
        File.Copy(Path.Combine(Repository.Infra, "bicepconfig.json"), Path.Combine(folder, "bicepconfig.json"));
        File.WriteAllText(Path.Combine(folder, "wrong.bicep"), """
            param unused string
            resource account 'Microsoft.Storage/storageAccounts@2025-01-01' = {
              name: 'account'
              location: resourceGroup().location
              kind: 'StorageV2'
              sku: { name: 'Standard_LRS' }
              properties: { minimumTlsVersio: 'TLS1_2' }
            }
            """);

        var (_, diagnostics, exitCode) = Bicep.Run(folder, "lint", "--pattern", "**/*.bicep");

        Assert.NotEqual(0, exitCode);
        Assert.Contains("no-unused-params", diagnostics, StringComparison.Ordinal);
        Assert.Contains("minimumTlsVersio", diagnostics, StringComparison.Ordinal);
        Directory.Delete(folder, recursive: true);
    }
}
