using AutoFlow.Connectors.Graph;
using AutoFlow.Support.Messages;
using AutoFlow.Support.Outbox;
using Microsoft.Extensions.DependencyInjection;

namespace AutoFlow.Connectors.Tests.Graph;

public sealed class GraphOptionsTests
{
    [Fact]
    public void Without_configuration_nothing_is_registered()
    {
        var services = new ServiceCollection();

        services.AddGraph(GraphSetup.Configuration(("Other:Key", "x"), ("Graph:Mailbox", " ")));

        Assert.Empty(services);
    }

    [Fact]
    public void With_a_mailbox_the_mail_channel_and_the_mailbox_are_there()
    {
        var services = new ServiceCollection();
        services.AddGraph(GraphSetup.Configuration(("Graph:Mailbox", "support@shop.example.com"), ("Graph:ClientState", "s")));
        using var provider = services.BuildServiceProvider();

        Assert.NotNull(provider.GetRequiredService<IMailbox>());
        Assert.Equal("mail", Assert.Single(provider.GetServices<IReplyChannel>()).Channel);
        Assert.Equal(new Uri("https://graph.microsoft.com/v1.0"), provider.GetRequiredService<GraphOptions>().BaseUrl);
    }

    [Fact]
    public void Everything_that_is_missing_or_wrong_is_named_at_once()
    {
        var wrong = Assert.Throws<InvalidOperationException>(() => GraphOptions.Read(GraphSetup.Configuration(
            ("Graph:ClientSecret", "very-secret"), ("Graph:BaseUrl", "http://graph.example.com/v1.0"), ("Graph:Timeout", "soon"), ("Graph:InlinePhotoBytes", "-1"))));

        foreach (var name in new[] { "Mailbox", "ClientState", "TenantId", "ClientId", "BaseUrl", "Timeout", "InlinePhotoBytes" })
            Assert.Contains($"Graph:{name} ", wrong.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("very-secret", wrong.Message, StringComparison.Ordinal);
    }
}
