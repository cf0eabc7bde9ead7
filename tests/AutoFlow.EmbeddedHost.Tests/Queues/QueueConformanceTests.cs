using AutoFlow.EmbeddedHost.Queues;
using AutoFlow.EmbeddedHost.Store;
using AutoFlow.Tests;
using Azure.Storage.Queues;
using Microsoft.Extensions.Configuration;

namespace AutoFlow.EmbeddedHost.Tests.Queues;

/// <summary>A theory that is skipped, with the reason, where Azurite cannot run.</summary>
public sealed class AzuriteTheoryAttribute : TheoryAttribute
{
    public AzuriteTheoryAttribute() => Skip = Azurite.Absence;
}

/// <summary>A fact that is skipped, with the reason, where Azurite cannot run.</summary>
public sealed class AzuriteFactAttribute : FactAttribute
{
    public AzuriteFactAttribute() => Skip = Azurite.Absence;
}

[Collection(AzuriteCollection.Name)]
public sealed class AzuriteQueueConformanceTests(LazyAzurite azurite)
{
    public static TheoryData<string> Cases => [.. QueueConformance.Cases];

    [AzuriteTheory]
    [MemberData(nameof(Cases))]
    public async Task Azurite_conforms(string testCase)
    {
        var configuration = Configured(await azurite.ConnectionStringAsync());
        await using var database = HostDatabase.Open(":memory:");
        using var connections = EmbeddedQueueConformanceTests.Connections(configuration, database, TimeProvider.System);

        Assert.False(connections.IsEmbedded(null));
        await new QueueConformance(connections.Service(null)).RunAsync(testCase);
    }

    private static IConfiguration Configured(string connectionString) => new ConfigurationBuilder()
        .AddInMemoryCollection([new("AzureWebJobsStorage", connectionString)])
        .Build();
}

public sealed class EmbeddedQueueConformanceTests
{
    public static TheoryData<string> Cases => [.. QueueConformance.Cases];

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task The_embedded_queue_conforms(string testCase)
    {
        await using var database = HostDatabase.Open(":memory:");
        using var connections = Connections(new ConfigurationBuilder().Build(), database, new VirtualTime());

        Assert.True(connections.IsEmbedded(null));
        await new QueueConformance(connections.Service(null)).RunAsync(testCase);
    }

    [Fact]
    public async Task Hidden_messages_come_back_and_old_ones_expire_by_the_clock()
    {
        var time = new VirtualTime();
        await using var database = HostDatabase.Open(":memory:");
        using var connections = Connections(new ConfigurationBuilder().Build(), database, time);
        var queue = connections.Service(null).GetQueueClient("orders");
        await queue.CreateAsync();
        await queue.SendMessageAsync("short", timeToLive: TimeSpan.FromMinutes(1));
        await queue.SendMessageAsync("long", timeToLive: TimeSpan.FromSeconds(-1));

        Assert.Equal(2, (await queue.ReceiveMessagesAsync(5, TimeSpan.FromSeconds(30))).Value.Length);
        time.Advance(TimeSpan.FromSeconds(29));
        Assert.Empty((await queue.ReceiveMessagesAsync(5)).Value);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(2, (await queue.ReceiveMessagesAsync(5, TimeSpan.FromSeconds(30))).Value.Length);
        time.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(["long"], (await queue.ReceiveMessagesAsync(5)).Value.Select(message => message.Body.ToString()));
        time.Advance(TimeSpan.FromDays(3650));
        Assert.Equal(["long"], (await queue.PeekMessagesAsync(5)).Value.Select(message => message.Body.ToString()));
    }

    [Fact]
    public async Task Messages_outlive_the_process()
    {
        var folder = Directory.CreateTempSubdirectory("queue-");
        try
        {
            var path = Path.Combine(folder.FullName, "host.db");
            await using (var database = HostDatabase.Open(path))
            {
                using var connections = Connections(new ConfigurationBuilder().Build(), database, TimeProvider.System);
                await connections.Service(null).CreateQueueAsync("orders");
                await connections.Service(null).GetQueueClient("orders").SendMessageAsync("kept");
            }

            await using var reopened = HostDatabase.Open(path);
            using var again = Connections(new ConfigurationBuilder().Build(), reopened, TimeProvider.System);
            Assert.Equal("kept", (await again.Service(null).GetQueueClient("orders").ReceiveMessageAsync()).Value.Body.ToString());
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task What_a_dead_process_had_taken_is_shown_again_at_once_and_what_is_delayed_stays_hidden()
    {
        var time = new VirtualTime();
        await using var database = HostDatabase.Open(":memory:");
        using var connections = Connections(new ConfigurationBuilder().Build(), database, time);
        var queue = connections.Service(null).GetQueueClient("orders");
        await queue.CreateAsync();
        await queue.SendMessageAsync("taken");
        await queue.SendMessageAsync("delayed", visibilityTimeout: TimeSpan.FromHours(1));
        await queue.ReceiveMessageAsync(TimeSpan.FromMinutes(10));

        await new EmbeddedQueueStore(database, new QueueSignals(), time).ReleaseTakenAsync(CancellationToken.None);

        var shown = (await queue.ReceiveMessagesAsync(5)).Value;
        Assert.Equal([("taken", 2L)], shown.Select(message => (message.Body.ToString(), message.DequeueCount)));
    }

    [Theory]
    [InlineData("AzureWebJobsStorage", "UseDevelopmentStorage=true", "http://127.0.0.1:10001/devstoreaccount1")]
    [InlineData("AzureWebJobsStorage:queueServiceUri", "https://shop.queue.core.windows.net", "https://shop.queue.core.windows.net/")]
    [InlineData("AzureWebJobsStorage:accountName", "shop", "https://shop.queue.core.windows.net/")]
    [InlineData("AzureWebJobsStorage", "", "http://embedded.queue.internal/")]
    public async Task A_connection_leads_to_its_service(string setting, string value, string address)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new(setting, value)]).Build();
        await using var database = HostDatabase.Open(":memory:");
        using var connections = Connections(configuration, database, TimeProvider.System);

        Assert.Equal(address, connections.Service(null).Uri.ToString());
    }

    [Theory]
    [InlineData("orders", true)]
    [InlineData("a1-b2-c3", true)]
    [InlineData("ab", false)]
    [InlineData("Orders", false)]
    [InlineData("-orders", false)]
    [InlineData("orders-", false)]
    [InlineData("or--ders", false)]
    [InlineData("or_ders", false)]
    [InlineData("a123456789012345678901234567890123456789012345678901234567890123", false)]
    public void Queue_names_follow_the_rules_of_storage(string name, bool valid) => Assert.Equal(valid, QueueName.Fault(name) is null);

    internal static QueueConnections Connections(IConfiguration configuration, HostDatabase database, TimeProvider time) =>
        new(configuration, new QueueSettings { MessageEncoding = QueueMessageEncoding.Base64 }, new EmbeddedQueueStore(database, new QueueSignals(), time));
}
