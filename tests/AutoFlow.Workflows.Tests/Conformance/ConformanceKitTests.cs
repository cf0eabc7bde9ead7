using Xunit.Abstractions;

namespace AutoFlow.Workflows.Tests.Conformance;

/// <summary>The specification's conformance kit, from its feature files, with real calls to a stub of the services it names.</summary>
public sealed class ConformanceKitTests(KitServices services, ITestOutputHelper report) : IClassFixture<KitServices>
{
    [SharedFact]
    public async Task Every_scenario_passes()
    {
        var scenarios = Scenario.OfTheKit();
        Assert.Equal(21, scenarios.Count);
        foreach (var scenario in scenarios)
        {
            await ScenarioRun.PassesAsync(scenario, services);
            report.WriteLine($"passed   {scenario.Name}");
        }

        Assert.Equal(
            [
                "GET httpbin.org/basic-auth/serverless-workflow/conformance-test",
                "GET petstore.swagger.io/v2/pet/1",
                "GET petstore.swagger.io/v2/pet/2",
                "GET petstore.swagger.io/v2/pet/findByStatus?status=available",
                "GET petstore.swagger.io/v2/pet/getPetByName/Milou",
                "GET petstore.swagger.io/v2/swagger.json",
            ],
            services.Requests.Distinct().Order(StringComparer.Ordinal));
    }
}
