using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace AutoFlow.Infrastructure.Tests;

/// <summary>Each thing that a person must hear of has a rule, over metrics that the app gives.</summary>
[Collection(nameof(Compiled))]
public sealed partial class AlertTests(Compiled compiled)
{
    // The meter AutoFlow has more; these are the ones that rules may ask for.
    private static readonly string[] Metrics =
    [
        "autoflow.messages.failed", "autoflow.answer.duration", "autoflow.model.cost", "autoflow.carrier.errors",
        "autoflow.orchestrations.failed", "autoflow.queue.poison",
    ];

    [BicepFact]
    public void There_is_a_rule_for_everything_that_a_person_must_hear_of() => Assert.Equal(
        ["carrier-errors", "failed-messages", "failed-orchestrations", "model-spend", "not-ready", "poison-queue", "silent", "slow-answers"],
        Rules("prod").Keys.Order(StringComparer.Ordinal));

    [BicepFact]
    public void Rules_ask_for_metrics_that_the_app_gives_and_each_is_asked_for()
    {
        var asked = Rules("prod").Values.SelectMany(rule => MetricName().Matches(Query(rule)).Select(match => match.Groups[1].Value));

        Assert.Equal(Metrics.Order(StringComparer.Ordinal), asked.Order(StringComparer.Ordinal));
        var given = string.Concat(Directory.GetFiles(Repository.At("functions/Telemetry/Metrics"), "*.cs").Select(File.ReadAllText));
        Assert.All(asked, metric => Assert.Contains($"\"{metric}\"", given, StringComparison.Ordinal));
    }

    [BicepFact]
    public void A_rule_compares_a_column_of_its_query_or_counts_rows_and_keeps_the_time()
    {
        foreach (var (name, rule) in Rules("prod"))
        {
            var criterion = rule["criteria"]!["allOf"]![0]!;
            var column = criterion["metricMeasureColumn"]?.GetValue<string>();
            Assert.True(column is null == (criterion["timeAggregation"]!.GetValue<string>() == "Count"), name);
            if (column is not null) Assert.Contains($"{column} = ", Query(rule), StringComparison.Ordinal);
            Assert.Contains("TimeGenerated", Query(rule), StringComparison.Ordinal);
        }
    }

    [BicepFact]
    public void Rules_tell_somebody_when_there_is_somebody()
    {
        Assert.All(Rules("prod").Values, rule => Assert.Contains("actionGroups", rule["actions"]!.ToJsonString(), StringComparison.Ordinal));
        Assert.All(Rules("least").Values, rule => Assert.Null(rule["actions"]));
        Assert.DoesNotContain("model-spend", Rules("least").Keys);
    }

    [Fact]
    public void The_timer_whose_silence_is_an_alert_is_there() =>
        Assert.NotNull(typeof(Functions.AutoFlowServices).Assembly.GetType("AutoFlow.Functions.Triggers.SweepStore"));

    private Dictionary<string, JsonObject> Rules(string deployment) => compiled.Resources(deployment)
        .Where(one => one["type"]!.GetValue<string>() == "Microsoft.Insights/scheduledQueryRules")
        .ToDictionary(one => one["name"]!.GetValue<string>()["alert-".Length..], one => one["properties"]!.AsObject(), StringComparer.Ordinal);

    private static string Query(JsonObject rule) => rule["criteria"]!["allOf"]![0]!["query"]!.GetValue<string>();

    [GeneratedRegex("\"(autoflow\\.[a-z.]+)\"", RegexOptions.CultureInvariant)]
    private static partial Regex MetricName();
}
