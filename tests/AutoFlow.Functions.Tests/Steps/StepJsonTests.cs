using System.Text.Json;
using AutoFlow.Functions.Orchestrations;
using AutoFlow.Functions.Steps;

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
}
