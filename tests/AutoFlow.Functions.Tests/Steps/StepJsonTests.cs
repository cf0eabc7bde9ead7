using System.Text.Json;
using AutoFlow.Functions.Orchestrations;
using AutoFlow.Functions.Steps;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using MvcJsonOptions = Microsoft.AspNetCore.Mvc.JsonOptions;

namespace AutoFlow.Functions.Tests.Steps;

public sealed class StepJsonTests
{
    [Fact]
    public void A_hosts_serializer_writes_and_reads_records_as_the_embedded_host_does()
    {
        var host = new JsonSerializerOptions();
        StepJson.Use(host);
        var start = new WorkflowStart { Workflow = "w", DefinitionHash = "h", Input = JsonSerializer.SerializeToElement(new { Total = 1.50m }) };

        Assert.Equal(JsonSerializer.Serialize(start, JsonSerializerOptions.Web), JsonSerializer.Serialize(start, host));
        Assert.Equal(3, JsonSerializer.Deserialize<StepCall<int>>("""{"InstanceId":"i","key":"k","with":"3"}""", host)!.With);
    }

    [Fact]
    public async Task An_event_as_deep_as_a_history_takes_can_be_told_over_HTTP()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Configuration.AddInMemoryCollection([new("AUTOFLOW_WORKFLOWS", Path.Combine(Workflows.Tests.Repository.Root, "workflows"))]);
        Assert.True(builder.AddAutoFlow());
        await using var services = builder.Services.BuildServiceProvider();
        var deep = JsonSerializer.Deserialize<JsonElement>(new string('[', StepJson.Deepest) + new string(']', StepJson.Deepest));

        var told = JsonSerializer.Serialize(new[] { new { @event = deep } }, services.GetRequiredService<IOptions<MvcJsonOptions>>().Value.JsonSerializerOptions);

        Assert.Contains(deep.GetRawText(), told, StringComparison.Ordinal);
    }
}
